package loops

import (
	"slices"

	"weir/model/resolved"
)

// maxAlong bounds the element loops of one named loop.
const maxAlong = 1_000

// addNamed adds the element loops of the loops that the model names, where a search along strongest
// paths has not found them: a loop with a name is scored whatever it explains.
func (r *Result) addNamed(m *resolved.Model) {
	known := map[string]bool{}
	for _, c := range r.cycles {
		known[c.key()] = true
	}
	active := r.net.active()
	for _, l := range m.Loops {
		for _, c := range r.net.loopsAlong(r.net.passedBy(l), active) {
			if !known[c.key()] {
				known[c.key()] = true
				r.cycles = append(r.cycles, c)
			}
		}
	}
}

// passedBy returns the names of the variables of a named loop that the net has, in order.
func (n *net) passedBy(l *resolved.NamedLoop) []string {
	var out []string
	for _, v := range l.Through {
		if slices.ContainsFunc(n.nodes, func(p place) bool { return p.variable.Name == v.Name }) {
			out = append(out, v.Name)
		}
	}
	return out
}

// loopsAlong returns the element loops that pass variables in order, each once, over links that were ever
// active; at most maxAlong.
func (n *net) loopsAlong(names []string, active []bool) []cycle {
	var out []cycle
	var path cycle
	var follow func(start, at int32, next int)
	follow = func(start, at int32, next int) {
		for _, l := range n.out[at] {
			to := n.links[l].to
			last := next == len(names)
			if !active[l] || len(out) == maxAlong || last && to != start ||
				!last && n.nodes[to].variable.Name != names[next] {
				continue
			}
			path = append(path, l)
			if last {
				out = append(out, n.rotated(path))
			} else {
				follow(start, to, next+1)
			}
			path = path[:len(path)-1]
		}
	}
	for i, p := range n.nodes {
		if len(names) > 0 && p.variable.Name == names[0] {
			follow(int32(i), int32(i), 1)
		}
	}
	return out
}

// name gives the loops the names that the model has for them, and notes those named loops that never
// act in this run.
func (r *Result) name(m *resolved.Model) {
	for _, named := range m.Loops {
		want := r.net.passedBy(named)
		found := false
		for _, g := range r.Groups {
			for _, l := range g.Loops {
				passed := l.Variables
				if r.Search.Merged {
					passed = l.States
				}
				if l.Name == "" && around(passed, want) {
					l.Name, l.Label, found = named.Name, named.Label, true
				}
			}
		}
		if !found {
			r.Silent = append(r.Silent, named)
		}
	}
}

// around reports whether two loops are the same from different starts.
func around(a, b []string) bool {
	if len(a) != len(b) || len(a) == 0 {
		return false
	}
	start := slices.Index(b, a[0])
	return start >= 0 && slices.Equal(a, append(slices.Clone(b[start:]), b[:start]...))
}
