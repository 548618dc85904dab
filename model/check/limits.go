package check

import (
	"slices"

	"weir/model/resolved"
)

// A limit is a non-negative stock with its outflows in order of priority. A flow
// out of it gets what it wants, but at most what the stock holds and receives in a
// step, less what flows of higher priority took:
//
//	min(wanted, max(0, stock/dt + inflows - outflows served before))
//
// An inflow that itself depends, in the same step or by its initial values, on one
// of the limited flows counts as 0: nobody can pass on what arrives because of what
// they pass on. This breaks the circle and creates nothing.
type limit struct {
	stock   *resolved.Variable
	ignored map[*resolved.Variable]bool // inflows that count as 0
	out     []*limitedFlow
}

// A limitedFlow is the declared variable, which holds what flows, and the hidden
// ones behind it.
type limitedFlow struct {
	flow, wanted *resolved.Variable
}

// limit writes the limits of all non-negative stocks into their outflows.
func (r *resolver) limit() {
	for _, v := range r.m.Variables {
		stock := r.vars[v]
		if stock == nil || !stock.NonNegative || r.bad[v] || !sameShape(stock) {
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

// sameShape reports whether a stock's flows have its dimensions: of a model with
// mistakes, they need not.
func sameShape(stock *resolved.Variable) bool {
	for _, f := range slices.Concat(stock.Inflows, stock.Outflows) {
		if !slices.Equal(f.Over, stock.Over) {
			return false
		}
	}
	return true
}

// limitFlow moves a flow's equation to a hidden variable and adds up what is
// turned away in a hidden stock.
func (r *resolver) limitFlow(stock, flow *resolved.Variable) *limitedFlow {
	make := func(suffix string, kind resolved.Kind) *resolved.Variable {
		v := &resolved.Variable{Name: flow.Name + suffix, Label: flow.Name + suffix, Kind: kind, Hidden: true, Owner: flow, Over: flow.Over, Span: flow.Span}
		r.count(v)
		r.hidden = append(r.hidden, v)
		return v
	}
	wanted := make("#wanted", resolved.Aux)
	wanted.Parts = flow.Parts
	refused := make("#refused", resolved.Flow)
	refused.Parts = overAll(refused, func(at []resolved.Pos) resolved.Expr {
		return apply(resolved.Sub, &resolved.Ref{Var: wanted, At: at}, &resolved.Ref{Var: flow, At: at})
	})
	turnedAway := make("#turned_away", resolved.Stock)
	turnedAway.Parts = overAll(turnedAway, func([]resolved.Pos) resolved.Expr { return &resolved.Const{} })
	turnedAway.Inflows = []*resolved.Variable{refused}
	r.out.Limits = append(r.out.Limits, resolved.Limit{Stock: stock, Flow: flow, Wanted: wanted, TurnedAway: turnedAway})
	return &limitedFlow{flow, wanted}
}

// overAll is one part for all elements of a variable.
func overAll(v *resolved.Variable, expr func(own []resolved.Pos) resolved.Expr) []*resolved.Part {
	p := &resolved.Part{Span: v.Span}
	var own []resolved.Pos
	for _, d := range v.Over {
		l := &resolved.Loop{Dim: d, At: count(len(d.Elements))}
		p.Loops = append(p.Loops, l)
		own = append(own, position(l, l.At))
	}
	p.Expr = expr(own)
	return []*resolved.Part{p}
}

// write gives the limited flows their equations.
func (l *limit) write() {
	for i, f := range l.out {
		parts := overAll(f.flow, func(at []resolved.Pos) resolved.Expr { return l.served(i, at) })
		if len(f.wanted.Parts) > 0 {
			parts[0].Span, parts[0].Text = f.wanted.Parts[0].Span, f.wanted.Parts[0].Text
		}
		f.flow.Parts = parts
	}
}

// served is what the i-th outflow gets.
func (l *limit) served(i int, at []resolved.Pos) resolved.Expr {
	of := func(v *resolved.Variable) resolved.Expr { return &resolved.Ref{Var: v, At: at} }
	left := apply(resolved.Div, of(l.stock), &resolved.Clock{Kind: resolved.StepSize})
	for _, in := range l.stock.Inflows {
		if !l.ignored[in] {
			left = apply(resolved.Add, left, of(in))
		}
	}
	for _, before := range l.out[:i] {
		left = apply(resolved.Sub, left, of(before.flow))
	}
	return apply(resolved.Min, of(l.out[i].wanted), apply(resolved.Max, &resolved.Const{}, left))
}

// relax ignores the inflows that lie on a circle with the flows they would limit,
// and reports whether there were any. Circles are sets of variables that depend on
// each other, element by element.
func (r *resolver) relax(circles [][]*resolved.Variable) bool {
	changed := false
	for _, l := range r.limits {
		before := len(l.ignored)
		for _, in := range l.stock.Inflows {
			if l.onCircle(in, circles) {
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

// onCircle reports whether an inflow lies on a circle with an outflow.
func (l *limit) onCircle(in *resolved.Variable, circles [][]*resolved.Variable) bool {
	return slices.ContainsFunc(circles, func(circle []*resolved.Variable) bool {
		return slices.Contains(circle, in) && slices.ContainsFunc(l.out, func(f *limitedFlow) bool { return slices.Contains(circle, f.flow) })
	})
}
