package lower

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/expr"
	"weir/model/xmile/internal/source"
)

// A subscript is one of a variable's subscripts, put into our language: a text, or a
// number that is known only in the run.
type subscript struct {
	text    string
	dynamic *written
}

// indexed is a variable with subscripts.
func (s *scope) indexed(e *expr.Ref, v *source.Variable) piece {
	own := v.Over[min(len(v.Space.Over), len(v.Over)):]
	if len(e.Index) != len(own) || len(own) == 0 {
		return s.wrong(e, model.SubscriptCount, "", "%s has %d dimensions, but %d subscripts here", v.Name, len(own), len(e.Index))
	}
	var list []subscript
	for _, d := range v.Over[:len(v.Over)-len(own)] {
		list = append(list, subscript{text: d.Ours})
	}
	moving := 0
	s.outside = false
	for i, ix := range e.Index {
		sub := s.subscript(ix, own[i])
		if sub.dynamic != nil {
			moving++
		}
		list = append(list, sub)
	}
	if s.outside { // XMILE 1.0, 3.7.1: what is outside of an array is 0
		s.outside = false
		s.v.Note(model.Equivalent, "what is outside of an array is %s", s.Nowhere)
		return s.primary(e, "("+s.Nowhere+")")
	}
	if moving == 0 {
		return s.named(e, v, brackets(list))
	}
	return s.moving(e, v, list, moving)
}

func brackets(list []subscript) string {
	var out []string
	for _, s := range list {
		out = append(out, s.text)
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// moving is an element whose position is computed: of several dimensions, the
// position in the table of them all. Outside of the array the value is 0, or no
// number if the file's options say so.
func (s *scope) moving(e *expr.Ref, v *source.Variable, list []subscript, n int) piece {
	at := s.here(e)
	size, guard := 1, written{}
	var index written
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].dynamic == nil {
			if strings.Contains(list[i].text, "*") || strings.HasSuffix(list[i].text, "!") {
				return s.cannot(e, "name the element, or sum over an auxiliary", "a subscript that is computed, beside one that stands for many elements")
			}
			continue
		}
		x := *list[i].dynamic
		list[i].text = "*"
		d := v.Over[i]
		if n > 1 {
			inside := compose(fmt.Sprintf("($1) >= 1 and ($1) < %d", len(d.Elements)+1), at, x)
			if guard.s != "" {
				inside = compose("$1 and $2", at, guard, inside)
			}
			guard = inside
		}
		term := compose(fmt.Sprintf("(floor($1) - 1) * %d", size), at, x)
		if index.s == "" {
			index = term
			if n == 1 {
				index = x
			}
		} else {
			index = compose("$1 + $2", at, index, term)
		}
		size *= len(d.Elements)
	}
	array := s.named(e, v, brackets(list))
	s.v.Note(model.Equivalent, "a computed subscript is a call of element_at")
	if n == 1 {
		return piece{compose("element_at($1, floor($2), "+s.Nowhere+")", at, array.written, index), LevelPrimary}
	}
	return piece{compose("(if $1 then element_at($2, $3 + 1, "+s.Nowhere+") else "+s.Nowhere+")", at, guard, array.written, index), LevelPrimary}
}

// subscript is one subscript, in the dimension that it picks from.
func (s *scope) subscript(ix expr.Expr, d *source.Dimension) subscript {
	switch ix := ix.(type) {
	case *expr.Star:
		return s.star(ix, d)
	case *expr.Range:
		return s.span2(ix, d)
	case *expr.Number:
		n := int(ix.Value)
		if at, ok := d.At[strconv.FormatFloat(ix.Value, 'f', -1, 64)]; ok {
			return subscript{text: d.Index(at)}
		}
		if float64(n) != ix.Value || n < 1 || n > len(d.Elements) {
			s.wrong(ix, model.UnknownElement, "", "%s has the elements 1 to %d, not %v", d.Name, len(d.Elements), ix.Value)
			return subscript{text: "1"}
		}
		return subscript{text: d.Index(n - 1)}
	case *expr.Ref:
		if sub, ok := s.word(ix, d); ok {
			return sub
		}
	case *expr.Binary:
		if sub, ok := s.beside(ix, d); ok {
			return sub
		}
	}
	x := s.free().expr(ix)
	return subscript{dynamic: &x.written}
}

// free is the scope outside of a reduction: a computed subscript is one number.
func (s *scope) free() *scope {
	out := *s
	out.reduce = false
	return &out
}

// word is a subscript that is a name: an element, a dimension, or else a variable.
func (s *scope) word(ix *expr.Ref, d *source.Dimension) (subscript, bool) {
	if ix.Index != nil || len(ix.Path) > 2 {
		return subscript{}, false
	}
	name := ix.Path[len(ix.Path)-1]
	if len(ix.Path) == 2 && s.Dims.ByName[ix.Path[0]] == nil {
		return subscript{}, false
	}
	if at, ok := d.At[name]; ok {
		return subscript{text: d.Index(at)}, true
	}
	other := s.Dims.ByName[name]
	if len(ix.Path) == 2 || other == nil {
		return subscript{}, false
	}
	return s.dimension(ix, other, d), true
}

