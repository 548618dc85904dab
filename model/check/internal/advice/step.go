package advice

import (
	"fmt"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/method"
	"weir/model/resolved"
)

// stiffFrom is the length of the step, in time constants of a part, from which the method for
// stiff models is proposed: an explicit one needs at least a third as many substeps per step.
const stiffFrom = 10

// steps warns of a step too long for a flow that adjusts its own stock: an outflow such as
// stock/time, or a goal gap such as (goal - stock)/time as inflow or outflow, also through
// auxiliaries. Their time constants are known before any run.
func (a *adviser) steps() {
	by := method.Find(a.Resolved.Time.Method)
	if by == nil || by.Adaptive() {
		return
	}
	// The equation of a limited flow is a minimum with the contents of its stock. The one that the
	// modeler wrote is in the variable that holds the wanted flow.
	wanted := map[*resolved.Variable]*resolved.Variable{}
	for _, l := range a.Resolved.Limits {
		wanted[l.Flow] = l.Wanted
	}
	equation := func(flow *resolved.Variable) []*resolved.Part {
		if w := wanted[flow]; w != nil {
			return w.Parts
		}
		return flow.Parts
	}
	for _, stock := range a.Resolved.Variables {
		if stock.Hidden {
			continue // delays have a check of their own
		}
		for _, flow := range stock.Outflows {
			a.step(stock, flow, equation(flow), 1, by)
		}
		for _, flow := range stock.Inflows {
			a.step(stock, flow, equation(flow), -1, by)
		}
	}
}

// step warns of the fastest of a flow's equations. Outward is 1 for an outflow, -1 for an
// inflow.
func (a *adviser) step(stock, flow *resolved.Variable, parts []*resolved.Part, outward float64, by *method.Method) {
	// The rate is in 1/time: its inverse is the time constant of the stock.
	rate := 0.0
	for _, p := range parts {
		g := gain{stock: stock, step: a.Resolved.Time.Step}
		if r, ok := g.of(p.Expr); ok {
			rate = max(rate, outward*r)
		}
	}
	step := a.Resolved.Time.Step
	if rate <= 0 || step*rate*by.StepsPerTimeConstant <= 1+1e-9 {
		return
	}
	at := a.Model.Time.KeySpans["step"]
	shorter := fmt.Sprintf("%.12g", 1/(rate*by.StepsPerTimeConstant))
	if step*rate > by.StableSteps {
		other := "rk45"
		if step*rate > stiffFrom {
			other = "stiff"
		}
		a.advise(code.StepTooLong, diagnostic.Warning, at, "take a step of at most "+shorter+`, or method = "`+other+`"`,
			"the step (%v) is %.3g time constants of %s, which moves %s: by %s's method the run swings ever wider",
			step, step*rate, flow, stock, by.Name)
		return
	}
	does := "adjusts"
	if outward > 0 {
		does = "empties"
	}
	a.advise(code.StepTooLong, diagnostic.Warning, at, "take a step of at most "+shorter+", or a method of higher order",
		"the step (%v) is long for %s, which %s %s with a time constant of %.12g", step, flow, does, stock, 1/rate)
}
