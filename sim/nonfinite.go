package sim

import (
	"context"
	"slices"

	"weir/model/resolved"
	"weir/sim/maths"
)

// locate repeats a run that met a NaN or an infinity, looking at every number of
// every evaluation, and notes in the result which was first. It costs about as much as
// the run itself did, and only then.
func (p *Program) locate(ctx context.Context, s Settings, parts int, result *Result) error {
	r, err := p.begin(ctx, s, parts)
	if err != nil {
		return err
	}
	r.watch = &watch{}
	if err := r.simulate(); err != nil {
		return err
	}
	if r.watch.found != nil {
		result.NonFinite = r.watch.found
	}
	for len(result.Time) > 0 && result.Time[len(result.Time)-1] >= result.NonFinite.Time {
		result.Time = result.Time[:len(result.Time)-1]
		result.rows = result.rows[:len(result.Time)*result.width]
	}
	return nil
}

// A watch looks for the first number that is not one.
type watch struct {
	found *NonFinite
	// within is the first one in the stages of the present step. It only matters if a
	// stock is not finite afterwards: a method may try a value and not use it.
	within *NonFinite
	// last are the slots at the start of the step before, nil at the first.
	last []float64
}

func (w *watch) done() bool { return w != nil && w.found != nil }

// evaluated looks at an evaluation.
func (w *watch) evaluated(r *simulation) {
	switch {
	case w.found != nil:
	case !r.counting:
		if w.within == nil {
			w.within = r.scan(phaseFlows)
		}
	case r.step == 0:
		for _, ph := range []phase{phaseConst, phaseInit, phaseStart, phaseFlows} {
			if w.found == nil {
				w.found = r.scan(ph)
			}
		}
	default:
		w.found = w.stocks(r)
		if w.found == nil {
			w.found = r.scan(phaseFlows)
		}
		w.within = nil
	}
	if r.counting {
		w.last = append(w.last[:0], r.v...)
	}
}

// tookIn looks at the numbers that delay states took in.
func (w *watch) tookIn(r *simulation) { w.found = r.scan(phaseInputs) }

// stocks looks at the stocks at the start of a step.
func (w *watch) stocks(r *simulation) *NonFinite {
	for i, x := range r.v[r.p.stocks.from:r.p.stocks.to] {
		if x-x == 0 {
			continue
		}
		if w.within != nil {
			return w.within
		}
		name := r.p.stockName(i)
		return &NonFinite{Variable: name, Time: r.v[slotNow], Value: x,
			Operation: name + " + step * (inflows - outflows)",
			Operands:  append([]Operand{{"step", r.clock.step}}, w.openFlows(r, i)...)}
	}
	return nil
}

// openFlows returns the flows of a stock, by its place among all, that were infinite or NaN
// in the step before: flows that may be so, see resolved.Model.Open.
func (w *watch) openFlows(r *simulation, stock int) []Operand {
	var out []Operand
	for _, n := range r.p.netFlows {
		element := r.p.stocks.from + stock - n.stock
		if element < 0 || element >= n.n {
			continue
		}
		for _, f := range slices.Concat(n.v.Inflows, n.v.Outflows) {
			if x := w.last[r.p.slot[f.ID]+element]; x-x != 0 {
				out = append(out, Operand{elementOf(f, f, element), x})
			}
		}
	}
	return out
}

// scan looks at the results of the equations of a phase, in their order, and explains
// the first that is not finite.
func (r *simulation) scan(ph phase) *NonFinite {
	if ph != phaseInputs && finite(r.v[firstNamed:r.p.named]) {
		return nil // the usual case, in a tenth of the time
	}
	for _, e := range r.p.equations[ph] {
		if r.p.open[e.v.ID] {
			continue
		}
		base := r.p.slot[e.v.ID]
		if ph == phaseInputs {
			base = r.p.inputOf(e.v)
		}
		box := boxView(place{fixed, base}, e.v.Over, e.part)
		loops := box.loops()
		for i, o := range box.offsets(loops) {
			if x := r.v[box.at.off+o]; x-x != 0 {
				return r.explain(e, box.at.off+o-base, x, loops, iterationOf(loops, i))
			}
		}
	}
	return nil
}

// inputOf returns where a memory takes in.
func (p *Program) inputOf(v *resolved.Variable) int {
	return p.delays[slices.IndexFunc(p.delays, func(m delayState) bool { return m.v == v })].input
}

// explain says how an equation came to a number that is not finite.
func (r *simulation) explain(e equation, element int, value float64, loops []*resolved.Loop, turn []int) *NonFinite {
	x := explainer{r: r, turn: map[*resolved.Loop]int{}}
	for i, l := range loops {
		x.turn[l] = turn[i]
	}
	out := &NonFinite{Variable: elementName(e.v.Name, e.v.Over, element), Time: r.v[slotNow], Value: value}
	if e.v.Hidden && e.v.Owner != nil {
		out.Variable = elementOf(e.v.Owner, e.v, element)
	}
	out.Operation, out.Operands = x.blame(e.part.Expr)
	return out
}

// An explainer evaluates a tree for one element, taking only the branches that
// matter. It is slow and only used once a number has failed.
type explainer struct {
	r    *simulation
	turn map[*resolved.Loop]int // loops that are not in it are at their first turn
}

