package structure

import (
	"slices"
)

// Bounds of the search for the loops through some variables.
const (
	mostThrough   = 6       // loops returned
	throughEffort = 400_000 // links followed
)

// LoopsThrough returns the loops that pass some nodes in an order, the shortest first, each from
// the first of those nodes on. If the nodes themselves are a loop, each acting on the next and the
// last on the first, it is that loop alone. At most mostThrough are returned, as many as a reader
// needs to choose from; in a graph of very many loops the search ends early, with those found until
// then.
func (g *Graph) LoopsThrough(names []string) [][]*Node {
	t := newThrough(g, names)
	if t == nil {
		return nil
	}
	if t.closed() {
		return [][]*Node{t.nodes(t.want)}
	}
	for length := len(names); length <= len(g.Nodes); length++ {
		if len(t.found) == mostThrough || t.effort >= throughEffort {
			break
		}
		t.path = append(t.path[:0], t.want[0])
		t.on = map[int]bool{t.want[0]: true}
		t.search(1, length)
	}
	out := make([][]*Node, len(t.found))
	for i, path := range t.found {
		out[i] = t.nodes(path)
	}
	return out
}

// A through is one search for the loops through some nodes.
type through struct {
	g        *Graph
	to       [][]int // by node: those that it acts on
	want     []int
	distance [][]int // to each of want, by node; -1 if there is no way
	path     []int
	on       map[int]bool
	found    [][]int
	effort   int
}

// newThrough returns a search; nil if a name is not a node, or comes twice.
func newThrough(g *Graph, names []string) *through {
	t := &through{g: g, to: make([][]int, len(g.Nodes))}
	number := map[string]int{}
	for i, n := range g.Nodes {
		number[n.Name] = i
	}
	from := make([][]int, len(g.Nodes))
	for _, l := range g.Links {
		if !l.Initial {
			a, b := number[l.From.Name], number[l.To.Name]
			t.to[a] = append(t.to[a], b)
			from[b] = append(from[b], a)
		}
	}
	for _, name := range names {
		i, known := number[name]
		if !known || slices.Contains(t.want, i) {
			return nil
		}
		t.want = append(t.want, i)
		t.distance = append(t.distance, distances(i, from))
	}
	if len(names) == 0 {
		return nil
	}
	return t
}

// distances returns how many links lead from each node to one, by the links back; -1 for no way.
func distances(to int, from [][]int) []int {
	out := make([]int, len(from))
	for i := range out {
		out[i] = -1
	}
	out[to] = 0
	for queue := []int{to}; len(queue) > 0; queue = queue[1:] {
		for _, n := range from[queue[0]] {
			if out[n] < 0 {
				out[n] = out[queue[0]] + 1
				queue = append(queue, n)
			}
		}
	}
	return out
}

// closed reports whether the nodes are a loop as they stand.
func (t *through) closed() bool {
	for i, n := range t.want {
		if len(t.want) < 2 || !slices.Contains(t.to[n], t.want[(i+1)%len(t.want)]) {
			return false
		}
	}
	return true
}

// search continues the path towards the next wanted node, for loops of a length. Next is its
// position in want; that of len(want) is the first node again.
func (t *through) search(next, length int) {
	n := t.path[len(t.path)-1]
	for _, to := range t.to[n] {
		if t.effort++; t.effort > throughEffort || len(t.found) == mostThrough {
			return
		}
		left := length - len(t.path)
		switch {
		case next == len(t.want) && to == t.want[0]:
			if left == 0 {
				t.found = append(t.found, slices.Clone(t.path))
			}
		case t.on[to] || !t.near(to, next, left):
		case next < len(t.want) && to == t.want[next]:
			t.step(to, next+1, length)
		case !slices.Contains(t.want, to):
			t.step(to, next, length)
		}
	}
}

// step goes on at a node and comes back.
func (t *through) step(to, next, length int) {
	t.path, t.on[to] = append(t.path, to), true
	t.search(next, length)
	t.path, t.on[to] = t.path[:len(t.path)-1], false
}

// near reports whether the next wanted node can be reached from one with the links that are left.
func (t *through) near(n, next, left int) bool {
	d := t.distance[next%len(t.want)][n]
	return left > 0 && d >= 0 && d <= left
}

// nodes returns nodes by their numbers.
func (t *through) nodes(path []int) []*Node {
	out := make([]*Node, len(path))
	for i, n := range path {
		out[i] = t.g.Nodes[n]
	}
	return out
}
