// Package graph has the algorithms on directed graphs that order equations and find loops.
package graph

// Components finds the strongly connected components of a graph, each after all
// those that it leads to; nodes are visited in the order of roots. Nodes without a
// circle are components of one. This is Tarjan's algorithm (SIAM J. Comput. 1(2),
// 1972, 146-160) with an explicit stack, since chains may be millions long.
func Components(roots []int, size int, edges func(node int) []int) [][]int {
	t := tarjan{edges: edges, number: make([]int, size), low: make([]int, size), done: make([]bool, size)}
	for _, n := range roots {
		if t.number[n] == 0 {
			t.visit(n)
		}
	}
	return t.found
}

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

// ShortestCycle is the shortest way from a node back to itself within a set of
// nodes, without the last node; nil if there is none.
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

// pathTo follows before from a node to the start of the search.
func pathTo(n, from int, before map[int]int) []int {
	out := []int{n}
	for n != from {
		n = before[n]
		out = append(out, n)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}
