package state

import (
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// A domain is a dimension with what it takes to find elements in it. A dimension
// and its subranges are one family: they share the root.
type Domain struct {
	Decl *document.Dimension
	Out  *resolved.Dimension
	Of   *Domain
	Root *Domain
	At   map[string]int // an element's position, by its canonical name
	Up   []int          // the position in the root of each element
	Down map[int]int    // the position here of an element of the root
}

// size is the number of elements.
func (d *Domain) Size() int { return len(d.Out.Elements) }

// ordered reports whether the dimension, or one that it is a part of, is ordered.
func (d *Domain) Ordered() bool {
	return d.Out.Ordered || d.Of != nil && d.Of.Ordered()
}

// lookup finds an element, by its name in any case.
func (d *Domain) Lookup(name string) (int, bool) {
	at, ok := d.At[equation.Canonical(name)]
	return at, ok
}

// place is where an element of the root is in this domain.
func (d *Domain) Place(root int) (int, bool) {
	at, ok := d.Down[root]
	return at, ok
}

// domainsOf finds the domains of dimensions by name.
func (c *State) DomainsOf(names []string) []*Domain {
	out := make([]*Domain, len(names))
	for i, n := range names {
		out[i] = c.Domains[n]
	}
	return out
}

func Sizes(over []*Domain) []int {
	out := make([]int, len(over))
	for i, d := range over {
		out[i] = d.Size()
	}
	return out
}

func Names(over []*Domain) []string {
	var out []string
	for _, d := range over {
		out = append(out, d.Decl.Name)
	}
	return out
}
