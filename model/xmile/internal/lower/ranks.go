package lower

import (
	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// Templates of ranks: places in ascending order, the place whose rank is $2, and arrays in
// another order, whose places count from 0.
var (
	ascending  = equation.NewTemplate("vector_rank($1, 1)")
	sortOrder  = equation.NewTemplate("sort_order($1, 1)")
	placeOf    = equation.NewTemplate("sum(($1 = $2) * $3)")
	placeOfTie = equation.NewTemplate("sum(($1 = $2) * ($3 + 1))")
	fromZero   = equation.NewTemplate("element_at($1, $2 + 1)")
)

// rank returns the position of the n-th smallest element (XMILE 1.0, 3.7.1); as Simlin
// writes it in an equation over the array's dimension, the rank of each element.
func rank(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	if s.Simlin && len(s.over) > 0 {
		return array(s, e, foreign.Vensim("vector_rank"))
	}
	x, many := s.combined(e.Args[0])
	r, plain := e.Args[0].(*expr.Ref)
	if !many || !plain {
		return s.cannot(e.Args[0], "give the values a name, and rank that", "RANK of anything but an array")
	}
	d := alongOne(s, r)
	if d == nil {
		return s.cannot(e, "rank one dimension after the other", "RANK over several dimensions")
	}
	s.v.Note(document.Equivalent, "RANK is written out with vector_rank")
	n := s.expr(e.Args[1])
	if len(e.Args) == 2 {
		ranks := hidden(s, e, "ranks", d, s.fill(ascending, e, x))
		at := s.at(e)
		return s.fill(placeOf, e, s.all(e, ranks), n, s.fill(positionIn, e, equation.NewName(at, d.Ours)))
	}
	return rankOfTies(s, e, x, d, n)
}

// rankOfTies puts the elements in the order of the third argument first, so that equal
// ones come in this order.
func rankOfTies(s *scope, e *expr.Call, x equation.Expr, d *source.Dimension, n equation.Expr) equation.Expr {
	other, _ := s.combined(e.Args[2])
	order := hidden(s, e, "order", d, s.fill(sortOrder, e, other))
	sorted := hidden(s, e, "in_order", d, s.fill(fromZero, e, x, equation.NewName(s.at(e), order)))
	ranks := hidden(s, e, "ranks", d, s.fill(ascending, e, s.all(e, sorted)))
	return s.fill(placeOfTie, e, s.all(e, ranks), n, s.all(e, order))
}

// all returns all elements of an auxiliary over one dimension.
func (s *scope) all(e expr.Expr, name string) equation.Expr {
	return equation.NewName(s.at(e), name, stars(1)...)
}

// hidden makes an auxiliary over one dimension for a part of an equation, and returns its
// name.
func hidden(s *scope, e expr.Expr, purpose string, d *source.Dimension, tree equation.Expr) string {
	name := s.Take(s.v.Ours+"_"+purpose, "_value")
	h := &source.Variable{
		Node: s.v.Node, Space: s.v.Space, Kind: document.KindAux, Name: s.v.Name + " " + purpose, Ours: name,
		Over: []*source.Dimension{d}, Hidden: true, Grade: document.Exact,
	}
	out := s.NewVariable(h, name, document.KindAux)
	out.Units, out.About, out.Equation = "", "", s.Text(s.v, tree, s.span(e))
	h.Out = []*document.Variable{out}
	s.Vars = append(s.Vars, h)
	return name
}
