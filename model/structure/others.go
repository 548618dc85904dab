package structure

import (
	"slices"

	"weir/model/graph"
)

// Bounds of counting loops. A model with more loops than MaxLoops is only told to have more
// than it lists, so that their number need not be exact.
const (
	maxCounted      = 1000
	maxCountVisited = 5_000_000 // edges followed
)

// addOthers counts all loops of declared variables, and lists those not listed yet if there
// are no more than MaxLoops in all.
func (s *finder) addOthers(seen map[string]*Loop, w *web) {
	c := newCounter(s, w)
	c.count()
	detours := 0
	for _, l := range s.g.Loops {
		if l.passesTwice() {
			detours++
		}
	}
	if s.g.LoopCount = c.counted; !c.cut {
		s.g.LoopCount += detours
	}
	s.g.CountCut = s.g.CountCut || c.cut
	if s.g.CountCut || s.g.LoopCount > MaxLoops {
		return
	}
	for _, nodes := range c.cycles {
		l := &Loop{}
		for i, n := range nodes {
			link := c.links[[2]int{n, nodes[(i+1)%len(nodes)]}]
			l.Nodes, l.Signs = append(l.Nodes, s.g.Nodes[n]), append(l.Signs, link.Sign)
			l.Delayed = l.Delayed || link.Delayed
		}
		s.keep(seen, l)
	}
}

// A counter enumerates the elementary cycles of the graph of declared variables by the
// algorithm of D. B. Johnson, "Finding all the elementary circuits of a directed graph",
// SIAM J. Comput. 4(1), 1975. That of gonum's graph/topo has no bound, and graphs of a
// hundred variables have more cycles than a computer can list.
type counter struct {
	w       *web
	to      [][]int          // by node: the nodes it acts on, as part of some loop
	links   map[[2]int]*Link // between nodes
	node    []int            // of each element of the web, -1 for none
	arrays  bool             // a loop of nodes need not be one of elements
	first   [][]int          // by node: its elements in loops, only if arrays
	counted int
	cycles  [][]int // the first MaxLoops
	cut     bool    // a bound was reached
	visited int

	start   int // of the present search, by its number
	inside  []bool
	blocked []bool
	waiting [][]int // to be unblocked with each node
	path    []int
	marked  map[[2]int32]bool // elements and positions that the present path of elements has tried
}

// newCounter reduces the web to declared variables.
func newCounter(s *finder, w *web) *counter {
	n := len(s.g.Nodes)
	c := &counter{w: w, to: make([][]int, n), links: map[[2]int]*Link{}, node: make([]int, len(w.vars)),
		first: make([][]int, n)}
	number := map[*Node]int{}
	for i, node := range s.g.Nodes {
		number[node] = i
	}
	for _, l := range s.g.Links {
		if !l.Initial {
			c.links[[2]int{number[l.From], number[l.To]}] = l
		}
	}
	for e, v := range w.vars {
		c.node[e] = -1
		if at, declared := number[s.nodes[owner(v)]]; declared && w.group[e] != 0 {
			c.node[e] = at
			c.first[at] = append(c.first[at], e)
			c.arrays = c.arrays || !w.coarse && v.Size() > 1
		}
	}
	known := map[[2]int]bool{}
	for from, targets := range w.to {
		for _, to := range targets {
			p := [2]int{c.node[from], c.node[to]}
			if w.group[from] == w.group[to] && p[0] != p[1] && c.links[p] != nil && !known[p] {
				known[p] = true
				c.to[p[0]] = append(c.to[p[0]], p[1])
			}
		}
	}
	for _, targets := range c.to {
		slices.Sort(targets)
	}
	return c
}

// count enumerates the cycles whose first node in file order is each of the nodes in turn. Nodes
// before the start are left out, so that each cycle is found once, from its first node.
func (c *counter) count() {
	n := len(c.to)
	c.inside, c.blocked, c.waiting = make([]bool, n), make([]bool, n), make([][]int, n)
	for c.start = 0; c.start < n && !c.cut; c.start++ {
		if len(c.to[c.start]) == 0 {
			continue
		}
		found := graph.Components([]int{c.start}, n, c.later)
		own := found[len(found)-1] // the root's own component is complete last
		if len(own) < 2 {
			continue
		}
		for _, m := range own {
			c.inside[m], c.blocked[m], c.waiting[m] = true, false, nil
		}
		c.search(c.start)
		for _, m := range own {
			c.inside[m] = false
		}
	}
}

// later returns the nodes that one acts on, without those before the start.
func (c *counter) later(n int) []int {
	c.visited += len(c.to[n])
	first, _ := slices.BinarySearch(c.to[n], c.start)
	return c.to[n][first:]
}

// search continues a path at a node, and reports whether it led back to the start.
func (c *counter) search(n int) bool {
	c.path = append(c.path, n)
	c.blocked[n] = true
	closed := false
	for _, next := range c.to[n] {
		if c.visited++; c.visited > maxCountVisited || c.cut {
			c.cut = true
			break
		}
		switch {
		case next == c.start && n != c.start:
			closed = true
			c.add()
		case c.inside[next] && !c.blocked[next]:
			closed = c.search(next) || closed
		}
	}
	if closed {
		c.unblock(n)
	} else {
		for _, next := range c.to[n] {
			if c.inside[next] && !slices.Contains(c.waiting[next], n) {
				c.waiting[next] = append(c.waiting[next], n)
			}
		}
	}
	c.path = c.path[:len(c.path)-1]
	return closed
}

// unblock lets paths pass through a node again, and through those that waited for it.
func (c *counter) unblock(n int) {
	if !c.blocked[n] {
		return
	}
	c.blocked[n] = false
	waiting := c.waiting[n]
	c.waiting[n] = nil
	for _, m := range waiting {
		c.unblock(m)
	}
}

// add counts the present path.
func (c *counter) add() {
	if c.arrays && !c.closes() {
		return
	}
	if c.counted == maxCounted {
		c.cut = true
		return
	}
	if c.counted++; c.counted <= MaxLoops {
		c.cycles = append(c.cycles, slices.Clone(c.path))
	}
}

// closes reports whether a path of variables is a loop of elements too: some element of its
// first variable leads back to itself through the variables in order.
func (c *counter) closes() bool {
	for _, e := range c.first[c.path[0]] {
		if c.w.vars[e].Hidden {
			continue
		}
		c.marked = map[[2]int32]bool{}
		if c.leads(int32(e), int32(e), 0) {
			return true
		}
	}
	return false
}

// leads reports whether an element of the variable at a position of the path leads to the
// target, which is at the end. Hidden variables belong to their owner's position. Each pair of an
// element and a position is tried once, since where the path goes on from there does not depend on
// how it came.
func (c *counter) leads(from, target int32, at int) bool {
	end := len(c.path)
	for _, next := range c.w.to[from] {
		if c.visited++; c.visited > maxCountVisited {
			return false
		}
		for to := at; to <= min(at+1, end); to++ {
			if c.node[next] != c.path[to%end] {
				continue
			}
			if to == end && next == target {
				return true
			}
			if mark := [2]int32{next, int32(to)}; !c.marked[mark] {
				c.marked[mark] = true
				if c.leads(next, target, to) {
					return true
				}
			}
		}
	}
	return false
}
