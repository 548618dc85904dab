package state

import (
	"strings"

	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// A Domain is a dimension with the tables that find elements in it. A dimension and its
// subranges are one family: they share the Root.
type Domain struct {
	Decl *document.Dimension
	// It has the elements without mistakes only, which may be fewer than those of Decl.
	Out *resolved.Dimension
	// the dimension of which it is a subrange; nil if of none
	Of *Domain
	// the outermost dimension of the family; the domain itself if it is a subrange of none
	Root *Domain
	At   map[string]int // an element's position, by its canonical name
	Up   []int          // the position in the root of each element
	Down map[int]int    // the position here of an element of the root
}

// Size returns the number of elements.
func (d *Domain) Size() int { return len(d.Out.Elements) }

// Ordered reports whether the dimension, or one that it is a part of, is ordered.
func (d *Domain) Ordered() bool {
	return d.Out.Ordered || d.Of != nil && d.Of.Ordered()
}

// Lookup returns the position of an element, by its name in any case.
func (d *Domain) Lookup(name string) (int, bool) {
	at, ok := d.At[equation.Canonical(name)]
	return at, ok
}

// Place returns the position here of an element of the root, false if the domain does not have
// it.
func (d *Domain) Place(root int) (int, bool) {
	at, ok := d.Down[root]
	return at, ok
}

// DomainsOf returns the domains of dimensions by name, nil for each that is not declared.
func (c *State) DomainsOf(names []string) []*Domain {
	out := make([]*Domain, len(names))
	for i, n := range names {
		out[i] = c.Domains[n]
	}
	return out
}

// Sizes returns the number of elements of each domain. None of the domains may be nil.
func Sizes(over []*Domain) []int {
	out := make([]int, len(over))
	for i, d := range over {
		out[i] = d.Size()
	}
	return out
}

// Names returns the names of domains as they are declared.
func Names(over []*Domain) []string {
	var out []string
	for _, d := range over {
		out = append(out, d.Decl.Name)
	}
	return out
}

// SuggestElement returns a hint for a name that is none of some elements: one much like it, or all.
func SuggestElement(name string, among []string) string {
	if near := diagnostic.Nearest(name, among); near != "" {
		return "did you mean " + near + "?"
	}
	return "its elements are " + ListElements(among)
}

// ListElements returns the names of elements, the first few if there are many.
func ListElements(elements []string) string {
	const most = 8
	if len(elements) <= most {
		return strings.Join(elements, ", ")
	}
	return strings.Join(elements[:most-1], ", ") + " … " + elements[len(elements)-1]
}
