// Package element reads and writes the names of single numbers in arrays:
// seats[charter,9]. Scenario sets and behaviour tests share it.
package element

import (
	"slices"
	"strings"

	"weir/model/equation"
	"weir/model/resolved"
)

// Split takes "seats[charter, 9]" apart. The name is in canonical form; spaces
// around the elements do not count, and they are nil without brackets. ok is false
// if the brackets are not closed.
func Split(text string) (name string, elements []string, ok bool) {
	name, inside, has := strings.Cut(text, "[")
	name = equation.Canonical(name)
	if !has {
		return name, nil, true
	}
	inside, rest, closed := strings.Cut(inside, "]")
	if !closed || strings.TrimSpace(rest) != "" {
		return name, nil, false
	}
	for e := range strings.SplitSeq(inside, ",") {
		elements = append(elements, strings.TrimSpace(e))
	}
	return name, elements, true
}

// Join returns the name of a result column: x, or x[a,b].
func Join(name string, elements []string) string {
	if len(elements) == 0 {
		return name
	}
	return name + "[" + strings.Join(elements, ",") + "]"
}

// Find returns the position of an element in a list, -1 if it is not there.
func Find(elements []string, name string) int {
	return slices.IndexFunc(elements, func(e string) bool { return equation.Canonical(e) == equation.Canonical(name) })
}

// All returns the elements of an array over dimensions, row-major; one nil list for a
// scalar.
func All(over []*resolved.Dimension) [][]string {
	var lists [][]string
	for _, d := range over {
		lists = append(lists, d.Elements)
	}
	return Product(lists)
}

// Product returns all choices of one name a list, the last list running fastest.
func Product(lists [][]string) [][]string {
	all := [][]string{nil}
	for _, list := range lists {
		var next [][]string
		for _, head := range all {
			for _, e := range list {
				next = append(next, append(slices.Clip(head), e))
			}
		}
		all = next
	}
	return all
}

// Label returns a variable's label, with the element that is meant.
func Label(label string, elements []string) string {
	if elements == nil {
		return label
	}
	return label + " (" + strings.ReplaceAll(strings.Join(elements, ", "), "*", "all") + ")"
}
