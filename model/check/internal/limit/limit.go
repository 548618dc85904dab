package limit

import (
	"fmt"
	"slices"

	"weir/model/check/internal/resolve"
	"weir/model/check/internal/tree"
	"weir/model/resolved"
)

// A Limiter writes the limits, and relaxes those that close a cycle.
type Limiter struct {
	*resolve.Resolver
	limits []*limit
}

// A limit is a non-negative stock with its outflows in order of priority. An outflow gets
// the flow it wants, but at most the contents and inflows of a step, less the flows of
// higher priority:
//
//	min(wanted, max(0, stock/dt + inflows - outflows served before))
//
// An inflow that itself depends, in the same step or by its initial values, on one of the
// limited flows counts as 0: nobody can pass on a flow that arrives because of their own
// passing on. This breaks the cycle and creates nothing.
type limit struct {
	stock   *resolved.Variable
	ignored map[*resolved.Variable]bool // inflows that count as 0
	out     []*limitedFlow
}

// A limitedFlow is the declared variable, which holds the limited flow, and the hidden one that
// holds the wanted flow.
type limitedFlow struct {
	flow, wanted *resolved.Variable
}

// LimitAll writes the limits of all non-negative stocks into their outflows.
func (r *Limiter) LimitAll() {
	for _, v := range r.Model.Variables {
		stock := r.Vars[v]
		if stock == nil || !stock.NonNegative || r.Bad[v] || !tree.SameShape(stock) {
			continue
		}
		l := &limit{stock: stock, ignored: map[*resolved.Variable]bool{}}
		for _, flow := range stock.Outflows {
			l.out = append(l.out, r.limitFlow(stock, flow))
		}
		r.limits = append(r.limits, l)
		l.write()
	}
}

// limitFlow moves a flow's equation to a hidden variable, and adds up the refused part of it in
// a hidden stock.
func (r *Limiter) limitFlow(stock, flow *resolved.Variable) *limitedFlow {
	make := func(suffix string, kind resolved.Kind) *resolved.Variable {
		v := &resolved.Variable{Name: flow.Name + suffix, Label: flow.Name + suffix, Kind: kind, Hidden: true,
			Owner: flow, Over: flow.Over, Span: flow.Span}
		r.Count(v)
		r.Hidden = append(r.Hidden, v)
		return v
	}
	wanted := make("#wanted", resolved.Aux)
	wanted.Parts = flow.Parts
	refused := make("#refused", resolved.Flow)
	refused.Parts = tree.OverAll(refused, func(at []resolved.Pos) resolved.Expr {
		return tree.Apply(resolved.Sub, &resolved.Ref{Var: wanted, At: at}, &resolved.Ref{Var: flow, At: at})
	})
	turnedAway := make("#turned_away", resolved.Stock)
	turnedAway.Parts = tree.OverAll(turnedAway, func([]resolved.Pos) resolved.Expr { return &resolved.Const{} })
	turnedAway.Inflows = []*resolved.Variable{refused}
	r.Out.Limits = append(r.Out.Limits,
		resolved.Limit{Stock: stock, Flow: flow, Wanted: wanted, TurnedAway: turnedAway})
	return &limitedFlow{flow, wanted}
}

// write gives the limited flows their equations.
func (l *limit) write() {
	for i, f := range l.out {
		parts := tree.OverAll(f.flow, func(at []resolved.Pos) resolved.Expr { return l.served(i, at) })
		if len(f.wanted.Parts) > 0 {
			parts[0].Span, parts[0].Text = f.wanted.Parts[0].Span, f.wanted.Parts[0].Text
		}
		f.flow.Parts = parts
	}
}

// served returns the equation of the i-th outflow.
func (l *limit) served(i int, at []resolved.Pos) resolved.Expr {
	of := func(v *resolved.Variable) resolved.Expr { return &resolved.Ref{Var: v, At: at} }
	left := tree.Apply(resolved.Div, of(l.stock), &resolved.Clock{Kind: resolved.StepSize})
	for _, in := range l.stock.Inflows {
		if !l.ignored[in] {
			left = tree.Apply(resolved.Add, left, of(in))
		}
	}
	for _, before := range l.out[:i] {
		left = tree.Apply(resolved.Sub, left, of(before.flow))
	}
	return tree.Apply(resolved.Min, of(l.out[i].wanted), tree.Apply(resolved.Max, &resolved.Const{}, left))
}

// Relax ignores the inflows that are on a cycle with the flows they would limit, and reports
// whether there were any. Cycles are sets of variables that depend on each other, element by
// element.
func (r *Limiter) Relax(cycles [][]*resolved.Variable) bool {
	changed := false
	for _, l := range r.limits {
		before := len(l.ignored)
		for _, in := range l.stock.Inflows {
			if l.onCycle(in, cycles) {
				l.ignored[in] = true
			}
		}
		if len(l.ignored) > before {
			l.write()
			changed = true
		}
	}
	return changed
}

// onCycle reports whether an inflow is on a cycle with an outflow.
func (l *limit) onCycle(in *resolved.Variable, cycles [][]*resolved.Variable) bool {
	return slices.ContainsFunc(cycles, func(cycle []*resolved.Variable) bool {
		return slices.Contains(cycle, in) && slices.ContainsFunc(l.out,
			func(f *limitedFlow) bool { return slices.Contains(cycle, f.flow) })
	})
}

// WayOut returns the hint for a cycle. One between outflows of a non-negative stock follows
// from their priority, which no equation shows.
func (r *Limiter) WayOut(vars []*resolved.Variable, usual string) string {
	for _, l := range r.limits {
		var on []string
		for _, f := range l.out {
			if slices.Contains(vars, f.flow) {
				on = append(on, f.flow.Name)
			}
		}
		if len(on) > 1 {
			return fmt.Sprintf("%s is never below 0 and serves its outflows in order, so %s depends on %s: change the order, or delay the influence", l.stock.Name, on[len(on)-1], on[0])
		}
	}
	return usual
}
