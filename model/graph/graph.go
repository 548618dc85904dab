// Package graph has the two searches in directed graphs that the checker and the structure
// of a model share. Nodes are numbers from 0 on.
//
// The strongly connected components are not those of gonum's graph/topo: its search calls
// itself once per node of a chain, and a chain may be millions of elements long; nor does
// it keep to a given order of roots, on which the order of equations depends.
package graph

import "slices"

// Components returns the strongly connected components of a graph of size nodes, each after
// all those that it leads to. Nodes are visited in the order of roots, and only what roots
// lead to is in the result. A node without a cycle is a component of one. Edges may be
// called once per node.
//
// This is the algorithm of Tarjan (SIAM J. Comput. 1(2), 1972, 146-160), with a stack of its
// own in the place of recursion. It takes time linear in nodes and edges.
func Components(roots []int, size int, edges func(node int) []int) [][]int {
	t := tarjan{edges: edges, number: make([]int, size), low: make([]int, size), done: make([]bool, size)}
	for _, n := range roots {
		if t.number[n] == 0 {
			t.visit(n)
		}
	}
	return t.found
}

// A tarjan is the state of one search for components.
type tarjan struct {
	edges  func(int) []int
	number []int // in order of visit, from 1; 0 before it
	low    []int
	done   []bool
	stack  []int // nodes visited, whose component is not complete
	path   []step
	count  int
	found  [][]int
}

// A step is a node on the path from the root, with its edges still to follow.
type step struct {
	node int
	left []int
}

// visit searches everything that root leads to.
func (t *tarjan) visit(root int) {
	t.enter(root)
	for len(t.path) > 0 {
		top := &t.path[len(t.path)-1]
		if len(top.left) == 0 {
			t.leave(top.node)
			continue
		}
		next := top.left[0]
		top.left = top.left[1:]
		if t.number[next] == 0 {
			t.enter(next)
		} else if !t.done[next] {
			t.low[top.node] = min(t.low[top.node], t.number[next])
		}
	}
}

// enter begins with a node: it is on the path until all its edges were followed.
func (t *tarjan) enter(n int) {
	t.count++
	t.number[n], t.low[n] = t.count, t.count
	t.stack = append(t.stack, n)
	t.path = append(t.path, step{n, t.edges(n)})
}

// leave goes back from a node all of whose edges were followed.
func (t *tarjan) leave(n int) {
	t.path = t.path[:len(t.path)-1]
	if len(t.path) > 0 {
		above := t.path[len(t.path)-1].node
		t.low[above] = min(t.low[above], t.low[n])
	}
	if t.low[n] < t.number[n] {
		return
	}
	for i := len(t.stack) - 1; ; i-- {
		t.done[t.stack[i]] = true
		if t.stack[i] == n {
			t.found = append(t.found, append([]int(nil), t.stack[i:]...))
			t.stack = t.stack[:i]
			return
		}
	}
}

// ShortestCycle returns the nodes of a shortest cycle through a node within a set of nodes,
// that node first, or nil if there is none. Of several it is the one found first by
// breadth-first search in the order of edges.
func ShortestCycle(from int, within map[int]bool, edges func(int) []int) []int {
	before := map[int]int{}
	queue := []int{from}
	for len(queue) > 0 {
		n := queue[0]
		queue = queue[1:]
		for _, next := range edges(n) {
			if next == from {
				return pathTo(n, from, before)
			}
			if _, seen := before[next]; within[next] && !seen {
				before[next] = n
				queue = append(queue, next)
			}
		}
	}
	return nil
}

// pathTo returns the nodes from the start of a search to n, by what came before each.
func pathTo(n, from int, before map[int]int) []int {
	out := []int{n}
	for n != from {
		n = before[n]
		out = append(out, n)
	}
	slices.Reverse(out)
	return out
}
