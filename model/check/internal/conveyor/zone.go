package conveyor

import (
	"fmt"
	"maps"
	"slices"

	"weir/model/check/internal/box"
	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/resolved"
)

// A conveyor may have a transit time that is sampled, leaks in zones, and initial contents.
// A zone is between two fractions of the way, from the entry; a place belongs to it if its
// middle does. See XMILE 1.0, 3.7.2, and "Initializing discrete stocks" in Stella's online
// help.

// maxStart bounds the numbers of a conveyor's start.
const maxStart = 1000

// sound reports zones and initial contents that cannot be.
func (b *conveyor) sound() bool {
	c := b.v.Conveyor
	for _, leak := range slices.Sorted(maps.Keys(c.Zone)) {
		z := c.Zone[leak]
		switch {
		case !slices.Contains(c.Leak, leak):
			b.Report(code.BadConveyor, c.Span, "add it to leak", "%s has a zone, but does not leak from %s",
				state.Name(leak), b.v)
			return false
		case !(0 <= z[0] && z[0] < z[1] && z[1] <= 1):
			b.Report(code.BadConveyor, c.Span, "0 is where things enter, 1 the end",
				"the zone of %s is from %v to %v, but lies between 0 and 1, its beginning before its end",
				state.Name(leak),
				z[0], z[1])
			return false
		}
	}
	for _, x := range c.Start {
		if !(x >= 0) || x-x != 0 || len(c.Start) > maxStart {
			b.Report(code.BadConveyor, c.Span, "",
				"the start of %s is at most %d finite numbers that are not below 0", b.v, maxStart)
			return false
		}
	}
	return true
}

// sample makes the transit time that counts: while sample is 0, that of the last time when it
// was not, and at first that of the start.
func (b *conveyor) sample() {
	when := b.text("sample", &b.v.Conveyor.Sample)
	if when == nil {
		return
	}
	read := b.transit
	held := b.hide("held", resolved.DelayState, b.stock.Over,
		func(own []resolved.Pos) resolved.Expr { return ref(read, own) })
	b.transit = b.hide("transit.held", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return &resolved.If{Cond: ref(when, own), Then: ref(read, own), Else: ref(held, own)}
	})
	held.Input = tree.OverAll(held, func(own []resolved.Pos) resolved.Expr { return ref(b.transit, own) })
}

// edge returns a variable with the number of places behind a fraction of the way. Places count from
// the end, fractions from the entry, hence 1 - fraction. Adding a half before the floor gives a
// place to the zone in which its middle lies.
func (b *conveyor) edge(fraction float64) *resolved.Variable {
	if v := b.edges[fraction]; v != nil {
		return v
	}
	v := b.hide(fmt.Sprintf("edge.%d", len(b.edges)), resolved.Aux, b.stock.Over,
		func(own []resolved.Pos) resolved.Expr {
			rest := tree.Apply(resolved.Mul, ref(b.length, own), tree.Number(1-fraction))
			return tree.Apply(resolved.Floor, tree.Apply(resolved.Add, rest, tree.Number(0.5)))
		})
	b.edges[fraction] = v
	return v
}

// zone returns the zone of the i-th leak; all is true if it leaks everywhere.
func (b *conveyor) zone(i int) (from, to float64, all bool) {
	z, given := b.v.Conveyor.Zone[b.v.Conveyor.Leak[i]]
	if !given || z == [2]float64{0, 1} {
		return 0, 1, true
	}
	return z[0], z[1], false
}

// zoned reports whether some leak has a zone.
func (b *conveyor) zoned() bool {
	for i := range b.parts {
		if _, _, all := b.zone(i); !all {
			return true
		}
	}
	return false
}

// within returns x for places in the zone of the i-th leak, and 0 elsewhere.
func (b *conveyor) within(i int, own []resolved.Pos, x resolved.Expr) resolved.Expr {
	from, to, all := b.zone(i)
	if all {
		return x
	}
	in := tree.Apply(resolved.And, tree.Apply(resolved.Lt, b.place(own), ref(b.edge(from), b.of(own))),
		tree.Apply(resolved.Ge, b.place(own), ref(b.edge(to), b.of(own))))
	return &resolved.If{Cond: in, Then: x, Else: tree.Number(0)}
}

// wide returns the number of places in the zone of the i-th leak.
func (b *conveyor) wide(i int, own []resolved.Pos) resolved.Expr {
	from, to, all := b.zone(i)
	if all {
		return ref(b.length, b.of(own))
	}
	return tree.Apply(resolved.Sub, ref(b.edge(from), b.of(own)), ref(b.edge(to), b.of(own)))
}

// shared returns a share of x for each place of the i-th leak's zone, 0 if it has no place.
func (b *conveyor) shared(i int, own []resolved.Pos, x resolved.Expr) resolved.Expr {
	wide := b.wide(i, own)
	return &resolved.If{Cond: tree.Apply(resolved.Gt, wide, tree.Number(0)),
		Then: tree.Apply(resolved.Div, x, wide), Else: tree.Number(0)}
}

// passed returns the number of places between two fractions of the way that are behind a place.
func (b *conveyor) passed(from, to float64, own []resolved.Pos) resolved.Expr {
	ahead := tree.Apply(resolved.Max, tree.Apply(resolved.Add, b.place(own), tree.Number(1)),
		ref(b.edge(to), b.of(own)))
	return tree.Apply(resolved.Max, tree.Number(0), tree.Apply(resolved.Sub, ref(b.edge(from), b.of(own)), ahead))
}

