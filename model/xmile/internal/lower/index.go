package lower

import (
	"strconv"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// A subscript is one of a variable's subscripts in weir's language: an index, or a number
// that is known only in the run.
type subscript struct {
	index   equation.Index
	dynamic equation.Expr
}

// nowhere is the subscript in the place of a wrong one.
var nowhere = subscript{index: equation.Index{Name: "1"}}

// element is the subscript for the i-th element of a dimension, from 0 on.
func element(d *source.Dimension, i int) subscript {
	return subscript{index: equation.Index{Name: equation.Canonical(d.Elements[i])}}
}

// dimension is the subscript that is a dimension of the equation.
func dimension(d *source.Dimension) subscript { return subscript{index: equation.Index{Name: d.Ours}} }

// each returns the subscript that stands for all elements of a dimension.
func each(d *source.Dimension) subscript {
	return subscript{index: equation.Index{Kind: equation.IndexBang, Name: d.Ours}}
}

// indexed returns a variable with subscripts.
// A subscript that leads out of the array makes the whole expression the value beyond it.
func (s *scope) indexed(e *expr.Ref, v *source.Variable) equation.Expr {
	list, ok := s.subscripts(e, v)
	switch {
	case !ok:
		return s.nothing(e)
	case s.outside: // XMILE 1.0, 3.7.1: the value beyond an array is 0
		s.outside = false
		s.v.Note(document.Equivalent, "what is outside of an array is %s", s.NowhereText())
		return s.beyond(e)
	case moving(list) > 0:
		return s.moving(e, v, list)
	}
	return s.named(e, v, indices(list)...)
}

// subscripts returns those of a variable, the dimensions of a macro's caller first. It
// sets outside if one of them leads out of the array.
func (s *scope) subscripts(e *expr.Ref, v *source.Variable) ([]subscript, bool) {
	own := v.Own()
	if len(e.Index) != len(own) || len(own) == 0 {
		s.wrong(e, code.SubscriptCount, "", "%s has %d dimensions, but %d subscripts here", v.Name, len(own),
			len(e.Index))
		return nil, false
	}
	var list []subscript
	for _, d := range v.Over[:len(v.Over)-len(own)] {
		list = append(list, dimension(d))
	}
	s.outside = false
	for i, ix := range e.Index {
		list = append(list, s.subscript(ix, own[i]))
	}
	return list, true
}

// moving returns the number of subscripts that are known only in the run.
func moving(list []subscript) int {
	n := 0
	for _, sub := range list {
		if sub.dynamic != nil {
			n++
		}
	}
	return n
}

// indices returns subscripts none of which is computed.
func indices(list []subscript) []equation.Index {
	out := make([]equation.Index, len(list))
	for i, sub := range list {
		out[i] = sub.index
	}
	return out
}

// Templates of computed subscripts: an element along one dimension, one of a table if it is
// inside, the test of one subscript, and the part of the place that it adds.
var (
	elementAt = equation.NewTemplate("element_at($1, floor($2), $3)")
	inTable   = equation.NewTemplate("if $1 then element_at($2, $3 + 1, $4) else $4")
	inRange   = equation.NewTemplate("$1 >= 1 and $1 < $2")
	stride    = equation.NewTemplate("(floor($1) - 1) * $2")
)

// moving returns an element whose position is computed: of several dimensions, the
// position in the table of them all. Beyond the array the value is 0, or NaN if the file's
// options say so.
func (s *scope) moving(e *expr.Ref, v *source.Variable, list []subscript) equation.Expr {
	n := moving(list)
	size := 1
	var guard, index, x equation.Expr
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].dynamic == nil {
			if list[i].index.Kind != equation.IndexName {
				return s.cannot(e, "name the element, or sum over an auxiliary",
					"a subscript that is computed, beside one that stands for many elements")
			}
			continue
		}
		x = list[i].dynamic
		list[i] = subscript{index: equation.Index{Kind: equation.IndexStar}}
		d := v.Over[i]
		guard = s.joined(e, equation.And, guard, s.fill(inRange, e, x, s.number(e, float64(len(d.Elements)+1))))
		index = s.joined(e, equation.Add, index, s.fill(stride, e, x, s.number(e, float64(size))))
		size *= len(d.Elements)
	}
	array := s.named(e, v, indices(list)...)
	s.v.Note(document.Equivalent, "a computed subscript is a call of element_at")
	if n == 1 {
		return s.fill(elementAt, e, array, x, s.beyond(e))
	}
	return s.fill(inTable, e, guard, array, index, s.beyond(e))
}

