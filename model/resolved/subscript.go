package resolved

import (
	"slices"
	"strings"
)

// Subscript gives the positions in a dimension of what a subscript in a name such as
// seats[upper] stands for, and how it is written: an element, * or the dimension itself
// for all, or another dimension of the model whose elements are in it. There are none if
// it stands for nothing.
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
	} else if i := slices.IndexFunc(m.Dimensions, func(other *Dimension) bool { return strings.EqualFold(other.Name, text) }); i >= 0 {
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

// Places are the row-major positions of what subscripts of a variable name, all if there
// are none; none if one of them stands for nothing.
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

// Cross puts positions in a dimension of so many elements after those in the dimensions
// before.
func Cross(places []int, size int, chosen []int) []int {
	next := make([]int, 0, len(places)*len(chosen))
	for _, p := range places {
		for _, c := range chosen {
			next = append(next, p*size+c)
		}
	}
	return next
}