// leftInZones returns the share on each place of 1 that entered, where leaks have zones. Linear
// leaks take a share at every place of theirs; exponential ones take, between one edge and the
// next, the product of all that leak there.
func (b *conveyor) leftInZones(own []resolved.Pos) resolved.Expr {
	if !b.v.Conveyor.Exponential {
		left := tree.Number(1)
		for i, p := range b.parts {
			from, to, _ := b.zone(i)
			lost := tree.Apply(resolved.Mul, ref(p, b.of(own)), b.passed(from, to, own))
			left = tree.Apply(resolved.Sub, left, b.shared(i, own, lost))
		}
		return tree.Apply(resolved.Max, tree.Number(0), left)
	}
	ends := []float64{0, 1}
	for i := range b.parts {
		from, to, _ := b.zone(i)
		ends = append(ends, from, to)
	}
	slices.Sort(ends)
	ends = slices.Compact(ends)
	left := tree.Number(1)
	for k, from := range ends[:len(ends)-1] {
		kept := tree.Number(1)
		for i, p := range b.parts {
			if a, z, _ := b.zone(i); a <= from && z >= ends[k+1] {
				kept = tree.Apply(resolved.Sub, kept, tree.Apply(resolved.Mul, ref(p, b.of(own)), tree.StepSize()))
			}
		}
		left = tree.Apply(resolved.Mul, left,
			tree.Apply(resolved.Pow, tree.Apply(resolved.Max, tree.Number(0), kept), b.passed(from, ends[k+1], own)))
	}
	return left
}

// startShares makes the weights of places at the start: one number per unit of time, the last
// one for all that follow.
func (b *conveyor) startShares() (weight, total *resolved.Variable) {
	units := &resolved.Dimension{Name: b.v.Name + "#start", Ordered: true}
	for i := range b.v.Conveyor.Start {
		units.Elements = append(units.Elements, fmt.Sprint(i))
	}
	each := func(name string, value func(i int) float64) *resolved.Variable {
		v := b.hide(name, resolved.Aux, []*resolved.Dimension{units},
			func([]resolved.Pos) resolved.Expr { return tree.Nothing })
		t := b.v.Conveyor.Transit
		v.Parts = nil
		for i := range units.Elements {
			v.Parts = append(v.Parts,
				&resolved.Part{Loops: []*resolved.Loop{{Dim: units, At: []int{i}}}, Expr: tree.Number(value(i)),
					Span: t.Span, Text: t.Text})
		}
		return v
	}
	unit := each("start.unit", func(i int) float64 { return float64(i) })
	value := each("start", func(i int) float64 { return b.v.Conveyor.Start[i] })
	weight = b.hide("weight", resolved.Aux, b.over, func(own []resolved.Pos) resolved.Expr {
		when := tree.Apply(resolved.Floor,
			tree.Apply(resolved.Add, tree.Apply(resolved.Mul, b.place(own), tree.StepSize()), tree.Number(1e-9)))
		when = tree.Apply(resolved.Min, when, tree.Number(float64(len(units.Elements)-1)))
		loop := &resolved.Loop{Dim: units, At: box.Count(len(units.Elements))}
		at := []resolved.Pos{tree.Position(loop, loop.At)}
		mine := &resolved.If{Cond: tree.Apply(resolved.Eq, ref(unit, at), when), Then: ref(value, at),
			Else: tree.Number(0)}
		return &resolved.If{Cond: b.isInside(own),
			Then: &resolved.Reduce{Op: resolved.Sum, Loops: []*resolved.Loop{loop}, X: mine}, Else: tree.Number(0)}
	})
	total = b.hide("weight.sum", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return b.sum(func(place resolved.Pos) resolved.Expr { return ref(weight, with(own, place)) })
	})
	return weight, total
}

// given returns the amounts that entered and the contents at the start, where the model gives
// the contents.
func (b *conveyor) given(left *resolved.Variable) (entered, there func(own []resolved.Pos) resolved.Expr) {
	weight, total := b.startShares()
	there = func(own []resolved.Pos) resolved.Expr {
		all := ref(total, b.of(own))
		part := tree.Apply(resolved.Div, tree.Apply(resolved.Mul, ref(b.stock, b.of(own)), ref(weight, own)), all)
		return &resolved.If{Cond: tree.Apply(resolved.Gt, all, tree.Number(0)), Then: part, Else: tree.Number(0)}
	}
	entered = func(own []resolved.Pos) resolved.Expr {
		return &resolved.If{Cond: tree.Apply(resolved.Gt, ref(left, own), tree.Number(0)),
			Then: tree.Apply(resolved.Div, there(own), ref(left, own)), Else: tree.Number(0)}
	}
	return entered, there
}

// share remembers the amounts of which linear leaks take their shares. Exponential leaks need none:
// they take their share of the contents. Leaks everywhere have the same amounts, so one variable
// serves all of them.
func (b *conveyor) share(entered func(own []resolved.Pos) resolved.Expr) {
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
		b.shares[i] = b.hide(name, resolved.DelayState, b.over, func(own []resolved.Pos) resolved.Expr {
			share := tree.Apply(resolved.Div, entered(own), ref(b.length, b.of(own)))
			if !all {
				share = b.shared(i, own, entered(own))
			}
			return &resolved.If{Cond: b.isInside(own), Then: share, Else: tree.Number(0)}
		})
		if all {
			common = b.shares[i]
		}
	}
}
