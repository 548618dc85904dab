package loops

import (
	"slices"
	"strings"

	"weir/model/resolved"
)

// passed returns the links of an element loop as a reader sees it, from a stock on: those that lead
// from one variable to the next. A loop that comes back to a variable at another element, as
// through the grades of a school, is cut short there: of the ways to do so the one that keeps the
// most variables, and of those the first by name.
func (r *Result) passed(c cycle) cycle {
	var best cycle
	for i := range c {
		if i > 0 && len(best) == len(c) {
			break
		}
		cut := r.fromState(r.withoutReturns(append(slices.Clone(c[i:]), c[:i]...)))
		if len(cut) > len(best) || len(cut) == len(best) && slices.Compare(r.names(cut), r.names(best)) < 0 {
			best = cut
		}
	}
	return best
}

// names returns the variables from which the links of a loop lead.
func (r *Result) names(c cycle) []string {
	out := make([]string, len(c))
	for i, l := range c {
		out[i] = r.net.nodes[r.net.links[l].from].variable.Name
	}
	return out
}

// withoutReturns cuts the stretches between two visits of one variable out of a loop.
func (r *Result) withoutReturns(c cycle) cycle {
	at := map[string]int{}
	var out cycle
	names := r.names(c)
	for i, name := range names {
		if k, seen := at[name]; seen {
			for _, gone := range r.names(out[k:]) {
				delete(at, gone)
			}
			out = out[:k]
		}
		at[name] = len(out)
		out = append(out, c[i])
	}
	return out
}

// fromState rotates a loop so that it begins with its first stock by name; without a stock with its
// first variable.
func (r *Result) fromState(c cycle) cycle {
	stock := func(l int32) bool { return r.net.nodes[r.net.links[l].from].variable.Kind == resolved.Stock }
	first, names := 0, r.names(c)
	for i := range c {
		if stock(c[i]) && !stock(c[first]) || stock(c[i]) == stock(c[first]) && names[i] < names[first] {
			first = i
		}
	}
	return append(slices.Clone(c[first:]), c[:first]...)
}

// elementsOf returns the elements at which a loop passes a variable.
func (r *Result) elementsOf(c cycle, variable string) []string {
	var out []string
	for _, l := range c {
		if r.net.arrays {
			break // no element is told from another
		}
		if p := r.net.nodes[r.net.links[l].from]; p.variable.Name == variable && len(p.variable.Over) > 0 {
			out = append(out, strings.TrimSuffix(p.name[len(variable)+1:], "]"))
		}
	}
	return out
}

// crossed returns the dimensions of which an element loop passes more than one element, sorted.
func (r *Result) crossed(c cycle) []string {
	seen := map[string]int{} // the element of a dimension, -1 if there are more
	for _, l := range c {
		p := r.net.nodes[r.net.links[l].from]
		if r.net.arrays {
			break
		}
		element := p.element
		for i := len(p.variable.Over) - 1; i >= 0; i-- {
			d := p.variable.Over[i]
			at := element % len(d.Elements)
			element /= len(d.Elements)
			if first, known := seen[d.Name]; known && first != at {
				at = -1
			}
			seen[d.Name] = at
		}
	}
	var out []string
	for name, at := range seen {
		if at < 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// tellApart leaves in Across only the dimensions that no loop with the same states and another
// polarity crosses, if there is such a loop.
func tellApart(g *Group) {
	twins := map[string][]*Loop{}
	for _, l := range g.Loops {
		key := strings.Join(l.States, " ")
		twins[key] = append(twins[key], l)
	}
	across := map[*Loop][]string{}
	for _, list := range twins {
		for _, l := range list {
			for _, d := range l.Across {
				if len(list) > 1 && !slices.ContainsFunc(list, func(o *Loop) bool {
					return o.Polarity != l.Polarity && slices.Contains(o.Across, d)
				}) {
					across[l] = append(across[l], d)
				}
			}
		}
	}
	for _, l := range g.Loops {
		l.Across = across[l]
	}
}

// statesOf returns those of a loop's variables that keep a state.
func (r *Result) statesOf(c cycle, variables []string) []string {
	if r.net.full != nil {
		return variables
	}
	state := map[string]bool{}
	for _, l := range c {
		if link := r.net.links[l]; link.state {
			state[r.net.nodes[link.to].variable.Name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(variables), func(name string) bool { return !state[name] })
}

// shown returns the variables of the strongest way around a loop of states at a row, each once. The
// net must be one of states.
func (r *Result) shown(c cycle, row int) []string {
	full := r.net.full
	var out []string
	for _, i := range c {
		l := r.net.links[i]
		from, to := full.find(r.net.nodes[l.from].name), full.find(r.net.nodes[l.to].name)
		for _, v := range full.way(from, to, r.order, row) {
			if name := full.nodes[v].variable.Name; !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	return out
}