// dimension is a subscript that names a dimension: the equation's own, or in a
// reduction all of its elements.
func (s *scope) dimension(ix expr.Expr, named, want *source.Dimension) subscript {
	own := s.ownDimension(named)
	switch {
	case own >= 0 && s.over[own].Root() == want.Root():
		return subscript{text: s.over[own].Ours}
	case own >= 0: // of another family: by its position
		if len(s.over[own].Elements) > len(want.Elements) {
			s.wrong(ix, model.SubscriptMismatch, "", "%s has fewer elements than %s", want.Name, named.Name)
		}
		x := s.position(ix, s.over[own])
		return subscript{dynamic: &x.written}
	case s.reduce:
		s.stars++
		return subscript{text: named.Ours + "!"}
	}
	s.wrong(ix, model.MissingDimension, "", "the equation is not over %s", named.Name)
	return subscript{text: "1"}
}

// ownDimension is the place of a dimension among the equation's; -1 if it is none.
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

// star is all elements, inside a reduction; outside, the equation's own.
func (s *scope) star(ix *expr.Star, d *source.Dimension) subscript {
	if s.reduce {
		s.stars++
		if ix.Dim == "" || s.Dims.ByName[ix.Dim] == nil || s.Dims.ByName[ix.Dim] == d {
			return subscript{text: "*"}
		}
		return subscript{text: s.Dims.ByName[ix.Dim].Ours + "!"}
	}
	if own := s.ownDimension(d); own >= 0 {
		return subscript{text: s.over[own].Ours}
	}
	s.wrong(ix, model.StarOutside, "write SUM(…), MEAN(…), MIN(…) or MAX(…) around it, or name an element", "* stands for many elements here, and nothing combines them")
	return subscript{text: "1"}
}

// span2 is a range of elements: inside a reduction, a dimension of its own.
func (s *scope) span2(ix *expr.Range, d *source.Dimension) subscript {
	from, ok1 := s.fixed(ix.From, d)
	to, ok2 := s.fixed(ix.To, d)
	switch {
	case !ok1 || !ok2:
		s.cannot(ix, "name the first and last element", "a range of elements with computed ends")
	case !s.reduce:
		s.wrong(ix, model.StarOutside, "write SUM(…), MEAN(…), MIN(…) or MAX(…) around it", "a range stands for many elements here, and nothing combines them")
	case from > to:
		s.wrong(ix, model.UnknownElement, "", "the range is empty")
	default:
		s.stars++
		return subscript{text: s.Dims.Slice(d, from, to).Ours + "!"}
	}
	return subscript{text: "1"}
}

// fixed is the position of an element that is written out.
func (s *scope) fixed(e expr.Expr, d *source.Dimension) (int, bool) {
	switch e := e.(type) {
	case *expr.Number:
		n := int(e.Value) - 1
		if at, ok := d.At[strconv.FormatFloat(e.Value, 'f', -1, 64)]; ok {
			return at, true
		}
		return n, float64(n+1) == e.Value && n >= 0 && n < len(d.Elements)
	case *expr.Ref:
		if e.Index == nil {
			at, ok := d.At[e.Path[len(e.Path)-1]]
			return at, ok
		}
	}
	return 0, false
}

// beside is a subscript such as grade - 1: the neighbour of the equation's own element.
// Where there is none for some elements, these get an equation of their own.
func (s *scope) beside(ix *expr.Binary, d *source.Dimension) (subscript, bool) {
	r, isRef := ix.X.(*expr.Ref)
	n, isNumber := ix.Y.(*expr.Number)
	if !isRef || !isNumber || len(r.Path) != 1 || r.Index != nil || s.Dims.ByName[r.Path[0]] == nil || n.Value != float64(int(n.Value)) || ix.Op != "+" && ix.Op != "-" {
		return subscript{}, false
	}
	own := s.ownDimension(s.Dims.ByName[r.Path[0]])
	if own < 0 || s.over[own].Root() != d.Root() || s.reduce || s.sp.Find(r.Path, s.Top) != nil {
		return subscript{}, false
	}
	offset := int(n.Value)
	if ix.Op == "-" {
		offset = -offset
	}
	if s.element != nil && s.element[own] >= 0 {
		at, ok := d.Neighbour(s.over[own], s.element[own], offset)
		if !ok {
			s.outside = true
			return subscript{text: "1"}, true
		}
		return subscript{text: d.Index(at)}, true
	}
	for i := range s.over[own].Elements {
		if _, ok := d.Neighbour(s.over[own], i, offset); !ok {
			s.edge(own, i)
		}
	}
	d.Root().Ordered = true
	return subscript{text: s.over[own].Ours + map[bool]string{true: " - ", false: " + "}[offset < 0] + strconv.Itoa(max(offset, -offset))}, true
}

// edge notes that an element needs an equation of its own.
func (s *scope) edge(dim, i int) {
	if s.edges == nil {
		s.edges = map[int]map[int]bool{}
	}
	if s.edges[dim] == nil {
		s.edges[dim] = map[int]bool{}
	}
	s.edges[dim][i] = true
}

// maxEdges bounds the equations that subscripts such as grade - 1 make.
const maxEdges = 10_000

// edgeElements are the elements that need an equation of their own: in each dimension
// one at an edge, or all others (-1).
func edgeElements(edges map[int]map[int]bool, over []*source.Dimension) [][]int {
	out := [][]int{nil}
	for d := range over {
		var next [][]int
		for _, at := range out {
			next = append(next, append(at[:len(at):len(at)], -1))
			for i := range over[d].Elements {
				if edges[d][i] {
					next = append(next, append(at[:len(at):len(at)], i))
				}
			}
			if len(next) > maxEdges {
				return nil
			}
		}
		out = next
	}
	return out[1:] // but for the one that is at no edge
}
