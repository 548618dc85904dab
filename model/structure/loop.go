package structure

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"strings"

	"weir/model/resolved"
)

// Bounds of the search for loops.
const (
	MaxLoops   = 200        // listed
	maxVisited = 10_000_000 // edges followed: about a second
)

// findLoops lists the shortest loop through each influence that is part of one, and then,
// if the model has no more than MaxLoops, all others.
func (s *finder) findLoops() {
	w := newWeb(s.r.Variables, s.edges, false)
	s.between = map[[2]*resolved.Variable]Sign{}
	s.known = map[string]bool{}
	for _, e := range s.edges {
		if !e.initial {
			s.between[[2]*resolved.Variable{e.from, e.to}] = e.sign
		}
	}
	s.rankNodes()
	seen := map[string]*Loop{}
	for _, e := range s.edges {
		from, to, ok := w.inside(e)
		if !ok {
			continue
		}
		if w.visited > maxVisited {
			s.g.CountCut = true
			break
		}
		s.addLoop(seen, w, append(w.path(to, from), to))
	}
	s.g.Loops = withoutDetours(s.g.Loops)
	s.addOthers(seen, w)
	slices.SortFunc(s.g.Loops, func(a, b *Loop) int {
		return cmp.Or(cmp.Compare(len(a.Nodes), len(b.Nodes)), slices.Compare(a.Names(), b.Names()))
	})
	s.g.LoopCount = max(s.g.LoopCount, len(s.g.Loops))
	s.g.Loops = s.g.Loops[:min(len(s.g.Loops), MaxLoops)]
}

// rankNodes ranks the nodes by where a loop begins: stocks first, then in file order.
func (s *finder) rankNodes() {
	s.rank = map[*Node]int{}
	for i, n := range s.g.Nodes {
		if s.rank[n] = i; n.Kind != NodeStock {
			s.rank[n] = i + len(s.g.Nodes)
		}
	}
}

// addLoop names a loop of elements and keeps it, unless it runs inside one declared
// variable or is known. The elements are in order; the last one acts on the first.
func (s *finder) addLoop(seen map[string]*Loop, w *web, elements []int) {
	w.visited += len(elements)
	if s.isKnown(elements) {
		return
	}
	l := &Loop{}
	signs := s.signsAround(w, elements)
	l.Nodes, l.Signs = s.fold(w, elements, signs)
	if len(l.Nodes) < 2 {
		return
	}
	for _, n := range elements {
		v := w.vars[n]
		l.Delayed = l.Delayed || v.Hidden && (v.Kind == resolved.Stock || v.Kind == resolved.DelayState)
	}
	s.keep(seen, l)
}

// isKnown reports whether a loop of elements was added before, from whichever of its elements
// on, and notes it. In a long ring every influence leads to the same loop.
func (s *finder) isKnown(elements []int) bool {
	first := slices.Index(elements, slices.Min(elements))
	key := make([]byte, 0, 4*len(elements))
	for i := range elements {
		key = binary.LittleEndian.AppendUint32(key, uint32(elements[(first+i)%len(elements)]))
	}
	if s.known[string(key)] {
		return true
	}
	s.known[string(key)] = true
	return false
}

// keep lists a loop unless it is known already. Two that differ in their signs make the
// polarity unknown.
func (s *finder) keep(seen map[string]*Loop, l *Loop) {
	l.rotate(s.rank)
	l.Polarity = polarity(l.Signs)
	key := strings.Join(l.Names(), " ")
	if first := seen[key]; first == nil {
		seen[key] = l
		s.g.Loops = append(s.g.Loops, l)
	} else if first.Polarity != l.Polarity {
		first.Polarity = NotKnown
	}
}

// signsAround returns the signs from each element of a loop to the next. Influences on initial
// values are not among them: no loop has one.
func (s *finder) signsAround(w *web, elements []int) []Sign {
	out := make([]Sign, len(elements))
	for i, n := range elements {
		next := elements[(i+1)%len(elements)]
		out[i] = s.between[[2]*resolved.Variable{w.vars[n], w.vars[next]}]
	}
	return out
}

// fold returns a loop by declared variables, with the signs of the links between them. A
// stretch inside one of them is one node, and its sign counts to the link that leads in. A
// loop that passes through the same names more than once, element by element, is listed
// once.
func (s *finder) fold(w *web, elements []int, signs []Sign) ([]*Node, []Sign) {
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
	if p := period(nodes); p > 0 {
		return nodes[:p], out[:p]
	}
	return nodes, out
}

// period returns the length of the shortest sequence that nodes repeats, 0 if it repeats
// none. It takes linear time: border[i] is the length of the longest proper prefix of
// nodes[:i+1] that is also its end (Knuth, Morris and Pratt, SIAM J. Comput. 6(2), 1977).
func period(nodes []*Node) int {
	border := make([]int, len(nodes))
	for i := 1; i < len(nodes); i++ {
		k := border[i-1]
		for k > 0 && nodes[i] != nodes[k] {
			k = border[k-1]
		}
		if nodes[i] == nodes[k] {
			k++
		}
		border[i] = k
	}
	if n := len(nodes); n > 0 {
		if p := n - border[n-1]; p < n && n%p == 0 {
			return p
		}
	}
	return 0
}

// A pair is two nodes of which the first acts on the second.
type pair struct{ from, to *Node }

// withoutDetours drops the loops that pass a variable twice, at different elements, if all
// their links are in other loops: such a loop is hard to read.
func withoutDetours(loops []*Loop) []*Loop {
	listed := map[pair]bool{}
	twice := map[*Loop]bool{}
	for _, l := range loops {
		if twice[l] = l.passesTwice(); !twice[l] {
			for i := range l.Nodes {
				listed[l.link(i)] = true
			}
		}
	}
	return slices.DeleteFunc(loops, func(l *Loop) bool {
		for i := range l.Nodes {
			if !listed[l.link(i)] {
				return false
			}
		}
		return twice[l]
	})
}

// link returns the i-th link of a loop.
func (l *Loop) link(i int) pair { return pair{l.Nodes[i], l.Nodes[(i+1)%len(l.Nodes)]} }

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

// rotate makes a loop begin with its node of the lowest rank. The order around the loop stays, and
// signs move with their nodes.
func (l *Loop) rotate(rank map[*Node]int) {
	best, lowest := 0, math.MaxInt
	for i, n := range l.Nodes {
		if rank[n] < lowest {
			best, lowest = i, rank[n]
		}
	}
	l.Nodes = slices.Concat(l.Nodes[best:], l.Nodes[:best])
	l.Signs = slices.Concat(l.Signs[best:], l.Signs[:best])
}

// polarity returns Balancing if an odd number of signs turn a change around. One unknown sign makes
// the product 0, and the polarity unknown.
func polarity(signs []Sign) Polarity {
	product := Positive
	for _, s := range signs {
		product *= s
	}
	return map[Sign]Polarity{Positive: Reinforcing, Negative: Balancing, Unknown: NotKnown}[product]
}
