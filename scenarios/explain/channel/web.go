// Package channel finds the variables through which decisions reach an outcome.
package channel

import (
	"strings"

	"weir/model/resolved"
	"weir/sim/twin"
)

// A Web is which declared variable acts on which. It never changes after New.
type Web struct {
	vars  []*resolved.Variable // declared, in the model's order
	place map[*resolved.Variable]int
	next  [][]int // by variable: those that it acts on, each once, in order
	last  [][]int // by variable: those that act on it
	slow  []bool  // a stock, or a variable with a delay, smooth or the like in it
}

// New returns the web of a model.
func New(r *resolved.Model) *Web {
	w := &Web{place: map[*resolved.Variable]int{}}
	for _, v := range r.Variables {
		if !v.Hidden {
			w.place[v] = len(w.vars)
			w.vars = append(w.vars, v)
		}
	}
	w.next, w.last = make([][]int, len(w.vars)), make([][]int, len(w.vars))
	w.slow = make([]bool, len(w.vars))
	known := map[[2]int]bool{}
	for _, v := range r.Variables {
		to, ok := w.of(v)
		if !ok {
			continue
		}
		if v.Kind == resolved.Stock || v.Kind == resolved.DelayState {
			w.slow[to] = true
		}
		for _, u := range twin.Inputs(v) {
			if from, ok := w.of(u); ok && from != to && !known[[2]int{from, to}] {
				known[[2]int{from, to}] = true
				w.next[from] = append(w.next[from], to)
				w.last[to] = append(w.last[to], from)
			}
		}
	}
	return w
}

// of returns the place of a variable, or of the one that it belongs to.
func (w *Web) of(v *resolved.Variable) (int, bool) {
	if v.Hidden && v.Owner != nil {
		v = v.Owner
	}
	i, ok := w.place[v]
	return i, ok
}

// Between returns the variables on paths from any of some variables to another one, the ends
// among them; nil if there is no path.
func (w *Web) Between(from []*resolved.Variable, to *resolved.Variable) []*resolved.Variable {
	var list []*resolved.Variable
	for i, on := range w.between(w.places(from), w.place[to]) {
		if on {
			list = append(list, w.vars[i])
		}
	}
	return list
}

// Reaches reports whether there is a path from any of some variables to another one that passes
// none of without. An end in without does not count as passed.
func (w *Web) Reaches(from []*resolved.Variable, to *resolved.Variable, without []*resolved.Variable) bool {
	barred := make([]bool, len(w.vars))
	for _, v := range without {
		barred[w.place[v]] = true
	}
	return w.reach(w.next, w.places(from), func(i int) bool { return barred[i] && i != w.place[to] })[w.place[to]]
}

// places returns the positions of variables in the web.
func (w *Web) places(list []*resolved.Variable) []int {
	out := make([]int, len(list))
	for i, v := range list {
		out[i] = w.place[v]
	}
	return out
}

// between returns, by position, which variables are on a way from some to one, both ends included.
func (w *Web) between(from []int, to int) []bool {
	none := func(int) bool { return false }
	after, before := w.reach(w.next, from, none), w.reach(w.last, []int{to}, none)
	on := make([]bool, len(w.vars))
	for i := range on {
		on[i] = after[i] && before[i]
	}
	return on
}

// reach returns what can be reached along edges, the starts among it, without entering barred
// variables.
func (w *Web) reach(edges [][]int, from []int, barred func(int) bool) []bool {
	seen := make([]bool, len(w.vars))
	var queue []int
	for _, i := range from {
		if !seen[i] {
			seen[i] = true
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		i := queue[0]
		queue = queue[1:]
		for _, n := range edges[i] {
			if !seen[n] && !barred(n) {
				seen[n] = true
				queue = append(queue, n)
			}
		}
	}
	return seen
}

// module returns the module that a variable's name names, "" for the model's own.
func module(name string) string {
	return name[:max(0, strings.LastIndexByte(name, '.'))]
}
