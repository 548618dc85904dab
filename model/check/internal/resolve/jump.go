package resolve

import (
	"slices"

	"weir/model/check/internal/tree"
	"weir/model/resolved"
	"weir/model/table"
)

// HoldJumps makes tables that are read by time jump at step boundaries only: a stage of a
// Runge-Kutta method within the step sees the piece of the table, from jump to jump, in
// which the step begins. So do step, pulse and the other functions that jump. Tables that
// are read by other values are left alone, as their jumps are events of the model.
func (r *Resolver) HoldJumps() {
	done := map[*resolved.Lookup]bool{}
	var in func(e resolved.Expr)
	in = func(e resolved.Expr) {
		for _, x := range resolved.Children(e) {
			in(x)
		}
		l, ok := e.(*resolved.Lookup)
		if !ok || done[l] {
			return
		}
		done[l] = true
		if !r.inArea[l.Table] && slices.ContainsFunc(l.Table.Points, table.Jumps) {
			r.holdJumps(l)
		}
	}
	for _, v := range slices.Concat(r.Out.Variables, r.Hidden) {
		for _, parts := range [][]*resolved.Part{v.Parts, v.Input, v.Delay} {
			for _, p := range parts {
				in(p.Expr)
			}
		}
	}
}

// holdJumps keeps the x of a reading within the piece that holds the x of the step's start.
// There the two are the same, so that the reading has the same bits as without.
func (r *Resolver) holdJumps(l *resolved.Lookup) {
	t := timed{left: maxTimed}
	// A time that does not move within a step, such as steptime, has nothing to hold.
	begin, ok := t.atStart(l.X)
	if !ok || !t.moves {
		return
	}
	read := func(name string, shape table.Reading) resolved.Expr {
		return &resolved.Lookup{Table: r.reshaped(l.Table, name, shape), At: l.At, X: begin}
	}
	first, last := read("first of piece", table.FirstOfPiece), read("last of piece", table.LastOfPiece)
	l.X = tree.Apply(resolved.Max, first, tree.Apply(resolved.Min, last, l.X))
}

// maxTimed bounds the nodes of an expression that is written out for the step's start.
const maxTimed = 64

// timed writes an expression of the time, numbers and constants out for the start of the
// step.
type timed struct {
	left  int  // nodes that may still be written
	moves bool // the expression moves within a step
}

// atStart returns the expression as it is at the start of the step; ok is false if it reads
// more than the time and constants, or is too long.
func (t *timed) atStart(e resolved.Expr) (out resolved.Expr, ok bool) {
	if t.left--; t.left < 0 {
		return nil, false
	}
	switch e := e.(type) {
	case *resolved.Const:
		return e, true
	case *resolved.Clock:
		if e.Kind != resolved.Now {
			return e, true
		}
		t.moves = true
		return &resolved.Clock{Kind: resolved.StepStart}, true
	case *resolved.Ref:
		return t.variable(e)
	case *resolved.Apply:
		args := make([]resolved.Expr, len(e.Args))
		for i, a := range e.Args {
			if args[i], ok = t.atStart(a); !ok {
				return nil, false
			}
		}
		return tree.Apply(e.Op, args...), true
	}
	return nil, false
}

// variable returns a constant itself, and the equation of a scalar that is no stock.
func (t *timed) variable(e *resolved.Ref) (resolved.Expr, bool) {
	switch v := e.Var; {
	case v.Kind == resolved.Constant || v.Kind == resolved.Decision:
		return e, true
	case v.Kind == resolved.Aux && len(v.Over) == 0 && len(v.Parts) == 1:
		return t.atStart(v.Parts[0].Expr)
	}
	return nil, false
}
