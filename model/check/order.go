package check

import (
	"slices"

	"weir/model/code"
	"weir/model/graph"
	"weir/model/resolved"
)

// order puts the assignments into an order that works: one for flows and
// auxiliaries, one for initial values. Where the order is free it is the file's.
// Non-negative stocks give way where they close a circle in either.
func (r *resolver) order() {
	for {
		flows, init := r.orderFlows(), r.orderInit()
		if r.relax(append(flows.circleVariables(), init.circleVariables()...)) {
			continue
		}
		r.out.Flows, r.out.Init = flows.out, init.out
		flows.report(code.Circle, "%s", "delay the influence: one of them must be a stock, or be read with previous(…) or a delay")
		init.report(code.InitialCircle, "initial values depend on each other: %s", "give one of them an initial value that does not depend on the others")
		return
	}
}

// orderFlows orders what is computed at every evaluation.
func (r *resolver) orderFlows() *ordering {
	o := r.newOrdering(isComputed)
	o.run(r.out.Variables)
	return o
}

// orderInit orders what the initial values need: stocks, memories and init(…),
// with everything that these mention. Circles without any of them are left to the
// other order to report.
func (r *resolver) orderInit() *ordering {
	o := r.newOrdering(func(v *resolved.Variable) bool { return isComputed(v) || isInitial(v) })
	var roots []*resolved.Variable
	for _, v := range r.out.Variables {
		if isInitial(v) {
			roots = append(roots, v)
		}
		roots = append(roots, o.mentions(v.Delay)...)
	}
	o.run(roots)
	o.circles = slices.DeleteFunc(o.circles, func(c circle) bool { return !slices.ContainsFunc(o.variables(c), isInitial) })
	return o
}

func isComputed(v *resolved.Variable) bool { return v.Kind == resolved.Flow || v.Kind == resolved.Aux }

func isInitial(v *resolved.Variable) bool {
	return v.Kind == resolved.Stock || v.Kind == resolved.Memory || v.Kind == resolved.Initial
}

// An ordering is the work on one of the two orders.
type ordering struct {
	*resolver
	include func(*resolved.Variable) bool // what takes part; the rest is known beforehand
	edges   [][]int                       // by variable: the variables that it mentions
	out     []resolved.Assign
	circles []circle
}

func (r *resolver) newOrdering(include func(*resolved.Variable) bool) *ordering {
	return &ordering{resolver: r, include: include, edges: make([][]int, len(r.out.Variables))}
}

// run orders some variables and everything that they need. Where variables depend
// on each other their elements are ordered one by one.
func (o *ordering) run(roots []*resolved.Variable) {
	var start []int
	for _, v := range roots {
		if o.include(v) {
			start = append(start, v.ID)
		}
	}
	for _, c := range graph.Components(start, len(o.resolver.out.Variables), o.needs) {
		if v := o.resolver.out.Variables[c[0]]; len(c) == 1 && !slices.Contains(o.needs(c[0]), c[0]) {
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

// needs are the variables that a variable mentions, in order.
func (o *ordering) needs(id int) []int {
	if o.edges[id] == nil {
		o.edges[id] = []int{}
		for _, v := range o.mentions(o.resolver.out.Variables[id].Parts) {
			o.edges[id] = append(o.edges[id], v.ID)
		}
	}
	return o.edges[id]
}

// mentions are the variables that take part and that some parts mention, in order,
// each once.
func (o *ordering) mentions(parts []*resolved.Part) []*resolved.Variable {
	var out []*resolved.Variable
	for _, p := range parts {
		references(p.Expr, nil, func(ref *resolved.Ref, _ []*resolved.Loop) {
			if o.include(ref.Var) {
				out = append(out, ref.Var)
			}
		})
	}
	slices.SortFunc(out, func(a, b *resolved.Variable) int { return a.ID - b.ID })
	return slices.Compact(out)
}
