package declare

import (
	"strings"

	"weir/model/check/internal/state"
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// collectDimensions makes the domains, parents before subranges.
func (c *declarer) collectDimensions() {
	c.Domains = map[string]*state.Domain{}
	decls := map[string]*document.Dimension{}
	for _, d := range c.Model.Dimensions {
		if c.claim(d.Name, d.Span) {
			decls[d.Name] = d
		}
	}
	for _, d := range c.Model.Dimensions {
		if decls[d.Name] == d {
			c.makeDomain(d, decls, nil)
		}
	}
}

// makeDomain returns a dimension's domain, made after its parent's. The names below are those
// of the subranges on the way here, by which a cycle is found.
func (c *declarer) makeDomain(d *document.Dimension, decls map[string]*document.Dimension,
	below []string) *state.Domain {
	if made := c.Domains[d.Name]; made != nil {
		return made
	}
	made := &state.Domain{Decl: d, Out: &resolved.Dimension{Name: d.Name, Ordered: d.Ordered}}
	made.Root = made
	if d.Of != "" {
		made.Of = c.parent(d, decls, append(below, d.Name))
	}
	if made.Of != nil {
		made.Root, made.Out.Of = made.Of.Root, made.Of.Out
	}
	c.fillDomain(made)
	c.Domains[d.Name] = made
	return made
}

// parent returns the domain of which d is a subrange, nil after a report.
func (c *declarer) parent(d *document.Dimension, decls map[string]*document.Dimension, path []string) *state.Domain {
	for i, name := range path {
		if name == d.Of {
			c.Report(code.DimensionCycle, d.Span, "one of them must list its elements alone, without of",
				"%s is a part of itself: %s",
				name, strings.Join(append(path[i:], d.Of), " → "))
			return nil
		}
	}
	if of := decls[d.Of]; of != nil {
		return c.makeDomain(of, decls, path)
	}
	c.Report(code.UnknownDimension, d.Span, c.SuggestDimension(d.Of),
		"%s is declared as a part of %q, which is no dimension", d.Name, d.Of)
	return nil
}

// fillDomain numbers the elements. Up and Down translate between positions here and in the root, so
// that elements of two subranges of one family can be compared. An element with a mistake is left
// out and leaves no gap.
func (c *declarer) fillDomain(d *state.Domain) {
	d.At, d.Down = map[string]int{}, map[int]int{}
	for i, name := range d.Decl.Elements {
		if _, twice := d.At[equation.Canonical(name)]; twice {
			c.Report(code.DuplicateName, d.Decl.Span, "an element is listed once",
				"the dimension %s has the element %q twice", d.Decl.Name, name)
			continue
		}
		place := i
		if d.Of != nil {
			in, ok := d.Of.At[equation.Canonical(name)]
			if !ok {
				c.Report(code.UnknownElement, d.Decl.Span, state.SuggestElement(name, d.Of.Out.Elements),
					"%s has the element %q, but %s, of which it is a part, has not", d.Decl.Name, name, d.Of.Decl.Name)
				continue
			}
			place = d.Of.Up[in]
		}
		d.At[equation.Canonical(name)] = len(d.Out.Elements)
		d.Down[place] = len(d.Out.Elements)
		d.Up = append(d.Up, place)
		d.Out.Elements = append(d.Out.Elements, name)
	}
	if len(d.Decl.Elements) == 0 && !c.Model.Broken {
		c.Report(code.EmptyDimension, d.Decl.Span, "list its elements, as in elements = [\"north\", \"south\"]",
			"the dimension %s has no elements", d.Decl.Name)
	}
}

// checkElementNames refuses elements named like a dimension: in brackets nobody could tell them
// apart.
func (c *declarer) checkElementNames(d *document.Dimension) {
	for _, name := range d.Elements {
		if other := c.Domains[equation.Canonical(name)]; other != nil {
			c.Report(code.DuplicateName, d.Span, "give one of them another name",
				"the dimension %s has an element %q, which is also a dimension", d.Name, name)
			c.Relate(other.Decl.Span, "the dimension is declared here")
		}
	}
}

// checkSize refuses arrays too large to hold, before anything is made of them. The product stops
// growing above the bound, so that it cannot overflow. The size of a scalar is 1.
func (c *declarer) checkSize(v *document.Variable) {
	size := 1
	for _, name := range v.Over {
		if d := c.Domains[name]; d != nil && size <= document.MaxElements {
			size *= max(1, d.Size())
		}
	}
	if c.Elements+size > document.MaxElements {
		c.Bad[v], c.TooLarge[v] = true, true
		c.Report(code.TooManyElements, v.SpanOf("over"), "",
			"%s would bring the model to more than %d elements", v, document.MaxElements)
		return
	}
	c.Elements += size
}
