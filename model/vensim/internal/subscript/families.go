package subscript

import (
	"slices"
)

// makeFamilies joins ranges that share elements, directly or through other ranges, and finds
// the root of each family. The smaller of two families moves into the larger one, so that
// no element moves more often than the logarithm of their number. A range without
// elements, which is reported, has no family.
func (c *Set) makeFamilies() {
	of := map[string]*Family{} // by element
	for _, r := range c.Order {
		f := &Family{}
		for _, e := range r.Elements {
			if g := of[e]; g != nil && g != f {
				f = join(g, f, of)
			} else if g == nil {
				of[e] = f
				f.Elements = append(f.Elements, e)
			}
		}
		r.Family = f
		f.Ranges = append(f.Ranges, r)
	}
	seen := map[*Family]bool{}
	for _, r := range c.Order {
		if len(r.Elements) == 0 {
			continue
		}
		r.Family = of[r.Elements[0]]
		if f := r.Family; !seen[f] {
			seen[f] = true
			c.Families = append(c.Families, f)
			// The lists served to join families; rootOf makes them anew in the order of the file.
			f.Elements, f.Ranges = nil, nil
		}
		r.Family.Ranges = append(r.Family.Ranges, r)
	}
	for _, f := range c.Families {
		c.rootOf(f)
	}
}

// join moves the elements of the smaller of two families into the other, which it returns.
// The ranges are counted anew when all families are known.
func join(to, from *Family, of map[string]*Family) *Family {
	if to == from {
		return to
	}
	if len(to.Elements) < len(from.Elements) {
		to, from = from, to
	}
	for _, e := range from.Elements {
		of[e] = to
	}
	to.Elements = append(to.Elements, from.Elements...)
	from.Elements = nil
	return to
}

// rootOf finds the range that has all elements of a family, numbers them, and lists
// them in order. An element's number, which it is where an equation uses it as a value, is
// its place in the widest range that has it: in a part of that range it keeps the number
// (Vensim's manual, "Subscript Constants").
func (c *Set) rootOf(f *Family) {
	all := map[string]bool{}
	for _, r := range f.Ranges {
		for _, e := range r.Elements {
			if !all[e] {
				all[e] = true
				f.Elements = append(f.Elements, e)
			}
		}
	}
	for _, r := range f.Ranges {
		if f.Root == nil && len(SetOf(r.Elements)) == len(f.Elements) { // a range may repeat an element
			f.Root = r
			f.Elements = r.Elements
		}
	}
	f.At = map[string]int{}
	for i, e := range f.Elements {
		c.Elements[e].Family = f
		f.At[e] = i
	}
	widest := slices.Clone(f.Ranges)
	slices.SortStableFunc(widest, func(a, b *Range) int { return len(b.Elements) - len(a.Elements) })
	for _, r := range widest {
		for i, e := range r.Elements {
			if c.Elements[e].Number == 0 {
				c.Elements[e].Number = i + 1
			}
		}
	}
}

// familyRanges returns the ranges that share elements with this one, itself among them.
func (r *Range) familyRanges() []*Range {
	if r.Family == nil {
		return nil
	}
	return r.Family.Ranges
}
