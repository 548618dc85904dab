package scenarios

import (
	"math"

	"weir/model/numeric/maths"
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
	// noise and far below what anybody would say.
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
	d := value.minus(base)
	v := Verdict{Outcome: o, Baseline: base.last(), Value: value.last(), Difference: d.last()}
	v.Noise = c.noise(o, w)
	if !d.finite() || len(d.y) == 0 || math.IsNaN(v.Noise) || math.IsInf(v.Noise, 0) {
		return v
	}
	d = d.flat(rounding * (base.magnitude() + value.magnitude()))
	v.extent(d, o)
	v.Distinguishable = math.Abs(d.last()) > v.Noise
	if v.Distinguishable {
		v.Improves = (d.last() > 0) == (o.Better == Higher)
		v.course(d, o, o.small(base))
	}
	return v
}

// small is the size below which a difference in an outcome is slight; 0 for a cost:
// a small cost of a large system is somebody's money.
func (o *Outcome) small(base curve) float64 {
	if o.Cost {
		return 0
	}
	return slight * base.magnitude()
}

// curves are the two series in the window; for a cost, their discounted sums.
func (c Contrast) curves(o *Outcome, w Window) (base, value curve) {
	return o.judged(curve{c.Time, c.Baseline}, w), o.judged(curve{c.Time, c.Value}, w)
}

// judged is the part of a series that verdicts look at.
func (o *Outcome) judged(c curve, w Window) curve {
	if o.Cost {
		return discounted(c.window(w.Today, w.Horizon), w.Today, o.Discount, w.YearsPerUnit)
	}
	return c.window(w.Today, w.Horizon)
}

// discounted is the sum of a rate from the curve's start to each of its times, in
// values of the day today:
//
//	C(t_k) = Σ (t_i - t_{i-1}) (w_{i-1} r_{i-1} + w_i r_i) / 2,  w_i = (1 + rate)^(-(t_i - today) years)
//
// over the saved rows: the trapezoid rule, so that a jump between two rows counts
// as a straight line between them.
func discounted(r curve, today, rate, years float64) curve {
	w := curve{t: r.t, y: make([]float64, len(r.y))}
	for i, t := range r.t {
		w.y[i] = r.y[i] * maths.Pow(1+rate, -(t-today)*years)
	}
	return w.integral()
}

// noise is how much of the difference the step alone could make. With e the
// difference as computed minus the difference at half the step, it is twice the
// larger of |e| at the horizon and the root mean square of e, and not less than
// the rounding share of both series. Twice, because the error of a first-order
// method is twice what halving the step changes (Richardson 1911); for higher
// orders that is on the safe side. The root mean square, because a jump that moves
// by half a step would otherwise drown everything.
func (c Contrast) noise(o *Outcome, w Window) float64 {
	base, value := c.curves(o, w)
	fine := Contrast{Time: c.Time, Baseline: c.BaselineHalved, Value: c.ValueHalved}
	fineBase, fineValue := fine.curves(o, w)
	e := value.minus(base).minus(fineValue.minus(fineBase))
	n := 2 * max(math.Abs(e.last()), e.rms())
	return max(n, rounding*(base.magnitude()+value.magnitude()))
}

// extent sets what is known even of a difference that the end does not show.
func (v *Verdict) extent(d curve, o *Outcome) {
	for i, y := range d.y {
		if math.Abs(y) > math.Abs(v.Largest) || i == 0 {
			v.Largest, v.LargestAt = y, d.t[i]
		}
	}
	v.Cumulative = d.last()
	if !o.Cost {
		v.Cumulative = d.integral().last()
	}
}

// course sets the dates of a distinguishable difference.
func (v *Verdict) course(d curve, o *Outcome, small float64) {
	v.Slight = math.Abs(d.last()) < small
	sign := math.Copysign(1, d.last())
	toward := d.times(sign)
	v.EffectFrom = date(toward.staysAbove(v.Noise))
	v.HalfEffect = date(toward.reaches(math.Abs(d.last()) / 2))
	if least := max(v.Noise, shallow*math.Abs(d.last()), small); !v.Slight {
		v.Worse = reversal(toward, sign, least, o)
	}
	if o.Cost && sign < 0 && d.highest() > v.Noise {
		v.BreakEven = date(toward.staysAbove(0))
	}
}

// date is a pointer to t, nil if there is none.
func date(t float64, ok bool) *float64 {
	if !ok {
		return nil
	}
	return &t
}

// reversal is the deepest time in which the difference goes the other way, nil if it
// is not deeper than least. The curve has the final direction as its positive side.
func reversal(toward curve, sign, least float64, o *Outcome) *WorseBefore {
	var deepest excursion
	for _, e := range toward.excursions() {
		if e.depth < deepest.depth {
			deepest = e
		}
	}
	if -deepest.depth <= least {
		return nil
	}
	return &WorseBefore{
		Better: (sign > 0) != (o.Better == Higher),
		From:   deepest.from, To: deepest.to,
		Depth: sign * deepest.depth, At: deepest.at,
		Cumulative: sign * deepest.area,
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
