// Package tree has the operations of the passes on resolved expressions: find references and
// loops, exchange loops, and build small expressions.
package tree

import (
	"slices"

	"weir/model/check/internal/box"
	"weir/model/resolved"
)

// positionsOf returns the positions that an expression itself picks, without those of its
// parts.
func positionsOf(e resolved.Expr) []resolved.Pos {
	switch e := e.(type) {
	case *resolved.Ref:
		return e.At
	case *resolved.Lookup:
		return e.At
	case *resolved.ArrayCall:
		return e.At
	}
	return nil
}

// References calls f for every reference to a variable, with the loops of the reductions around
// it. A reference inside two reductions comes with the loops of both, the outer ones first. The
// slice belongs to the walk: f may keep it, but not change it.
func References(e resolved.Expr, around []*resolved.Loop, f func(*resolved.Ref, []*resolved.Loop)) {
	if ref, ok := e.(*resolved.Ref); ok {
		f(ref, around)
		return
	}
	switch e := e.(type) {
	case *resolved.Reduce:
		around = slices.Concat(around, e.Loops)
	case *resolved.ArrayCall:
		for _, a := range e.Args {
			References(a.X, slices.Concat(around, a.Loops), f)
		}
		return
	}
	for _, x := range resolved.Children(e) {
		References(x, around, f)
	}
}

// FreeLoops returns the loops that expressions follow without running over them themselves, in
// order of appearance.
func FreeLoops(exprs ...resolved.Expr) []*resolved.Loop {
	var out []*resolved.Loop
	for _, e := range exprs {
		out = addFree(out, nil, e)
	}
	return out
}

