// Package tangent differentiates the equations of a model at a state, exactly: it writes each
// equation once as a list of operations on single numbers, a tape, and goes back over it with
// the chain rule (reverse mode; Griewank and Walther, Evaluating Derivatives, 2nd ed. 2008,
// chapter 3). From the derivatives of single equations it makes the matrix of the slopes of
// stocks by the stocks.
//
// At a corner, as of min, max, a table or an if, the derivative is that of the branch taken.
// Random draws, and values that hold for a step, do not move with the stocks. Every product
// that feeds a sum is written float64(a*b): the numbers reach results, so they are the same on
// every processor.
package tangent

import (
	"fmt"
	"slices"
	"strconv"

	"weir/model/resolved"
)

// An Equation sets the elements of a variable over the loops of a part.
type Equation struct {
	Var  *resolved.Variable
	Part *resolved.Part
}

// A Model is all that a tape needs to know of a program.
type Model struct {
	Equations []Equation // those computed at each evaluation, in order
	// Slot returns where in the vector of values a variable begins; its elements follow
	// row-major. Clock returns the slot of a clock.
	Slot  func(*resolved.Variable) int
	Clock func(resolved.ClockKind) int
	// Moving are the slots that move by themselves: stocks, time, and constants that a change
	// moves within a step.
	Moving []int
}

// A kind is the kind of a step of a tape.
type kind uint8

const (
	constant kind = iota
	slot          // the number in slot a
	shared        // the number that row a of the tape computed
	apply
	branch // b if a is not 0, else c
	lookup // table b at a
	draw   // draw number site, of a, b and c
	whole  // element c of the result of call site
)

// A step computes a number from those of earlier steps of the same equation.
type step struct {
	kind    kind
	op      resolved.Op
	active  bool  // moves with a moving slot
	a, b, c int32 // steps, unless the kind says otherwise
	site    int32
	value   float64
}

// A call is one call of an array function.
type call struct {
	fn   resolved.ArrayFunction
	args [][]int32 // steps of the elements of each argument
	out  int       // elements of the result
}

// A row is one element of an equation. Its last step is its value. Its leaves are the moving
// slots that it mentions.
type row struct {
	target          int   // a slot; below 0, -1-k for shared number k
	from, to        int32 // of steps
	leaves, leafEnd int32 // of leaves
}

// A leaf is a mention of a moving slot.
type leaf struct{ slot, step int32 }

type table struct {
	points []resolved.Point
	beyond resolved.Beyond
}

// A Site is one draw of one element.
type Site struct {
	Dist    resolved.Dist
	Key     uint64
	Element uint32
}

// A Tape is the moving equations of a model as operations on single numbers. It never changes.
type Tape struct {
	steps  []step
	rows   []row
	leaves []leaf
	tables []table
	draws  []Site
	calls  []call
	shares int          // numbers that several rows share
	moving map[int]bool // slots: those of the model, and of the equations that move with them
}

// Most is the largest number of operations on a tape, of 40 bytes each.
const Most = 20_000_000

// New returns the tape of a model. The error says that it would be too long.
func New(m Model) (*Tape, error) {
	w := writer{Tape: &Tape{moving: map[int]bool{}}, Model: m, turns: map[*resolved.Loop]int{},
		known: map[sharing]int{}}
	for _, s := range m.Moving {
		w.moving[s] = true
	}
	for _, e := range m.Equations {
		if w.equation(e); len(w.steps) > Most {
			return nil, fmt.Errorf("the equations of the model are more than %d operations on single numbers", Most)
		}
	}
	return w.Tape, nil
}

// A writer appends to a tape.
type writer struct {
	*Tape
	Model
	turns map[*resolved.Loop]int // of the loops around the present expression
	known map[sharing]int        // the slot of a shared number, -1-k
}

// A sharing is a reduction in the turns on which its value depends, as text.
type sharing struct {
	e  *resolved.Reduce
	at string
}

// equation writes a row for each element of an equation, after what its elements share.
func (w *writer) equation(e Equation) {
	at := make([]resolved.Pos, len(e.Part.Loops))
	for i, l := range e.Part.Loops {
		at[i] = resolved.Pos{Loop: l, Map: l.At}
	}
	first := w.Slot(e.Var)
	w.share(e.Part.Expr, e.Part.Loops)
	w.over(e.Part.Loops, func() {
		w.row(first+w.place(e.Var.Over, at), func() int32 { return w.expr(e.Part.Expr) })
	})
}

