package check

import (
	"fmt"
	"slices"

	"weir/model/code"
	"weir/model/resolved"
)

// What a conveyor may have beyond its way and its leaks: a transit time that is read only
// at times, leaks in zones of the belt, and contents to begin with that are given. A zone
// is between two fractions of the way, from where things enter; a place belongs to it
// whose middle does. See XMILE 1.0, 3.7.2, and "Initializing discrete stocks" in Stella's
// online help.

// maxStart bounds the numbers of a conveyor's start.
const maxStart = 1000

// sound reports what zones and contents to begin with cannot be.
func (b *belt) sound() bool {
	c := b.v.Conveyor
	for _, leak := range sortedKeys(c.Zone) {
		z := c.Zone[leak]
		switch {
		case !slices.Contains(c.Leak, leak):
			b.report(code.BadConveyor, c.Span, "add it to leak", "%s has a zone, but does not leak from %s", leak, b.v.Name)
			return false
		case !(0 <= z[0] && z[0] < z[1] && z[1] <= 1):
			b.report(code.BadConveyor, c.Span, "0 is where things enter, 1 the end", "the zone of %s is from %v to %v, but lies between 0 and 1, its beginning before its end", leak, z[0], z[1])
			return false
		}
	}
	for _, x := range c.Start {
		if !(x >= 0) || x-x != 0 || len(c.Start) > maxStart {
			b.report(code.BadConveyor, c.Span, "", "the start of %s is at most %d finite numbers that are not below 0", b.v.Name, maxStart)
			return false
		}
	}
	return true
}

// sample makes the transit time that counts: while sample is 0, that of the last time
// when it was not, and at first what it is at the start.
func (b *belt) sample() {
	when := b.text("sample", &b.v.Conveyor.Sample)
	if when == nil {
		return
	}
	read := b.transit
	held := b.hide("held", resolved.Memory, b.stock.Over, func(own []resolved.Pos) resolved.Expr { return ref(read, own) })
	b.transit = b.hide("transit.held", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return &resolved.If{Cond: ref(when, own), Then: ref(read, own), Else: ref(held, own)}
	})
	held.Input = overAll(held, func(own []resolved.Pos) resolved.Expr { return ref(b.transit, own) })
}

// edge is how many places lie behind a fraction of the way.
func (b *belt) edge(fraction float64) *resolved.Variable {
	if v := b.edges[fraction]; v != nil {
		return v
	}
	v := b.hide(fmt.Sprintf("edge.%d", len(b.edges)), resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		rest := apply(resolved.Mul, ref(b.length, own), number(1-fraction))
		return apply(resolved.Floor, apply(resolved.Add, rest, number(0.5)))
	})
	b.edges[fraction] = v
	return v
}

// zone is where the i-th leak leaks; all is true if that is everywhere.
func (b *belt) zone(i int) (from, to float64, all bool) {
	z, given := b.v.Conveyor.Zone[b.v.Conveyor.Leak[i]]
	if !given || z == [2]float64{0, 1} {
		return 0, 1, true
	}
	return z[0], z[1], false
}

// zoned reports whether some leak has a zone.
func (b *belt) zoned() bool {
	for i := range b.parts {
		if _, _, all := b.zone(i); !all {
			return true
		}
	}
	return false
}

// within is x for places in the zone of the i-th leak, and 0 elsewhere.
func (b *belt) within(i int, own []resolved.Pos, x resolved.Expr) resolved.Expr {
	from, to, all := b.zone(i)
	if all {
		return x
	}
	in := apply(resolved.And, apply(resolved.Lt, b.place(own), ref(b.edge(from), b.of(own))), apply(resolved.Ge, b.place(own), ref(b.edge(to), b.of(own))))
	return &resolved.If{Cond: in, Then: x, Else: number(0)}
}

// wide is how many places the zone of the i-th leak has.
func (b *belt) wide(i int, own []resolved.Pos) resolved.Expr {
	from, to, all := b.zone(i)
	if all {
		return ref(b.length, b.of(own))
	}
	return apply(resolved.Sub, ref(b.edge(from), b.of(own)), ref(b.edge(to), b.of(own)))
}

// shared is a share of x for each place of the i-th leak's zone; 0 if it has none.
func (b *belt) shared(i int, own []resolved.Pos, x resolved.Expr) resolved.Expr {
	wide := b.wide(i, own)
	return &resolved.If{Cond: apply(resolved.Gt, wide, number(0)), Then: apply(resolved.Div, x, wide), Else: number(0)}
}

// passed is how many places between two fractions of the way lie behind a place.
func (b *belt) passed(from, to float64, own []resolved.Pos) resolved.Expr {
	ahead := apply(resolved.Max, apply(resolved.Add, b.place(own), number(1)), ref(b.edge(to), b.of(own)))
	return apply(resolved.Max, number(0), apply(resolved.Sub, ref(b.edge(from), b.of(own)), ahead))
}

