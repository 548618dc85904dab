package scenarios

import (
	"math"
	"slices"

	"weir/model/resolved"
	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// window returns the time from today to the last saved row.
func (c *Comparison) window() Window {
	w := c.Set.WindowOf(c.Time)
	w.Today, w.Horizon = c.Today, c.Horizon
	return w
}

// WindowOf returns the time from today to the last of the saved times.
func (s *Set) WindowOf(time []float64) Window {
	years, _ := yearsPerUnit(s.Model.Time.Unit)
	w := Window{Today: s.today(), YearsPerUnit: years}
	if len(time) > 0 {
		w.Horizon = time[len(time)-1]
	}
	return w
}

// HorizonOf returns the time at which an outcome is judged: the horizon, or its own date.
func (c *Comparison) HorizonOf(o *Outcome) float64 {
	return o.Measure.horizon(Window{Today: c.Today, Horizon: c.Horizon})
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
		out[i] = o.judged(curve.Curve{T: c.Time, Y: unit}, c.window()).Last()
		unit[i] = 0
	}
	return out
}

// history returns the points of a data variable, "x" or "x[a,b]"; nil for none.
func (s *Set) history(name string) []resolved.Point {
	name, elements, _ := element.Split(name)
	v := s.Model.Variable(name)
	if v == nil || v.Series == nil {
		return nil
	}
	all := element.All(element.Dimensions(s.Model, v.Over))
	i := slices.IndexFunc(all, func(e []string) bool { return slices.Equal(e, elements) })
	if i < 0 || i >= len(v.Series.Points) {
		return nil
	}
	return v.Series.Points[i]
}
