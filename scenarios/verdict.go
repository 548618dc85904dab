package scenarios

import (
	"math"

	"weir/scenarios/internal/curve"
	"weir/scenarios/plan"
)

// A Contrast is one outcome in two runs at the same saved times, each with the
// same run at half the step beside it. All slices have the length of Time, which
// increases strictly. Judge keeps no reference to them.
type Contrast struct {
	Time                        []float64
	Baseline, Value             []float64
	BaselineHalved, ValueHalved []float64
}

// Judge computes a verdict from two runs. Scenario, Cost and Misfit stay empty.
//
// With d the difference over time as Verdict states it, D that of the outcome's measure, s
// the sign of d at the horizon H and n the noise:
//
//	distinguishable  |D| > n
//	slight           not a cost, and |D| < the baseline's largest magnitude / 1000
//	swings           d changes its sign more than once beyond max(n, |d|/100)
//	effect from      the first saved time from which s·d > max(n, visible) for the rest
//	half effect      the first saved time from which s·d > |d(H)|/2 for the rest
//	worse first      of the times with s·d < 0, the one where |d| is largest
//	cumulative       the integral of d from today to H by the trapezoid rule
//	break-even       a cost that has been above n: the saved time from which d < 0
func Judge(o *Outcome, c Contrast, w Window) Verdict {
	base, value := c.curves(o, w)
	x := courses{base, value, value.Minus(base)}
	v := x.judge(o, numbersOf(o, base, value), c.noise(o, w))
	if o.Cost && o.Discount != 0 {
		v.Discounted = c.discounted(o, w)
	}
	return v
}

// courses are an outcome over the window: with no new decisions, with a scenario, and the
// difference.
type courses struct{ base, value, difference curve.Curve }

// judge computes the verdict on courses at the centre, whose measures are at.
func (x courses) judge(o *Outcome, at Numbers, noise float64) Verdict {
	v := Verdict{Outcome: o, Baseline: at.Baseline, Value: at.Value, Difference: at.Difference, Central: at, Noise: noise}
	d := x.difference
	if !d.Finite() || len(d.Y) == 0 || math.IsNaN(noise) || math.IsInf(noise, 0) || math.IsNaN(at.Difference) {
		return v
	}
	v.None = d.Magnitude() == 0
	if o.Measure.Timed() {
		v.Never = &Never{asShare(o.Measure.Never(x.base)), asShare(o.Measure.Never(x.value))}
	}
	d = d.Flat(rounding * (x.base.Magnitude() + x.value.Magnitude()))
	v.extent(d, o)
	v.Visible = VisibleShare * x.base.Magnitude()
	if o.Cost {
		v.Visible = VisibleShare * math.Abs(d.Last())
	}
	least := max(noise, shallow*d.Magnitude(), smallOf(o, x.base))
	if changes := len(swaps(d, least)); changes > 1 && o.Measure.Dated() {
		v.Swings = swingsOf(d, o, changes)
	}
	v.Distinguishable = math.Abs(v.Difference) > noise
	if v.Distinguishable {
		v.Improves = (v.Difference > 0) == (o.Better == Higher)
		v.Slight = math.Abs(v.Difference) < smallMeasure(o, x.base, at)
		v.course(d, o, smallOf(o, x.base))
	}
	return v
}