// leftInZones is what would be left, on each place, of 1 that entered, where leaks have
// zones: linear ones take a share at every place of theirs, exponential ones, between one
// edge and the next, what all that leak there take together.
func (b *belt) leftInZones(own []resolved.Pos) resolved.Expr {
	if !b.v.Conveyor.Exponential {
		left := number(1)
		for i, p := range b.parts {
			from, to, _ := b.zone(i)
			lost := apply(resolved.Mul, ref(p, b.of(own)), b.passed(from, to, own))
			left = apply(resolved.Sub, left, b.shared(i, own, lost))
		}
		return apply(resolved.Max, number(0), left)
	}
	ends := []float64{0, 1}
	for i := range b.parts {
		from, to, _ := b.zone(i)
		ends = append(ends, from, to)
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	left := number(1)
	for k, from := range ends[:len(ends)-1] {
		kept := number(1)
		for i, p := range b.parts {
			if a, z, _ := b.zone(i); a <= from && z >= ends[k+1] {
				kept = apply(resolved.Sub, kept, apply(resolved.Mul, ref(p, b.of(own)), dt()))
			}
		}
		left = apply(resolved.Mul, left, apply(resolved.Pow, apply(resolved.Max, number(0), kept), b.passed(from, ends[k+1], own)))
	}
	return left
}

// startShares makes the weights of places to begin with: what each unit of time has, the
// last one for all that follow.
func (b *belt) startShares() (weight, total *resolved.Variable) {
	units := &resolved.Dimension{Name: b.v.Name + "#start", Ordered: true}
	for i := range b.v.Conveyor.Start {
		units.Elements = append(units.Elements, fmt.Sprint(i))
	}
	each := func(name string, value func(i int) float64) *resolved.Variable {
		v := b.hide(name, resolved.Aux, []*resolved.Dimension{units}, func([]resolved.Pos) resolved.Expr { return nothing })
		t := b.v.Conveyor.Transit
		v.Parts = nil
		for i := range units.Elements {
			v.Parts = append(v.Parts, &resolved.Part{Loops: []*resolved.Loop{{Dim: units, At: []int{i}}}, Expr: number(value(i)), Span: t.Span, Text: t.Text})
		}
		return v
	}
	unit := each("start.unit", func(i int) float64 { return float64(i) })
	value := each("start", func(i int) float64 { return b.v.Conveyor.Start[i] })
	weight = b.hide("weight", resolved.Aux, b.over, func(own []resolved.Pos) resolved.Expr {
		when := apply(resolved.Floor, apply(resolved.Add, apply(resolved.Mul, b.place(own), dt()), number(1e-9)))
		when = apply(resolved.Min, when, number(float64(len(units.Elements)-1)))
		loop := &resolved.Loop{Dim: units, At: count(len(units.Elements))}
		at := []resolved.Pos{position(loop, loop.At)}
		mine := &resolved.If{Cond: apply(resolved.Eq, ref(unit, at), when), Then: ref(value, at), Else: number(0)}
		return &resolved.If{Cond: b.onBelt(own), Then: &resolved.Reduce{Op: resolved.Sum, Loops: []*resolved.Loop{loop}, X: mine}, Else: number(0)}
	})
	total = b.hide("weight.sum", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return b.sum(func(place resolved.Pos) resolved.Expr { return ref(weight, with(own, place)) })
	})
	return weight, total
}

// given is what entered and what is there to begin with, where the contents are given.
func (b *belt) given(left *resolved.Variable) (entered, there func(own []resolved.Pos) resolved.Expr) {
	weight, total := b.startShares()
	there = func(own []resolved.Pos) resolved.Expr {
		all := ref(total, b.of(own))
		part := apply(resolved.Div, apply(resolved.Mul, ref(b.stock, b.of(own)), ref(weight, own)), all)
		return &resolved.If{Cond: apply(resolved.Gt, all, number(0)), Then: part, Else: number(0)}
	}
	entered = func(own []resolved.Pos) resolved.Expr {
		return &resolved.If{Cond: apply(resolved.Gt, ref(left, own), number(0)), Then: apply(resolved.Div, there(own), ref(left, own)), Else: number(0)}
	}
	return entered, there
}

// share remembers what linear leaks take their shares of.
func (b *belt) share(entered func(own []resolved.Pos) resolved.Expr) {
	b.shares = make([]*resolved.Variable, len(b.parts))
	if b.v.Conveyor.Exponential {
		return
	}
	var common *resolved.Variable
	for i, leak := range b.v.Conveyor.Leak {
		_, _, all := b.zone(i)
		if all && common != nil {
			b.shares[i] = common
			continue
		}
		name := "shares"
		if !all {
			name = leak + ".shares"
		}
		b.shares[i] = b.hide(name, resolved.Memory, b.over, func(own []resolved.Pos) resolved.Expr {
			share := apply(resolved.Div, entered(own), ref(b.length, b.of(own)))
			if !all {
				share = b.shared(i, own, entered(own))
			}
			return &resolved.If{Cond: b.onBelt(own), Then: share, Else: number(0)}
		})
		if all {
			common = b.shares[i]
		}
	}
}
