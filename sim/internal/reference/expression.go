package reference

import (
	"fmt"

	"weir/model/resolved"
)

// turns says which turn every loop around an expression is in.
type turns map[*resolved.Loop]int

// value returns one element of a variable at the present time.
func (r *run) value(v *resolved.Variable, element int) float64 {
	switch {
	case v.Kind == resolved.Stock && !r.starting:
		return r.stocks[v][element]
	case v.Kind == resolved.Initial && !r.starting:
		return r.frozen[v][element]
	case v.Kind == resolved.DelayState && !r.starting:
		return r.queues[v][element][0]
	}
	return r.remember(v, element)
}

// remember finds a value once an evaluation, by its equation.
func (r *run) remember(v *resolved.Variable, element int) float64 {
	if r.known[v] == nil {
		r.known[v] = map[int]*float64{}
	}
	if x, begun := r.known[v][element]; begun {
		if x == nil {
			panic(fmt.Sprintf("reference: %s depends on itself", v.Name))
		}
		return *x
	}
	r.known[v][element] = nil
	x := r.part(v, v.Parts, element)
	if v.Kind == resolved.Constant || v.Kind == resolved.Decision {
		x = r.changed(v, element, x)
	}
	r.known[v][element] = &x
	return x
}

// part finds the part that covers an element and evaluates it there.
func (r *run) part(v *resolved.Variable, parts []*resolved.Part, element int) float64 {
	at := positions(v.Over, element)
	for _, p := range parts {
		if in, ok := within(p.Loops, at); ok {
			return r.eval(p.Expr, in)
		}
	}
	panic(fmt.Sprintf("reference: no equation covers element %d of %s", element, v.Name))
}

// positions returns the place of an element in each dimension.
func positions(over []*resolved.Dimension, element int) []int {
	at := make([]int, len(over))
	for i := len(over) - 1; i >= 0; i-- {
		n := len(over[i].Elements)
		at[i] = element % n
		element /= n
	}
	return at
}

// within returns the turns in which the loops reach a position.
func within(loops []*resolved.Loop, at []int) (turns, bool) {
	in := turns{}
	for i, l := range loops {
		found := false
		for turn, place := range l.At {
			if place == at[i] {
				in[l], found = turn, true
			}
		}
		if !found {
			return nil, false
		}
	}
	return in, true
}

// place returns the element that positions pick, in the given turns.
func place(over []*resolved.Dimension, at []resolved.Pos, in turns) int {
	element := 0
	for i, p := range at {
		where := p.Fixed
		if p.Loop != nil {
			turn, ok := in[p.Loop]
			if !ok {
				panic("reference: a position names a loop that is not around it")
			}
			where = p.Map[turn]
		}
		element = element*len(over[i].Elements) + where
	}
	return element
}

// eval computes an expression.
func (r *run) eval(e resolved.Expr, in turns) float64 {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value
	case *resolved.Clock:
		return r.time(e.Kind)
	case *resolved.Ref:
		return r.value(e.Var, place(e.Var.Over, e.At, in))
	case *resolved.Apply:
		return apply(e.Op, r.evalAll(e.Args, in))
	case *resolved.If:
		if r.eval(e.Cond, in) != 0 {
			return r.eval(e.Then, in)
		}
		return r.eval(e.Else, in)
	case *resolved.Reduce:
		return r.reduce(e, in)
	case *resolved.Lookup:
		return r.lookup(e.Table, place(e.Table.Over, e.At, in), r.eval(e.X, in))
	case *resolved.Draw:
		return r.draw(e, in)
	case *resolved.ArrayCall:
		return r.whole(e, in)
	}
	panic(fmt.Sprintf("reference: unknown expression %T", e))
}

// evalAll returns the values of arguments.
func (r *run) evalAll(args []resolved.Expr, in turns) []float64 {
	x := make([]float64, len(args))
	for i, a := range args {
		x[i] = r.eval(a, in)
	}
	return x
}

// time returns one of the clocks.
func (r *run) time(kind resolved.ClockKind) float64 {
	switch kind {
	case resolved.Now:
		return r.now
	case resolved.StepStart:
		return r.begin
	case resolved.StepSize:
		return r.clock.Step
	case resolved.StartTime:
		return r.clock.Start
	case resolved.StopTime:
		return r.clock.Stop
	}
	panic("reference: unknown clock")
}

// reduce combines an expression over all turns of its loops, the last loop fastest.
func (r *run) reduce(e *resolved.Reduce, in turns) float64 {
	return combine(e.Op, r.every(e.Loops, e.X, in))
}

// whole computes all of a result, and gives the element that is asked for.
func (r *run) whole(e *resolved.ArrayCall, in turns) float64 {
	var args [][]float64
	for _, a := range e.Args {
		args = append(args, r.every(a.Loops, a.X, in))
	}
	out := make([]float64, e.Size())
	e.Fn.Of(out, args...)
	return out[place(e.Over, e.At, in)]
}

// every returns an expression for all turns of some loops, the last loop fastest.
func (r *run) every(loops []*resolved.Loop, x resolved.Expr, in turns) []float64 {
	var all []float64
	var over func(loops []*resolved.Loop)
	inner := turns{}
	for l, turn := range in {
		inner[l] = turn
	}
	over = func(loops []*resolved.Loop) {
		if len(loops) == 0 {
			all = append(all, r.eval(x, inner))
			return
		}
		for turn := range loops[0].At {
			inner[loops[0]] = turn
			over(loops[1:])
		}
	}
	over(loops)
	return all
}

// apply computes one operation. More arguments than it takes are combined from the
// left: max(a, b, c) is max(max(a, b), c).
func apply(op resolved.Op, x []float64) float64 {
	for len(x) > op.Arity() {
		x = append([]float64{op.Of(x[0], x[1])}, x[2:]...)
	}
	return op.Of(x...)
}

// combine works on numbers from the first to the last; a sum begins at 0.
func combine(op resolved.Op, all []float64) float64 {
	x := all[0]
	if op == resolved.Sum {
		x = 0 + x // minus 0 becomes 0
	}
	for _, y := range all[1:] {
		x = op.Of(x, y)
	}
	return x
}
