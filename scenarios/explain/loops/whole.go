package loops

import (
	"math"
	"slices"
	"strings"
)

// whole returns the net in which each array counts as one variable, whose change is that of its
// elements together. A link from array u to array v has the score
//
//	sum over f of w(f) * p(f) * | sum over e of c(e, f) |
//
// where c(e, f) is the part of the change of v's element f that u's element e makes, p(f) the
// polarity of all of them together, and w(f) the weight of f: its part of the changes of all elements
// of v, by magnitude. So a model in which one stock is split into equal parts has the scores of the
// model that does not split it. Loops of single elements do not: what n equal parts do to each other
// through their sum passes that sum, and a loop may pass it once only, so that the more parts there
// are, the less would their common feedback seem to matter.
//
// S has the changes of elements, which the nodes of n are.
func (n *net) whole(s *scores) *net {
	out := &net{w: n.w, cut: n.cut, arrays: true}
	number := make([]int32, len(n.nodes))
	for i, p := range n.nodes { // sorted by name, so that the elements of a variable need not be neighbours
		k := slices.IndexFunc(out.nodes, func(q place) bool { return q.variable == p.variable })
		if k < 0 {
			k = len(out.nodes)
			out.nodes = append(out.nodes, place{p.variable, 0, p.variable.Name})
		}
		number[i] = int32(k)
	}
	order := make([]int32, len(out.nodes)) // positions after sorting
	byName := slices.Clone(out.nodes)
	slices.SortFunc(byName, func(a, b place) int { return strings.Compare(a.name, b.name) })
	for k, q := range out.nodes {
		order[k] = int32(slices.IndexFunc(byName, func(p place) bool { return p.variable == q.variable }))
	}
	out.nodes = byName
	for i := range number {
		number[i] = order[number[i]]
	}
	members := n.wholeLinks(out, number)
	out.divide()
	out.scores = n.wholeScores(out, s, members)
	return out
}

// A pair is the numbers of the two variables of a link.
type pair struct{ from, to int32 }

// wholeLinks adds a link for each pair of variables between whose elements there are some, and
// returns those by pair, in order of the elements that they lead to.
func (n *net) wholeLinks(out *net, number []int32) map[pair][]int32 {
	members := map[pair][]int32{}
	for i, l := range n.links {
		k := pair{number[l.from], number[l.to]}
		if k.from == k.to || n.partition[l.from] != n.partition[l.to] {
			continue
		}
		if members[k] == nil {
			out.links = append(out.links, link{from: k.from, to: k.to})
		}
		members[k] = append(members[k], int32(i))
	}
	for k := range members {
		slices.SortStableFunc(members[k], func(a, b int32) int { return int(n.links[a].to - n.links[b].to) })
	}
	for i := range out.links {
		l := &out.links[i]
		l.state = slices.ContainsFunc(members[pair{l.from, l.to}], func(m int32) bool { return n.links[m].state })
	}
	return members
}

// wholeScores returns the scores of the links of a net of whole variables.
func (n *net) wholeScores(out *net, s *scores, members map[pair][]int32) *scores {
	f := &scores{every: s.every, time: s.time, width: len(out.links), value: make([]float64, len(s.time)*len(out.links))}
	end := make([]int32, len(n.nodes))
	for i, p := range n.nodes {
		end[i] = n.w.end[n.w.p.Slot(p.variable)+p.element]
	}
	width := len(n.w.ends)
	for row := range s.time {
		change, turn := s.change[row*width:(row+1)*width], s.turn[row*width:(row+1)*width]
		values, scores := n.scores.row(row), f.row(row)
		for i, l := range out.links {
			list := members[pair{l.from, l.to}]
			sum, size := 0.0, n.turning(out.nodes[l.to], turn)
			for len(list) > 0 && size > 0 {
				to := n.links[list[0]].to
				part, polarity := 0.0, 0.0
				for len(list) > 0 && n.links[list[0]].to == to {
					m := list[0]
					polarity += values[m]
					part += values[m] * direction(change[end[n.links[m].from]])
					list = list[1:]
				}
				if polarity != 0 {
					sum += math.Abs(turn[end[to]]) / size * math.Copysign(math.Abs(part), polarity)
				}
			}
			scores[i] = bounded(sum)
		}
	}
	return f
}

// turning returns the sum of the magnitudes of the changes of a variable's elements, of those outside
// the net, too: what they do is part of the change of the whole. An element without any link, such as
// one that depends on time alone, does not count.
func (n *net) turning(p place, turn []float64) float64 {
	sum := 0.0
	from := n.w.p.Slot(p.variable)
	for _, end := range n.w.end[from : from+p.variable.Size()] {
		if end >= 0 {
			sum += math.Abs(turn[end])
		}
	}
	return sum
}

// direction returns the sign of a change, 0 of none.
func direction(x float64) float64 {
	if x == 0 {
		return 0
	}
	return math.Copysign(1, x)
}
