package tree

import (
	"strings"

	"weir/model/resolved"
)

// An Iteration says how far each of some loops is: the index into its At.
type Iteration map[*resolved.Loop]int

// String returns the element that one loop is at, and "some elements" for several loops.
func (t Iteration) String() string {
	var out []string
	for l, turn := range t {
		out = append(out, l.Dim.Elements[l.At[turn]])
	}
	if len(out) > 1 {
		return "some elements"
	}
	return strings.Join(out, "")
}

// MaxIterations bounds how many elements of an array delay time the checker looks at. The
// others are checked when the model runs.
const MaxIterations = 10_000

// AllIterations returns the iterations of some loops together, at most MaxIterations. Without loops
// there is one, which is empty. A caller that gets MaxIterations of them must take the list as
// incomplete: they may lack the later loops.
func AllIterations(loops []*resolved.Loop) []Iteration {
	out := []Iteration{{}}
	for _, l := range loops {
		var next []Iteration
		for _, t := range out {
			for i := range l.At {
				more := Iteration{l: i}
				for k, v := range t {
					more[k] = v
				}
				next = append(next, more)
			}
		}
		if out = next; len(out) > MaxIterations {
			return out[:MaxIterations]
		}
	}
	return out
}

// Within returns the iteration in which a part reaches an element, false if it does not. At has the
// element's index in each dimension of the variable, in the order of the part's loops.
func Within(p *resolved.Part, at []int) (Iteration, bool) {
	in := Iteration{}
	for i, l := range p.Loops {
		j := IndexOf(l.At, at[i])
		if j < 0 {
			return nil, false
		}
		in[l] = j
	}
	return in, true
}

// IndexOf returns the first index of x, -1 if the list does not have it.
func IndexOf(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}