// joined returns x op y, or y alone if there is no x yet.
func (s *scope) joined(e expr.Expr, op equation.Op, x, y equation.Expr) equation.Expr {
	if x == nil {
		return y
	}
	at := s.at(e)
	return &equation.Binary{Span: at, Op: op, OpSpan: at, X: x, Y: y}
}

// subscript returns one subscript, in the dimension that it picks from.
// Anything that is neither an element nor a dimension nor a range is an expression, whose value
// is the position.
func (s *scope) subscript(ix expr.Expr, d *source.Dimension) subscript {
	switch ix := ix.(type) {
	case *expr.Star:
		return s.star(ix, d)
	case *expr.Range:
		return s.span2(ix, d)
	case *expr.Number:
		if at, ok := d.At[strconv.FormatFloat(ix.Value, 'f', -1, 64)]; ok {
			return element(d, at)
		}
		n := int(ix.Value)
		if float64(n) != ix.Value || n < 1 || n > len(d.Elements) {
			s.wrong(ix, code.UnknownElement, "", "%s has the elements 1 to %d, not %v", d.Name, len(d.Elements),
				ix.Value)
			return nowhere
		}
		return element(d, n-1)
	case *expr.Ref:
		if sub, ok := s.word(ix, d); ok {
			return sub
		}
	case *expr.Binary:
		if sub, ok := s.beside(ix, d); ok {
			return sub
		}
	}
	free := s.inner() // a computed subscript is one number, also inside a reduction
	free.reduce = false
	x := free.expr(ix)
	s.edges = free.edges
	return subscript{dynamic: x}
}

// word returns a subscript that is a name: an element or a dimension; ok is false if it
// can only be a variable.
func (s *scope) word(ix *expr.Ref, d *source.Dimension) (sub subscript, ok bool) {
	if ix.Index != nil || len(ix.Path) > 2 {
		return subscript{}, false
	}
	name := ix.Path[len(ix.Path)-1]
	if len(ix.Path) == 2 && s.Dims.ByName[ix.Path[0]] == nil {
		return subscript{}, false
	}
	if at, ok := d.At[name]; ok {
		return element(d, at), true
	}
	other := s.Dims.ByName[name]
	if len(ix.Path) == 2 || other == nil {
		return subscript{}, false
	}
	return s.dimension(ix, other, d), true
}

// dimension returns a subscript that names a dimension: the equation's own, or in a
// reduction all of its elements.
// A dimension of another family is taken by its position, as Stella does, if it is not longer.
func (s *scope) dimension(ix expr.Expr, named, want *source.Dimension) subscript {
	own := s.ownDimension(named)
	switch {
	case own >= 0 && s.over[own].Root() == want.Root():
		return dimension(s.over[own])
	case own >= 0: // of another family: by its position
		if len(s.over[own].Elements) > len(want.Elements) {
			s.wrong(ix, code.SubscriptMismatch, "", "%s has fewer elements than %s", want.Name, named.Name)
		}
		return subscript{dynamic: s.position(ix, s.over[own])}
	case s.reduce:
		s.stars++
		return each(named)
	}
	s.wrong(ix, code.MissingDimension, "", "the equation is not over %s", named.Name)
	return nowhere
}

// ownDimension returns the place of a dimension among the equation's, or -1: of itself
// first, else of one of its family.
func (s *scope) ownDimension(d *source.Dimension) int {
	for i, own := range s.over {
		if own == d {
			return i
		}
	}
	for i, own := range s.over {
		if own.Root() == d.Root() {
			return i
		}
	}
	return -1
}

// combine is the hint where a subscript stands for many elements.
const combine = "write SUM(…), MEAN(…), MIN(…) or MAX(…) around it"

// star returns the subscript for all elements, inside a reduction; outside, that for the
// equation's own.
func (s *scope) star(ix *expr.Star, d *source.Dimension) subscript {
	if s.reduce {
		s.stars++
		if ix.Dim == "" || s.Dims.ByName[ix.Dim] == nil || s.Dims.ByName[ix.Dim] == d {
			return subscript{index: equation.Index{Kind: equation.IndexStar}}
		}
		return each(s.Dims.ByName[ix.Dim])
	}
	if own := s.ownDimension(d); own >= 0 {
		return dimension(s.over[own])
	}
	s.wrong(ix, code.StarOutside, combine+", or name an element",
		"* stands for many elements here, and nothing combines them")
	return nowhere
}

