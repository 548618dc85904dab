package conveyor

import (
	"fmt"
	"slices"

	"weir/model/check/internal/box"
	"weir/model/check/internal/resolve"
	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
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
type conveyor struct {
	*resolve.Resolver
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
func Write(r *resolve.Resolver) {
	for _, v := range r.Model.Variables {
		if v.Conveyor == nil || r.Vars[v] == nil || r.Bad[v] || !tree.SameShape(r.Vars[v]) {
			continue
		}
		b := &conveyor{Resolver: r, v: v, stock: r.Vars[v], edges: map[float64]*resolved.Variable{}}
		if b.sound() && b.findEnd() && b.atSteps() && b.lay() {
			b.write()
		}
	}
}

// findEnd finds the flow at the end of the belt.
func (b *conveyor) findEnd() bool {
	for _, leak := range b.v.Conveyor.Leak {
		if !slices.Contains(b.v.Outflow, leak) {
			b.Report(code.BadConveyor, b.v.Conveyor.Span, fmt.Sprintf("add it to the outflow of %s", b.v.Name),
				"%s leaks from %s, but is none of its outflows", leak, b.v.Name)
			return false
		}
		if v := b.Names[leak]; v == nil || b.Vars[v] == nil || b.Bad[v] {
			return false // reported where it stands
		}
	}
	for _, f := range b.stock.Outflows {
		if slices.Contains(b.v.Conveyor.Leak, f.Name) {
			continue
		}
		if b.ends != nil {
			b.Report(code.BadConveyor, b.v.SpanOf("outflow"), "name all outflows but the last one in its leak",
				"%s has two flows at its end, %s and %s", b.v.Name, b.ends.Name, f.Name)
			return false
		}
		b.ends = f
	}
	if b.ends == nil {
		b.Report(code.BadConveyor, b.v.Conveyor.Span, "add a flow without an equation to its outflow",
			"nothing comes out of %s at its end", b.v.Name)
	}
	return b.ends != nil
}

func (b *conveyor) atSteps() bool {
	if b.Model.Time.Method == "euler" || b.Model.Time.Method == "" {
		return true
	}
	b.Report(code.BadConveyor, b.v.Conveyor.Span, "write method = \"euler\" in [time]",
		"%s is a conveyor, which moves once a step, so the model cannot be run by %s", b.v.Name, b.Model.Time.Method)
	return false
}

// lay gives the belt its places: enough for the way if that is known, else for one as
// long as the run; twice that for runs with half the step, and more where the way is a
// constant that a run may change. A way that is longer still gives no number.
func (b *conveyor) lay() bool {
	t := b.Model.Time
	if b.transit = b.text("transit", &b.v.Conveyor.Transit); b.transit == nil {
		return false // reported where it was read
	}
	way, times, known := b.longest()
	if !known {
		way = t.Stop - t.Start
	}
	n := 2 * (times*max(1, way/t.Step) + 1)
	if !(n <= resolve.MaxPlaces) {
		b.Report(code.TooManyElements, b.v.Conveyor.Span, "make the step longer",
			"the conveyor %s would have more than %d places", b.v.Name, resolve.MaxPlaces)
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
func (b *conveyor) longest() (way, times float64, known bool) {
	times = 1
	for _, p := range b.transit.Parts {
		if _, literal := p.Expr.(*resolved.Const); !literal {
			times = 4
		}
		b.Effort = 0
		all := tree.AllIterations(tree.FreeLoops(p.Expr))
		for _, in := range all {
			x, ok := b.Constant(p.Expr, in)
			if !ok || len(all) == tree.MaxIterations {
				return 0, 1, false
			}
			way = max(way, x)
		}
	}
	return way, times, true
}

// hide declares a variable of the conveyor.
func (b *conveyor) hide(name string, kind resolved.Kind, over []*resolved.Dimension,
	expr func(own []resolved.Pos) resolved.Expr) *resolved.Variable {
	v := &resolved.Variable{Name: b.v.Name + "#" + name, Label: b.v.Name + "#" + name, Kind: kind, Hidden: true,
		Owner: b.stock, Over: over, Span: b.v.Conveyor.Span}
	b.Count(v)
	b.Hidden = append(b.Hidden, v)
	v.Parts = tree.OverAll(v, expr)
	v.Parts[0].Span, v.Parts[0].Text = b.v.Conveyor.Transit.Span, b.v.Conveyor.Transit.Text
	return v
}

// text makes a variable of an equation of the conveyor, nil if there is none.
func (b *conveyor) text(name string, t *document.Text) *resolved.Variable {
	if t.Text == "" {
		return nil
	}
	v := b.hide(name, resolved.Aux, b.stock.Over, func([]resolved.Pos) resolved.Expr { return tree.Nothing })
	s := b.NewScope(b.v, box.Whole(state.Sizes(b.DomainsOf(b.v.Over))), t)
	s.Owner = v
	v.Parts = []*resolved.Part{{Loops: s.PartLoops(), Span: t.Span, Text: t.Text, Expr: tree.Nothing}}
	if tree := b.State.Trees[t]; tree != nil {
		v.Parts[0].Expr = s.Expr(tree)
	}
	return v
}

func ref(v *resolved.Variable, at []resolved.Pos) resolved.Expr {
	return &resolved.Ref{Var: v, At: at}
}

// write makes the variables of the belt, and gives the flows their equations.
func (b *conveyor) write() {
	b.stock.NonNegative = false
	c := b.v.Conveyor
	b.number = b.hide("place", resolved.Aux, []*resolved.Dimension{b.places},
		func([]resolved.Pos) resolved.Expr { return tree.Nothing })
	b.number.Parts = nil
	for i := range b.places.Elements {
		loop := &resolved.Loop{Dim: b.places, At: []int{i}}
		b.number.Parts = append(b.number.Parts,
			&resolved.Part{Loops: []*resolved.Loop{loop}, Expr: tree.Number(float64(i)), Span: c.Transit.Span,
				Text: c.Transit.Text})
	}
	b.sample()
	b.length = b.hide("length", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		steps := tree.Apply(resolved.Floor,
			tree.Apply(resolved.Add, tree.Apply(resolved.Div, ref(b.transit, own), tree.StepSize()), tree.Number(0.5)))
		places := tree.Number(float64(len(b.places.Elements)))
		short := tree.Apply(resolved.Sqrt, tree.Apply(resolved.Sub, places, steps)) // no number, of what is too few
		return &resolved.If{Cond: tree.Apply(resolved.Le, steps, places),
			Then: tree.Apply(resolved.Max, steps, tree.Number(1)), Else: short}
	})
	b.stuck = b.text("arrest", &c.Arrest)
	b.fractions()
	b.contents()
	b.leak()
	b.limitInflows(b.text("capacity", &c.Capacity), b.text("inflow_limit", &c.InflowLimit))
	b.move()
}

// fractions moves the equations of leaks to variables of their own.
func (b *conveyor) fractions() {
	for _, leak := range b.v.Conveyor.Leak {
		flow := b.Vars[b.Names[leak]]
		v := b.hide(leak+".fraction", resolved.Aux, b.stock.Over,
			func([]resolved.Pos) resolved.Expr { return tree.Nothing })
		v.Parts, v.Owner = flow.Parts, flow
		b.parts = append(b.parts, v)
	}
}

// contents makes what is on the belt, to begin with as it would be if the stock had
// always been what it is: of what entered, so much is left on each place.
func (b *conveyor) contents() {
	left := b.hide("left", resolved.Aux, b.over, b.leftOver)
	total := b.hide("left.sum", resolved.Aux, b.stock.Over, func(own []resolved.Pos) resolved.Expr {
		return b.sum(func(place resolved.Pos) resolved.Expr { return ref(left, with(own, place)) })
	})
	entered := func(own []resolved.Pos) resolved.Expr {
		return tree.Apply(resolved.Div, ref(b.stock, b.of(own)), ref(total, b.of(own)))
	}
	there := func(own []resolved.Pos) resolved.Expr { return tree.Apply(resolved.Mul, entered(own), ref(left, own)) }
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
func (b *conveyor) of(own []resolved.Pos) []resolved.Pos { return own[:len(b.stock.Over)] }

// place is the number of the place.
func (b *conveyor) place(own []resolved.Pos) resolved.Expr {
	return ref(b.number, own[len(b.stock.Over):])
}

func (b *conveyor) isInside(own []resolved.Pos) resolved.Expr {
	return tree.Apply(resolved.Lt, b.place(own), ref(b.length, b.of(own)))
}

// leftOver is what would be left, on each place, of 1 that entered.
func (b *conveyor) leftOver(own []resolved.Pos) resolved.Expr {
	if b.zoned() {
		return &resolved.If{Cond: b.isInside(own), Then: b.leftInZones(own), Else: tree.Number(0)}
	}
	passed := tree.Apply(resolved.Sub, tree.Apply(resolved.Sub, ref(b.length, b.of(own)), tree.Number(1)), b.place(own))
	var lost resolved.Expr = tree.Number(0)
	for _, p := range b.parts {
		lost = tree.Apply(resolved.Add, lost, ref(p, b.of(own)))
	}
	var left resolved.Expr
	if b.v.Conveyor.Exponential {
		left = tree.Apply(resolved.Pow,
			tree.Apply(resolved.Max, tree.Number(0),
				tree.Apply(resolved.Sub, tree.Number(1), tree.Apply(resolved.Mul, lost, tree.StepSize()))), passed)
	} else {
		left = tree.Apply(resolved.Max, tree.Number(0),
			tree.Apply(resolved.Sub, tree.Number(1),
				tree.Apply(resolved.Div, tree.Apply(resolved.Mul, lost, passed), ref(b.length, b.of(own)))))
	}
	return &resolved.If{Cond: b.isInside(own), Then: left, Else: tree.Number(0)}
}

// sum adds up over the belt.
func (b *conveyor) sum(x func(place resolved.Pos) resolved.Expr) resolved.Expr {
	loop := &resolved.Loop{Dim: b.places, At: box.Count(len(b.places.Elements))}
	return &resolved.Reduce{Op: resolved.Sum, Loops: []*resolved.Loop{loop}, X: x(tree.Position(loop, loop.At))}
}

// leak makes what leaks from each place in the present step, and the leaking flows.
func (b *conveyor) leak() {
	for i, leak := range b.v.Conveyor.Leak {
		v := b.hide(leak+".off", resolved.Aux, b.over,
			func(own []resolved.Pos) resolved.Expr { return b.moving(own, b.off(i, own)) })
		v.Owner = b.Vars[b.Names[leak]]
		b.leaks = append(b.leaks, v)
		b.flow(v.Owner, func(own []resolved.Pos) resolved.Expr {
			return tree.Apply(resolved.Div,
				b.sum(func(place resolved.Pos) resolved.Expr { return ref(v, with(own, place)) }), tree.StepSize())
		})
	}
	first := resolved.Pos{Fixed: 0}
	b.flow(b.ends, func(own []resolved.Pos) resolved.Expr {
		return tree.Apply(resolved.Div, b.moving(own, b.rest(with(own, first))), tree.StepSize())
	})
}

// flow gives a flow its equation.
func (b *conveyor) flow(f *resolved.Variable, expr func(own []resolved.Pos) resolved.Expr) {
	parts := tree.OverAll(f, expr)
	parts[0].Span, parts[0].Text = b.v.Conveyor.Span, b.v.Conveyor.Transit.Text
	f.Parts = parts
}

// moving is 0 while the belt stands still.
func (b *conveyor) moving(own []resolved.Pos, x resolved.Expr) resolved.Expr {
	if b.stuck == nil {
		return x
	}
	return &resolved.If{Cond: ref(b.stuck, b.of(own)), Then: tree.Number(0), Else: x}
}

// off is what the i-th leak takes from a place, at most what is there.
func (b *conveyor) off(i int, own []resolved.Pos) resolved.Expr {
	fraction := ref(b.parts[i], b.of(own))
	var wanted resolved.Expr
	if b.v.Conveyor.Exponential {
		wanted = tree.Apply(resolved.Mul, tree.Apply(resolved.Mul, ref(b.there, own), fraction), tree.StepSize())
	} else {
		wanted = tree.Apply(resolved.Mul, ref(b.shares[i], own), fraction)
	}
	return b.within(i, own, tree.Apply(resolved.Max, tree.Number(0), tree.Apply(resolved.Min, wanted, b.rest(own))))
}

// rest is what is on a place after the leaks so far.
func (b *conveyor) rest(own []resolved.Pos) resolved.Expr {
	left := ref(b.there, own)
	for _, leak := range b.leaks {
		left = tree.Apply(resolved.Sub, left, ref(leak, own))
	}
	return left
}

// move is the belt a step later.
func (b *conveyor) move() {
	entering := func(own []resolved.Pos) resolved.Expr {
		var sum resolved.Expr = tree.Number(0)
		for i, f := range b.stock.Inflows {
			if sum = tree.Apply(resolved.Add, sum, ref(f, b.of(own))); i == 0 {
				sum = ref(f, b.of(own))
			}
		}
		return tree.Apply(resolved.Mul, sum, tree.StepSize())
	}
	b.there.Input = b.next(b.there, func(own []resolved.Pos) resolved.Expr { return b.rest(own) }, entering)
	for i, v := range b.shares {
		if v == nil || v.Input != nil {
			continue
		}
		v.Input = b.next(v, func(own []resolved.Pos) resolved.Expr { return ref(v, own) },
			func(own []resolved.Pos) resolved.Expr {
				if _, _, all := b.zone(i); !all {
					return b.shared(i, own, entering(own))
				}
				return tree.Apply(resolved.Div, entering(own), ref(b.length, b.of(own)))
			})
	}
}

// next moves what is on each place to the one before it, and puts what enters on its
// own. While the belt stands still everything stays.
func (b *conveyor) next(v *resolved.Variable, rest, entering func(own []resolved.Pos) resolved.Expr) []*resolved.Part {
	last := len(b.places.Elements) - 1
	var parts []*resolved.Part
	for _, at := range [][]int{box.Count(last), {last}} {
		if len(at) == 0 {
			continue
		}
		p := &resolved.Part{Span: b.v.Conveyor.Span, Text: b.v.Conveyor.Transit.Text}
		var own []resolved.Pos
		for _, d := range b.stock.Over {
			l := &resolved.Loop{Dim: d, At: box.Count(len(d.Elements))}
			p.Loops = append(p.Loops, l)
			own = append(own, tree.Position(l, l.At))
		}
		l := &resolved.Loop{Dim: b.places, At: at}
		p.Loops = append(p.Loops, l)
		here := with(own, tree.Position(l, at))
		var comes resolved.Expr = tree.Number(0)
		if at[0] != last {
			following := make([]int, len(at))
			for i := range at {
				following[i] = at[i] + 1
			}
			comes = rest(with(own, tree.Position(l, following)))
		}
		enters := tree.Apply(resolved.Eq, b.place(here), tree.Apply(resolved.Sub, ref(b.length, own), tree.Number(1)))
		p.Expr = &resolved.If{Cond: enters, Then: tree.Apply(resolved.Add, comes, entering(here)), Else: comes}
		if b.stuck != nil {
			p.Expr = &resolved.If{Cond: ref(b.stuck, own), Then: ref(v, here), Else: p.Expr}
		}
		parts = append(parts, p)
	}
	return parts
}
