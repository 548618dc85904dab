package subscript

import "slices"

// MaxSize bounds the elements of one variable, as model.Check does those of a model.
const MaxSize = 4_000_000

// A Union collects elements, each once.
type Union struct {
	Elements []string
	have     map[string]bool
	last     []string // what was added last: equations mostly name the same range
}

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

func SortedKeys(keys []string) []string {
	out := slices.Clone(keys)
	slices.Sort(out)
	return out
}

func Size(box [][]string) int {
	n := 1
	for _, b := range box {
		n = min(n*len(b), MaxSize+1)
	}
	return n
}

func Within(inner, outer [][]string) bool {
	for i := range inner {
		has := SetOf(outer[i])
		for _, e := range inner[i] {
			if !has[e] {
				return false
			}
		}
	}
	return true
}

func SetOf(elements []string) map[string]bool {
	out := make(map[string]bool, len(elements))
	for _, e := range elements {
		out[e] = true
	}
	return out
}

// Subtract cuts a box of elements out of another: what is left, as boxes.
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
