package lower

import (
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// reading returns a function that reads the graphical function named by its first argument.
func reading(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	// LOOKUP(VMIN, x[*]), as a translator from Vensim writes VMIN(x[*])
	if r, ok := e.Args[0].(*expr.Ref); ok && isCall(s, r) {
		return s.call(&expr.Call{Place: e.Place, Of: r, Args: e.Args[1:]})
	}
	return s.reading(e, e.Args, func(args []equation.Expr) equation.Expr { return s.apply(e, row, args...) })
}

// isCall reports whether a name is that of a function and of nothing else.
func isCall(s *scope, r *expr.Ref) bool {
	return len(r.Path) == 1 && r.Index == nil && s.sp.Find(r.Path, s.Top) == nil &&
		supported(foreign.XMILE(r.Path[0], 1, s.Tool()))
}

// reading makes a call of a graphical function's name and other arguments.
// The first of args must name the graphical function; call gets its name and the rest as trees. Any
// other first argument is a mistake of the file.
func (s *scope) reading(e *expr.Call, args []expr.Expr, call func([]equation.Expr) equation.Expr) equation.Expr {
	var at expr.Expr = e
	if len(args) > 0 {
		at = args[0]
		if r, ok := args[0].(*expr.Ref); ok {
			if v := s.sp.Find(r.Path, s.Top); v != nil && v.Resolve().Table != "" {
				return s.tableCall(e, r, args[1:], call)
			}
		}
	}
	return s.wrong(at, code.UnknownFunction, "", "the first argument must be the name of a graphical function")
}

// tableCall reads a graphical function: by a call that is made of its name and other
// arguments, or else plainly.
// A nil call makes the call of weir's language, name(x), which takes one argument.
func (s *scope) tableCall(e *expr.Call, r *expr.Ref, args []expr.Expr,
	call func([]equation.Expr) equation.Expr) equation.Expr {
	v := s.sp.Find(r.Path, s.Top).Resolve()
	if len(args) != 1 && call == nil {
		return s.wrong(e, code.ArgumentCount, "", "%s takes one argument, not %d", v.Name, len(args))
	}
	var index []equation.Index
	if r.Index != nil {
		list, ok := s.subscripts(r, v)
		switch {
		case !ok:
			return s.nothing(e)
		case moving(list) > 0 || s.outside:
			s.outside = false
			return s.cannot(r, "", "a graphical function with a computed subscript")
		}
		index = indices(list)
	}
	table := equation.NewName(s.at(r), v.Table, index...)
	all := []equation.Expr{table}
	for _, a := range args {
		all = append(all, s.expr(a))
	}
	if call != nil {
		return call(all)
	}
	return &equation.Call{Span: s.at(e), Func: table.Name, FuncSpan: table.NameSpan, Index: table.Index, Args: all[1:]}
}

// lookupArea returns the area under a graphical function between two values, or from its
// first point on.
// With two arguments the first point must be at one x for all elements, for the call has one text.
func lookupArea(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	area := func(args []equation.Expr) equation.Expr { return s.apply(e, row, args...) }
	r, ok := e.Args[0].(*expr.Ref)
	if len(e.Args) == 3 || !ok {
		return s.reading(e, e.Args, area)
	}
	v := s.sp.Find(r.Path, s.Top)
	if v == nil || v.Resolve().Table == "" {
		return s.reading(e, e.Args, area)
	}
	from, same := v.Resolve().FirstPoint()
	if !same {
		return s.cannot(e, "give the value from which the area counts",
			"LOOKUPAREA of graphical functions that begin at different values")
	}
	s.v.Note(document.Equivalent, "LOOKUPAREA counts from the first point of the graphical function")
	return s.tableCall(e, r, []expr.Expr{&expr.Number{Place: e.Place, Value: from, Made: true}, e.Args[1]}, area)
}

// withLookup returns the value of a graphical function whose points are in the equation.
// It adds a hidden lookup to the variables and returns a call of it.
func withLookup(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	p, ok := e.Args[1].(*expr.Points)
	if !ok {
		return s.wrong(e.Args[1], code.UnknownFunction, "write ([(0,0)-(1,1)],(0,0),(1,1)), or LOOKUP(name, x)",
			"the second argument must be the points of a graphical function")
	}
	if len(p.X) == 0 {
		return s.wrong(p, code.BadPoints, "", "the graphical function has no points")
	}
	x := s.expr(e.Args[0])
	name := s.Take(s.v.Ours+"_graph", "_table")
	h := &source.Variable{
		Node: s.v.Node, Space: s.v.Space, Kind: document.KindLookup, Name: s.v.Name + " graph", Ours: name, Hidden: true,
		Grade: document.Exact,
	}
	out := s.NewVariable(h, name, document.KindLookup)
	out.Points = s.Arranged(s.v, s.span(p), source.PointsOf(p.X, p.Y))
	h.Out = []*document.Variable{out}
	s.Vars = append(s.Vars, h)
	s.v.Note(document.Equivalent, "the graphical function in the equation is a lookup of its own")
	return &equation.Call{Span: s.at(e), Func: name, FuncSpan: s.at(e.Of), Args: []equation.Expr{x}}
}
