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

// A conveyor writes a stock out as the places of a conveyor, one per step, each with its
// contents. At every step the leaks are taken off each place, the rest of the first place
// comes out, everything moves on by one place, and the inflow is put on the place that is
// the transit time from the end. Both vectors over the places are delay states, so that the
// flows out of a step follow from the contents at its start. See XMILE 1.0, 3.7.2, and
// "Conveyors" in Stella's online help.
type conveyor struct {
	*resolve.Resolver
	v     *document.Variable
	stock *resolved.Variable
	// place 0 is the end, from which things come out at the next step
	places *resolved.Dimension
	over   []*resolved.Dimension // of the stock, and the places
	number *resolved.Variable    // 0, 1, 2, … over the places: how many steps are left after this one
	// the transit time, in units of time; with sample the one that is held
	transit *resolved.Variable
	length  *resolved.Variable // the present number of places from the inflow to the end
	stuck   *resolved.Variable // arrest; nil if never
	there   *resolved.Variable // contents of each place
	// shares are the amounts of which linear leaks take their shares: at each place, the
	// contents when they entered, divided by the places where the leak is. Leaks that are
	// everywhere have one variable together.
	shares []*resolved.Variable
	// by the fraction of the way, see edge
	edges map[float64]*resolved.Variable
	leaks []*resolved.Variable // losses of each place, by leak
	parts []*resolved.Variable // the fractions, by leak
	ends  *resolved.Variable   // the flow that comes out
}

// Write writes out all conveyors, once all equations are there. It comes before limits: a
// conveyor's flows get their equations here, and its stock is never negative by itself.
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

// findEnd finds the flow at the end of the conveyor. It returns false after a report. All outflows
// but one must be leaks; the one that is left is the end.
func (b *conveyor) findEnd() bool {
	for _, leak := range b.v.Conveyor.Leak {
		if !slices.Contains(b.v.Outflow, leak) {
			b.Report(code.BadConveyor, b.v.Conveyor.Span, b.Say("add it to the outflow of %s", b.v),
				"%s leaks from %s, but is none of its outflows", state.Name(leak), b.v)
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
				"%s has two flows at its end, %s and %s", b.v, b.ends, f)
			return false
		}
		b.ends = f
	}
	if b.ends == nil {
		b.Report(code.BadConveyor, b.v.Conveyor.Span, "add a flow without an equation to its outflow",
			"nothing comes out of %s at its end", b.v)
	}
	return b.ends != nil
}

// atSteps reports a method other than Euler's: a conveyor moves once per step.
func (b *conveyor) atSteps() bool {
	if b.Model.Time.Method == "euler" || b.Model.Time.Method == "" {
		return true
	}
	b.Report(code.BadConveyor, b.v.Conveyor.Span, "write method = \"euler\" in [time]",
		"%s is a conveyor, which moves once a step, so the model cannot be run by %s", b.v, b.Model.Time.Method)
	return false
}

// lay makes the places: enough for the transit time if that is known, else for one as long as
// the run. There are twice as many for runs with half the step, and more where the time is a
// constant that a run may change. A time that is longer still makes the conveyor NaN.
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
			"the conveyor %s would have more than %d places", b.v, resolve.MaxPlaces)
		return false
	}
	b.places = &resolved.Dimension{Name: b.v.Name + "#belt", Ordered: true, Conveyor: true}
	for i := range int(n) {
		b.places.Elements = append(b.places.Elements, fmt.Sprint(i))
	}
	b.over = slices.Concat(b.stock.Over, []*resolved.Dimension{b.places})
	return true
}

// longest returns the longest transit time that follows from the constants, and by which factor a
// run may lengthen it by changing a constant. The factor is 1 for a literal, whose value no run can
// change, and 4 for everything else. It is not known if the time does not follow from constants, or
// if the array has too many elements to look at.
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

// hide declares a hidden variable of the conveyor. Expr gets a position in each dimension of over.
// The variable is the stock's, and its place in the file is that of the transit time.
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

// text returns a hidden variable with an equation of the conveyor, nil if there is none.
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

// ref returns a reference to an element.
func ref(v *resolved.Variable, at []resolved.Pos) resolved.Expr {
	return &resolved.Ref{Var: v, At: at}
}

// write makes the hidden variables, and gives the flows their equations.
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
		short := tree.Apply(resolved.Sqrt, tree.Apply(resolved.Sub, places, steps)) // NaN, the root of a negative number
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

// contents makes the contents of the places. At the start they are as if the stock had always
// been what it is: of each amount that entered, the share that is left is on its place.
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
	b.there = b.hide("there", resolved.DelayState, b.over, there)
	b.share(entered)
}

// with returns the position of a place.
func with(own []resolved.Pos, place resolved.Pos) []resolved.Pos {
	return append(slices.Clone(own), place)
}

// of returns the position in the stock of a position with a place.
func (b *conveyor) of(own []resolved.Pos) []resolved.Pos { return own[:len(b.stock.Over)] }

// place returns the number of the place.
func (b *conveyor) place(own []resolved.Pos) resolved.Expr {
	return ref(b.number, own[len(b.stock.Over):])
}

// isInside returns whether a place is within the present transit time.
func (b *conveyor) isInside(own []resolved.Pos) resolved.Expr {
	return tree.Apply(resolved.Lt, b.place(own), ref(b.length, b.of(own)))
}

// leftOver returns the share on each place of 1 that entered. At the place where it enters it is 1.
// A linear leak takes the same amount at each place, an exponential one the same share of the
// rest, both never below 0.
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

// sum returns a sum over the places.
func (b *conveyor) sum(x func(place resolved.Pos) resolved.Expr) resolved.Expr {
	loop := &resolved.Loop{Dim: b.places, At: box.Count(len(b.places.Elements))}
	return &resolved.Reduce{Op: resolved.Sum, Loops: []*resolved.Loop{loop}, X: x(tree.Position(loop, loop.At))}
}

// leak makes the losses of each place in the present step, and the leaking flows.
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

// moving returns x, or 0 while the conveyor is arrested.
func (b *conveyor) moving(own []resolved.Pos, x resolved.Expr) resolved.Expr {
	if b.stuck == nil {
		return x
	}
	return &resolved.If{Cond: ref(b.stuck, b.of(own)), Then: tree.Number(0), Else: x}
}

// off returns the loss of a place through the i-th leak, at most the contents of the place. The
// leaks before the i-th take theirs first, in the order of the file.
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

// rest returns the contents of a place after the leaks so far.
func (b *conveyor) rest(own []resolved.Pos) resolved.Expr {
	left := ref(b.there, own)
	for _, leak := range b.leaks {
		left = tree.Apply(resolved.Sub, left, ref(leak, own))
	}
	return left
}

// move makes the contents of the places one step later.
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

// next returns the equations that move the contents of each place to the one before it, and put
// the inflow on its own place. While the conveyor is arrested everything stays. There are two
// parts: the last place has none behind it to take from, and a subscript cannot point beyond the
// end of a dimension.
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
