package check

import (
	"fmt"
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/resolved"
)

// A conveyor is written out as what it is made of: a belt of places, one a step, each
// with what is on it. At every step what leaks is taken off each place, what is left on
// the first place comes out, everything moves on by one place, and what flows in is put
// on the place that is the transit time from the end. Both vectors over the belt are
// memories, so the flows out of a step follow from what was there at its start. See
// XMILE 1.0, 3.7.2, and "Conveyors" in Stella's online help.

// A belt is a conveyor while it is written out.
type belt struct {
	*resolver
	v       *document.Variable
	stock   *resolved.Variable
	places  *resolved.Dimension
	over    []*resolved.Dimension // of the stock, and the belt
	number  *resolved.Variable    // 0, 1, 2, … over the belt: how many steps are left after this one
	transit *resolved.Variable
	length  *resolved.Variable   // how many places from the end things are put, now
	stuck   *resolved.Variable   // arrest; nil if never
	there   *resolved.Variable   // on each place
	shares  []*resolved.Variable // what a place's things were in all, over the places where they leak, by leak; those that leak everywhere have one
	edges   map[float64]*resolved.Variable
	leaks   []*resolved.Variable // off each place, by leak
	parts   []*resolved.Variable // the fractions, by leak
	ends    *resolved.Variable   // the flow that comes out
}

// conveyors writes out all conveyors, once all equations are there.
func (r *resolver) conveyors() {
	for _, v := range r.m.Variables {
		if v.Conveyor == nil || r.vars[v] == nil || r.bad[v] || !sameShape(r.vars[v]) {
			continue
		}
		b := &belt{resolver: r, v: v, stock: r.vars[v], edges: map[float64]*resolved.Variable{}}
		if b.sound() && b.findEnd() && b.atSteps() && b.lay() {
			b.write()
		}
	}
}

// isEnd reports whether a flow is what comes out of a conveyor.
func (c *checker) isEnd(flow *document.Variable) bool {
	return slices.ContainsFunc(c.m.Variables, func(v *document.Variable) bool {
		return v.Conveyor != nil && slices.Contains(v.Outflow, flow.Name) && !slices.Contains(v.Conveyor.Leak, flow.Name)
	})
}

// findEnd finds the flow at the end of the belt.
func (b *belt) findEnd() bool {
	for _, leak := range b.v.Conveyor.Leak {
		if !slices.Contains(b.v.Outflow, leak) {
			b.report(code.BadConveyor, b.v.Conveyor.Span, fmt.Sprintf("add it to the outflow of %s", b.v.Name), "%s leaks from %s, but is none of its outflows", leak, b.v.Name)
			return false
		}
		if v := b.names[leak]; v == nil || b.vars[v] == nil || b.bad[v] {
			return false // reported where it stands
		}
	}
	for _, f := range b.stock.Outflows {
		if slices.Contains(b.v.Conveyor.Leak, f.Name) {
			continue
		}
		if b.ends != nil {
			b.report(code.BadConveyor, b.v.SpanOf("outflow"), "name all outflows but the last one in its leak", "%s has two flows at its end, %s and %s", b.v.Name, b.ends.Name, f.Name)
			return false
		}
		b.ends = f
	}
	if b.ends == nil {
		b.report(code.BadConveyor, b.v.Conveyor.Span, "add a flow without an equation to its outflow", "nothing comes out of %s at its end", b.v.Name)
	}
	return b.ends != nil
}

func (b *belt) atSteps() bool {
	if b.m.Time.Method == "euler" || b.m.Time.Method == "" {
		return true
	}
	b.report(code.BadConveyor, b.v.Conveyor.Span, "write method = \"euler\" in [time]", "%s is a conveyor, which moves once a step, so the model cannot be run by %s", b.v.Name, b.m.Time.Method)
	return false
}

// maxPlaces bounds a belt.
const maxPlaces = 20_000

