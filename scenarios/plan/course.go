package plan

import (
	"weir/model/numeric/maths"
	"weir/scenarios/internal/curve"
)

// Course returns the part of a series that verdicts look at; for a cost, the running sum of
// what is paid from today on.
func (o *Outcome) Course(c curve.Curve, w Window) curve.Curve {
	c = c.Window(w.Today, o.Measure.Horizon(w))
	if o.Cost {
		return c.Integral()
	}
	return c
}

// PresentValue returns the sum of a rate of spending from today to the horizon, in values
// of today:
//
//	C = Σ (t_i - t_{i-1}) (w_{i-1} r_{i-1} + w_i r_i) / 2,  w_i = (1 + discount)^(-(t_i - today) years)
//
// over the saved rows: the trapezoid rule, so that a jump between two rows counts as a straight
// line between them.
func (o *Outcome) PresentValue(rate curve.Curve, w Window) float64 {
	r := rate.Window(w.Today, o.Measure.Horizon(w))
	weighed := curve.Curve{T: r.T, Y: make([]float64, len(r.Y))}
	for i, t := range r.T {
		weighed.Y[i] = r.Y[i] * maths.Pow(1+o.Discount, -(t-w.Today)*w.YearsPerUnit)
	}
	return weighed.Integral().Last()
}