// addFree appends the loops that an expression uses and that neither bound nor out has.
func addFree(out, bound []*resolved.Loop, e resolved.Expr) []*resolved.Loop {
	add := func(l *resolved.Loop) {
		if l != nil && !slices.Contains(bound, l) && !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	for _, p := range positionsOf(e) {
		add(p.Loop)
	}
	switch e := e.(type) {
	case *resolved.Reduce:
		bound = slices.Concat(bound, e.Loops)
	case *resolved.Draw:
		for _, l := range e.Loops {
			add(l)
		}
	case *resolved.ArrayCall:
		for _, a := range e.Args {
			out = addFree(out, slices.Concat(bound, a.Loops), a.X)
		}
		return out
	}
	for _, x := range resolved.Children(e) {
		out = addFree(out, bound, x)
	}
	return out
}

// A Swap replaces a loop: iteration i of Loop is iteration At[i] of the loop replaced. With a
// single iteration the position becomes fixed.
type Swap struct {
	// nil only if At has a single iteration, since the position is then fixed
	Loop *resolved.Loop
	At   []int
}

// Swaps are the replacements of loops.
type Swaps map[*resolved.Loop]Swap

// In returns the expression with its loops replaced. Parts that follow none of the loops are
// shared, not copied.
func (s Swaps) In(e resolved.Expr) resolved.Expr {
	if !slices.ContainsFunc(FreeLoops(e), func(l *resolved.Loop) bool { _, ok := s[l]; return ok }) {
		return e
	}
	return s.copy(e)
}

// copy returns an expression with its loops exchanged. Nodes without positions are shared with the
// original; they never change.
func (s Swaps) copy(e resolved.Expr) resolved.Expr {
	switch e := e.(type) {
	case *resolved.Ref:
		return &resolved.Ref{Var: e.Var, At: s.positions(e.At)}
	case *resolved.Apply:
		return &resolved.Apply{Op: e.Op, Args: s.all(e.Args)}
	case *resolved.If:
		return &resolved.If{Cond: s.copy(e.Cond), Then: s.copy(e.Then), Else: s.copy(e.Else)}
	case *resolved.Reduce:
		return &resolved.Reduce{Op: e.Op, Loops: e.Loops, X: s.copy(e.X)}
	case *resolved.Lookup:
		return &resolved.Lookup{Table: e.Table, At: s.positions(e.At), X: s.copy(e.X)}
	case *resolved.Draw:
		return s.draw(e)
	case *resolved.ArrayCall:
		return s.whole(e)
	}
	return e
}

// whole returns a call of an array function with the loops of its arguments exchanged.
func (s Swaps) whole(e *resolved.ArrayCall) resolved.Expr {
	out := &resolved.ArrayCall{Fn: e.Fn, Over: e.Over, At: s.positions(e.At)}
	for _, a := range e.Args {
		out.Args = append(out.Args, &resolved.ArrayArgument{Loops: a.Loops, X: s.copy(a.X)})
	}
	return out
}

// all returns copies of expressions.
func (s Swaps) all(exprs []resolved.Expr) []resolved.Expr {
	out := make([]resolved.Expr, len(exprs))
	for i, e := range exprs {
		out[i] = s.copy(e)
	}
	return out
}

// positions returns subscripts with their loops exchanged.
func (s Swaps) positions(at []resolved.Pos) []resolved.Pos {
	out := make([]resolved.Pos, len(at))
	for i, p := range at {
		out[i] = s.position(p)
	}
	return out
}

// position returns one subscript with its loop exchanged; its offset and its table of positions
// follow. Map has the position of each old iteration, so the new iteration i reads Map[At[i]].
func (s Swaps) position(p resolved.Pos) resolved.Pos {
	w, ok := s[p.Loop]
	if p.Loop == nil || !ok {
		return p
	}
	places := make([]int, len(w.At))
	for i, turn := range w.At {
		places[i] = p.Map[turn]
	}
	return Position(w.Loop, places)
}

// draw returns a draw that follows the new loops. Its elements stay numbered by their
// positions, so that an equation computed in parts draws the same numbers as a whole one.
func (s Swaps) draw(e *resolved.Draw) resolved.Expr {
	out := &resolved.Draw{Dist: e.Dist, Args: s.all(e.Args), Key: e.Key}
	for _, l := range e.Loops {
		if w, ok := s[l]; ok {
			l = w.Loop
		}
		out.Loops = append(out.Loops, l)
	}
	return out
}

// OverAll returns one part for all elements of a variable. Expr is called once, with a position per
// dimension that follows the part's loops. The part has the place of the variable, and no text.
func OverAll(v *resolved.Variable, expr func(own []resolved.Pos) resolved.Expr) []*resolved.Part {
	p := &resolved.Part{Span: v.Span}
	var own []resolved.Pos
	for _, d := range v.Over {
		l := &resolved.Loop{Dim: d, At: box.Count(len(d.Elements))}
		p.Loops = append(p.Loops, l)
		own = append(own, Position(l, l.At))
	}
	p.Expr = expr(own)
	return []*resolved.Part{p}
}

// SameShape reports whether a stock's flows have its dimensions. In a model with mistakes they
// need not. The order of the dimensions counts.
func SameShape(stock *resolved.Variable) bool {
	for _, f := range slices.Concat(stock.Inflows, stock.Outflows) {
		if !slices.Equal(f.Over, stock.Over) {
			return false
		}
	}
	return true
}

// Position returns the position places[i] in iteration i of a loop. A single place needs no loop
// and becomes a fixed position.
func Position(l *resolved.Loop, places []int) resolved.Pos {
	if len(places) == 1 {
		return resolved.Pos{Fixed: places[0]}
	}
	return resolved.Pos{Loop: l, Map: places}
}

// Nothing is the value of an expression that was reported. Nobody sees it, since a model with
// mistakes does not run. It is told from the number 0 by its address, so it is compared with ==.
var Nothing resolved.Expr = &resolved.Const{}

// Apply returns an operation on arguments.
func Apply(op resolved.Op, args ...resolved.Expr) resolved.Expr {
	return &resolved.Apply{Op: op, Args: args}
}

// Number returns a constant.
func Number(x float64) resolved.Expr { return &resolved.Const{Value: x} }

// StepSize returns the length of a step, dt.
func StepSize() resolved.Expr { return &resolved.Clock{Kind: resolved.StepSize} }
