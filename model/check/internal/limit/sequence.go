package limit

import (
	"slices"

	"weir/model/check/internal/tree"
	"weir/model/resolved"
)

// line serves all flows of some stocks one after another, where no smaller change opens a
// cycle: each flow sees what those before it have left in the stocks at its two ends, and
// nothing of those after it. Then no stock is taken below 0 either, for each flow leaves 0 at
// least, and no cycle is left but one of the flows' own equations. The line keeps the priority
// of outflows. It reports whether it changed a limit.
func (r *Limiter) line(on closed) bool {
	// All limits on a cycle at once: a line of some of them would leave others waiting.
	var closes []*limit
	for _, l := range r.limits {
		flows := slices.Concat(l.stock.Inflows, l.stock.Outflows)
		if l.rank == nil && slices.ContainsFunc(flows, func(f *resolved.Variable) bool { return r.isOn(f, on) }) {
			closes = append(closes, l)
		}
	}
	if len(closes) == 0 {
		return false
	}
	rank, ok := r.ranks()
	if !ok {
		return false
	}
	for _, l := range closes {
		l.rank = rank
		l.write()
	}
	return true
}

// isOn reports whether a flow, or what its far end offers of it, is on a cycle.
func (r *Limiter) isOn(flow *resolved.Variable, on closed) bool {
	f := r.flows[flow]
	return len(on[flow]) > 0 || f != nil && (len(on[f.wanted]) > 0 || len(on[f.offered]) > 0)
}

// ranks returns the place of each flow of non-negative stocks in a line: behind all flows
// that its own equation reads and all outflows that come before it at its stock. It reports
// false if there is no such line.
func (r *Limiter) ranks() (map[*resolved.Variable]int, bool) {
	before := map[*resolved.Variable]*resolved.Variable{} // the outflow that is served before
	for _, l := range r.limits {
		for i, f := range l.stock.Outflows[:max(0, len(l.stock.Outflows)-1)] {
			before[l.stock.Outflows[i+1]] = f
		}
	}
	// A search in depth: a variable gets its rank after all that it waits for. One that is
	// met while it waits itself is on a cycle of the flows' own equations.
	rank := map[*resolved.Variable]int{}
	const waiting = -1
	sound, next := true, 0
	var visit func(v *resolved.Variable)
	visit = func(v *resolved.Variable) {
		if place, known := rank[v]; known || v.Kind != resolved.Aux && v.Kind != resolved.Flow {
			sound = sound && (!known || place != waiting)
			return
		}
		rank[v] = waiting
		if b := before[v]; b != nil {
			visit(b)
		}
		for _, p := range r.own(v) {
			tree.References(p.Expr, nil, func(ref *resolved.Ref, _ []*resolved.Loop) { visit(ref.Var) })
		}
		rank[v] = next
		next++
	}
	for _, l := range r.limits {
		for _, f := range slices.Concat(l.stock.Inflows, l.stock.Outflows) {
			visit(f)
		}
	}
	return rank, sound
}

// own returns the parts of a variable without its limits: those of what a flow wants.
func (r *Limiter) own(v *resolved.Variable) []*resolved.Part {
	if f := r.byFlow[v]; f != nil {
		return f.wanted.Parts
	}
	return v.Parts
}

// leftInLine returns what the flows before one in the line have left in the stock, in the
// unit of a flow. Flows that run backwards count with their sign.
func (l *limit) leftInLine(flow *resolved.Variable, at []resolved.Pos) resolved.Expr {
	left := tree.Apply(resolved.Div, ref(l.stock, at), tree.StepSize())
	for _, in := range l.stock.Inflows {
		if l.rank[in] < l.rank[flow] {
			left = tree.Apply(resolved.Add, left, ref(in, at))
		}
	}
	for _, out := range l.stock.Outflows {
		if l.rank[out] < l.rank[flow] {
			left = tree.Apply(resolved.Sub, left, ref(out, at))
		}
	}
	return left
}
