// Package order puts the equations into an order in which each finds the values it needs, and
// reports simultaneous equations.
package order

import (
	"slices"

	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/function"
	"weir/model/graph"
	"weir/model/resolved"
)

// A Task is a resolved model to be ordered, with facts that only other passes know.
type Task struct {
	*state.State
	Out *resolved.Model
	// startsAtInput has the functions whose first stock is each of some hidden stocks, where
	// the call gives no initial value, so that the stock starts at the input.
	StartsAtInput map[*resolved.Variable]*function.Row
	// relax is told the variables of each cycle. It returns true if it has changed
	// equations that close one of them, so that everything is to be ordered again.
	Relax func(cycles [][]*resolved.Variable) bool
	// wayOut returns the hint for a cycle through some variables, usual if there is
	// nothing special about them.
	WayOut func(vars []*resolved.Variable, usual string) string
}

// Run puts the assignments into an order that works: one for flows and auxiliaries, one
// for initial values. Where the order is free it is that of the file. Variables that
// depend on each other in one step are reported as simultaneous equations.
func Run(t Task) {
	for {
		flows, init := t.orderFlows(), t.orderInit()
		if t.Relax(append(flows.cycleVariables(), init.cycleVariables()...)) {
			continue
		}
		t.Out.Flows, t.Out.Init = flows.out, init.out
		flows.report(code.Cycle, "simultaneous equations: %s",
			"delay the influence: one of them must be a stock, or be read with previous(…) or a delay")
		init.report(code.InitialCycle, "simultaneous initial equations: %s",
			"give one of them an initial value that does not depend on the others")
		return
	}
}

// orderFlows orders the equations that every evaluation computes.
func (t Task) orderFlows() *ordering {
	o := t.newOrdering(isComputed)
	o.run(t.Out.Variables)
	return o
}

// orderInit orders the equations that the initial values need: of stocks, delay states and
// init(…), and of everything that these read. Cycles without any of them are left to the other
// order to report.
func (t Task) orderInit() *ordering {
	o := t.newOrdering(func(v *resolved.Variable) bool { return isComputed(v) || isInitial(v) })
	var roots []*resolved.Variable
	for _, v := range t.Out.Variables {
		if isInitial(v) {
			roots = append(roots, v)
		}
		roots = append(roots, o.mentions(v.Delay)...)
	}
	o.run(roots)
	o.cycles = slices.DeleteFunc(o.cycles,
		func(c cycle) bool { return !slices.ContainsFunc(o.variables(c), isInitial) })
	return o
}

// isComputed reports whether every evaluation computes a variable.
func isComputed(v *resolved.Variable) bool { return v.Kind == resolved.Flow || v.Kind == resolved.Aux }

// isInitial reports whether a variable gets its value once, at the start of a run.
func isInitial(v *resolved.Variable) bool {
	return v.Kind == resolved.Stock || v.Kind == resolved.DelayState || v.Kind == resolved.Initial
}

// An ordering is the work on one of the two orders.
type ordering struct {
	Task
	include func(*resolved.Variable) bool // takes part; the values of the rest are known beforehand
	edges   [][]int                       // by variable: the variables that it reads
	out     []resolved.Assign
	cycles  []cycle
}

// newOrdering returns an ordering of the variables that include takes.
func (t Task) newOrdering(include func(*resolved.Variable) bool) *ordering {
	return &ordering{Task: t, include: include, edges: make([][]int, len(t.Out.Variables))}
}

// run orders some variables and everything that they need. Where variables depend on each other
// their elements are ordered one by one. Components come in an order in which each follows those
// that it needs.
func (o *ordering) run(roots []*resolved.Variable) {
	var start []int
	for _, v := range roots {
		if o.include(v) {
			start = append(start, v.ID)
		}
	}
	for _, c := range graph.Components(start, len(o.Out.Variables), o.needs) {
		if v := o.Out.Variables[c[0]]; len(c) == 1 && !slices.Contains(o.needs(c[0]), c[0]) {
			o.whole(v)
			continue
		}
		slices.Sort(c)
		o.elementwise(c)
	}
}

// whole assigns a variable part by part.
func (o *ordering) whole(v *resolved.Variable) {
	for _, p := range v.Parts {
		o.out = append(o.out, resolved.Assign{Var: v, Part: p})
	}
}

// needs returns the variables that a variable reads, in order. They are kept by ID; the empty list,
// and not nil, marks a variable that reads none.
func (o *ordering) needs(id int) []int {
	if o.edges[id] == nil {
		o.edges[id] = []int{}
		for _, v := range o.mentions(o.Out.Variables[id].Parts) {
			o.edges[id] = append(o.edges[id], v.ID)
		}
	}
	return o.edges[id]
}

// mentions returns the included variables that some parts read, in order, each once.
func (o *ordering) mentions(parts []*resolved.Part) []*resolved.Variable {
	var out []*resolved.Variable
	for _, p := range parts {
		tree.References(p.Expr, nil, func(ref *resolved.Ref, _ []*resolved.Loop) {
			if o.include(ref.Var) {
				out = append(out, ref.Var)
			}
		})
	}
	slices.SortFunc(out, func(a, b *resolved.Variable) int { return a.ID - b.ID })
	return slices.Compact(out)
}
