package order

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/graph"
	"weir/model/resolved"
)

// A cycle is a set of elements that all depend on each other.
type cycle struct {
	g *elements
	// numbers of elements in g
	nodes []int
}

// variables returns the variables that have elements on a cycle, in order. The order is that in
// which the model declares them, hidden ones last.
func (o *ordering) variables(c cycle) []*resolved.Variable {
	seen := make([]bool, len(c.g.vars))
	for _, n := range c.nodes {
		seen[c.g.nodes[n].v] = true
	}
	var out []*resolved.Variable
	for i, v := range c.g.vars {
		if seen[i] {
			out = append(out, v)
		}
	}
	return out
}

// cycleVariables returns the variables of each cycle.
func (o *ordering) cycleVariables() [][]*resolved.Variable {
	var out [][]*resolved.Variable
	for _, c := range o.cycles {
		out = append(out, o.variables(c))
	}
	return out
}

// maxCycles bounds how many cycles of one kind are reported.
const maxCycles = 50

// report reports every cycle once, as its shortest form. Format has the cycle as its one
// argument.
func (o *ordering) report(code diagnostic.Code, format, hint string) {
	c := cycleReport{o: o, code: code, format: format, hint: hint, told: map[string]bool{},
		covered: map[*resolved.Variable]bool{}}
	all := c.elementsOnCycles()
	for _, cycle := range o.cycles {
		within := map[int]bool{}
		for _, n := range cycle.nodes {
			within[n] = true
		}
		for _, n := range slices.Sorted(slices.Values(cycle.nodes)) {
			v := cycle.g.vars[cycle.g.nodes[n].v]
			if !c.covered[v] && len(c.told) < maxCycles {
				c.tell(cycle.g, graph.ShortestCycle(n, within, cycle.g.needs), all)
			}
		}
	}
}

// A cycleReport remembers the cycles that are reported already.
type cycleReport struct {
	o            *ordering
	code         diagnostic.Code
	format, hint string
	// the keys of cycles that are reported, see nameKey
	told map[string]bool
	// variables on a reported cycle, from which no other one is started
	covered map[*resolved.Variable]bool
}

// elementsOnCycles returns the number of elements of each variable that are on cycles. If all
// elements of a variable are on cycles its name alone says enough, and subscripts are left out.
func (c *cycleReport) elementsOnCycles() map[*resolved.Variable]int {
	out := map[*resolved.Variable]int{}
	for _, cycle := range c.o.cycles {
		for _, n := range cycle.nodes {
			out[cycle.g.vars[cycle.g.nodes[n].v]]++
		}
	}
	return out
}

// tell reports one cycle. The graph leads from each element to those it needs; the cycle is
// written the other way round, from cause to effect.
func (c *cycleReport) tell(g *elements, nodes []int, onCycles map[*resolved.Variable]int) {
	slices.Reverse(nodes)
	start := slices.Index(nodes, slices.Min(nodes))
	nodes = slices.Concat(nodes[start:], nodes[:start])
	var names []string
	var vars []*resolved.Variable
	bare := true
	visited := map[*resolved.Variable]bool{}
	hint := c.hint
	for _, n := range nodes {
		v := g.vars[g.nodes[n].v]
		c.covered[v] = true
		if row := c.o.StartsAtInput[v]; row != nil {
			hint = c.o.Say("%s starts at its input unless told otherwise; in the equation of %s write %s",
				row.Name, declared(v), row.Signature())
		}
		bare = bare && onCycles[v] == v.Size()
		visited[v] = true
	}
	bare = bare && (len(visited) > 1 || len(nodes) == 1) // q → q would hide the way from element to element
	for _, n := range nodes {
		name, v := g.name(n, bare)
		if len(names) == 0 || names[len(names)-1] != name {
			names, vars = append(names, name), append(vars, v)
		}
	}
	if len(names) > 1 && names[0] == names[len(names)-1] {
		names, vars = names[:len(names)-1], vars[:len(vars)-1]
	}
	names, vars = fromFirst(names, vars)
	if key := nameKey(vars); !c.told[key] {
		c.told[key] = true
		c.write(names, vars, hint)
	}
}

// write reports a cycle at its first variable, with the others as related places.
func (c *cycleReport) write(names []string, vars []*resolved.Variable, hint string) {
	r := c.o.State
	shown := make([]string, len(names))
	for i, name := range names {
		shown[i] = r.Shown(name)
	}
	r.Report(c.code, equationSpan(vars[0]), c.o.WayOut(vars, hint), c.format, around(shown))
	for i, v := range vars[1:] {
		if v == vars[i] {
			continue
		}
		r.Relate(equationSpan(v), r.Shown(v.Name)+" depends on "+r.Shown(vars[i].Name))
	}
}

// around returns a cycle as text, without the middle of a long one. The first name is repeated at
// the end: births → population → births.
func around(names []string) string {
	const most, ends = 14, 6
	names = append(slices.Clone(names), names[0])
	if len(names) > most {
		names = slices.Concat(names[:ends], []string{fmt.Sprintf("(%d more)", len(names)-2*ends)},
			names[len(names)-ends:])
	}
	return strings.Join(names, " → ")
}

// name returns the name of an element in a report, with its declared variable. Hidden variables
// go by their owner. With bare the subscripts are left out.
func (g *elements) name(n int, bare bool) (string, *resolved.Variable) {
	v := g.vars[g.nodes[n].v]
	owner := declared(v)
	if bare || v != owner && len(v.Over) != len(owner.Over) {
		return owner.Name, owner
	}
	return owner.Name + elementLabel(v, n-g.first[g.nodes[n].v]), owner
}

// declared returns the variable that the modeler wrote: the owner of a hidden one.
func declared(v *resolved.Variable) *resolved.Variable {
	if v.Owner != nil {
		return v.Owner
	}
	return v
}

// elementLabel returns an element of a resolved variable as [district,k].
func elementLabel(v *resolved.Variable, element int) string {
	if len(v.Over) == 0 {
		return ""
	}
	names := make([]string, len(v.Over))
	for i := len(v.Over) - 1; i >= 0; i-- {
		n := len(v.Over[i].Elements)
		names[i] = v.Over[i].Elements[element%n]
		element /= n
	}
	return "[" + strings.Join(names, ",") + "]"
}

// fromFirst returns a cycle that begins with the variable declared first.
func fromFirst(names []string, vars []*resolved.Variable) ([]string, []*resolved.Variable) {
	first := 0
	for i, v := range vars {
		if v.ID < vars[first].ID {
			first = i
		}
	}
	return append(slices.Clone(names[first:]), names[:first]...), append(slices.Clone(vars[first:]), vars[:first]...)
}

// nameKey returns the key by which a cycle is known: its variables in order.
func nameKey(vars []*resolved.Variable) string {
	var names []string
	for _, v := range vars {
		names = append(names, v.Name)
	}
	return strings.Join(names, " ")
}

// equationSpan returns the place of a variable's equation, or of its table if it has none.
func equationSpan(v *resolved.Variable) diagnostic.Span {
	if len(v.Parts) > 0 && v.Parts[0].Span != (diagnostic.Span{}) {
		return v.Parts[0].Span
	}
	return v.Span
}
