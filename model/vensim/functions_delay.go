package vensim

import (
	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// pipe is DELAY INFORMATION or DELAY MATERIAL, which with a time that never changes are
// DELAY FIXED.
func (l *lowering) pipe(name string, c *syntax.Call) {
	if !l.neverChanges(c.Args[1]) {
		l.v.note(model.Equivalent, "its time is rounded to whole steps where something goes in")
	}
	l.template(name+"({0}, {1}, {2}, {3})", c, ofIf)
}

// neverChanges reports whether an expression is made of constants.
func (l *lowering) neverChanges(e syntax.Expr) bool {
	_, number := l.constant(e)
	return number || (&chains{importer: l.importer}).isConstant(e)
}

// conveyor is DELAY CONVEYOR with a time that never changes. Where nothing leaks it is a
// fixed delay.
func (l *lowering) conveyor(c *syntax.Call) {
	total, empty := l.constant(c.Args[4])
	switch {
	case !l.neverChanges(c.Args[1]):
		l.fail(c.Args[1].Pos(), "DELAY MATERIAL has a time that changes", "a conveyor whose time changes moves all that is on it at another speed, which is not supported")
		return
	case !(empty && total == 0) && !l.isFlat(c.Args[3]):
		l.fail(c.Args[3].Pos(), "make its values equal", "Vensim does not say how DELAY CONVEYOR cuts an initial profile into steps; only a flat one is supported")
		return
	case !(empty && total == 0) && !l.sameValue(c.Args[1], c.Args[5]):
		l.v.note(model.Approximated, "what is on the conveyor at first takes the time of the conveyor, not that of its own")
	}
	if leak, is := l.constant(c.Args[2]); is && leak == 0 {
		l.template("delay_fixed({0}, {1}, {4} / {5})", c, ofIf)
		return
	}
	l.template("delay_conveyor({0}, {1}, {2}, {4} / {5})", c, ofIf)
}

// isFlat reports whether an expression is a lookup of one value.
func (l *lowering) isFlat(e syntax.Expr) bool {
	var points []resolved.Point
	switch e := e.(type) {
	case *syntax.Table:
		points = e.Points
	case *syntax.Ref:
		if v := l.vars[e.Key]; v != nil && len(v.equations) == 1 && v.equations[0].Table != nil {
			points = v.equations[0].Table.Points
		}
	}
	for _, p := range points {
		if p.Y != points[0].Y {
			return false
		}
	}
	return len(points) > 0
}

// sameValue reports whether two expressions are one number or one name.
func (l *lowering) sameValue(a, b syntax.Expr) bool {
	x, ok1 := l.constant(a)
	y, ok2 := l.constant(b)
	if ok1 && ok2 {
		return x == y
	}
	r, ok1 := a.(*syntax.Ref)
	s, ok2 := b.(*syntax.Ref)
	return ok1 && ok2 && r.Key == s.Key
}
