package subscript

import "slices"

// MaxSize bounds the elements of one variable, as model.Check does those of a model.
const MaxSize = 4_000_000

// A Union collects elements, each once.
type Union struct {
	Elements []string        // in the order in which they were added
	have     map[string]bool // the same as a set
	last     []string        // added last: equations mostly name the same range
}

// Add adds the elements that are new. The slice is kept, to know it again.
// Adding the same slice twice in a row costs nothing.
func (u *Union) Add(elements []string) {
	if len(elements) > 0 && len(u.last) == len(elements) && &u.last[0] == &elements[0] {
		return
	}
	u.last = elements
	if u.have == nil {
		u.have = map[string]bool{}
	}
	for _, e := range elements {
		if !u.have[e] {
			u.have[e] = true
			u.Elements = append(u.Elements, e)
		}
	}
}

// SortedKeys returns a sorted copy.
func SortedKeys(keys []string) []string {
	out := slices.Clone(keys)
	slices.Sort(out)
	return out
}

// Size returns the number of elements of a box, a list of keys for each place, but no more
// than MaxSize+1.
// The bound keeps the product of many places from overflowing. A box without places is a single
// element.
func Size(box [][]string) int {
	n := 1
	for _, b := range box {
		n = min(n*len(b), MaxSize+1)
	}
	return n
}

// Within reports whether all elements of a box are in another one.
// Both must have the same number of places.
func Within(inner, outer [][]string) bool {
	for i := range inner {
		// One element is found faster in the list than by way of a set.
		if len(inner[i]) == 1 {
			if !slices.Contains(outer[i], inner[i][0]) {
				return false
			}
			continue
		}
		has := SetOf(outer[i])
		for _, e := range inner[i] {
			if !has[e] {
				return false
			}
		}
	}
	return true
}

// Overlap reports whether two boxes share an element.
// They do if they share an element at every place, since a box has all combinations of its lists.
func Overlap(a, b [][]string) bool {
	for i := range a {
		short, long := a[i], b[i]
		if len(short) > len(long) {
			short, long = long, short
		}
		shares := false
		if len(short) == 1 {
			shares = slices.Contains(long, short[0])
		} else {
			has := SetOf(short)
			shares = slices.ContainsFunc(long, func(e string) bool { return has[e] })
		}
		if !shares {
			return false
		}
	}
	return true
}

// SetOf returns a list of keys as a set.
func SetOf(elements []string) map[string]bool {
	out := make(map[string]bool, len(elements))
	for _, e := range elements {
		out[e] = true
	}
	return out
}

// Subtract returns the rest of a box without the elements of another, as boxes that do not overlap.
// There is at most one box for each place: the elements before it within the hole, those at it
// outside, and those after it as in the box. The result is empty if the hole covers the box, and
// the box itself if they do not overlap.
func Subtract(box, hole [][]string) [][][]string {
	var out [][][]string
	rest := slices.Clone(box)
	for i := range box {
		var inside, outside []string
		in := SetOf(hole[i])
		for _, e := range rest[i] {
			if in[e] {
				inside = append(inside, e)
			} else {
				outside = append(outside, e)
			}
		}
		if len(outside) > 0 {
			part := slices.Clone(rest)
			part[i] = outside
			out = append(out, part)
		}
		if len(inside) == 0 {
			return out
		}
		rest[i] = inside
	}
	return out
}
