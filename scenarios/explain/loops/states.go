package loops

import (
	"math"
	"slices"

	"weir/model/graph"
)

// statesOnly returns the net of states: its nodes are those that a link through a stock or delay
// leads to, and its links lead from one state to the next through everything in between. By the
// chain rule the score of such a link is the sum of the scores of all ways, as if the equations in
// between were written as one. Loops that pass the same states in the same order are one loop of
// this net, so that a model of millions of loops may have few. It is nil if it would have too many
// links, as where each element of a large array acts on every other through a sum.
func (n *net) statesOnly() *net {
	out := &net{w: n.w, full: n, cut: n.cut, arrays: n.arrays}
	number := make([]int32, len(n.nodes)) // among the states, from 1; 0 of others
	for _, l := range n.links {
		if l.state {
			number[l.to] = 1
		}
	}
	for v, is := range number {
		if is != 0 {
			out.nodes = append(out.nodes, n.nodes[v])
			number[v] = int32(len(out.nodes))
		}
	}
	order := n.orderWithin()
	known := map[[2]int32]int{}
	reach := make([]bool, len(n.nodes))
	for from := range n.nodes {
		if number[from] != 0 && n.partition[from] >= 0 {
			n.reached(int32(from), order, reach, func(l link) {
				key := [2]int32{number[from] - 1, number[l.to] - 1}
				if _, is := known[key]; !is {
					known[key] = len(out.links)
					out.links = append(out.links, link{from: key[0], to: key[1], state: true})
				}
			})
		}
		if len(out.links)*len(n.scores.time) > maxScores {
			return nil
		}
	}
	out.divide()
	for i, l := range out.links {
		known[[2]int32{l.from, l.to}] = i
	}
	out.scores = n.sumWays(out, number, order, known)
	return out
}

// orderWithin returns the nodes of each partition in an order in which every link that is not through a
// state leads forward.
func (n *net) orderWithin() [][]int32 {
	roots := make([]int, len(n.nodes))
	for i := range roots {
		roots[i] = i
	}
	var order [][]int32
	for _, c := range graph.Components(roots, len(n.nodes), func(v int) []int {
		var to []int
		for _, l := range n.out[v] {
			if !n.links[l].state {
				to = append(to, int(n.links[l].to))
			}
		}
		return to
	}) {
		for _, v := range c {
			p := n.partition[v]
			for int(p) >= len(order) {
				order = append(order, nil)
			}
			if p >= 0 {
				order[p] = append(order[p], int32(v))
			}
		}
	}
	for _, list := range order {
		slices.Reverse(list)
	}
	return order
}

// reached visits the links into states that ways from a node end with.
func (n *net) reached(from int32, order [][]int32, reach []bool, visit func(link)) {
	own := order[n.partition[from]]
	for _, v := range own {
		reach[v] = v == from
	}
	for _, v := range own {
		for _, l := range n.out[v] {
			switch l := n.links[l]; {
			case !reach[v]:
			case l.state:
				visit(l)
			default:
				reach[l.to] = true
			}
		}
	}
}

// sumWays returns the scores of the links of a net of states.
func (n *net) sumWays(states *net, number []int32, order [][]int32,
	known map[[2]int32]int) *scores {
	s := n.scores
	out := &scores{every: s.every, time: s.time, width: len(states.links),
		value: make([]float64, len(s.time)*len(states.links))}
	sum := make([]float64, len(n.nodes))
	for row := range s.time {
		values, to := s.row(row), out.row(row)
		for from := range n.nodes {
			if number[from] == 0 || n.partition[from] < 0 {
				continue
			}
			own := order[n.partition[from]]
			for _, v := range own {
				sum[v] = 0
			}
			sum[from] = 1
			for _, v := range own {
				if sum[v] == 0 {
					continue
				}
				for _, i := range n.out[v] {
					x := bounded(sum[v] * values[i])
					if l := n.links[i]; l.state {
						k := known[[2]int32{number[from] - 1, number[l.to] - 1}]
						to[k] = bounded(to[k] + x)
					} else {
						sum[l.to] += x
					}
				}
			}
		}
	}
	return out
}

// way returns the nodes of the strongest way from one state to another at a row, the first one
// without the last: for a reader, who wants to see more than states. Of equal ways it is the first.
func (n *net) way(from, to int32, order [][]int32, row int) []int32 {
	values := n.scores.row(row)
	best := make([]float64, len(n.nodes))
	before := make([]int32, len(n.nodes))
	for i := range before {
		best[i], before[i] = math.Inf(-1), -1
	}
	best[from] = 0
	end, top := int32(-1), math.Inf(-1)
	for _, v := range order[n.partition[from]] {
		if math.IsInf(best[v], -1) {
			continue
		}
		for _, i := range n.out[v] {
			l := n.links[i]
			x := best[v] + math.Log(math.Abs(values[i]))
			switch {
			case l.state && l.to == to && x > top:
				end, top = v, x
			case !l.state && x > best[l.to]:
				best[l.to], before[l.to] = x, v
			}
		}
	}
	var out []int32
	for v := end; v >= 0; v = before[v] {
		out = append(out, v)
	}
	slices.Reverse(out)
	return out
}
