package scenarios

import (
	"math"

	"weir/model/numeric/maths"
	"weir/scenarios/internal/curve"
)

// A Contrast is one outcome in two runs at the same saved times, each with the
// same run at half the step beside it. All slices have the length of Time, which
// increases strictly. Judge keeps no reference to them.
type Contrast struct {
	Time                        []float64
	Baseline, Value             []float64
	BaselineHalved, ValueHalved []float64
}

// A Window says where a difference is judged and how time counts.
type Window struct {
	Today, Horizon float64 // model time
	YearsPerUnit   float64 // length of the model's time unit in years, for discounting
}

const (
	// rounding is the share of a series' magnitude below which a difference is
	// never stated: the tolerance of the adaptive method, far above floating point
	// noise and far below any difference worth stating.
	rounding = 1e-6
	// shallow is the share of the final difference below which a stretch in the
	// other direction is not called worse-before-better: no chart shows it.
	shallow = 0.01
	// slight is the share of an outcome's level below which a difference is real in
	// the model but too small to matter to anybody.
	slight = 0.001
)

// Judge computes a verdict from two runs. Scenario and Cost stay empty.
//
// With d the difference over time as Verdict states it, s the sign of d at the
// horizon H and n the noise:
//
//	distinguishable  |d(H)| > n
//	slight           not a cost, and |d(H)| < the baseline's largest magnitude / 1000
//	effect from      the first saved time from which s·d > n for the rest of the run
//	half effect      the first saved time with s·d >= |d(H)|/2
//	worse first      of the times with s·d < 0, the one where |d| is largest
//	cumulative       the integral of d from today to H by the trapezoid rule
//	break-even       a cost that has been above n: the saved time from which d < 0
func Judge(o *Outcome, c Contrast, w Window) Verdict {
	base, value := c.curves(o, w)
	d := value.Minus(base)
	v := Verdict{Outcome: o, Baseline: base.Last(), Value: value.Last(), Difference: d.Last()}
	v.Noise = c.noise(o, w)
	if !d.Finite() || len(d.Y) == 0 || math.IsNaN(v.Noise) || math.IsInf(v.Noise, 0) {
		return v
	}
	d = d.Flat(rounding * (base.Magnitude() + value.Magnitude()))
	v.extent(d, o)
	v.Distinguishable = math.Abs(d.Last()) > v.Noise
	if v.Distinguishable {
		v.Improves = (d.Last() > 0) == (o.Better == Higher)
		v.course(d, o, o.small(base))
	}
	return v
}

// small returns the size below which a difference in an outcome is slight; 0 for a cost:
// a small cost of a large system is somebody's money.
func (o *Outcome) small(base curve.Curve) float64 {
	if o.Cost {
		return 0
	}
	return slight * base.Magnitude()
}

// curves returns the two series in the window; for a cost, their discounted sums.
func (c Contrast) curves(o *Outcome, w Window) (base, value curve.Curve) {
	return o.judged(curve.Curve{T: c.Time, Y: c.Baseline}, w), o.judged(curve.Curve{T: c.Time, Y: c.Value}, w)
}

// judged returns the part of a series that verdicts look at.
func (o *Outcome) judged(c curve.Curve, w Window) curve.Curve {
	if o.Cost {
		return discounted(c.Window(w.Today, w.Horizon), w.Today, o.Discount, w.YearsPerUnit)
	}
	return c.Window(w.Today, w.Horizon)
}

// discounted returns the sum of a rate from the curve's start to each of its times, in values
// of the day today:
//
//	C(t_k) = Σ (t_i - t_{i-1}) (w_{i-1} r_{i-1} + w_i r_i) / 2,  w_i = (1 + rate)^(-(t_i - today) years)
//
// over the saved rows: the trapezoid rule, so that a jump between two rows counts as a straight
// line between them.
func discounted(r curve.Curve, today, rate, years float64) curve.Curve {
	w := curve.Curve{T: r.T, Y: make([]float64, len(r.Y))}
	for i, t := range r.T {
		w.Y[i] = r.Y[i] * maths.Pow(1+rate, -(t-today)*years)
	}
	return w.Integral()
}

// noise returns how much of the difference the step alone could make. With e the
// difference as computed minus the difference at half the step, it is twice the
// larger of |e| at the horizon and the root mean square of e, and not less than
// the rounding share of both series. Twice, because the error of a first-order
// method is twice the change that halving the step makes (Richardson 1911); for higher
// orders that is on the safe side. The root mean square, because a jump that moves
// by half a step would otherwise drown everything.
func (c Contrast) noise(o *Outcome, w Window) float64 {
	base, value := c.curves(o, w)
	fine := Contrast{Time: c.Time, Baseline: c.BaselineHalved, Value: c.ValueHalved}
	fineBase, fineValue := fine.curves(o, w)
	e := value.Minus(base).Minus(fineValue.Minus(fineBase))
	n := 2 * max(math.Abs(e.Last()), e.RMS())
	return max(n, rounding*(base.Magnitude()+value.Magnitude()))
}

// extent sets the numbers of a difference that hold even if the end shows none.
func (v *Verdict) extent(d curve.Curve, o *Outcome) {
	for i, y := range d.Y {
		if math.Abs(y) > math.Abs(v.Largest) || i == 0 {
			v.Largest, v.LargestAt = y, d.T[i]
		}
	}
	v.Cumulative = d.Last()
	if !o.Cost {
		v.Cumulative = d.Integral().Last()
	}
}

// course sets the dates of a distinguishable difference.
func (v *Verdict) course(d curve.Curve, o *Outcome, small float64) {
	v.Slight = math.Abs(d.Last()) < small
	sign := math.Copysign(1, d.Last())
	toward := d.Times(sign)
	v.EffectFrom = date(toward.StaysAbove(v.Noise))
	v.HalfEffect = date(toward.Reaches(math.Abs(d.Last()) / 2))
	if least := max(v.Noise, shallow*math.Abs(d.Last()), small); !v.Slight {
		v.Worse = reversal(toward, sign, least, o)
	}
	if o.Cost && sign < 0 && d.Highest() > v.Noise {
		v.BreakEven = date(toward.StaysAbove(0))
	}
}

// date returns a pointer to t, nil if there is none.
func date(t float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &t
}

// reversal returns the deepest time in which the difference goes the other way, nil if it
// is not deeper than least. The curve has the final direction as its positive side.
func reversal(toward curve.Curve, sign, least float64, o *Outcome) *WorseBefore {
	var deepest curve.Excursion
	for _, e := range toward.Excursions() {
		if e.Depth < deepest.Depth {
			deepest = e
		}
	}
	if -deepest.Depth <= least {
		return nil
	}
	return &WorseBefore{
		Better: (sign > 0) != (o.Better == Higher),
		From:   deepest.From, To: deepest.To,
		Depth: sign * deepest.Depth, At: deepest.At,
		Cumulative: sign * deepest.Area,
	}
}

// price sets the cost fields of a verdict from the verdict of the cost outcome in
// the same scenario.
func (v *Verdict) price(cost *Verdict) {
	if cost.Largest == 0 {
		return
	}
	v.Cost = &cost.Difference
	if v.Outcome.Cost || v.Outcome.Index || !v.Improves || v.Slight || !cost.Distinguishable {
		return
	}
	gain, sum := math.Abs(v.Difference), v.Cumulative
	if v.Outcome.Better == Lower {
		sum = -sum
	}
	per := cost.Difference / gain
	v.CostPerUnit = &per
	if sum > 0 {
		perTime := cost.Difference / sum
		v.CostPerUnitTime = &perTime
	}
}
