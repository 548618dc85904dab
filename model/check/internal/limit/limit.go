// Package limit writes the limits of non-negative stocks into the equations of the flows that
// drain them.
package limit

import (
	"slices"

	"weir/model/check/internal/resolve"
	"weir/model/check/internal/tree"
	"weir/model/document"
	"weir/model/resolved"
)

// A Limiter writes the limits, and relaxes those that close a cycle.
type Limiter struct {
	*resolve.Resolver
	limits []*limit
	flows  map[*resolved.Variable]*limitedFlow // those inflows that may be negative
	byFlow map[*resolved.Variable]*limitedFlow // all of them
	sure   map[*resolved.Variable]bool         // see neverNegative
	moved  map[string]bool                     // flows to which conveyors give their values
}

// New returns the limiter of a model whose equations are resolved.
func New(r *resolve.Resolver) *Limiter {
	return &Limiter{
		Resolver: r, moved: moved(r.Model),
		flows: map[*resolved.Variable]*limitedFlow{}, byFlow: map[*resolved.Variable]*limitedFlow{}, sure: map[*resolved.Variable]bool{},
	}
}

// A limit is a non-negative stock with the flows that may drain it: inflows that may run
// backwards, and outflows in order of priority. Each takes no more than the contents of the
// stock and its other inflows of a step, less the drains before it (XMILE 1.2, 4.2: negative
// inflows flow outward and are held like outflows). Negative inflows come first:
//
//	outflow = min(wanted, max(0, stock/dt + inflows - outflows served before))
//	inflow  = max(wanted, 0 - max(0, stock/dt + other inflows, where positive
//	                                  - negative inflows served before))
//
// The net flow is at least -stock/dt in every evaluation, so that no Runge-Kutta method of
// the table takes the stock below 0. The flow itself is held back, never the stock: at its
// other end arrives what leaves here.
//
// An inflow that itself depends, in the same step or by its initial values, on a limited
// outflow counts as 0 for this one and those before it: nobody can pass on a flow that
// arrives because of their own passing on. This breaks the cycle and creates nothing. If
// such an inflow is negative it is served after these outflows.
type limit struct {
	// Its own equations stay as they are: only those of its flows change.
	stock   *resolved.Variable
	in, out []*limitedFlow       // in has the inflows that may be negative
	others  []*resolved.Variable // inflows that are never negative
	// place is how many outflows, the first ones, ignore an inflow. Those that may be negative
	// are served after these outflows, and never after more than their bound.
	place, bound map[*resolved.Variable]int
	// skipped are pairs of inflows of which the first is held without regard to the second;
	// after those of which the first depends on the second, and is served after it.
	skipped, after map[[2]*resolved.Variable]bool
	// rank is the place of each flow in a line, nil as long as the rules above do; see line.
	rank map[*resolved.Variable]int
}

// A limitedFlow is a declared flow, which holds the limited value, and the hidden variable
// that holds the wanted one. Offered is the value that the stock it comes from allows; it is
// hidden if the flow is limited at its other end, too.
type limitedFlow struct {
	flow, wanted, offered *resolved.Variable
	// left is what is left for the flow by those before it, for outflows from the maxWritten-th
	// on; nil for others.
	left *resolved.Variable
}

// maxWritten is how many outflows of one stock write out what is left for them. Further ones
// take it from the one before, so that the equations grow with the number of outflows and
// not with its square. The sums are the same, term by term.
const maxWritten = 16

// newLimit returns the limit of a stock before its flows are known.
func newLimit(stock *resolved.Variable) *limit {
	return &limit{
		stock: stock, place: map[*resolved.Variable]int{}, bound: map[*resolved.Variable]int{},
		skipped: map[[2]*resolved.Variable]bool{}, after: map[[2]*resolved.Variable]bool{},
	}
}

// LimitAll writes the limits of all non-negative stocks into the flows that drain them. All inflows
// come before all outflows, so that a flow between two limited stocks is known as limited at its
// far end when its near end is looked at. Equations are written last, when each stock knows all its
// flows.
func (r *Limiter) LimitAll() {
	for _, v := range r.Model.Variables {
		if stock := r.Vars[v]; stock != nil && stock.NonNegative && !r.Bad[v] && tree.SameShape(stock) {
			r.limits = append(r.limits, newLimit(stock))
		}
	}
	for _, l := range r.limits {
		r.limitInflows(l)
	}
	for _, l := range r.limits {
		for _, flow := range l.stock.Outflows {
			f := r.limitOutflow(l.stock, flow)
			if len(l.out) >= maxWritten {
				f.left = r.hide(flow, "#left", resolved.Aux)
			}
			l.out = append(l.out, f)
		}
	}
	for _, l := range r.limits {
		l.write()
	}
}

