package lower

import (
	"weir/model/code"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
)

// rectangular is the kind of the priorities where none is given: 1 for each of the
// demands, which share equally within their widths.
var rectangular = equation.NewTemplate("1 + 0 * $1")

// allocate returns Stella's allocation: its arguments are the supply, the dimension, the
// demand, and the priorities and widths by which it is shared; the kind of curve comes
// last.
func allocate(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	if len(e.Args) < 5 {
		return s.cannot(e, "give a priority and a width", "ALLOCATE without a width of the priorities")
	}
	request := s.array(e.Args[2])
	kind := s.fill(rectangular, e, request)
	if len(e.Args) > 5 {
		kind = s.array(e.Args[5])
	}
	priority, width := s.array(e.Args[3]), s.array(e.Args[4])
	supply := s.expr(e.Args[0])
	return s.apply(e, row, supply, supply, request, priority, width, kind)
}

// byPriority returns Vensim's ALLOCATE BY PRIORITY; its third argument, the size of the
// arrays, follows from the dimensions.
func byPriority(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	request, priority := s.array(e.Args[0]), s.array(e.Args[1])
	return s.apply(e, row, request, priority, s.nothing(e), s.expr(e.Args[3]), s.expr(e.Args[4]))
}

// available returns Vensim's ALLOCATE AVAILABLE, as translators leave it: the last
// subscript of the second argument tells the kind of curve, the priority and the width.
func available(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	r, ok := e.Args[1].(*expr.Ref)
	if !ok {
		return s.wrong(e.Args[1], code.UnknownName, "", "ALLOCATE AVAILABLE needs the table of priorities")
	}
	v := s.sp.Find(r.Path, s.Top)
	if v == nil || len(v.Over) < 2 || len(v.Over[len(v.Over)-1].Elements) < 3 {
		return s.wrong(e.Args[1], code.UnknownName, "",
			"ALLOCATE AVAILABLE needs the table of priorities, with a kind, a priority and a width each")
	}
	args := []equation.Expr{s.array(e.Args[0])}
	for i := range 3 {
		index := stars(len(v.Over))
		index[len(index)-1] = element(v.Over[len(v.Over)-1], i).index
		args = append(args, s.named(r, v, index...))
	}
	args = append(args, s.expr(e.Args[2]))
	return equation.NewCall(s.at(e), s.at(e.Of), "allocate_available", args...)
}