// row appends a row for a slot, if its value moves.
func (w *writer) row(target int, write func() int32) {
	r := row{target: target, from: int32(len(w.steps)), leaves: int32(len(w.leaves))}
	if len(w.steps) > Most || !w.moves(write()) {
		w.steps, w.leaves = w.steps[:r.from], w.leaves[:r.leaves]
		return
	}
	r.to, r.leafEnd = int32(len(w.steps)), int32(len(w.leaves))
	w.moving[r.target] = true
	w.rows = append(w.rows, r)
}

// share appends rows for the reductions in an expression that are the same in several turns of the
// loops around them, such as a total of which each element takes its part: else the tape of n
// elements would have n² steps.
func (w *writer) share(e resolved.Expr, around []*resolved.Loop) {
	inside := around
	switch e := e.(type) {
	case *resolved.Reduce:
		inside = append(slices.Clip(around), e.Loops...)
	case *resolved.ArrayCall:
		for _, a := range e.Args {
			w.share(a.X, append(slices.Clip(around), a.Loops...))
		}
		return
	}
	for _, x := range resolved.Children(e) {
		w.share(x, inside)
	}
	r, ok := e.(*resolved.Reduce)
	if !ok {
		return
	}
	free := freeLoops(r)
	if iterations(free) == iterations(around) {
		return
	}
	w.over(free, func() {
		key := w.sharing(r, free)
		if _, known := w.known[key]; known {
			return
		}
		w.row(-1-w.shares, func() int32 { return w.combined(r) })
		if w.moving[-1-w.shares] {
			w.known[key] = -1 - w.shares
			w.shares++
		}
	})
}

// sharing returns the key of a reduction in the present turns.
func (w *writer) sharing(r *resolved.Reduce, free []*resolved.Loop) sharing {
	at := ""
	for _, l := range free {
		at += strconv.Itoa(l.At[w.turns[l]]) + " "
	}
	return sharing{r, at}
}

// freeLoops returns the loops around an expression on whose turns it depends, each once, in the
// order of their first mention.
func freeLoops(e resolved.Expr) []*resolved.Loop {
	var list, bound []*resolved.Loop
	var in func(e resolved.Expr)
	at := func(loops ...*resolved.Loop) {
		for _, l := range loops {
			if l != nil && !slices.Contains(bound, l) && !slices.Contains(list, l) {
				list = append(list, l)
			}
		}
	}
	in = func(e resolved.Expr) {
		switch e := e.(type) {
		case *resolved.Ref:
			at(loopsOf(e.At)...)
		case *resolved.Lookup:
			at(loopsOf(e.At)...)
		case *resolved.Draw:
			at(e.Loops...)
		case *resolved.Reduce:
			bound = append(bound, e.Loops...)
		case *resolved.ArrayCall:
			for _, a := range e.Args {
				bound = append(bound, a.Loops...)
			}
			at(loopsOf(e.At)...)
		}
		for _, x := range resolved.Children(e) {
			in(x)
		}
	}
	in(e)
	return list
}

// loopsOf returns the loops of subscripts; nil where a subscript is fixed.
func loopsOf(at []resolved.Pos) []*resolved.Loop {
	list := make([]*resolved.Loop, len(at))
	for i, p := range at {
		list[i] = p.Loop
	}
	return list
}

// iterations returns how many turns nested loops take together; 1 for none.
func iterations(loops []*resolved.Loop) int {
	n := 1
	for _, l := range loops {
		n *= len(l.At)
	}
	return n
}

// over calls f in each turn of the loops, row-major.
func (w *writer) over(loops []*resolved.Loop, f func()) {
	if len(loops) == 0 {
		f()
		return
	}
	for turn := range loops[0].At {
		w.turns[loops[0]] = turn
		w.over(loops[1:], f)
	}
}

// place returns the row-major position that subscripts pick in the present turns.
func (w *writer) place(over []*resolved.Dimension, at []resolved.Pos) int {
	element := 0
	for i, p := range at {
		where := p.Fixed
		if p.Loop != nil {
			where = p.Map[w.turns[p.Loop]]
		}
		element = element*len(over[i].Elements) + where
	}
	return element
}

// add appends a step and returns its number. Numbers are of the whole tape, so that arguments need no
// base.
func (w *writer) add(s step) int32 {
	w.steps = append(w.steps, s)
	return int32(len(w.steps) - 1)
}

func (w *writer) moves(at int32) bool { return w.steps[at].active }

