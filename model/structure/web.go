package structure

import (
	"slices"

	"weir/model/graph"
	"weir/model/resolved"
)

// maxWebEdges bounds the dependencies between elements. A larger model is searched as if
// each array were one variable.
const maxWebEdges = 2_000_000

// A web is the graph of a model's dependencies between elements, of hidden variables too,
// without those of initial values. Elements are numbered from 0 on.
type web struct {
	base map[*resolved.Variable]int // number of a variable's first element
	vars []*resolved.Variable       // of each element
	// by element: those that it acts on
	to      [][]int32
	coarse  bool    // one number per variable
	edges   int     // how many there are in to
	group   []int32 // strongly connected component of each element, 0 without feedback
	visited int     // edges followed by searches so far

	before, stamp []int32 // of the present search: see path
	searches      int32
}

// newWeb returns the web of all elements, or of whole variables if that of elements would
// be too large.
func newWeb(vars []*resolved.Variable, edges []*influence, coarse bool) *web {
	w := &web{base: map[*resolved.Variable]int{}, coarse: coarse}
	for _, v := range vars {
		w.base[v] = len(w.vars)
		n := v.Size()
		if coarse {
			n = 1
		}
		if len(w.vars)+n > maxWebEdges {
			return newWeb(vars, edges, true)
		}
		for range n {
			w.vars = append(w.vars, v)
		}
	}
	w.to = make([][]int32, len(w.vars))
	for _, e := range edges {
		w.each(e, func(from, to int) {
			if !slices.Contains(w.to[from], int32(to)) || len(w.to[from]) > 64 {
				w.to[from] = append(w.to[from], int32(to))
				w.edges++
			}
		})
		if w.edges > maxWebEdges && !coarse {
			return newWeb(vars, edges, true)
		}
	}
	w.findGroups()
	return w
}

// each visits the pairs of elements of an influence, until there are too many.
func (w *web) each(e *influence, visit func(from, to int)) {
	from, to := w.base[e.from], w.base[e.to]
	switch {
	case e.initial:
	case w.coarse:
		visit(from, to)
	case len(e.uses) == 0: // by position; a stock acts on all places of its conveyor
		for i := range e.to.Size() {
			visit(from+i*e.from.Size()/e.to.Size(), to+i)
		}
	default:
		for _, u := range e.uses {
			w.eachElement(e, u, func(f, t int) { visit(from+f, to+t) })
		}
	}
}

// eachElement visits the elements that a mention reads, for every element that its equation
// is for.
func (w *web) eachElement(e *influence, u mention, visit func(from, to int)) {
	loops := slices.Clone(u.part.Loops)
	for _, l := range u.over {
		follows := slices.ContainsFunc(u.ref.At, func(p resolved.Pos) bool { return p.Loop == l })
		if follows && !slices.Contains(loops, l) {
			loops = append(loops, l)
		}
	}
	at := make([]int, len(loops))
	for n := 0; n <= maxWebEdges; n++ {
		visit(readElement(e.from, u.ref, loops, at), writtenElement(e.to, u.part, at))
		if !advance(at, loops) {
			return
		}
	}
	w.edges = maxWebEdges + 1
}

// readElement returns the row-major number of the element that a reference reads while
// loops[i] is at its iteration at[i]. Every loop that the reference follows must be in loops.
func readElement(v *resolved.Variable, ref *resolved.Ref, loops []*resolved.Loop, at []int) int {
	n := 0
	for i, d := range v.Over {
		place := ref.At[i].Fixed
		if l := ref.At[i].Loop; l != nil {
			place = ref.At[i].Map[at[slices.Index(loops, l)]]
		}
		n = n*len(d.Elements) + place
	}
	return n
}

// writtenElement returns the row-major number of the element that an equation is for.
func writtenElement(v *resolved.Variable, p *resolved.Part, at []int) int {
	n := 0
	for i, d := range v.Over {
		n = n*len(d.Elements) + p.Loops[i].At[at[i]]
	}
	return n
}

// advance goes to the next iteration, the last loop fastest. It returns false after the
// last one.
func advance(at []int, loops []*resolved.Loop) bool {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i]++; at[i] < len(loops[i].At) {
			return true
		}
		at[i] = 0
	}
	return false
}

// findGroups numbers the strongly connected components that hold a loop.
func (w *web) findGroups() {
	roots := make([]int, len(w.vars))
	for i := range roots {
		roots[i] = i
	}
	w.group = make([]int32, len(w.vars))
	next := func(n int) []int {
		out := make([]int, len(w.to[n]))
		for i, to := range w.to[n] {
			out[i] = int(to)
		}
		return out
	}
	for i, c := range graph.Components(roots, len(w.vars), next) {
		if len(c) > 1 {
			for _, n := range c {
				w.group[n] = int32(i + 1)
			}
		}
	}
}

// inside returns the first pair of elements of an influence that is part of a loop. Strongly
// connected components of a single element have no group, so a variable that acts on itself alone
// is not inside.
func (w *web) inside(e *influence) (from, to int, ok bool) {
	w.each(e, func(f, t int) {
		if !ok && w.group[f] != 0 && w.group[f] == w.group[t] {
			from, to, ok = f, t, true
		}
	})
	return from, to, ok
}

// path returns a shortest path between two elements of a component, without its first
// element: the successor of from … to. It is found by breadth-first search. Both must be in one
// component, so that there is a path. Stamps tell the marks of this search from those of earlier
// ones, which saves clearing them.
func (w *web) path(from, to int) []int {
	if w.before == nil {
		w.before, w.stamp = make([]int32, len(w.vars)), make([]int32, len(w.vars))
	}
	w.searches++
	w.stamp[from] = w.searches
	for queue := []int32{int32(from)}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if int(n) == to {
			break
		}
		for _, next := range w.to[n] {
			w.visited++
			if w.stamp[next] != w.searches && w.group[next] == w.group[from] {
				w.stamp[next], w.before[next] = w.searches, n
				queue = append(queue, next)
			}
		}
	}
	var out []int
	for n := to; n != from; n = int(w.before[n]) {
		out = append(out, n)
	}
	slices.Reverse(out)
	return out
}