// asShare returns 1 for what is, 0 for what is not.
func asShare(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// numbersOf returns the measures of two courses.
func numbersOf(o *Outcome, base, value curve.Curve) Numbers {
	n := Numbers{Baseline: o.Measure.Of(base), Value: o.Measure.Of(value)}
	n.Difference = n.Value - n.Baseline
	return n
}

// smallOf returns the size below which a difference in an outcome is slight; 0 for a cost:
// a small cost of a large system is somebody's money.
func smallOf(o *Outcome, base curve.Curve) float64 {
	if o.Cost {
		return 0
	}
	return SlightShare * base.Magnitude()
}

// smallMeasure returns the size below which a difference of measures is slight. Sums and times have
// another size than the course itself.
func smallMeasure(o *Outcome, base curve.Curve, at Numbers) float64 {
	switch o.Measure.Kind {
	case Integral, TimeToReach, TimeToSettle:
		return SlightShare * math.Abs(at.Baseline)
	}
	return smallOf(o, base)
}

// curves returns the two series in the window; for a cost, their sums since today.
func (c Contrast) curves(o *Outcome, w Window) (base, value curve.Curve) {
	return o.Course(curve.Curve{T: c.Time, Y: c.Baseline}, w), o.Course(curve.Curve{T: c.Time, Y: c.Value}, w)
}

// discounted returns the two discounted sums of a cost.
func (c Contrast) discounted(o *Outcome, w Window) *Discounted {
	return discountedOf(o, o.PresentValue(curve.Curve{T: c.Time, Y: c.Baseline}, w),
		o.PresentValue(curve.Curve{T: c.Time, Y: c.Value}, w))
}

// discountedOf returns the two discounted sums of a cost as one record.
func discountedOf(o *Outcome, base, value float64) *Discounted {
	d := &Discounted{Rate: o.Discount, Numbers: Numbers{Baseline: base, Value: value}}
	d.Difference = d.Value - d.Baseline
	d.Range = [2]float64{d.Difference, d.Difference}
	return d
}

// noise returns how much of the difference the step alone could make. With e the
// difference as computed minus the difference at half the step, it is twice the
// larger of |e| at the horizon and the root mean square of e, and not less than
// the rounding share of both series. Twice, because the error of a first-order
// method is twice the change that halving the step makes (Richardson 1911); for higher
// orders that is on the safe side. The root mean square, because a jump that moves
// by half a step would otherwise drown everything. Of a measure that is not a value at a
// date, it is twice the change of the measure's difference.
func (c Contrast) noise(o *Outcome, w Window) float64 {
	base, value := c.curves(o, w)
	fine := Contrast{Time: c.Time, Baseline: c.BaselineHalved, Value: c.ValueHalved}
	fineBase, fineValue := fine.curves(o, w)
	if !o.Measure.Dated() {
		a, b := numbersOf(o, base, value), numbersOf(o, fineBase, fineValue)
		return max(2*math.Abs(a.Difference-b.Difference), rounding*(math.Abs(a.Baseline)+math.Abs(a.Value)))
	}
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

// course sets the dates of a distinguishable difference. A measure over time has none, and
// neither has a difference that swings.
func (v *Verdict) course(d curve.Curve, o *Outcome, small float64) {
	if !o.Measure.Dated() || v.Swings != nil || d.Last() == 0 {
		return
	}
	sign := math.Copysign(1, d.Last())
	toward := d.Times(sign)
	v.EffectFrom = date(toward.StaysAbove(max(v.Noise, v.Visible)))
	if half := date(toward.StaysAbove(math.Abs(d.Last()) / 2)); v.EffectFrom != nil && half != nil {
		v.HalfEffect = date(max(*half, *v.EffectFrom), true)
	}
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

// swingsOf returns the numbers of a difference with so many changes of sign.
func swingsOf(d curve.Curve, o *Outcome, changes int) *Swings {
	s := &Swings{Changes: changes}
	better := d
	if o.Better == Lower {
		better = d.Times(-1)
	}
	if length := d.T[len(d.T)-1] - d.T[0]; length > 0 {
		s.BetterShare, s.WorseShare = above(better)/length, above(better.Times(-1))/length
		s.Mean = d.Integral().Last() / length
	}
	for i, y := range better.Y {
		if y > math.Abs(s.Best.Value) {
			s.Best = Peak{Value: d.Y[i], At: d.T[i]}
		}
		if -y > math.Abs(s.Worst.Value) {
			s.Worst = Peak{Value: d.Y[i], At: d.T[i]}
		}
	}
	near := still * d.Magnitude()
	i := len(d.Y) - 1
	for i > 0 && math.Abs(d.Y[i-1]-d.Last()) <= near {
		i--
	}
	if end := d.T[len(d.T)-1]; end-d.T[i] >= plan.Lasting*(end-d.T[0]) {
		s.Settles = &d.T[i]
	}
	return s
}

// above returns the time in which a curve is above zero.
func above(c curve.Curve) float64 {
	sum := 0.0
	for i := 1; i < len(c.Y); i++ {
		from, to := c.T[i-1], c.T[i]
		switch low, high := min(c.Y[i-1], c.Y[i]), max(c.Y[i-1], c.Y[i]); {
		case high <= 0:
		case low >= 0:
			sum += to - from
		default:
			sum += float64((to - from) * (high / (high - low)))
		}
	}
	return sum
}

// price sets the cost fields of a verdict from the verdict of the cost outcome in
// the same scenario.
func (v *Verdict) price(cost *Verdict) {
	if cost.Largest == 0 {
		return
	}
	v.Cost = &cost.Difference
	if cost.Discounted != nil {
		v.CostDiscounted = &cost.Discounted.Difference
	}
	gain := math.Abs(v.Difference)
	if v.Outcome.Cost || v.Outcome.Index || !v.Improves || v.Slight || !cost.Distinguishable || gain < 1 {
		return // nothing is divided by a fraction of one
	}
	per := cost.Difference / gain
	v.CostPerUnit = &per
	sum := v.Cumulative
	if v.Outcome.Better == Lower {
		sum = -sum
	}
	if sum >= 1 {
		perTime := cost.Difference / sum
		v.CostPerUnitTime = &perTime
	}
}