// span2 returns the subscript for a range of elements: inside a reduction, a dimension of
// its own.
func (s *scope) span2(ix *expr.Range, d *source.Dimension) subscript {
	from, ok1 := s.fixed(ix.From, d)
	to, ok2 := s.fixed(ix.To, d)
	switch {
	case !ok1 || !ok2:
		s.cannot(ix, "name the first and last element", "a range of elements with computed ends")
	case !s.reduce:
		s.wrong(ix, code.StarOutside, combine, "a range stands for many elements here, and nothing combines them")
	case from > to:
		s.wrong(ix, code.UnknownElement, "", "the range is empty")
	default:
		s.stars++
		return each(s.Dims.Slice(d, from, to))
	}
	return nowhere
}

// fixed returns the position of an element that is written out, from 0 on.
func (s *scope) fixed(e expr.Expr, d *source.Dimension) (int, bool) {
	switch e := e.(type) {
	case *expr.Number:
		if at, ok := d.At[strconv.FormatFloat(e.Value, 'f', -1, 64)]; ok {
			return at, true
		}
		n := int(e.Value) - 1
		return n, float64(n+1) == e.Value && n >= 0 && n < len(d.Elements)
	case *expr.Ref:
		if e.Index == nil {
			at, ok := d.At[e.Path[len(e.Path)-1]]
			return at, ok
		}
	}
	return 0, false
}

// beside returns a subscript such as grade - 1: the neighbour of the equation's own
// element. Elements that have none get an equation of their own.
// Such a subscript needs the elements of the dimension in their order, which the model then
// declares.
func (s *scope) beside(ix *expr.Binary, d *source.Dimension) (subscript, bool) {
	own, offset, ok := s.offset(ix)
	if !ok || s.over[own].Root() != d.Root() {
		return subscript{}, false
	}
	if s.element != nil && s.element[own] >= 0 {
		at, inside := d.Neighbour(s.over[own], s.element[own], offset)
		if !inside {
			s.outside = true
			return nowhere, true
		}
		return element(d, at), true
	}
	for i := range s.over[own].Elements {
		if _, inside := d.Neighbour(s.over[own], i, offset); !inside {
			s.edges.add(own, i)
		}
	}
	d.Root().Ordered = true
	return subscript{index: equation.Index{Name: s.over[own].Ours, Offset: offset}}, true
}

// offset returns the place among the equation's dimensions of one that a whole number is
// added to or taken from, and that number.
func (s *scope) offset(ix *expr.Binary) (own, offset int, ok bool) {
	r, isRef := ix.X.(*expr.Ref)
	n, isNumber := ix.Y.(*expr.Number)
	switch {
	case !isRef || !isNumber || ix.Op != "+" && ix.Op != "-":
		return 0, 0, false
	case len(r.Path) != 1 || r.Index != nil || s.Dims.ByName[r.Path[0]] == nil || n.Value != float64(int(n.Value)):
		return 0, 0, false
	}
	own = s.ownDimension(s.Dims.ByName[r.Path[0]])
	if offset = int(n.Value); ix.Op == "-" {
		offset = -offset
	}
	return own, offset, own >= 0 && !s.reduce && s.sp.Find(r.Path, s.Top) == nil
}

// edges are elements that need an equation of their own, by the place of their dimension
// among the equation's.
type edges map[int]map[int]bool

// add notes an element of a dimension.
func (e *edges) add(dim, i int) {
	if *e == nil {
		*e = edges{}
	}
	if (*e)[dim] == nil {
		(*e)[dim] = map[int]bool{}
	}
	(*e)[dim][i] = true
}

// maxEdges bounds the equations that subscripts such as grade - 1 make.
const maxEdges = 10_000

// elements returns the elements that need an equation of their own: positions in over, in
// each dimension one at an edge, or -1 for all others. It returns nil if there are too many.
// Of two dimensions with an edge each, that are the elements at the one, at the other and at both.
func (e edges) elements(over []*source.Dimension) [][]int {
	out := [][]int{nil}
	for d := range over {
		var next [][]int
		for _, at := range out {
			next = append(next, append(at[:len(at):len(at)], -1))
			for i := range over[d].Elements {
				if e[d][i] {
					next = append(next, append(at[:len(at):len(at)], i))
				}
			}
			if len(next) > maxEdges {
				return nil
			}
		}
		out = next
	}
	return out[1:] // without the one that is at no edge
}