// blame finds the deepest operation that was given finite numbers only, and gives its
// text and operands.
func (x *explainer) blame(e resolved.Expr) (string, []Operand) {
	parts := resolved.Children(e)
	switch e := e.(type) {
	case *resolved.If:
		parts = []resolved.Expr{e.Cond, e.Then}
		if x.eval(e.Cond) == 0 {
			parts[1] = e.Else
		}
	case *resolved.Reduce:
		parts = nil
		for i := range size(e.Loops) {
			x.enter(e.Loops, i)
			if v := x.eval(e.X); v-v != 0 {
				return x.blame(e.X)
			}
		}
	}
	if w, ok := e.(*resolved.ArrayCall); ok {
		return x.blameWhole(w)
	}
	for _, part := range parts {
		if v := x.eval(part); v-v != 0 {
			return x.blame(part)
		}
	}
	return x.text(e), x.operands(parts)
}

// blameWhole finds an argument that is not finite.
func (x *explainer) blameWhole(e *resolved.ArrayCall) (string, []Operand) {
	for _, a := range e.Args {
		for i := range size(a.Loops) {
			x.enter(a.Loops, i)
			if v := x.eval(a.X); v-v != 0 {
				return x.blame(a.X)
			}
		}
	}
	return e.Fn.Name() + "(…)", nil
}

// whole computes a function of whole arrays and picks the element.
func (x *explainer) whole(e *resolved.ArrayCall) float64 {
	at := x.position(e.Over, e.At)
	var args [][]float64
	for _, a := range e.Args {
		list := make([]float64, size(a.Loops))
		for i := range list {
			x.enter(a.Loops, i)
			list[i] = x.eval(a.X)
		}
		args = append(args, list)
	}
	out := make([]float64, e.Size())
	e.Fn.Of(out, args...)
	return out[at]
}

// operands returns the parts that are not literals, once each.
func (x *explainer) operands(parts []resolved.Expr) []Operand {
	var list []Operand
	for _, part := range parts {
		if _, literal := part.(*resolved.Const); literal {
			continue
		}
		o := Operand{x.text(part), x.eval(part)}
		if !slices.Contains(list, o) {
			list = append(list, o)
		}
	}
	return list
}

// enter sets loops to a row-major turn.
func (x *explainer) enter(loops []*resolved.Loop, i int) {
	for k, t := range iterationOf(loops, i) {
		x.turn[loops[k]] = t
	}
}

// position returns the element offset that At picks in the present turn.
func (x *explainer) position(over []*resolved.Dimension, at []resolved.Pos) int {
	n := 0
	for k, s := range strides(over) {
		p := at[k].Fixed
		if l := at[k].Loop; l != nil {
			p = at[k].Map[x.turn[l]]
		}
		n += p * s
	}
	return n
}

// eval returns the value of an expression as it is now.
func (x *explainer) eval(e resolved.Expr) float64 {
	v := x.r.v
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value
	case *resolved.Clock:
		return v[clockSlots[e.Kind]]
	case *resolved.Ref:
		return v[x.r.p.slot[e.Var.ID]+x.position(e.Var.Over, e.At)]
	case *resolved.If:
		if x.eval(e.Cond) != 0 {
			return x.eval(e.Then)
		}
		return x.eval(e.Else)
	case *resolved.Reduce:
		return x.reduce(e)
	case *resolved.Lookup:
		var segment int32
		d := &x.r.p.tables
		y, _ := d.read(d.first[e.Table.ID]+x.position(e.Table.Over, e.At), x.eval(e.X), &segment)
		return y
	case *resolved.Draw:
		a := x.arguments(e.Args)
		return draw(e.Dist, x.stream(e), a[0], a[1], a[2])
	case *resolved.ArrayCall:
		return x.whole(e)
	}
	return x.apply(e.(*resolved.Apply))
}

// arguments returns the values of up to three arguments; those left out are 0.
func (x *explainer) arguments(args []resolved.Expr) [3]float64 {
	var a [3]float64
	for i := range args {
		a[i] = x.eval(args[i])
	}
	return a
}

// apply returns the value of an operation; a variadic one is combined from the left, as in a run.
func (x *explainer) apply(e *resolved.Apply) float64 {
	if len(e.Args) == ops[e.Op].args {
		a := x.arguments(e.Args)
		return maths.Apply(e.Op, a[0], a[1], a[2])
	}
	value := x.eval(e.Args[0])
	for _, a := range e.Args[1:] {
		value = maths.Apply(e.Op, value, x.eval(a), 0)
	}
	return value
}

// reduce returns the value of a reduction, element by element in the order of a run.
func (x *explainer) reduce(e *resolved.Reduce) float64 {
	r := reductions[e.Op]
	value := r.identity
	for i := range size(e.Loops) {
		x.enter(e.Loops, i)
		value = maths.Apply(r.step, value, x.eval(e.X), 0)
	}
	return value
}

// stream names the random number of a draw in the present turn.
func (x *explainer) stream(e *resolved.Draw) maths.Stream {
	m := x.r.machine
	s := maths.Stream{Seed: m.seed, Key: e.Key, Step: uint32(m.step), Member: m.member}
	for _, l := range e.Loops {
		s.Element = s.Element*uint32(len(l.Dim.Elements)) + uint32(l.At[x.turn[l]])
	}
	return s
}
