package channel

import (
	"slices"

	"gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"
)

// bypass returns a smallest set of variables that cuts every path from the decisions to the
// outcome's own variables around the variables that are barred, but for a decision that acts on
// them with nothing between. It is nil if there is no such path.
//
// By Menger's theorem the size of the set is the largest number of paths that share no variable
// between the ends. A variable is in some smallest set if that number falls without it; those
// nearest to the outcome are tried first.
func (f *finder) bypass(barred []int) []int {
	gone := make([]bool, len(f.vars))
	for _, i := range barred {
		gone[i] = true
	}
	size := f.disjoint(gone)
	var cut []int
	for _, i := range f.nearest(gone) {
		if size == 0 {
			break
		}
		gone[i] = true
		if less := f.disjoint(gone); less < size {
			cut, size = append(cut, i), less
			continue
		}
		gone[i] = false
	}
	return cut
}

// nearest returns the variables that may be cut, those nearest to the outcome first.
func (f *finder) nearest(gone []bool) []int {
	var order []int
	f.reach(f.last, f.owned(), func(i int) bool {
		if !f.on[i] || gone[i] {
			return true
		}
		if !f.own[i] && !slices.Contains(f.from, i) && !slices.Contains(order, i) {
			order = append(order, i)
		}
		return false
	})
	return order
}

// uncut is a capacity that no cut of variables reaches.
const uncut = 1 << 20

// disjoint returns how many paths from the decisions to the outcome's own variables share no
// variable and are more than one step long, without those variables that are gone.
func (f *finder) disjoint(gone []bool) int {
	g := simple.NewWeightedDirectedGraph(0, 0)
	edge := func(from, to int64, capacity float64) {
		g.SetWeightedEdge(g.NewWeightedEdge(simple.Node(from), simple.Node(to), capacity))
	}
	// The search wants nodes numbered from 0 on without gaps: the two ends, then two for each
	// variable, where paths enter and leave it.
	const source, sink = 0, 1
	number := map[int]int64{}
	for i := range f.vars {
		if f.on[i] && !gone[i] {
			number[i] = int64(2 + 2*len(number))
		}
	}
	g.AddNode(simple.Node(source))
	g.AddNode(simple.Node(sink))
	for i := range f.vars {
		in, there := number[i]
		if !there {
			continue
		}
		first := slices.Contains(f.from, i)
		capacity := 1.0
		if f.own[i] || first {
			capacity = uncut
		}
		edge(in, in+1, capacity)
		if first {
			edge(source, in, uncut)
		}
		if f.own[i] {
			edge(in+1, sink, uncut)
			continue
		}
		for _, k := range f.next[i] {
			if to, there := number[k]; there && !(first && f.own[k]) {
				edge(in+1, to, uncut)
			}
		}
	}
	return int(network.MaxFlowDinic(g, simple.Node(source), simple.Node(sink), 1e-6) + 0.5)
}