// lay gives the belt its places: enough for the way if that is known, else for one as
// long as the run; twice that for runs with half the step, and more where the way is a
// constant that a run may change. A way that is longer still gives no number.
func (b *belt) lay() bool {
	t := b.m.Time
	if b.transit = b.text("transit", &b.v.Conveyor.Transit); b.transit == nil {
		return false // reported where it was read
	}
	way, times, known := b.longest()
	if !known {
		way = t.Stop - t.Start
	}
	n := 2 * (times*max(1, way/t.Step) + 1)
	if !(n <= maxPlaces) {
		b.report(code.TooManyElements, b.v.Conveyor.Span, "make the step longer", "the conveyor %s would have more than %d places", b.v.Name, maxPlaces)
		return false
	}
	b.places = &resolved.Dimension{Name: b.v.Name + "#belt", Ordered: true, Conveyor: true}
	for i := range int(n) {
		b.places.Elements = append(b.places.Elements, fmt.Sprint(i))
	}
	b.over = slices.Concat(b.stock.Over, []*resolved.Dimension{b.places})
	return true
}

// longest is the longest way that follows from the constants, and how many times that
// it may become: a run may change a constant.
func (b *belt) longest() (way, times float64, known bool) {
	times = 1
	for _, p := range b.transit.Parts {
		if _, literal := p.Expr.(*resolved.Const); !literal {
			times = 4
		}
		b.effort = 0
		all := allTurns(freeLoops(p.Expr))
		for _, in := range all {
			x, ok := b.constant(p.Expr, in)
			if !ok || len(all) == maxTurns {
				return 0, 1, false
			}
			way = max(way, x)
		}
	}
	return way, times, true
}

// hide declares a variable of the conveyor.
func (b *belt) hide(name string, kind resolved.Kind, over []*resolved.Dimension, expr func(own []resolved.Pos) resolved.Expr) *resolved.Variable {
	v := &resolved.Variable{Name: b.v.Name + "#" + name, Label: b.v.Name + "#" + name, Kind: kind, Hidden: true, Owner: b.stock, Over: over, Span: b.v.Conveyor.Span}
	b.count(v)
	b.hidden = append(b.hidden, v)
	v.Parts = overAll(v, expr)
	v.Parts[0].Span, v.Parts[0].Text = b.v.Conveyor.Transit.Span, b.v.Conveyor.Transit.Text
	return v
}

// text makes a variable of an equation of the conveyor, nil if there is none.
func (b *belt) text(name string, t *document.Text) *resolved.Variable {
	if t.Text == "" {
		return nil
	}
	v := b.hide(name, resolved.Aux, b.stock.Over, func([]resolved.Pos) resolved.Expr { return nothing })
	s := b.newScope(b.v, whole(sizes(b.domainsOf(b.v.Over))), t)
	s.owner = v
	v.Parts = []*resolved.Part{{Loops: s.partLoops(), Span: t.Span, Text: t.Text, Expr: nothing}}
	if tree := b.checker.trees[t]; tree != nil {
		v.Parts[0].Expr = s.expr(tree)
	}
	return v
}

func ref(v *resolved.Variable, at []resolved.Pos) resolved.Expr {
	return &resolved.Ref{Var: v, At: at}
}

func dt() resolved.Expr { return &resolved.Clock{Kind: resolved.StepSize} }

// write makes the variables of the belt, and gives the flows their equations.
func (b *belt) write() {
	b.stock.NonNegative = false
	c := b.v.Conveyor
	b.number = b.hide("place", resolved.Aux, []*resolved.Dimension{b.places}, func([]resolved.Pos) resolved.Expr { return nothing })
	b.number.Parts = nil
	for i := range b.places.Elements {
		loop := &resolved.Loop{Dim: b.places, At: []int{i}}
		b.number.Parts = append(b.number.Parts, &resolved.Part{Loops: []*resolved.Loop{loop}, Expr: number(float64(i)), Span: c.Transit.Span, Text: c.Transit.Text})
	}
	b.sample()
	b.length = b.hide("length", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		steps := apply(resolved.Floor, apply(resolved.Add, apply(resolved.Div, ref(b.transit, own), dt()), number(0.5)))
		places := number(float64(len(b.places.Elements)))
		short := apply(resolved.Sqrt, apply(resolved.Sub, places, steps)) // no number, of what is too few
		return &resolved.If{Cond: apply(resolved.Le, steps, places), Then: apply(resolved.Max, steps, number(1)), Else: short}
	})
	b.stuck = b.text("arrest", &c.Arrest)
	b.fractions()
	b.contents()
	b.leak()
	b.limitInflows(b.text("capacity", &c.Capacity), b.text("inflow_limit", &c.InflowLimit))
	b.move()
}

