package resolved

import (
	"slices"
	"strings"
)

// Subscript returns the positions in a dimension that a subscript in a name such as
// seats[upper] selects, and how it is written: an element, * or the dimension itself for
// all, or another dimension of the model whose elements are in it. A subscript that is
// none of these selects nothing.
func (m *Model) Subscript(d *Dimension, text string) (positions []int, written string) {
	position := func(name string) int {
		return slices.IndexFunc(d.Elements, func(e string) bool { return strings.EqualFold(e, name) })
	}
	if e := position(text); e >= 0 {
		return []int{e}, d.Elements[e]
	}
	named := []string(nil)
	if text == "*" || strings.EqualFold(text, d.Name) {
		named, written = d.Elements, "*"
	} else if i := m.dimension(text); i >= 0 {
		named, written = m.Dimensions[i].Elements, m.Dimensions[i].Name
	}
	for _, name := range named {
		e := position(name)
		if e < 0 {
			return nil, ""
		}
		positions = append(positions, e)
	}
	return positions, written
}

// dimension returns the position of a dimension by its name, in any case, or -1.
func (m *Model) dimension(name string) int {
	return slices.IndexFunc(m.Dimensions, func(d *Dimension) bool { return strings.EqualFold(d.Name, name) })
}

// Places returns the row-major positions that the subscripts of a variable select: all
// without subscripts, and none if one of them selects nothing.
func (m *Model) Places(v *Variable, subscripts []string) []int {
	places := []int{0}
	for i, d := range v.Over {
		text := "*"
		if subscripts != nil {
			text = subscripts[i]
		}
		chosen, _ := m.Subscript(d, text)
		places = Cross(places, len(d.Elements), chosen)
	}
	return places
}

// Cross returns the row-major positions of all combinations of places, in some dimensions,
// with positions chosen in a further one of that size.
func Cross(places []int, size int, chosen []int) []int {
	next := make([]int, 0, len(places)*len(chosen))
	for _, p := range places {
		for _, c := range chosen {
			next = append(next, p*size+c)
		}
	}
	return next
}
