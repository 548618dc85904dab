package model

import (
	"cmp"
	"slices"
	"strings"

	"weir/model/toml"
)

// columns gives the column of values of each element of a data variable, row-major;
// one for a scalar. It is nil, after a report, if an element has none.
func (r *reader) columns(t *toml.Table, v *Variable) []*toml.Text {
	shape, known := r.shape(v)
	if !known {
		return nil // the dimension is reported by Check
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
	for _, c := range r.covers(at, v) {
		for _, e := range c.elements {
			out[e] = at.Text(c.key.Name)
		}
	}
	if i := slices.Index(out, nil); i >= 0 {
		if t.Has("value") || len(at.Keys()) > 0 {
			r.report(MissingElement, t.Span, "add it to ["+t.Path()+".at]", "%s has no column for %s", v.Name, r.elementAt(v, i))
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

// covers finds the elements of every key, the wider ones first, so that the more
// specific ones win.
func (r *reader) covers(at *toml.Table, v *Variable) []cover {
	var out []cover
	for _, k := range at.Keys() {
		if at.Text(k.Name) == nil {
			continue
		}
		if sets := r.keySets(k, v); sets != nil {
			out = append(out, cover{k, r.product(sets, v)})
		}
	}
	slices.SortStableFunc(out, func(a, b cover) int { return -cmp.Compare(len(a.elements), len(b.elements)) })
	return out
}

// keySets are the positions that a key such as "district, 9" names in each
// dimension; nil after a report if it names none.
func (r *reader) keySets(k *toml.Key, v *Variable) [][]int {
	parts := strings.Split(k.Name, ",")
	sets := make([][]int, len(v.Over))
	if len(parts) == 1 && len(parts) < len(v.Over) {
		for i, d := range v.Over {
			if sets[i] = r.positions(parts[0], d); sets[i] != nil {
				return sets // an element that is in one dimension only
			}
		}
	}
	if len(parts) != len(v.Over) {
		r.report(BadValue, k.Span, "name one element a dimension: "+strings.Join(v.Over, ", "), "%q names no element of %s", k.Name, v.Name)
		return nil
	}
	for i, d := range v.Over {
		if sets[i] = r.positions(parts[i], d); sets[i] == nil {
			r.report(UnknownElement, k.Span, didYouMean(strings.TrimSpace(parts[i]), r.dimension(d).Elements), "%s has no element %q", d, strings.TrimSpace(parts[i]))
			return nil
		}
	}
	return sets
}

// positions are the places in a dimension of an element, of a dimension whose
// elements are in it, or of all elements ("*"); nil if there is no such thing.
func (r *reader) positions(name, in string) []int {
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
		i := slices.IndexFunc(d.Elements, func(e string) bool { return fold(e) == fold(w) })
		if i < 0 {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// dimension finds a dimension by name, or nil.
func (r *reader) dimension(name string) *Dimension {
	i := slices.IndexFunc(r.m.Dimensions, func(d *Dimension) bool { return d.Name == name })
	if i < 0 {
		return nil
	}
	return r.m.Dimensions[i]
}

// product are the row-major numbers of all combinations of positions. A nil set
// stands for all positions.
func (r *reader) product(sets [][]int, v *Variable) []int {
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

// elementAt names the element of a row-major number, as in "district, 9".
func (r *reader) elementAt(v *Variable, i int) string {
	names := make([]string, len(v.Over))
	for at := len(v.Over) - 1; at >= 0; at-- {
		d := r.dimension(v.Over[at])
		names[at] = d.Elements[i%len(d.Elements)]
		i /= len(d.Elements)
	}
	return strings.Join(names, ", ")
}
