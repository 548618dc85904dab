package subscript

import (
	"strconv"

	"weir/model"
	"weir/model/vensim/internal/syntax"
)

// checkMappings reports mappings to ranges that do not exist or have another size.
func (c *Set) checkMappings() {
	for _, r := range c.Order {
		for _, m := range r.maps {
			to := c.Ranges[m.To]
			switch {
			case to == nil:
				c.ErrorAt(model.UnknownDimension, m.Span, c.Near(m.To), "%s maps to %s, which is no range", r.Name,
					m.Name)
			case m.Items != nil && len(m.Items) != len(c.mapUnits(r)) && len(m.Items) != len(r.Elements):
				c.ErrorAt(model.ValueCount, m.Span, "", "%s has %s, but its mapping to %s lists %d", r.Name,
					elementCount(len(r.Elements)), to.Name, len(m.Items))
			case m.Items == nil && len(to.Elements) != len(r.Elements) && len(c.mapUnits(r)) != len(to.Elements):
				c.ErrorAt(model.ValueCount, m.Span, "write which element goes where, as in -> ("+to.Name+": …)",
					"%s has %s, but %s, to which it maps, has %d", r.Name, elementCount(len(r.Elements)), to.Name,
					len(to.Elements))
			}
		}
	}
}

// mapUnits returns a list of elements for each item of a range's list.
// A range that a file or an alias gives, or that has a series among its items, has a list for each
// element.
func (c *Set) mapUnits(r *Range) [][]string {
	if r.Equation.Kind == syntax.EqAlias || r.Equation.Expr != nil {
		return singles(r.Elements)
	}
	var out [][]string
	for _, item := range r.Equation.Items {
		if inner := c.Ranges[syntax.Key(item.Name)]; item.Last == "" && inner != nil && inner != r {
			out = append(out, inner.Elements)
			continue
		}
		if item.Last == "" {
			out = append(out, []string{syntax.Key(item.Name)})
			continue
		}
		return singles(r.Elements)
	}
	return out
}

// singles returns each element as a list of its own.
// The lists are parts of the slice that is given.
func singles(elements []string) [][]string {
	out := make([][]string, len(elements))
	for i := range elements {
		out[i] = elements[i : i+1]
	}
	return out
}

// elementCount returns a number of elements in words.
func elementCount(n int) string {
	if n == 1 {
		return "1 element"
	}
	return strconv.Itoa(n) + " elements"
}

// imagesOf returns the pairs of elements that a mapping makes: from an element of r to its
// counterparts in the other range. Items of the mapping that are ranges of as many elements
// as the item of r map in order; else every element of the one maps to every element of
// the other. Without items the two ranges map in order.
func (c *Set) imagesOf(r *Range, m syntax.Mapping) map[string][]string {
	out := map[string][]string{}
	add := func(from []string, to []string) {
		if len(from) == len(to) && len(from) > 1 { // a part maps to a part in order
			for i := range from {
				out[from[i]] = append(out[from[i]], to[i])
			}
			return
		}
		for _, e := range from {
			out[e] = append(out[e], to...)
		}
	}
	units := c.mapUnits(r)
	if m.Items == nil {
		to := c.Ranges[m.To].Elements
		if len(to) == len(r.Elements) {
			units = singles(r.Elements)
		}
		for i := range min(len(units), len(to)) { // other counts are reported with the ranges
			add(units[i], to[i:i+1])
		}
		return out
	}
	if len(m.Items) != len(units) {
		units = singles(r.Elements)
	}
	for i, item := range m.Items[:min(len(m.Items), len(units))] {
		if inner := c.Ranges[item.Key]; inner != nil {
			add(units[i], inner.Elements)
		} else {
			add(units[i], []string{item.Key})
		}
	}
	return out
}

// Partner returns the element of range r that is the counterpart of element e of the range on the
// left, or "". A mapping of r to the family of the range on the left comes first, then one
// the other way round, if it is unambiguous. A part of a range maps as the range does: last
// come the mappings of wider ranges in the family of r.
func (c *Set) Partner(r, left *Range, e string) string {
	for _, m := range r.maps {
		if to := c.Ranges[m.To]; to == nil || to.Family != left.Family {
			continue
		}
		if from := c.mapping(r, m).source[e]; from != "" {
			return from
		}
	}
	for _, m := range left.maps {
		if to := c.Ranges[m.To]; to == nil || to.Family != r.Family {
			continue
		}
		if at := c.mapping(left, m).images[e]; len(at) == 1 && r.has(at[0]) {
			return at[0]
		}
	}
	for _, wide := range r.familyRanges() {
		if wide == r || len(wide.maps) == 0 || len(wide.Elements) < len(r.Elements) {
			continue
		}
		// The copy has no family, so that the search ends with this range.
		if from := c.Partner(&Range{maps: wide.maps, Elements: wide.Elements, Equation: wide.Equation, Key: wide.Key},
			left, e); from != "" && r.has(from) {
			return from
		}
	}
	return ""
}

// A mapped range is a mapping worked out: the counterparts of each element, and the
// first one of which each is a counterpart.
type mapped struct {
	images map[string][]string // by element: those that it stands for, in the other range
	source map[string]string   // by element of the other range: the first that stands for it
}

// mapping works a mapping out, once.
// A mapping is known by its range and its place in the file.
func (c *Set) mapping(r *Range, m syntax.Mapping) *mapped {
	key := imageKey{r.Key, m.Span}
	if got := c.images[key]; got != nil {
		return got
	}
	got := &mapped{c.imagesOf(r, m), map[string]string{}}
	for _, from := range r.Elements {
		for _, to := range got.images[from] {
			if got.source[to] == "" {
				got.source[to] = from
			}
		}
	}
	c.images[key] = got
	return got
}

// An imageKey is one mapping of one range.
type imageKey struct {
	key string      // of the range that maps
	at  syntax.Span // of the mapping in the file
}
