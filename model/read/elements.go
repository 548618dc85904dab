package read

import (
	"cmp"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/toml"
)

// columns returns the column of values of each element of a data variable, row-major;
// one for a scalar. It is nil, after a report, if an element has no column.
func (r dataReader) columns(t *toml.Table, v *document.Variable) []*toml.Text {
	shape, known := r.shape(v)
	if !known {
		return nil // Check reports the dimension
	}
	size := 1
	for _, n := range shape {
		size *= n
	}
	out := make([]*toml.Text, size)
	if text := t.Text("value"); text != nil {
		for i := range out {
			out[i] = text
		}
	}
	at := t.Table("at")
	// from has the key that gave each column so far. Covers come with the widest first, so that two
	// keys of one size for one element are the only ones that contradict each other.
	from := make([]*cover, size)
	covers, sound := r.covers(at, v)
	if !sound {
		return nil
	}
	for _, c := range covers {
		for _, e := range c.elements {
			if before := from[e]; before != nil && len(before.elements) == len(c.elements) {
				r.report(code.OverlappingKeys, c.key.Span, "", "both %q and %q give the column of %s",
					before.key.Name, c.key.Name, r.elementAt(v, e))
				return nil
			}
			out[e], from[e] = at.Text(c.key.Name), c
		}
	}
	if i := slices.Index(out, nil); i >= 0 {
		if t.Has("value") || len(at.Keys()) > 0 {
			r.report(code.MissingElement, t.Span, "add it to ["+t.Path()+".at]",
				"%s has no column for %s", v.Name, r.elementAt(v, i))
		}
		return nil
	}
	return out
}

// A cover is a key of [data.x.at] with the elements that it names, row-major.
type cover struct {
	key      *toml.Key
	elements []int
}

// covers returns the elements of every key, wider keys first, so that more specific keys win.
// Sound is false, after a report, if a key names no element.
func (r dataReader) covers(at *toml.Table, v *document.Variable) (out []*cover, sound bool) {
	sound = true
	for _, k := range at.Keys() {
		sets := [][]int(nil)
		if at.Text(k.Name) != nil {
			sets = r.keySets(k, v)
		}
		if sets == nil {
			sound = false
			continue
		}
		out = append(out, &cover{k, r.product(sets, v)})
	}
	slices.SortStableFunc(out, func(a, b *cover) int { return -cmp.Compare(len(a.elements), len(b.elements)) })
	return out, sound
}

// keySets returns the positions that a key such as "district, 9" names in each dimension; a nil
// set means all of them. The result is nil, after a report, if the key names no element. Over the
// dimensions district and grade "north, *" gives {{0}, {0, 1, 2, …}} if north is the first
// district.
func (r dataReader) keySets(k *toml.Key, v *document.Variable) [][]int {
	parts := strings.Split(k.Name, ",")
	if len(parts) == 1 && len(v.Over) > 1 {
		return r.aloneSets(k, v)
	}
	if len(parts) != len(v.Over) {
		r.report(code.BadValue, k.Span, onePerDimension(v), "%q names no element of %s", k.Name, v.Name)
		return nil
	}
	sets := make([][]int, len(v.Over))
	for i, d := range v.Over {
		if sets[i] = r.positions(parts[i], d); sets[i] == nil {
			name := strings.TrimSpace(parts[i])
			r.report(code.UnknownElement, k.Span, r.didYouMean(d, name, r.dimension(d).Elements),
				"%s has no element %q", d, name)
			return nil
		}
	}
	return sets
}

// aloneSets is keySets for a single element, which is enough if it is in one dimension only.
func (r dataReader) aloneSets(k *toml.Key, v *document.Variable) [][]int {
	sets := make([][]int, len(v.Over))
	var in []string
	for i, d := range v.Over {
		if sets[i] = r.positions(k.Name, d); sets[i] != nil {
			in = append(in, d)
		}
	}
	switch len(in) {
	case 0:
		r.report(code.UnknownElement, k.Span, onePerDimension(v), "%q names no element of %s", k.Name, v.Name)
		return nil
	case 1:
		return sets
	}
	r.report(code.BadValue, k.Span, onePerDimension(v),
		"%q is in the dimensions %s", k.Name, strings.Join(in, " and "))
	return nil
}

// onePerDimension returns the hint for a key that does not name elements as it should.
func onePerDimension(v *document.Variable) string {
	return "name one element per dimension: " + strings.Join(v.Over, ", ")
}

// positions returns the indices in a dimension of an element, of the elements of a subrange, or
// of all elements ("*"); nil if the dimension has no such element. Names are compared in their
// canonical form, blanks around them do not count. The order is that of the subrange, not that of
// the dimension.
func (r dataReader) positions(name, in string) []int {
	name = strings.TrimSpace(name)
	d := r.dimension(in)
	wanted := []string{name}
	if name == "*" {
		wanted = d.Elements
	} else if sub := r.dimension(name); sub != nil {
		wanted = sub.Elements
	}
	var out []int
	for _, w := range wanted {
		canonical := equation.Canonical(w)
		i := slices.IndexFunc(d.Elements, func(e string) bool { return equation.Canonical(e) == canonical })
		if i < 0 {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// product returns the row-major indices of all combinations of positions. A nil set means all
// positions. For sets {1} and {0, 2} of dimensions with 2 and 3 elements the result is {3, 5}.
func (r dataReader) product(sets [][]int, v *document.Variable) []int {
	out := []int{0}
	for i, d := range v.Over {
		set := sets[i]
		if set == nil {
			set = r.positions("*", d)
		}
		next := make([]int, 0, len(out)*len(set))
		for _, row := range out {
			for _, p := range set {
				next = append(next, row*r.sizes[d]+p)
			}
		}
		out = next
	}
	return out
}

// elementAt returns the name of the element of a row-major index, as in "district, 9". It takes the
// index apart from the last dimension on, which varies fastest.
func (r dataReader) elementAt(v *document.Variable, i int) string {
	names := make([]string, len(v.Over))
	for at := len(v.Over) - 1; at >= 0; at-- {
		d := r.dimension(v.Over[at])
		names[at] = d.Elements[i%len(d.Elements)]
		i /= len(d.Elements)
	}
	return strings.Join(names, ", ")
}