// fractions moves the equations of leaks to variables of their own.
func (b *belt) fractions() {
	for _, leak := range b.v.Conveyor.Leak {
		flow := b.vars[b.names[leak]]
		v := b.hide(leak+".fraction", resolved.Aux, b.stock.Over, func([]resolved.Pos) resolved.Expr { return nothing })
		v.Parts, v.Owner = flow.Parts, flow
		b.parts = append(b.parts, v)
	}
}

// contents makes what is on the belt, to begin with as it would be if the stock had
// always been what it is: of what entered, so much is left on each place.
func (b *belt) contents() {
	left := b.hide("left", resolved.Aux, b.over, b.leftOver)
	total := b.hide("left.sum", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return b.sum(func(place resolved.Pos) resolved.Expr { return ref(left, with(own, place)) })
	})
	entered := func(own []resolved.Pos) resolved.Expr {
		return apply(resolved.Div, ref(b.stock, b.of(own)), ref(total, b.of(own)))
	}
	there := func(own []resolved.Pos) resolved.Expr { return apply(resolved.Mul, entered(own), ref(left, own)) }
	if len(b.v.Conveyor.Start) > 0 {
		entered, there = b.given(left)
	}
	b.there = b.hide("there", resolved.Memory, b.over, there)
	b.share(entered)
}

// with is a position on the belt.
func with(own []resolved.Pos, place resolved.Pos) []resolved.Pos {
	return append(slices.Clone(own), place)
}

// of is the position in the stock, of one on the belt.
func (b *belt) of(own []resolved.Pos) []resolved.Pos { return own[:len(b.stock.Over)] }

// place is the number of the place.
func (b *belt) place(own []resolved.Pos) resolved.Expr {
	return ref(b.number, own[len(b.stock.Over):])
}

func (b *belt) onBelt(own []resolved.Pos) resolved.Expr {
	return apply(resolved.Lt, b.place(own), ref(b.length, b.of(own)))
}

// leftOver is what would be left, on each place, of 1 that entered.
func (b *belt) leftOver(own []resolved.Pos) resolved.Expr {
	if b.zoned() {
		return &resolved.If{Cond: b.onBelt(own), Then: b.leftInZones(own), Else: number(0)}
	}
	passed := apply(resolved.Sub, apply(resolved.Sub, ref(b.length, b.of(own)), number(1)), b.place(own))
	var lost resolved.Expr = number(0)
	for _, p := range b.parts {
		lost = apply(resolved.Add, lost, ref(p, b.of(own)))
	}
	var left resolved.Expr
	if b.v.Conveyor.Exponential {
		left = apply(resolved.Pow, apply(resolved.Max, number(0), apply(resolved.Sub, number(1), apply(resolved.Mul, lost, dt()))), passed)
	} else {
		left = apply(resolved.Max, number(0), apply(resolved.Sub, number(1), apply(resolved.Div, apply(resolved.Mul, lost, passed), ref(b.length, b.of(own)))))
	}
	return &resolved.If{Cond: b.onBelt(own), Then: left, Else: number(0)}
}

// sum adds up over the belt.
func (b *belt) sum(x func(place resolved.Pos) resolved.Expr) resolved.Expr {
	loop := &resolved.Loop{Dim: b.places, At: count(len(b.places.Elements))}
	return &resolved.Reduce{Op: resolved.Sum, Loops: []*resolved.Loop{loop}, X: x(position(loop, loop.At))}
}

// leak makes what leaks from each place in the present step, and the leaking flows.
func (b *belt) leak() {
	for i, leak := range b.v.Conveyor.Leak {
		v := b.hide(leak+".off", resolved.Aux, b.over, func(own []resolved.Pos) resolved.Expr { return b.moving(own, b.off(i, own)) })
		v.Owner = b.vars[b.names[leak]]
		b.leaks = append(b.leaks, v)
		b.flow(v.Owner, func(own []resolved.Pos) resolved.Expr {
			return apply(resolved.Div, b.sum(func(place resolved.Pos) resolved.Expr { return ref(v, with(own, place)) }), dt())
		})
	}
	first := resolved.Pos{Fixed: 0}
	b.flow(b.ends, func(own []resolved.Pos) resolved.Expr {
		return apply(resolved.Div, b.moving(own, b.rest(with(own, first))), dt())
	})
}

