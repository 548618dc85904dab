package scenarios

import (
	"math"

	"weir/scenarios/internal/curve"
	"weir/sim"
)

// window returns the time from today to the last saved row.
func (c *Comparison) window() Window {
	w := c.Set.WindowOf(c.Time)
	w.Today, w.Horizon = c.Today, c.Horizon
	return w
}

// HorizonOf returns the time at which an outcome is judged: the horizon, or its own date.
func (c *Comparison) HorizonOf(o *Outcome) float64 {
	return o.Measure.Horizon(Window{Today: c.Today, Horizon: c.Horizon})
}

// series returns a variable at all of the comparison's times: NaN from where a run
// stopped because of one.
func (c *Comparison) series(r *sim.Result, name string) []float64 {
	y := r.Series(name)
	for len(y) < len(c.Time) {
		y = append(y, math.NaN())
	}
	return y
}

// SumWeights returns the factors, one for each saved time, with which a cost's rate counts in
// its undiscounted sum from today to the horizon: the sum over rows of weight times rate is
// that of the verdicts, up to rounding.
func (c *Comparison) SumWeights(o *Outcome) []float64 {
	out := make([]float64, len(c.Time))
	unit := make([]float64, len(c.Time))
	for i := range unit {
		unit[i] = 1
		out[i] = o.Course(curve.Curve{T: c.Time, Y: unit}, c.window()).Last()
		unit[i] = 0
	}
	return out
}
