package loops

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"weir/model/graph"
	"weir/model/resolved"
)

// maxPaths bounds the ways through hidden variables from one element to another, and maxWays the
// links followed to find those from one element.
const maxPaths, maxWays = 64, 200_000

// A net is the web as a reader sees it: the elements of declared variables that are part of
// feedback, with the links between them. The stocks inside a function, such as the stages of a
// delay3, are folded into its links. Nodes are in the order of their names, so that nothing depends
// on the order of the file.
type net struct {
	w         *web
	nodes     []place
	links     []link
	out       [][]int32 // by node: its links
	partition []int32   // by node: the strongly connected component, from 0; a negative one has no loop
	scores    *scores   // of the net's links
	cut       bool      // a link has more ways than maxPaths
	arrays    bool      // its nodes are whole variables, arrays among them
	full      *net      // the net of which this one has the states only; nil of a full one
}

// A place is an element of a declared variable.
type place struct {
	variable *resolved.Variable
	element  int
	name     string
}

// A link leads from one node to another: by one direct link, or through hidden variables on one or
// several paths of direct links.
type link struct {
	from, to int32
	paths    [][]int32 // of the web; nil in a net of states
	state    bool      // passes a stock or delay state: into it, or hidden on the way
}

// newNet folds the hidden variables of a web.
func newNet(w *web, s *scores) *net {
	n := &net{w: w}
	out := w.insideComponents()
	number := map[int32]int32{}
	for slot, v := range w.variable {
		if v != nil && !v.Hidden && len(out[slot]) > 0 {
			e := slot - w.p.Slot(v)
			n.nodes = append(n.nodes, place{v, e, elementName(v, e)})
		}
	}
	slices.SortFunc(n.nodes, func(a, b place) int { return strings.Compare(a.name, b.name) })
	for i, p := range n.nodes {
		number[int32(w.p.Slot(p.variable)+p.element)] = int32(i)
	}
	for i := range n.nodes {
		n.fold(int32(i), out, number)
	}
	n.divide()
	n.scores = n.foldScores(s)
	return n
}

// insideComponents returns the direct links out of each slot that stay within a strongly connected
// component.
func (w *web) insideComponents() [][]int32 {
	n := len(w.variable)
	to := make([][]int, n)
	for _, l := range w.links {
		to[l.from] = append(to[l.from], int(l.to))
	}
	roots := make([]int, n)
	for i := range roots {
		roots[i] = i
	}
	component := make([]int, n)
	for i, c := range graph.Components(roots, n, func(v int) []int { return to[v] }) {
		for _, slot := range c {
			component[slot] = i
		}
	}
	out := make([][]int32, n)
	for i, l := range w.links {
		if component[l.from] == component[l.to] {
			out[l.from] = append(out[l.from], int32(i))
		}
	}
	return out
}

// fold adds the links of a node: every way that leads to another node through hidden variables
// only. Ways back to the node itself are loops inside a function, and are left out, as in
// Schoenberg and Eberlein, "Seamlessly Integrating Loops That Matter into Model Development and
// Analysis", 2020.
func (n *net) fold(from int32, out [][]int32, number map[int32]int32) {
	var path []int32
	on := map[int32]bool{}
	to := map[int32]int{} // the link to a node
	followed := 0
	var follow func(slot int32)
	follow = func(slot int32) {
		on[slot] = true
		for _, l := range out[slot] {
			next := n.w.links[l].to
			if on[next] {
				continue
			}
			if followed++; followed > maxWays {
				n.cut = true
				return
			}
			path = append(path, l)
			if node, declared := number[next]; declared {
				n.addPath(to, from, node, path)
			} else {
				follow(next)
			}
			path = path[:len(path)-1]
		}
		delete(on, slot)
	}
	p := n.nodes[from]
	follow(int32(n.w.p.Slot(p.variable) + p.element))
}