// limitInflows moves the equations of the inflows that may be negative to hidden variables.
func (r *Limiter) limitInflows(l *limit) {
	for _, flow := range l.stock.Inflows {
		if r.moved[flow.Name] || r.neverNegative(flow) {
			l.others = append(l.others, flow)
			continue
		}
		wanted := r.hide(flow, "#wanted", resolved.Aux)
		wanted.Parts = flow.Parts
		f := &limitedFlow{flow: flow, wanted: wanted, offered: wanted}
		r.flows[flow], r.byFlow[flow] = f, f
		l.in = append(l.in, f)
		r.account(l.stock, f, wanted, flow, flow, "#held", flow, wanted)
	}
}

// limitOutflow moves the equation of an outflow to a hidden variable.
func (r *Limiter) limitOutflow(stock, flow *resolved.Variable) *limitedFlow {
	if f := r.flows[flow]; f != nil { // it is limited at its other end
		f.offered = r.hide(flow, "#offered", resolved.Aux)
		r.account(stock, f, f.wanted, f.offered, flow, "", f.wanted, f.offered)
		r.rebase(f)
		return f
	}
	wanted := r.hide(flow, "#wanted", resolved.Aux)
	wanted.Parts = flow.Parts
	f := &limitedFlow{flow: flow, wanted: wanted, offered: flow}
	r.byFlow[flow] = f
	r.account(stock, f, wanted, flow, flow, "", wanted, flow)
	return f
}

// rebase makes the limit at the other end of a flow hold back the flow that is offered.
func (r *Limiter) rebase(f *limitedFlow) {
	for i := range r.Out.Limits {
		if l := &r.Out.Limits[i]; l.Flow == f.flow && l.Limited == f.flow {
			l.Wanted = f.offered
			refused := l.TurnedAway.Inflows[0]
			refused.Parts = difference(refused, f.flow, f.offered)
		}
	}
}

// hide declares a hidden variable of a flow.
func (r *Limiter) hide(flow *resolved.Variable, suffix string, kind resolved.Kind) *resolved.Variable {
	v := &resolved.Variable{Name: flow.Name + suffix, Label: flow.Name + suffix, Kind: kind, Hidden: true,
		Owner: flow, Over: flow.Over, Span: flow.Span}
	r.Count(v)
	r.Hidden = append(r.Hidden, v)
	return v
}

// account adds up more - less, the part of a flow that is held back, in a hidden stock.
func (r *Limiter) account(stock *resolved.Variable, f *limitedFlow,
	wanted, limited, flow *resolved.Variable, kind string, more, less *resolved.Variable) {
	refused := r.hide(flow, kind+"#refused", resolved.Flow)
	refused.Parts = difference(refused, more, less)
	turnedAway := r.hide(flow, kind+"#turned_away", resolved.Stock)
	turnedAway.Parts = tree.OverAll(turnedAway, func([]resolved.Pos) resolved.Expr { return &resolved.Const{} })
	turnedAway.Inflows = []*resolved.Variable{refused}
	r.Out.Limits = append(r.Out.Limits,
		resolved.Limit{Stock: stock, Flow: flow, Wanted: wanted, Limited: limited, TurnedAway: turnedAway})
}

// difference returns the equation a - b of a variable.
func difference(v, a, b *resolved.Variable) []*resolved.Part {
	return tree.OverAll(v, func(at []resolved.Pos) resolved.Expr {
		return tree.Apply(resolved.Sub, &resolved.Ref{Var: a, At: at}, &resolved.Ref{Var: b, At: at})
	})
}

// write gives the limited flows their equations. It may be called again after place, bound or
// skipped has changed, and replaces the equations.
func (l *limit) write() {
	for i, f := range l.out {
		if f.left != nil {
			f.left.Parts = tree.OverAll(f.left, func(at []resolved.Pos) resolved.Expr { return l.left(i, at) })
		}
		f.set(f.offered, func(at []resolved.Pos) resolved.Expr { return l.served(i, at) })
	}
	for i, f := range l.in {
		f.set(f.flow, func(at []resolved.Pos) resolved.Expr { return l.held(i, at) })
	}
}

// set gives a variable of a limited flow its equation, with the place of the flow's own.
func (f *limitedFlow) set(v *resolved.Variable, expr func(at []resolved.Pos) resolved.Expr) {
	parts := tree.OverAll(v, expr)
	if len(f.wanted.Parts) > 0 {
		parts[0].Span, parts[0].Text = f.wanted.Parts[0].Span, f.wanted.Parts[0].Text
	}
	v.Parts = parts
}

// ref returns a reference to an element.
func ref(v *resolved.Variable, at []resolved.Pos) resolved.Expr { return &resolved.Ref{Var: v, At: at} }

// positive returns x where it is above 0, and 0 elsewhere.
func positive(x resolved.Expr) resolved.Expr { return tree.Apply(resolved.Max, &resolved.Const{}, x) }

// served returns the equation of the i-th outflow.
func (l *limit) served(i int, at []resolved.Pos) resolved.Expr {
	f := l.out[i]
	left := ref(f.left, at)
	if f.left == nil {
		left = l.left(i, at)
	}
	return tree.Apply(resolved.Min, ref(f.wanted, at), positive(left))
}

