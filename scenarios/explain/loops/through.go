package loops

import "slices"

// Through returns the loops that pass a variable, those that explain most first. Where loops are
// merged it is those of which at least one way passes it, though their Variables, which show the
// strongest way, may not have it.
func (r *Result) Through(variable string) []*Loop {
	var all []*Loop
	for _, g := range r.Groups {
		all = append(all, g.Loops...)
	}
	return r.Passing(variable, all)
}

// Passing returns those of some loops of the result that pass a variable, in their order; see
// Through.
func (r *Result) Passing(variable string, among []*Loop) []*Loop {
	between := r.linksPast(variable)
	var out []*Loop
	for _, l := range among {
		if slices.Contains(l.Variables, variable) || len(between) > 0 && slices.ContainsFunc(l.cycles, func(c int32) bool {
			return slices.ContainsFunc(r.cycles[c], func(d int32) bool { return between[d] })
		}) {
			out = append(out, l)
		}
	}
	return out
}

// linksPast returns the links between states whose ways pass a variable; nil in a full net.
func (r *Result) linksPast(variable string) map[int32]bool {
	full := r.net.full
	if full == nil {
		return nil
	}
	out := map[int32]bool{}
	for v, p := range full.nodes {
		if p.variable.Name != variable || full.partition[v] < 0 {
			continue
		}
		before, after := full.statesBefore(int32(v)), full.statesAfter(int32(v), r.order)
		for i, l := range r.net.links {
			if before[r.net.nodes[l.from].name] && after[r.net.nodes[l.to].name] {
				out[int32(i)] = true
			}
		}
	}
	return out
}

// statesAfter returns the names of the states that a node acts on without another between.
func (n *net) statesAfter(from int32, order [][]int32) map[string]bool {
	out := map[string]bool{}
	n.reached(from, order, make([]bool, len(n.nodes)), func(l link) { out[n.nodes[l.to].name] = true })
	return out
}

// statesBefore returns the names of the nodes that act on one without a state between: itself and
// those before it along links that are not into a state.
func (n *net) statesBefore(to int32) map[string]bool {
	from := make([][]int32, len(n.nodes))
	for _, l := range n.links {
		if !l.state {
			from[l.to] = append(from[l.to], l.from)
		}
	}
	out := map[string]bool{n.nodes[to].name: true}
	for queue := []int32{to}; len(queue) > 0; queue = queue[1:] {
		for _, v := range from[queue[0]] {
			if !out[n.nodes[v].name] {
				out[n.nodes[v].name] = true
				queue = append(queue, v)
			}
		}
	}
	return out
}