// addPath adds one way between two nodes.
func (n *net) addPath(known map[int32]int, from, to int32, path []int32) {
	i, found := known[to]
	if !found {
		i = len(n.links)
		known[to] = i
		n.links = append(n.links, link{from: from, to: to})
	}
	l := &n.links[i]
	if len(l.paths) == maxPaths {
		n.cut = true
		return
	}
	l.paths = append(l.paths, slices.Clone(path))
	for _, d := range path {
		k := n.w.variable[n.w.links[d].to].Kind
		l.state = l.state || k == resolved.Stock || k == resolved.DelayState
	}
}

// divide sorts the links and finds the partitions: the sets of nodes that act on each other.
func (n *net) divide() {
	slices.SortFunc(n.links, func(a, b link) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	n.out = make([][]int32, len(n.nodes))
	roots := make([]int, len(n.nodes))
	for i := range roots {
		roots[i] = i
	}
	for i, l := range n.links {
		n.out[l.from] = append(n.out[l.from], int32(i))
	}
	n.partition = make([]int32, len(n.nodes))
	next := func(v int) []int {
		var to []int
		for _, l := range n.out[v] {
			to = append(to, int(n.links[l].to))
		}
		return to
	}
	count := int32(0)
	for _, c := range graph.Components(roots, len(n.nodes), next) {
		if len(c) == 1 && !slices.Contains(next(c[0]), c[0]) {
			n.partition[c[0]] = int32(-1 - c[0])
			continue
		}
		for _, v := range c {
			n.partition[v] = count
		}
		count++
	}
	for v := range n.out {
		n.out[v] = slices.DeleteFunc(n.out[v], func(l int32) bool {
			return n.partition[n.links[l].to] != n.partition[v]
		})
	}
}

// foldScores returns the scores of the net's links. Of several ways through a function the one
// with the largest score counts, at each time.
func (n *net) foldScores(s *scores) *scores {
	f := &scores{every: s.every, time: s.time, width: len(n.links), value: make([]float64, len(s.time)*len(n.links))}
	for row := range s.time {
		out := f.row(row)
		for i, l := range n.links {
			for _, path := range l.paths {
				if x := n.along(s, row, path); math.Abs(x) > math.Abs(out[i]) {
					out[i] = x
				}
			}
		}
	}
	return f
}

// along returns the score of a way: the product of those of its direct links.
func (n *net) along(s *scores, row int, path []int32) float64 {
	x := 1.0
	for _, d := range path {
		at := row - int(n.w.links[d].lag)
		if at < 0 {
			return 0
		}
		x *= s.row(at)[d]
	}
	return bounded(x)
}

// bounded returns a score within the largest one.
func bounded(x float64) float64 { return max(-largestScore, min(x, largestScore)) }

// active reports of each link whether it has a score other than 0 at any time.
func (n *net) active() []bool {
	out := make([]bool, len(n.links))
	for row := range n.scores.time {
		for i, x := range n.scores.row(row) {
			out[i] = out[i] || x != 0
		}
	}
	return out
}

// hasArrays reports whether a variable has more than one node.
func (n *net) hasArrays() bool {
	return slices.ContainsFunc(n.nodes, func(p place) bool { return p.variable.Size() > 1 })
}

// find returns the node of an element by its name, which must be one.
func (n *net) find(name string) int32 {
	i, _ := slices.BinarySearchFunc(n.nodes, name, func(p place, name string) int {
		return strings.Compare(p.name, name)
	})
	return int32(i)
}

// elementName returns the name of an element, as x[a,b].
func elementName(v *resolved.Variable, element int) string {
	if len(v.Over) == 0 {
		return v.Name
	}
	labels := make([]string, len(v.Over))
	for i := len(v.Over) - 1; i >= 0; i-- {
		names := v.Over[i].Elements
		labels[i] = names[element%len(names)]
		element /= len(names)
	}
	return v.Name + "[" + strings.Join(labels, ",") + "]"
}
