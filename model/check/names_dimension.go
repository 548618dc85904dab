package check

import (
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// A domain is a dimension with what it takes to find elements in it. A dimension
// and its subranges are one family: they share the root.
type domain struct {
	decl *document.Dimension
	out  *resolved.Dimension
	of   *domain
	root *domain
	at   map[string]int // an element's position, by its canonical name
	up   []int          // the position in the root of each element
	down map[int]int    // the position here of an element of the root
}

// size is the number of elements.
func (d *domain) size() int { return len(d.out.Elements) }

// ordered reports whether the dimension, or one that it is a part of, is ordered.
func (d *domain) ordered() bool {
	return d.out.Ordered || d.of != nil && d.of.ordered()
}

// collectDimensions makes the domains, parents before subranges.
func (c *checker) collectDimensions() {
	c.domains = map[string]*domain{}
	decls := map[string]*document.Dimension{}
	for _, d := range c.m.Dimensions {
		if c.claim(d.Name, d.Span) {
			decls[d.Name] = d
		}
	}
	for _, d := range c.m.Dimensions {
		if decls[d.Name] == d {
			c.makeDomain(d, decls, nil)
		}
	}
}

// makeDomain makes a dimension's domain after its parent's; below are the
// subranges that led here.
func (c *checker) makeDomain(d *document.Dimension, decls map[string]*document.Dimension, below []string) *domain {
	if made := c.domains[d.Name]; made != nil {
		return made
	}
	made := &domain{decl: d, out: &resolved.Dimension{Name: d.Name, Ordered: d.Ordered}}
	made.root = made
	if d.Of != "" {
		made.of = c.parent(d, decls, append(below, d.Name))
	}
	if made.of != nil {
		made.root, made.out.Of = made.of.root, made.of.out
	}
	c.fillDomain(made)
	c.domains[d.Name] = made
	return made
}

// parent is the domain of which d is a subrange, or nil.
func (c *checker) parent(d *document.Dimension, decls map[string]*document.Dimension, path []string) *domain {
	for i, name := range path {
		if name == d.Of {
			c.report(code.DimensionCircle, d.Span, "one of them must list its elements alone, without of", "%s is a part of itself: %s",
				name, strings.Join(append(path[i:], d.Of), " → "))
			return nil
		}
	}
	if of := decls[d.Of]; of != nil {
		return c.makeDomain(of, decls, path)
	}
	c.report(code.UnknownDimension, d.Span, c.suggestDimension(d.Of), "%s is declared as a part of %q, which is no dimension", d.Name, d.Of)
	return nil
}

// fillDomain numbers the elements.
func (c *checker) fillDomain(d *domain) {
	d.at, d.down = map[string]int{}, map[int]int{}
	for i, name := range d.decl.Elements {
		if _, twice := d.at[equation.Canonical(name)]; twice {
			c.report(code.DuplicateName, d.decl.Span, "an element is listed once", "the dimension %s has the element %q twice", d.decl.Name, name)
			continue
		}
		place := i
		if d.of != nil {
			in, ok := d.of.at[equation.Canonical(name)]
			if !ok {
				c.report(code.UnknownElement, d.decl.Span, diagnostic.DidYouMean(name, d.of.out.Elements), "%s has the element %q, but %s, of which it is a part, has not", d.decl.Name, name, d.of.decl.Name)
				continue
			}
			place = d.of.up[in]
		}
		d.at[equation.Canonical(name)] = len(d.out.Elements)
		d.down[place] = len(d.out.Elements)
		d.up = append(d.up, place)
		d.out.Elements = append(d.out.Elements, name)
	}
	if len(d.decl.Elements) == 0 && !c.m.Broken {
		c.report(code.EmptyDimension, d.decl.Span, "list its elements, as in elements = [\"north\", \"south\"]", "the dimension %s has no elements", d.decl.Name)
	}
}

// checkElementNames refuses elements named like a dimension: in brackets, nobody
// could tell them apart.
func (c *checker) checkElementNames(d *document.Dimension) {
	for _, name := range d.Elements {
		if other := c.domains[equation.Canonical(name)]; other != nil {
			c.report(code.DuplicateName, d.Span, "give one of them another name", "the dimension %s has an element %q, which is also a dimension", d.Name, name)
			c.relate(other.decl.Span, "the dimension is declared here")
		}
	}
}

// lookup finds an element, by its name in any case.
func (d *domain) lookup(name string) (int, bool) {
	at, ok := d.at[equation.Canonical(name)]
	return at, ok
}

// place is where an element of the root is in this domain.
func (d *domain) place(root int) (int, bool) {
	at, ok := d.down[root]
	return at, ok
}

// domainsOf finds the domains of dimensions by name.
func (c *checker) domainsOf(names []string) []*domain {
	out := make([]*domain, len(names))
	for i, n := range names {
		out[i] = c.domains[n]
	}
	return out
}

// checkSize refuses arrays too large to hold, before anything is made of them.
func (c *checker) checkSize(v *document.Variable) {
	size := 1
	for _, name := range v.Over {
		if d := c.domains[name]; d != nil && size <= document.MaxElements {
			size *= max(1, d.size())
		}
	}
	if c.elements+size > document.MaxElements {
		c.bad[v], c.tooLarge[v] = true, true
		c.report(code.TooManyElements, v.SpanOf("over"), "", "%s would bring the model to more than %d elements", v.Name, document.MaxElements)
		return
	}
	c.elements += size
}
