package advice

import (
	"fmt"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/method"
	"weir/model/resolved"
)

// steps warns of a step too long for a stock's first-order outflow, stock/time or
// stock × rate with constants: its time constant is known before any run.
func (a *adviser) steps() {
	by := method.Find(a.Resolved.Time.Method)
	if by == nil || by.Adaptive() {
		return
	}
	per := by.StepsPerTimeConstant
	wanted := map[*resolved.Variable]*resolved.Variable{}
	for _, l := range a.Resolved.Limits {
		wanted[l.Flow] = l.Wanted
	}
	for _, stock := range a.Resolved.Variables {
		if stock.Hidden {
			continue // delays have a check of their own
		}
		for _, flow := range stock.Outflows {
			parts := flow.Parts
			if w := wanted[flow]; w != nil {
				parts = w.Parts
			}
			a.step(stock, flow, parts, per)
		}
	}
}

// step warns of the fastest of a flow's equations.
func (a *adviser) step(stock, flow *resolved.Variable, parts []*resolved.Part, per float64) {
	rate := 0.0
	for _, p := range parts {
		if r, ok := drain(p.Expr, stock); ok {
			rate = max(rate, r)
		}
	}
	if rate == 0 || a.Resolved.Time.Step*rate*per <= 1+1e-9 {
		return
	}
	at := a.Model.Time.KeySpans["step"]
	a.advise(code.StepTooLong, diagnostic.Warning, at,
		"take a step of at most "+fmt.Sprintf("%.12g", 1/(rate*per))+", or a method of higher order",
		"the step (%v) is long for %s, which empties %s with a time constant of %.12g", a.Resolved.Time.Step,
		flow.Name, stock.Name, 1/rate)
}

// drain returns the constant by which a stock is multiplied in an expression of products and
// quotients, false if there is anything else in it.
func drain(e resolved.Expr, stock *resolved.Variable) (rate float64, ok bool) {
	switch e := e.(type) {
	case *resolved.Ref:
		return 1, e.Var == stock
	case *resolved.Apply:
		if e.Op != resolved.Mul && e.Op != resolved.Div {
			return 0, false
		}
		if rate, ok = drain(e.Args[0], stock); ok {
			c, known := largest(e.Args[1], e.Op == resolved.Div)
			if e.Op == resolved.Div {
				c = 1 / c
			}
			return rate * c, known
		}
		if rate, ok = drain(e.Args[1], stock); ok && e.Op == resolved.Mul {
			c, known := largest(e.Args[0], false)
			return rate * c, known
		}
	}
	return 0, false
}

// largest returns the largest positive value of a constant expression over its elements, or the
// smallest.
func largest(e resolved.Expr, smallest bool) (float64, bool) {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value, e.Value > 0
	case *resolved.Ref:
		return ofConstant(e.Var, smallest)
	case *resolved.Apply:
		if e.Op != resolved.Mul && e.Op != resolved.Div {
			return 0, false
		}
		x, ok1 := largest(e.Args[0], smallest)
		y, ok2 := largest(e.Args[1], smallest != (e.Op == resolved.Div))
		if e.Op == resolved.Div {
			y = 1 / y
		}
		return x * y, ok1 && ok2
	}
	return 0, false
}

// ofConstant returns the largest value of a constant over its elements, or the smallest.
func ofConstant(v *resolved.Variable, smallest bool) (out float64, ok bool) {
	if v.Kind != resolved.Constant {
		return 0, false
	}
	for _, p := range v.Parts {
		c, isConst := p.Expr.(*resolved.Const)
		if !isConst || c.Value <= 0 {
			return 0, false
		}
		if !ok || smallest == (c.Value < out) {
			out, ok = c.Value, true
		}
	}
	return out, ok
}
