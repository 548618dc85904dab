package vensim

import (
	"slices"

	"weir/model"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// A special lowers a call whose meaning depends on more than the trees of its arguments: on
// the ranges that they run over, on points of lookups and data, or on the calendar. The
// row's meaning, where it has one, is applied to arguments that the special has lowered in
// its own way.
type special func(l *lowering, c *syntax.Call, r *foreign.Row) equation.Expr

// specialFor returns the lowering of a kind of call; nil of those that need no more than
// the trees of their arguments, such as functions that read a lookup.
func specialFor(kind foreign.Special) special {
	switch kind {
	case foreign.Array:
		return (*lowering).arrayFunction
	case foreign.AtPrice:
		return (*lowering).atPrice
	case foreign.Available:
		return (*lowering).allocateAvailable
	case foreign.ByPriority:
		return (*lowering).allocateByPriority
	case foreign.ConveyorDelay:
		return (*lowering).conveyor
	case foreign.Count:
		return (*lowering).elementCount
	case foreign.DataAt:
		return (*lowering).dataAt
	case foreign.DataBetween:
		return (*lowering).dataBetween
	case foreign.DataFact:
		return (*lowering).dataFact
	case foreign.ElementMap:
		return (*lowering).elementMap
	case foreign.InvertMatrix:
		return (*lowering).invertMatrix
	case foreign.MarketPrice:
		return (*lowering).marketPrice
	case foreign.Reduce:
		return (*lowering).reduce
	case foreign.Reorder:
		return (*lowering).reorder
	case foreign.ShiftIfTrue:
		return (*lowering).unsoundShift
	case foreign.TimeShift:
		return (*lowering).timeShift
	case foreign.TimeValue:
		return (*lowering).timeValue
	case foreign.WithLookup:
		return (*lowering).pointsWithin
	}
	return nil
}

// reduce combines the elements that ! marks; of nothing marked, it is the argument itself.
func (l *lowering) reduce(c *syntax.Call, r *foreign.Row) equation.Expr {
	if !isMarked(c.Args[0]) {
		return l.expr(c.Args[0])
	}
	return l.plainCall(c, r, nil)
}

// elementCount is ELMCOUNT, which is a number of the model: ranges do not change in a run.
func (l *lowering) elementCount(c *syntax.Call, _ *foreign.Row) equation.Expr {
	if r, ok := c.Args[0].(*syntax.Ref); ok && l.subs.Ranges[r.Key] != nil {
		return number(c.Span, float64(len(l.subs.Ranges[r.Key].Elements)))
	}
	l.failWith(model.UnknownDimension, c.Args[0].Pos(), "", "ELMCOUNT takes the name of a range")
	return none(c.Span)
}

// unsoundShift is a SHIFT IF TRUE that the pass before has not written out.
func (l *lowering) unsoundShift(c *syntax.Call, _ *foreign.Row) equation.Expr {
	l.fail(c.Span,
		"name a stock by the first of the elements, with numbers for how many there are "+
			"and whether the last one gathers",
		"SHIFT IF TRUE must stand alone, and be about the elements of a stock")
	return none(c.Span)
}

// pointsWithin is WITH LOOKUP, whose points are written within the equation: they become a
// lookup of the model beside the variable. The second argument may also name a lookup.
func (l *lowering) pointsWithin(c *syntax.Call, _ *foreign.Row) equation.Expr {
	out := &equation.Call{Span: at(c.Span), FuncSpan: at(c.NameSpan)}
	switch t := c.Args[1].(type) {
	case *syntax.Table:
		out.Func = l.addTable(t.Points, t.Span)
	case *syntax.Ref:
		n, ok := l.ref(t).(*equation.Name)
		if !ok {
			l.failWith(model.BadPoints, t.Span, "", "WITH LOOKUP takes points, as in ((0,0),(1,1))")
			return none(c.Span)
		}
		out.Func, out.Index = n.Name, n.Index
	default:
		l.failWith(model.BadPoints, c.Args[1].Pos(), "", "WITH LOOKUP takes points, as in ((0,0),(1,1))")
		return none(c.Span)
	}
	out.Args = []equation.Expr{l.expr(c.Args[0])}
	return out
}

// conveyor is DELAY CONVEYOR with a time that never changes. Where nothing leaks it is a
// fixed delay. A leak takes from all that is on the conveyor. The profile of the initial
// content must be flat, and the content is spread over the time of the conveyor.
func (l *lowering) conveyor(c *syntax.Call, r *foreign.Row) equation.Expr {
	total, known := l.constants.value(c.Args[4])
	empty := known && total == 0
	switch {
	case !l.constants.readsConstants(c.Args[1]):
		l.fail(c.Args[1].Pos(), "DELAY MATERIAL has a time that changes",
			"a conveyor whose time changes moves all that is on it at another speed, which is not supported")
		return none(c.Span)
	case !empty && !l.isFlat(c.Args[3]):
		l.fail(c.Args[3].Pos(), "make its values equal",
			"Vensim does not say how DELAY CONVEYOR cuts an initial profile into steps; only a flat one is supported")
		return none(c.Span)
	case !empty && !l.sameValue(c.Args[1], c.Args[5]):
		l.v.note(model.Approximated,
			"the initial content of the conveyor takes the conveyor's time, not a time of its own")
	}
	args := make([]equation.Expr, len(c.Args))
	for i, a := range c.Args {
		if i != 3 { // the profile is a lookup, and flat
			args[i] = l.expr(a)
		}
	}
	means := r.Means[1]
	if leak, is := l.constants.value(c.Args[2]); is && leak == 0 {
		means = r.Means[0]
	}
	return means.Apply(at(c.Span), at(c.NameSpan), args...)
}

// isFlat reports whether an expression is a lookup with points, all of one value.
func (l *lowering) isFlat(e syntax.Expr) bool {
	var points []resolved.Point
	switch e := e.(type) {
	case *syntax.Table:
		points = e.Points
	case *syntax.Ref:
		if v := l.vars.byKey[e.Key]; v != nil && len(v.equations) == 1 && v.equations[0].Table != nil {
			points = v.equations[0].Table.Points
		}
	}
	return len(points) > 0 && !slices.ContainsFunc(points, func(p resolved.Point) bool { return p.Y != points[0].Y })
}

// sameValue reports whether two expressions are one number or one name.
func (l *lowering) sameValue(a, b syntax.Expr) bool {
	x, ok1 := l.constants.value(a)
	y, ok2 := l.constants.value(b)
	if ok1 && ok2 {
		return x == y
	}
	r, ok1 := a.(*syntax.Ref)
	s, ok2 := b.(*syntax.Ref)
	return ok1 && ok2 && r.Key == s.Key
}