// flow gives a flow its equation.
func (b *belt) flow(f *resolved.Variable, expr func(own []resolved.Pos) resolved.Expr) {
	parts := overAll(f, expr)
	parts[0].Span, parts[0].Text = b.v.Conveyor.Span, b.v.Conveyor.Transit.Text
	f.Parts = parts
}

// moving is 0 while the belt stands still.
func (b *belt) moving(own []resolved.Pos, x resolved.Expr) resolved.Expr {
	if b.stuck == nil {
		return x
	}
	return &resolved.If{Cond: ref(b.stuck, b.of(own)), Then: number(0), Else: x}
}

// off is what the i-th leak takes from a place, at most what is there.
func (b *belt) off(i int, own []resolved.Pos) resolved.Expr {
	fraction := ref(b.parts[i], b.of(own))
	var wanted resolved.Expr
	if b.v.Conveyor.Exponential {
		wanted = apply(resolved.Mul, apply(resolved.Mul, ref(b.there, own), fraction), dt())
	} else {
		wanted = apply(resolved.Mul, ref(b.shares[i], own), fraction)
	}
	return b.within(i, own, apply(resolved.Max, number(0), apply(resolved.Min, wanted, b.rest(own))))
}

// rest is what is on a place after the leaks so far.
func (b *belt) rest(own []resolved.Pos) resolved.Expr {
	left := ref(b.there, own)
	for _, leak := range b.leaks {
		left = apply(resolved.Sub, left, ref(leak, own))
	}
	return left
}

// move is the belt a step later.
func (b *belt) move() {
	entering := func(own []resolved.Pos) resolved.Expr {
		var sum resolved.Expr = number(0)
		for i, f := range b.stock.Inflows {
			if sum = apply(resolved.Add, sum, ref(f, b.of(own))); i == 0 {
				sum = ref(f, b.of(own))
			}
		}
		return apply(resolved.Mul, sum, dt())
	}
	b.there.Input = b.next(b.there, func(own []resolved.Pos) resolved.Expr { return b.rest(own) }, entering)
	for i, v := range b.shares {
		if v == nil || v.Input != nil {
			continue
		}
		v.Input = b.next(v, func(own []resolved.Pos) resolved.Expr { return ref(v, own) }, func(own []resolved.Pos) resolved.Expr {
			if _, _, all := b.zone(i); !all {
				return b.shared(i, own, entering(own))
			}
			return apply(resolved.Div, entering(own), ref(b.length, b.of(own)))
		})
	}
}

// next moves what is on each place to the one before it, and puts what enters on its
// own. While the belt stands still everything stays.
func (b *belt) next(v *resolved.Variable, rest, entering func(own []resolved.Pos) resolved.Expr) []*resolved.Part {
	last := len(b.places.Elements) - 1
	var parts []*resolved.Part
	for _, at := range [][]int{count(last), {last}} {
		if len(at) == 0 {
			continue
		}
		p := &resolved.Part{Span: b.v.Conveyor.Span, Text: b.v.Conveyor.Transit.Text}
		var own []resolved.Pos
		for _, d := range b.stock.Over {
			l := &resolved.Loop{Dim: d, At: count(len(d.Elements))}
			p.Loops = append(p.Loops, l)
			own = append(own, position(l, l.At))
		}
		l := &resolved.Loop{Dim: b.places, At: at}
		p.Loops = append(p.Loops, l)
		here := with(own, position(l, at))
		var comes resolved.Expr = number(0)
		if at[0] != last {
			following := make([]int, len(at))
			for i := range at {
				following[i] = at[i] + 1
			}
			comes = rest(with(own, position(l, following)))
		}
		enters := apply(resolved.Eq, b.place(here), apply(resolved.Sub, ref(b.length, own), number(1)))
		p.Expr = &resolved.If{Cond: enters, Then: apply(resolved.Add, comes, entering(here)), Else: comes}
		if b.stuck != nil {
			p.Expr = &resolved.If{Cond: ref(b.stuck, own), Then: ref(v, here), Else: p.Expr}
		}
		parts = append(parts, p)
	}
	return parts
}