// left returns what is left for the i-th outflow. It is in the unit of the flow: the contents are
// divided by the step. It may be below 0; the caller cuts it off.
func (l *limit) left(i int, at []resolved.Pos) resolved.Expr {
	if l.rank != nil {
		return l.leftInLine(l.out[i].flow, at)
	}
	if i > 0 && l.out[i-1].left != nil {
		left := tree.Apply(resolved.Sub, ref(l.out[i-1].left, at), l.out[i-1].taken(at))
		for _, in := range l.in {
			if l.place[in.flow] == i {
				left = tree.Apply(resolved.Add, left, ref(in.flow, at))
			}
		}
		return left
	}
	left := tree.Apply(resolved.Div, ref(l.stock, at), tree.StepSize())
	for _, in := range l.stock.Inflows {
		if l.place[in] <= i {
			left = tree.Apply(resolved.Add, left, ref(in, at))
		}
	}
	for _, before := range l.out[:i] {
		left = tree.Apply(resolved.Sub, left, before.taken(at))
	}
	return left
}

// taken returns what an outflow takes from those after it. One that is limited at its other
// end may bring less than is offered where it runs backwards.
func (f *limitedFlow) taken(at []resolved.Pos) resolved.Expr {
	if f.offered != f.flow {
		return positive(ref(f.offered, at))
	}
	return ref(f.offered, at)
}

// held returns the equation of the i-th inflow that may be negative. The positive part of a
// flow is that of the flow offered, since a limit at its other end holds back only the
// negative part.
func (l *limit) held(i int, at []resolved.Pos) resolved.Expr {
	f, order := l.in[i], l.order()
	if l.rank != nil {
		return tree.Apply(resolved.Max, ref(f.offered, at),
			tree.Apply(resolved.Sub, &resolved.Const{}, positive(l.leftInLine(f.flow, at))))
	}
	left := tree.Apply(resolved.Div, ref(l.stock, at), tree.StepSize())
	for _, in := range l.others {
		if l.place[in] == 0 && !l.skips(f.flow, in) {
			left = tree.Apply(resolved.Add, left, ref(in, at))
		}
	}
	for j, other := range l.in {
		if j != i && l.place[other.flow] == 0 && !l.skips(f.flow, other.flow) {
			left = tree.Apply(resolved.Add, left, positive(ref(other.offered, at)))
		}
		if slices.Index(order, j) < slices.Index(order, i) {
			left = tree.Apply(resolved.Add, left, tree.Apply(resolved.Min, &resolved.Const{}, ref(other.flow, at)))
		}
	}
	for _, out := range l.out[:l.place[f.flow]] {
		left = tree.Apply(resolved.Sub, left, positive(ref(out.offered, at)))
	}
	lowest := tree.Apply(resolved.Sub, &resolved.Const{}, positive(left))
	return tree.Apply(resolved.Max, ref(f.offered, at), lowest)
}

// skips reports whether an inflow is held as if another one were 0.
func (l *limit) skips(f, other *resolved.Variable) bool {
	return l.skipped[[2]*resolved.Variable{f, other}]
}

// order returns the numbers of the inflows that may be negative, in the order in which they
// are served: by their place among the outflows, each after those it depends on, and else in
// the order of the stock.
func (l *limit) order() []int {
	left := make([]int, len(l.in))
	for i := range left {
		left[i] = i
	}
	slices.SortStableFunc(left, func(i, j int) int { return l.place[l.in[i].flow] - l.place[l.in[j].flow] })
	var out []int
	for len(left) > 0 {
		next := slices.IndexFunc(left, func(i int) bool { return !l.waits(i, left) })
		next = max(next, 0)
		out = append(out, left[next])
		left = slices.Delete(left, next, next+1)
	}
	return out
}

// waits reports whether the i-th inflow depends on one of some others at the same place.
func (l *limit) waits(i int, others []int) bool {
	f := l.in[i].flow
	return slices.ContainsFunc(others, func(j int) bool {
		other := l.in[j].flow
		return l.place[other] == l.place[f] && l.after[[2]*resolved.Variable{f, other}]
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
			const hint = "%s is never below 0 and serves its outflows in order, so %s depends on %s: " +
				"change the order, or delay the influence"
			return r.Say(hint, l.stock.Name, on[len(on)-1], on[0])
		}
		for _, f := range l.in {
			if slices.Contains(vars, f.flow) {
				const hint = "%s is never below 0, and %s might drain it by running backwards: " +
					"write non_negative = true in [flow.%s] if it does not, or delay the influence"
				return r.Say(hint, l.stock.Name, f.flow.Name, f.flow.Name)
			}
		}
	}
	return usual
}

// moved returns the flows to which conveyors give their values.
func moved(m *document.Model) map[string]bool {
	out := map[string]bool{}
	for _, v := range m.Variables {
		if v.Conveyor != nil {
			for _, name := range v.Outflow {
				out[name] = true
			}
		}
	}
	return out
}
