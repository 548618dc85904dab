package tree

import (
	"strings"

	"weir/model/resolved"
)

// turns says which turn each loop is in.
type Iteration map[*resolved.Loop]int

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

// maxTurns bounds how many elements of an array delay time are looked at here; the
// others are checked when the model runs.
const MaxIterations = 10_000

// allTurns are the turns of some loops together.
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

// within gives the turns in which a part reaches an element.
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

func IndexOf(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}
