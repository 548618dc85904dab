package scenarios

import (
	"slices"

	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/statistic"
	"weir/sim"
)

// courses returns an outcome over the window in a run (0 is the first scenario) at the
// centre: medians over the futures, or the central runs if f is nil or no future counts.
func (c *Comparison) courses(o *Outcome, run int, f *futures) courses {
	w := c.window()
	if f == nil || len(f.members) == 0 {
		base, value := c.contrast(c.Runs[run], o.Variable).curves(o, w)
		return courses{base, value, value.Minus(base)}
	}
	if o.Cost {
		return f.sums(c, o, run+1, w)
	}
	i := slices.Index(c.Set.Outcomes, o) // outcomes are the first panels
	p := c.Panels[i]
	at := func(b *Band) curve.Curve { return o.Course(curve.Curve{T: c.Time, Y: b.Median}, w) }
	return courses{at(p.BaselineBand), at(p.RunBands[run]), at(p.DifferenceBands[run])}
}

// sums returns the medians of a cost's running sums, and of their differences. The sum of
// medians would not be the median of the sums.
func (f *futures) sums(c *Comparison, o *Outcome, run int, w Window) courses {
	base, time := f.running(c, o, f.runs[0], w)
	value, _ := f.running(c, o, f.runs[run], w)
	out := courses{curve.Curve{T: time}, curve.Curve{T: time}, curve.Curve{T: time}}
	for row := range time {
		out.base.Y = append(out.base.Y, median(base[row]))
		out.value.Y = append(out.value.Y, median(value[row]))
		out.difference.Y = append(out.difference.Y, median(statistic.Minus(value[row], base[row])))
	}
	return out
}

// running returns a cost's sum since today by row of the window and place in members, and
// the times of the rows.
func (f *futures) running(c *Comparison, o *Outcome, e *sim.EnsembleResult, w Window) (byRow [][]float64, time []float64) {
	for _, m := range f.members {
		x := o.Course(curve.Curve{T: c.Time, Y: e.Series(o.Variable, m)[:len(c.Time)]}, w)
		if byRow == nil {
			byRow, time = make([][]float64, len(x.T)), x.T
		}
		for row, y := range x.Y {
			byRow[row] = append(byRow[row], y)
		}
	}
	return byRow, time
}

// median returns the median of values, which keep their order.
func median(values []float64) float64 {
	_, m, _ := statistic.Tenths(slices.Clone(values))
	return m
}
