package structure

import (
	"cmp"
	"slices"
	"strings"

	"weir/model/graph"
	"weir/model/resolved"
)

// Bounds of the search for loops.
const (
	MaxLoops       = 200
	maxLoopEdges   = 2_000_000  // between elements; beyond it arrays count as one variable
	maxLoopVisited = 50_000_000 // edges followed
)

// A web is the model's dependencies between elements, hidden variables too, without
// those of initial values.
type web struct {
	base  map[*resolved.Variable]int // number of a variable's first element
	vars  []*resolved.Variable       // of each number
	to    [][]int32
	whole bool // one number a variable
	edges int
}

// newWeb makes the web of all elements, or of variables if that would be too large.
func newWeb(vars []*resolved.Variable, edges []*influence, whole bool) *web {
	w := &web{base: map[*resolved.Variable]int{}, whole: whole}
	for _, v := range vars {
		w.base[v] = len(w.vars)
		n := v.Size()
		if whole {
			n = 1
		}
		if len(w.vars)+n > maxLoopEdges {
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
		if w.edges > maxLoopEdges && !whole {
			return newWeb(vars, edges, true)
		}
	}
	return w
}

// each visits the pairs of elements of an influence, until there are too many.
func (w *web) each(e *influence, visit func(from, to int)) {
	from, to := w.base[e.from], w.base[e.to]
	switch {
	case e.initial:
	case w.whole:
		visit(from, to)
	case len(e.uses) == 0: // element by element; a stock acts on all places of its conveyor
		for i := range e.to.Size() {
			visit(from+i*e.from.Size()/e.to.Size(), to+i)
		}
	default:
		for _, u := range e.uses {
			w.eachTurn(e, u, func(f, t int) { visit(from+f, to+t) })
		}
	}
}

// eachTurn visits the elements that a mention reads, for every element that its
// equation is for.
func (w *web) eachTurn(e *influence, u mentioned, visit func(from, to int)) {
	loops := slices.Clone(u.part.Loops)
	for _, l := range u.over {
		if slices.ContainsFunc(u.ref.At, func(p resolved.Pos) bool { return p.Loop == l }) && !slices.Contains(loops, l) {
			loops = append(loops, l)
		}
	}
	turns := make([]int, len(loops))
	for n := 0; n <= maxLoopEdges; n++ {
		visit(readElement(e.from, u.ref, loops, turns), writtenElement(e.to, u.part, turns))
		if !advance(turns, loops) {
			return
		}
	}
	w.edges = maxLoopEdges + 1
}

// readElement is the row-major number of the element that a reference reads.
func readElement(v *resolved.Variable, ref *resolved.Ref, loops []*resolved.Loop, turns []int) int {
	n := 0
	for i, d := range v.Over {
		at := ref.At[i].Fixed
		if l := ref.At[i].Loop; l != nil {
			at = ref.At[i].Map[turns[slices.Index(loops, l)]]
		}
		n = n*len(d.Elements) + at
	}
	return n
}

// writtenElement is the row-major number of the element that an equation is for.
func writtenElement(v *resolved.Variable, p *resolved.Part, turns []int) int {
	n := 0
	for i, d := range v.Over {
		n = n*len(d.Elements) + p.Loops[i].At[turns[i]]
	}
	return n
}

// advance goes to the next turn, the last loop fastest.
func advance(turns []int, loops []*resolved.Loop) bool {
	for i := len(turns) - 1; i >= 0; i-- {
		if turns[i]++; turns[i] < len(loops[i].At) {
			return true
		}
		turns[i] = 0
	}
	return false
}

// findLoops finds the shortest loop through each influence that is part of one.
func (s *structure) findLoops() {
	w := newWeb(s.r.Variables, s.edges, false)
	group := w.groups()
	s.between = map[[2]*resolved.Variable]Sign{}
	for _, e := range s.edges {
		if !e.initial {
			s.between[[2]*resolved.Variable{e.from, e.to}] = e.sign
		}
	}
	visited := 0
	seen := map[string]*Loop{}
	for _, e := range s.edges {
		from, to, ok := w.inside(e, group)
		if !ok {
			continue
		}
		if visited > maxLoopVisited {
			s.g.LoopsCut = true
			break
		}
		way := w.way(to, from, group, &visited)
		s.addLoop(seen, w, append(way, to))
	}
	s.g.Loops = withoutDetours(s.g.Loops)
	slices.SortFunc(s.g.Loops, func(a, b *Loop) int {
		return cmp.Or(cmp.Compare(len(a.Nodes), len(b.Nodes)), slices.Compare(a.Names(), b.Names()))
	})
	if len(s.g.Loops) > MaxLoops {
		s.g.Loops, s.g.LoopsCut = s.g.Loops[:MaxLoops], true
	}
}

// groups numbers the strongly connected components that hold a loop; 0 is none.
func (w *web) groups() []int32 {
	roots := make([]int, len(w.vars))
	for i := range roots {
		roots[i] = i
	}
	group := make([]int32, len(w.vars))
	for i, c := range graph.Components(roots, len(w.vars), w.next) {
		if len(c) > 1 {
			for _, n := range c {
				group[n] = int32(i + 1)
			}
		}
	}
	return group
}

func (w *web) next(n int) []int {
	out := make([]int, len(w.to[n]))
	for i, to := range w.to[n] {
		out[i] = int(to)
	}
	return out
}

// inside finds the first pair of elements of an influence that is part of a loop.
func (w *web) inside(e *influence, group []int32) (from, to int, ok bool) {
	w.each(e, func(f, t int) {
		if !ok && group[f] != 0 && group[f] == group[t] {
			from, to, ok = f, t, true
		}
	})
	return from, to, ok
}

// way is the shortest way between two elements of a component, by breadth-first
// search, without its first node: from's successor … to.
func (w *web) way(from, to int, group []int32, visited *int) []int {
	before := map[int]int{from: from}
	for queue := []int{from}; len(queue) > 0; queue = queue[1:] {
		n := queue[0]
		if n == to {
			break
		}
		for _, next := range w.to[n] {
			*visited++
			if _, seen := before[int(next)]; !seen && group[next] == group[from] {
				before[int(next)] = n
				queue = append(queue, int(next))
			}
		}
	}
	var out []int
	for n := to; n != from; n = before[n] {
		out = append(out, n)
	}
	slices.Reverse(out)
	return out
}

// addLoop names a loop of elements and keeps it, unless it runs inside one declared
// variable or is known. The elements are in order; the last acts on the first.
func (s *structure) addLoop(seen map[string]*Loop, w *web, elements []int) {
	l := &Loop{}
	signs := s.signsAround(w, elements)
	l.Nodes, l.Signs = s.fold(w, elements, signs)
	if len(l.Nodes) < 2 {
		return
	}
	l.rotate(s.g.Nodes)
	l.Polarity = polarity(l.Signs)
	for _, n := range elements {
		v := w.vars[n]
		l.Delayed = l.Delayed || v.Hidden && (v.Kind == resolved.Stock || v.Kind == resolved.Memory)
	}
	key := strings.Join(l.Names(), " ")
	if first := seen[key]; first == nil {
		seen[key] = l
		s.g.Loops = append(s.g.Loops, l)
	} else if first.Polarity != l.Polarity {
		first.Polarity = NotKnown
	}
}

// signsAround are the signs from each element of a loop to the next.
func (s *structure) signsAround(w *web, elements []int) []Sign {
	out := make([]Sign, len(elements))
	for i, n := range elements {
		out[i] = s.between[[2]*resolved.Variable{w.vars[n], w.vars[elements[(i+1)%len(elements)]]}]
	}
	return out
}

// fold names a loop by declared variables, with the signs of the links between
// them. What runs inside one of them is one node, and its sign counts to the link
// that leads in. A loop that goes through the same names more than once, element by
// element, is told once.
func (s *structure) fold(w *web, elements []int, signs []Sign) ([]*Node, []Sign) {
	n := len(elements)
	nodeOf := func(i int) *Node { return s.nodes[owner(w.vars[elements[(i+n)%n]])] }
	var nodes []*Node
	var out []Sign
	for i := range n {
		if nodeOf(i) == nodeOf(i+1) {
			continue // the link leads out of a node where the next one differs
		}
		sign := signs[i]
		for k := i + 1; nodeOf(k) == nodeOf(k+1); k++ {
			sign *= signs[k%n]
		}
		nodes, out = append(nodes, nodeOf(i)), append(out, sign)
	}
	for period := 1; period <= len(nodes)/2; period++ {
		if len(nodes)%period == 0 && slices.Equal(nodes[period:], nodes[:len(nodes)-period]) {
			return nodes[:period], out[:period]
		}
	}
	return nodes, out
}

// withoutDetours drops the loops that pass a variable twice, at different elements,
// if their links are all told by others: such a loop is hard to read.
func withoutDetours(loops []*Loop) []*Loop {
	type pair struct{ from, to *Node }
	told := map[pair]bool{}
	for _, l := range loops {
		for i, n := range l.Nodes {
			if !l.passesTwice() {
				told[pair{n, l.Nodes[(i+1)%len(l.Nodes)]}] = true
			}
		}
	}
	return slices.DeleteFunc(loops, func(l *Loop) bool {
		for i, n := range l.Nodes {
			if !told[pair{n, l.Nodes[(i+1)%len(l.Nodes)]}] {
				return false
			}
		}
		return l.passesTwice()
	})
}

// passesTwice reports whether a variable is in the loop more than once.
func (l *Loop) passesTwice() bool {
	seen := map[*Node]bool{}
	for _, n := range l.Nodes {
		if seen[n] {
			return true
		}
		seen[n] = true
	}
	return false
}

// rotate begins a loop with its first stock in file order, or its first node.
func (l *Loop) rotate(order []*Node) {
	best := 0
	rank := func(n *Node) int {
		at := slices.Index(order, n)
		if n.Kind != NodeStock {
			at += len(order)
		}
		return at
	}
	for i := range l.Nodes {
		if rank(l.Nodes[i]) < rank(l.Nodes[best]) {
			best = i
		}
	}
	l.Nodes = slices.Concat(l.Nodes[best:], l.Nodes[:best])
	l.Signs = slices.Concat(l.Signs[best:], l.Signs[:best])
}

// polarity is balancing if the signs that turn a change around are odd in number.
func polarity(signs []Sign) Polarity {
	product := Positive
	for _, s := range signs {
		product *= s
	}
	return map[Sign]Polarity{Positive: Reinforcing, Negative: Balancing, Unknown: NotKnown}[product]
}