// read appends a step that reads a slot.
func (w *writer) read(s int) int32 {
	at := w.add(step{kind: slot, a: int32(s), active: w.moving[s]})
	if w.moving[s] {
		w.leaves = append(w.leaves, leaf{int32(s), at})
	}
	return at
}

// expr appends an expression in the present turns and returns the step with its value.
func (w *writer) expr(e resolved.Expr) int32 {
	switch e := e.(type) {
	case *resolved.Const:
		return w.add(step{kind: constant, value: e.Value})
	case *resolved.Clock:
		return w.read(w.Clock(e.Kind))
	case *resolved.Ref:
		return w.read(w.Slot(e.Var) + w.place(e.Var.Over, e.At))
	case *resolved.Apply:
		return w.apply(e.Op, w.exprs(e.Args))
	case *resolved.If:
		x := w.exprs([]resolved.Expr{e.Cond, e.Then, e.Else})
		return w.add(step{kind: branch, a: x[0], b: x[1], c: x[2], active: w.moves(x[1]) || w.moves(x[2])})
	case *resolved.Reduce:
		return w.reduce(e)
	case *resolved.Lookup:
		w.tables = append(w.tables, table{e.Table.Points[w.place(e.Table.Over, e.At)], e.Table.Beyond})
		at := int32(len(w.tables) - 1)
		x := w.expr(e.X)
		return w.add(step{kind: lookup, a: x, b: at, active: w.moves(x)})
	case *resolved.Draw:
		return w.draw(e)
	}
	return w.whole(e.(*resolved.ArrayCall))
}

// exprs appends expressions in their order and returns the steps with their values.
func (w *writer) exprs(list []resolved.Expr) []int32 {
	out := make([]int32, len(list))
	for i, e := range list {
		out[i] = w.expr(e)
	}
	return out
}

// apply appends an operation; more arguments than it takes are combined from the left.
func (w *writer) apply(op resolved.Op, args []int32) int32 {
	if n := op.Arity(); len(args) > n {
		return w.apply(op, append([]int32{w.apply(op, args[:2])}, args[2:]...))
	}
	s := step{kind: apply, op: op}
	for i, to := range []*int32{&s.a, &s.b, &s.c}[:len(args)] {
		*to = args[i]
		s.active = s.active || w.moves(args[i])
	}
	if fixed(op) {
		s.active = false
	}
	return w.add(s)
}

// reduce appends a reduction, or reads it if it is shared. Its numbers are combined from the left.
func (w *writer) reduce(e *resolved.Reduce) int32 {
	if len(w.known) > 0 {
		if s, known := w.known[w.sharing(e, freeLoops(e))]; known {
			at := w.add(step{kind: shared, a: int32(-1 - s), active: true})
			w.leaves = append(w.leaves, leaf{int32(s), at})
			return at
		}
	}
	return w.combined(e)
}

// combined appends the numbers of a reduction.
func (w *writer) combined(e *resolved.Reduce) int32 {
	all := int32(-1)
	w.over(e.Loops, func() {
		if x := w.expr(e.X); all < 0 {
			all = x
		} else {
			all = w.apply(e.Op, []int32{all, x})
		}
	})
	return all
}

// draw appends a random number. It does not move within a step, whatever its parameters do, and the
// same name of its stream gives it the bits that the machine has.
func (w *writer) draw(e *resolved.Draw) int32 {
	s := Site{Dist: e.Dist, Key: e.Key}
	for _, l := range e.Loops {
		s.Element = s.Element*uint32(len(l.Dim.Elements)) + uint32(l.At[w.turns[l]])
	}
	x := step{kind: draw, site: int32(len(w.draws))}
	w.draws = append(w.draws, s)
	none := w.add(step{kind: constant})
	x.a, x.b, x.c = none, none, none
	for i, to := range []*int32{&x.a, &x.b, &x.c}[:len(e.Args)] {
		*to = w.expr(e.Args[i])
	}
	return w.add(x)
}

// whole appends one element of the result of an array function. Each element computes the whole call
// again: such functions are rare, and their arrays short.
func (w *writer) whole(e *resolved.ArrayCall) int32 {
	c := call{fn: e.Fn, out: e.Size()}
	s := step{kind: whole, c: int32(w.place(e.Over, e.At))}
	for _, a := range e.Args {
		var list []int32
		w.over(a.Loops, func() {
			at := w.expr(a.X)
			list = append(list, at)
			s.active = s.active || w.moves(at)
		})
		c.args = append(c.args, list)
	}
	s.site = int32(len(w.calls))
	w.calls = append(w.calls, c)
	return w.add(s)
}
