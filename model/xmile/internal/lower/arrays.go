package lower

import (
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/foreign"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// combined returns an argument of a reduction, and whether anything in it stands for many
// elements.
func (s *scope) combined(e expr.Expr) (equation.Expr, bool) {
	inner := s.inner()
	inner.reduce, inner.stars = true, 0
	return inner.expr(e), inner.stars > 0
}

// array returns an argument that is taken along one dimension as a whole: the equation's
// own last dimension runs, where no subscript says otherwise.
func (s *scope) array(e expr.Expr) equation.Expr {
	inner := s.inner()
	inner.reduce, inner.stars = true, 0
	if n := len(s.over); n > 0 {
		inner.over = s.over[: n-1 : n-1]
	}
	return inner.expr(e)
}

// reduce combines the elements of one array, or several values.
func reduce(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	if len(e.Args) > 1 {
		args := s.arguments(e)
		out := s.apply(e, row, args...).(*equation.Call)
		out.Args = args
		return out
	}
	x, many := s.combined(e.Args[0])
	if !many { // one element of its own
		if row.XMILE == "STDDEV" {
			return s.number(e, 0)
		}
		return x
	}
	return s.apply(e, row, x)
}

// mean returns the mean of an array, or of several values.
func mean(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	if len(e.Args) == 1 {
		return reduce(s, e, row)
	}
	var sum equation.Expr
	for _, x := range s.arguments(e) {
		sum = s.joined(e, equation.Add, sum, x)
	}
	return s.joined(e, equation.Div, sum, s.number(e, float64(len(e.Args))))
}

// count returns the number of elements of an array or dimension.
func count(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	if r, ok := e.Args[0].(*expr.Ref); ok && len(r.Path) == 1 && r.Index == nil && s.sp.Find(r.Path, s.Top) == nil {
		if d := s.Dims.ByName[r.Path[0]]; d != nil {
			return s.number(e, float64(len(d.Elements)))
		}
		if r.Path[0] == "self" {
			return s.number(e, float64(source.Product(s.v.Over)))
		}
	}
	x, many := s.combined(e.Args[0])
	if !many {
		return s.number(e, 1)
	}
	return s.apply(e, row, x)
}

// array lowers a function whose first argument is an array, such as VECTOR RANK, which has
// an element for each of it.
func array(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	args := []equation.Expr{s.array(e.Args[0])}
	for _, a := range e.Args[1:] {
		args = append(args, s.expr(a))
	}
	return s.apply(e, row, args...)
}

// vectorSelection returns VECTOR SELECT, whose first two arguments are arrays.
func vectorSelection(s *scope, e *expr.Call, row *foreign.Row) equation.Expr {
	x, _ := s.combined(e.Args[0])
	y, _ := s.combined(e.Args[1])
	args := []equation.Expr{x, y}
	for _, a := range e.Args[2:] {
		args = append(args, s.expr(a))
	}
	return s.lower(e, row, args)
}

// alongOne returns the dimension along which an array is meant, or nil if it is not one
// alone.
func alongOne(s *scope, r *expr.Ref) *source.Dimension {
	v := s.sp.Find(r.Path, s.Top)
	if v == nil {
		return nil
	}
	if r.Index == nil && len(v.Over) == 1 {
		return v.Over[0]
	}
	var found *source.Dimension
	for i, ix := range r.Index {
		if _, star := ix.(*expr.Star); star && i < len(v.Over) {
			if found != nil {
				return nil
			}
			found = v.Over[i]
		}
	}
	return found
}

// between is the value at the place $2, from 0 on, between the elements of an array whose
// last place is $3.
var between = equation.NewTemplate("element_at($1, floor($2) + 1) + ($2 - floor($2)) * (element_at($1, min(floor($2) + 2, $3 + 1)) - element_at($1, floor($2) + 1))")

// ofTwo is the value at a share $1 of the way from $2 to $3, and inside the place at a share
// of the way to the last place.
var (
	ofTwo  = equation.NewTemplate("$2 + $1 * ($3 - $2)")
	inside = equation.NewTemplate("max(0, min(1, $1)) * $2")
)

// interpolate returns the value between two elements of an array, where 0 is the first and
// 1 the last of them; of a share and two numbers, the value between these.
func interpolate(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	x, many := s.combined(e.Args[0])
	if !many && len(e.Args) == 3 {
		s.v.Note(document.Equivalent, "INTERPOLATE is written out")
		return s.fill(ofTwo, e, x, s.expr(e.Args[1]), s.expr(e.Args[2]))
	}
	r, plain := e.Args[0].(*expr.Ref)
	if !many || !plain || len(e.Args) != 2 || alongOne(s, r) == nil {
		return s.cannot(e, "interpolate one dimension after the other, in auxiliaries",
			"INTERPOLATE of anything but an array along one dimension")
	}
	s.v.Note(document.Equivalent, "INTERPOLATE is written out with element_at")
	last := s.number(e, float64(len(alongOne(s, r).Elements)-1))
	return s.fill(between, e, x, s.fill(inside, e, s.expr(e.Args[1]), last), last)
}

// elementFrom is the element at an offset $2 from the place $3.
var elementFrom = equation.NewTemplate("element_at($1, $2 + $3)")

// elementMap returns the element at an offset from the one that the first argument names,
// in the order in which the array is stored.
func elementMap(s *scope, e *expr.Call, _ *foreign.Row) equation.Expr {
	whole, base := e.Args[0], s.number(e, 1)
	if r, ok := e.Args[0].(*expr.Ref); ok && len(r.Index) > 0 {
		v := s.sp.Find(r.Path, s.Top)
		if v == nil || len(v.Over) != len(r.Index) {
			return s.wrong(e.Args[0], code.UnknownName, "", "VECTOR ELM MAP needs an array")
		}
		if base = storedAt(s, r, v); base == nil {
			return s.cannot(r, "name an element, or the dimension that the equation is over",
				"VECTOR ELM MAP from an element that is computed")
		}
		whole = &expr.Ref{Place: r.Place, Path: r.Path}
	}
	x := s.array(whole)
	return s.fill(elementFrom, e, x, s.expr(e.Args[1]), base)
}

// fromPosition is the part of an element's place that one dimension adds.
var fromPosition = equation.NewTemplate("($1 - 1) * $2")

// storedAt returns the place of an element, from 1 on, in the order in which its array is
// stored, or nil if a subscript is computed. The elements that a star stands for begin
// with the first.
func storedAt(s *scope, r *expr.Ref, v *source.Variable) equation.Expr {
	var sum equation.Expr
	place, each := 1, 1
	for i := len(r.Index) - 1; i >= 0; i-- {
		ix, d := r.Index[i], v.Over[i]
		_, star := ix.(*expr.Star)
		switch n, fixed := s.fixed(ix, d); {
		case fixed:
			place += n * each
		case star:
		case isOwn(s, ix, d):
			sum = s.joined(ix, equation.Add, sum, s.fill(fromPosition, ix, s.position(ix, d),
				s.number(ix, float64(each))))
		default:
			return nil
		}
		each *= len(d.Elements)
	}
	return s.joined(r, equation.Add, sum, s.number(r, float64(place)))
}

// isOwn reports whether a subscript names a dimension that the equation itself is over.
func isOwn(s *scope, ix expr.Expr, d *source.Dimension) bool {
	word, named := ix.(*expr.Ref)
	if !named || word.Index != nil || len(word.Path) != 1 || s.Dims.ByName[word.Path[0]] != d {
		return false
	}
	own := s.ownDimension(d)
	return own >= 0 && s.over[own] == d
}
