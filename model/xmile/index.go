package xmile

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model"
)

// A subscript is one of a variable's subscripts, put into our language: a text, or a
// number that is known only in the run.
type subscript struct {
	text    string
	dynamic *written
}

// indexed is a variable with subscripts.
func (s *scope) indexed(e *refExpr, v *variable) piece {
	own := v.over[min(len(v.sp.over), len(v.over)):]
	if len(e.index) != len(own) || len(own) == 0 {
		return s.wrong(e, model.SubscriptCount, "", "%s has %d dimensions, but %d subscripts here", v.name, len(own), len(e.index))
	}
	var list []subscript
	for _, d := range v.over[:len(v.over)-len(own)] {
		list = append(list, subscript{text: d.ours})
	}
	moving := 0
	s.outside = false
	for i, ix := range e.index {
		sub := s.subscript(ix, own[i])
		if sub.dynamic != nil {
			moving++
		}
		list = append(list, sub)
	}
	if s.outside { // XMILE 1.0, 3.7.1: what is outside of an array is 0
		s.outside = false
		s.v.note(model.Equivalent, "what is outside of an array is %s", s.nowhere)
		return s.primary(e, "("+s.nowhere+")")
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
func (s *scope) moving(e *refExpr, v *variable, list []subscript, n int) piece {
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
		d := v.over[i]
		if n > 1 {
			inside := compose(fmt.Sprintf("($1) >= 1 and ($1) < %d", len(d.elements)+1), at, x)
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
		size *= len(d.elements)
	}
	array := s.named(e, v, brackets(list))
	s.v.note(model.Equivalent, "a computed subscript is a call of element_at")
	if n == 1 {
		return piece{compose("element_at($1, floor($2), "+s.nowhere+")", at, array.written, index), levelPrimary}
	}
	return piece{compose("(if $1 then element_at($2, $3 + 1, "+s.nowhere+") else "+s.nowhere+")", at, guard, array.written, index), levelPrimary}
}

// subscript is one subscript, in the dimension that it picks from.
func (s *scope) subscript(ix expr, d *dimension) subscript {
	switch ix := ix.(type) {
	case *starExpr:
		return s.star(ix, d)
	case *rangeExpr:
		return s.span2(ix, d)
	case *numberExpr:
		n := int(ix.value)
		if at, ok := d.at[strconv.FormatFloat(ix.value, 'f', -1, 64)]; ok {
			return subscript{text: d.index(at)}
		}
		if float64(n) != ix.value || n < 1 || n > len(d.elements) {
			s.wrong(ix, model.UnknownElement, "", "%s has the elements 1 to %d, not %v", d.name, len(d.elements), ix.value)
			return subscript{text: "1"}
		}
		return subscript{text: d.index(n - 1)}
	case *refExpr:
		if sub, ok := s.word(ix, d); ok {
			return sub
		}
	case *binaryExpr:
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
func (s *scope) word(ix *refExpr, d *dimension) (subscript, bool) {
	if ix.index != nil || len(ix.path) > 2 {
		return subscript{}, false
	}
	name := ix.path[len(ix.path)-1]
	if len(ix.path) == 2 && s.dims.byName[ix.path[0]] == nil {
		return subscript{}, false
	}
	if at, ok := d.at[name]; ok {
		return subscript{text: d.index(at)}, true
	}
	other := s.dims.byName[name]
	if len(ix.path) == 2 || other == nil {
		return subscript{}, false
	}
	return s.dimension(ix, other, d), true
}

// dimension is a subscript that names a dimension: the equation's own, or in a
// reduction all of its elements.
func (s *scope) dimension(ix expr, named, want *dimension) subscript {
	own := s.ownDimension(named)
	switch {
	case own >= 0 && s.over[own].root() == want.root():
		return subscript{text: s.over[own].ours}
	case own >= 0: // of another family: by its position
		if len(s.over[own].elements) > len(want.elements) {
			s.wrong(ix, model.SubscriptMismatch, "", "%s has fewer elements than %s", want.name, named.name)
		}
		x := s.position(ix, s.over[own])
		return subscript{dynamic: &x.written}
	case s.reduce:
		s.stars++
		return subscript{text: named.ours + "!"}
	}
	s.wrong(ix, model.MissingDimension, "", "the equation is not over %s", named.name)
	return subscript{text: "1"}
}

// ownDimension is the place of a dimension among the equation's; -1 if it is none.
func (s *scope) ownDimension(d *dimension) int {
	for i, own := range s.over {
		if own == d {
			return i
		}
	}
	for i, own := range s.over {
		if own.root() == d.root() {
			return i
		}
	}
	return -1
}

// star is all elements, inside a reduction; outside, the equation's own.
func (s *scope) star(ix *starExpr, d *dimension) subscript {
	if s.reduce {
		s.stars++
		if ix.dim == "" || s.dims.byName[ix.dim] == nil || s.dims.byName[ix.dim] == d {
			return subscript{text: "*"}
		}
		return subscript{text: s.dims.byName[ix.dim].ours + "!"}
	}
	if own := s.ownDimension(d); own >= 0 {
		return subscript{text: s.over[own].ours}
	}
	s.wrong(ix, model.StarOutside, "write SUM(…), MEAN(…), MIN(…) or MAX(…) around it, or name an element", "* stands for many elements here, and nothing combines them")
	return subscript{text: "1"}
}

// span2 is a range of elements: inside a reduction, a dimension of its own.
func (s *scope) span2(ix *rangeExpr, d *dimension) subscript {
	from, ok1 := s.fixed(ix.from, d)
	to, ok2 := s.fixed(ix.to, d)
	switch {
	case !ok1 || !ok2:
		s.cannot(ix, "name the first and last element", "a range of elements with computed ends")
	case !s.reduce:
		s.wrong(ix, model.StarOutside, "write SUM(…), MEAN(…), MIN(…) or MAX(…) around it", "a range stands for many elements here, and nothing combines them")
	case from > to:
		s.wrong(ix, model.UnknownElement, "", "the range is empty")
	default:
		s.stars++
		return subscript{text: s.dims.slice(d, from, to).ours + "!"}
	}
	return subscript{text: "1"}
}

// fixed is the position of an element that is written out.
func (s *scope) fixed(e expr, d *dimension) (int, bool) {
	switch e := e.(type) {
	case *numberExpr:
		n := int(e.value) - 1
		if at, ok := d.at[strconv.FormatFloat(e.value, 'f', -1, 64)]; ok {
			return at, true
		}
		return n, float64(n+1) == e.value && n >= 0 && n < len(d.elements)
	case *refExpr:
		if e.index == nil {
			at, ok := d.at[e.path[len(e.path)-1]]
			return at, ok
		}
	}
	return 0, false
}

// beside is a subscript such as grade - 1: the neighbour of the equation's own element.
// Where there is none for some elements, these get an equation of their own.
func (s *scope) beside(ix *binaryExpr, d *dimension) (subscript, bool) {
	r, isRef := ix.x.(*refExpr)
	n, isNumber := ix.y.(*numberExpr)
	if !isRef || !isNumber || len(r.path) != 1 || r.index != nil || s.dims.byName[r.path[0]] == nil || n.value != float64(int(n.value)) || ix.op != "+" && ix.op != "-" {
		return subscript{}, false
	}
	own := s.ownDimension(s.dims.byName[r.path[0]])
	if own < 0 || s.over[own].root() != d.root() || s.reduce || s.sp.find(r.path, s.top) != nil {
		return subscript{}, false
	}
	offset := int(n.value)
	if ix.op == "-" {
		offset = -offset
	}
	if s.element != nil && s.element[own] >= 0 {
		at, ok := d.neighbour(s.over[own], s.element[own], offset)
		if !ok {
			s.outside = true
			return subscript{text: "1"}, true
		}
		return subscript{text: d.index(at)}, true
	}
	for i := range s.over[own].elements {
		if _, ok := d.neighbour(s.over[own], i, offset); !ok {
			s.edge(own, i)
		}
	}
	d.root().ordered = true
	return subscript{text: s.over[own].ours + map[bool]string{true: " - ", false: " + "}[offset < 0] + strconv.Itoa(max(offset, -offset))}, true
}

// neighbour is the place in d of what stands beside an element of another dimension of
// its family; false if that leads out of d.
func (d *dimension) neighbour(of *dimension, i, offset int) (int, bool) {
	at, ok := d.at[canonical(of.elements[i])]
	if !ok {
		at, ok = i, d == of
	}
	at += offset
	return at, ok && at >= 0 && at < len(d.elements)
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
func edgeElements(edges map[int]map[int]bool, over []*dimension) [][]int {
	out := [][]int{nil}
	for d := range over {
		var next [][]int
		for _, at := range out {
			next = append(next, append(at[:len(at):len(at)], -1))
			for i := range over[d].elements {
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
