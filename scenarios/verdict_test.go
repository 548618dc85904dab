package scenarios

import (
	"math"
	"testing"

	"weir/scenarios/internal/curve"

	"pgregory.net/rapid"
)

var (
	children = &Outcome{ID: "children", Better: Higher}
	quits    = &Outcome{ID: "quits", Better: Lower}
	spending = &Outcome{ID: "spending", Better: Lower, Cost: true}
	// twenty is a window from 2025 to 2045 in a model that counts years.
	twenty = Window{Today: 2025, Horizon: 2045, YearsPerUnit: 1}
)

// saved are rows from 2020 to 2045, eight a year: knots of the functions below.
func saved() []float64 {
	t := make([]float64, 25*8+1)
	for i := range t {
		t[i] = 2020 + float64(i)/8
	}
	return t
}

func sample(t []float64, f func(t float64) float64) []float64 {
	y := make([]float64, len(t))
	for i := range t {
		y[i] = f(t[i])
	}
	return y
}

// contrast is a baseline of 1000 against 1000 + d, both exact at any step.
func contrast(d func(t float64) float64) Contrast {
	t := saved()
	base := sample(t, func(float64) float64 { return 1000 })
	value := sample(t, func(t float64) float64 { return 1000 + d(t) })
	return Contrast{Time: t, Baseline: base, Value: value, BaselineHalved: base, ValueHalved: value}
}

// bent is a broken line through (t, y) pairs, flat outside.
func bent(knots ...float64) func(float64) float64 {
	return func(t float64) float64 {
		if t <= knots[0] {
			return knots[1]
		}
		for i := 2; i < len(knots); i += 2 {
			if t <= knots[i] {
				return curve.Curve{T: []float64{knots[i-2], knots[i]}, Y: []float64{knots[i-1], knots[i+1]}}.At(t)
			}
		}
		return knots[len(knots)-1]
	}
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func dated(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s never, want %v", what, want)
		return
	}
	if math.Abs(*got-want) > 1e-3 {
		t.Errorf("%s = %v, want %v", what, *got, want)
	}
}

// A gain that starts in 2030, climbs for ten years to 200 and stays: half of it is
// there in 2035, and its integral is 10*200/2 + 5*200.
func TestGain(t *testing.T) {
	v := Judge(children, contrast(bent(2030, 0, 2040, 200)), twenty)
	near(t, "baseline", v.Baseline, 1000)
	near(t, "value", v.Value, 1200)
	near(t, "difference", v.Difference, 200)
	if !v.Distinguishable || !v.Improves || v.Worse != nil {
		t.Errorf("distinguishable %v, improves %v, worse %v", v.Distinguishable, v.Improves, v.Worse)
	}
	// More than 1000/200 is gained after 2030.25, more than half after 2035: the next rows.
	dated(t, "effect", v.EffectFrom, 2030.375)
	dated(t, "half effect", v.HalfEffect, 2035.125)
	near(t, "cumulative", v.Cumulative, 2000)
	near(t, "largest", v.Largest, 200)
	near(t, "largest at", v.LargestAt, 2040)
}

// The difference falls from 2027 to -40 in 2029, is zero again in 2031 and climbs
// to 200 in 2041: a triangle of width 4 and height 40 is lost, area 80.
func TestWorseBeforeBetter(t *testing.T) {
	shape := bent(2027, 0, 2029, -40, 2041, 200)
	zero := 2029 + 12*40./240
	v := Judge(children, contrast(shape), twenty)
	if v.Worse == nil {
		t.Fatal("no worse-before-better")
	}
	if v.Worse.Better {
		t.Error("said better before worse")
	}
	near(t, "from", v.Worse.From, 2027.125) // the first saved time below zero
	near(t, "to", v.Worse.To, zero)
	near(t, "depth", v.Worse.Depth, -40)
	near(t, "at", v.Worse.At, 2029)
	near(t, "cumulative", v.Worse.Cumulative, -40*(zero-2027)/2)
	dated(t, "effect", v.EffectFrom, zero+3./8) // 20 a year: more than 1000/200 after a quarter
}

// The same course, where lower is wanted, is better before it is worse.
func TestBetterBeforeWorse(t *testing.T) {
	v := Judge(quits, contrast(bent(2027, 0, 2029, -40, 2041, 200)), twenty)
	if v.Improves {
		t.Error("more quits are called an improvement")
	}
	if v.Worse == nil || !v.Worse.Better {
		t.Fatalf("worse = %+v, want better before worse", v.Worse)
	}
	near(t, "depth", v.Worse.Depth, -40)
}

// What jumps in 2027 begins in 2027, not on the way there from the row before.
func TestJumpDoesNotBeginBefore(t *testing.T) {
	jump := func(t float64) float64 {
		switch {
		case t < 2027:
			return 0
		case t < 2029:
			return -50
		}
		return 100
	}
	v := Judge(children, contrast(jump), twenty)
	near(t, "worse from", v.Worse.From, 2027)
	dated(t, "effect", v.EffectFrom, 2029)
	dated(t, "half effect", v.HalfEffect, 2029)
}

// Half a child of a thousand is slight, and has neither a price nor a drama. A cost
// is never slight.
func TestSlight(t *testing.T) {
	cost := Judge(spending, contrast(func(float64) float64 { return 0.5 }), twenty)
	v := Judge(children, contrast(bent(2027, 0, 2029, -20, 2041, 0.5)), twenty)
	v.price(&cost)
	if !v.Distinguishable || !v.Slight || v.Worse != nil || v.CostPerUnit != nil || cost.Slight {
		t.Errorf("%+v", v)
	}
}

// A scenario that never moves the cost outcome has a cost that is not modelled.
func TestCostNotModelled(t *testing.T) {
	cost := Judge(spending, contrast(func(float64) float64 { return 0 }), twenty)
	v := Judge(children, contrast(bent(2030, 0, 2040, 200)), twenty)
	if v.price(&cost); v.Cost != nil {
		t.Errorf("cost %v", *v.Cost)
	}
}

// A dip of 1 before a gain of 200 is less than a hundredth of it: nobody sees it.
func TestShallowDipIsNotWorse(t *testing.T) {
	if v := Judge(children, contrast(bent(2027, 0, 2029, -1, 2041, 200)), twenty); v.Worse != nil {
		t.Errorf("worse = %+v", v.Worse)
	}
}

// An effect that ends leaves nothing to state at the horizon, but its largest size.
func TestEffectThatFades(t *testing.T) {
	v := Judge(children, contrast(bent(2027, 0, 2029, 80, 2033, 0)), twenty)
	if v.Distinguishable || v.EffectFrom != nil || v.HalfEffect != nil || v.Worse != nil {
		t.Errorf("verdict %+v, want nothing distinguishable", v)
	}
	near(t, "largest", v.Largest, 80)
	near(t, "largest at", v.LargestAt, 2029)
	near(t, "cumulative", v.Cumulative, 80*6/2)
}

// At half the step the gain of 10 is 14: the step makes 4, twice that is 8. A gain
// of 7 would be within it.
func TestNoiseOfTheStep(t *testing.T) {
	for _, row := range []struct {
		gain float64
		want bool
	}{{10, true}, {7, false}} {
		c := contrast(func(float64) float64 { return row.gain })
		c.ValueHalved = sample(c.Time, func(float64) float64 { return 1000 + row.gain + 4 })
		v := Judge(children, c, twenty)
		near(t, "noise", v.Noise, 8)
		if v.Distinguishable != row.want {
			t.Errorf("a gain of %v: distinguishable %v", row.gain, v.Distinguishable)
		}
	}
}

// An error that both runs share says nothing about their difference.
func TestSharedErrorIsNoNoise(t *testing.T) {
	c := contrast(func(float64) float64 { return 10 })
	c.BaselineHalved = sample(c.Time, func(float64) float64 { return 1050 })
	c.ValueHalved = sample(c.Time, func(float64) float64 { return 1060 })
	if v := Judge(children, c, twenty); !v.Distinguishable {
		t.Errorf("noise %v for a shared error", v.Noise)
	}
}

// 100 a year for twenty years at 3 %: the sum of a continuous stream is
// 100 (1 - 1.03^-20) / ln 1.03. The trapezoid rule on eighths of a year is
// within h²·(ln 1.03)²/12, about 1e-6, of it.
func TestDiscountedCost(t *testing.T) {
	o := *spending
	o.Discount = 0.03
	v := Judge(&o, contrast(func(float64) float64 { return 100 }), twenty)
	want := 100 * (1 - math.Pow(1.03, -20)) / math.Log(1.03)
	if d := v.Discounted; d == nil || math.Abs(d.Difference/want-1) > 2e-6 || d.Rate != 0.03 {
		t.Errorf("discounted cost %+v, want %v", d, want)
	}
	near(t, "paid", v.Difference, 100*20)
	near(t, "cumulative", v.Cumulative, v.Difference)
}

// In months, a discount a year counts by the twelfth.
func TestDiscountInMonths(t *testing.T) {
	o := *spending
	o.Discount = 0.5
	v := Judge(&o, contrast(func(float64) float64 { return 100 }), Window{Today: 2025, Horizon: 2045, YearsPerUnit: 1. / 12})
	rate := math.Log(1.5) / 12
	want := 100 * (1 - math.Exp(-20*rate)) / rate
	if d := v.Discounted; d == nil || math.Abs(d.Difference/want-1) > 1e-5 {
		t.Errorf("discounted cost %+v, want %v", d, want)
	}
}

// 50 a year more for four years, then 20 a year less: 200 spent in 2031 are saved
// again ten years later. (The change of sign takes one row, 1/8 year: it moves the
// date by half a row times 70/20 at most.)
func TestBreakEven(t *testing.T) {
	v := Judge(spending, contrast(bent(2027, 0, 2027.125, 50, 2031, 50, 2031.125, -20)), twenty)
	if v.BreakEven == nil {
		t.Fatal("never breaks even")
	}
	if math.Abs(*v.BreakEven-2041) > 0.25 {
		t.Errorf("breaks even in %v, want 2041", *v.BreakEven)
	}
	if v.Worse == nil || v.Worse.Better {
		t.Errorf("worse = %+v, want spending first", v.Worse)
	}
}

// What saves from the first day has nothing to break even.
func TestNoBreakEven(t *testing.T) {
	if v := Judge(spending, contrast(bent(2027, 0, 2028, -20)), twenty); v.BreakEven != nil {
		t.Errorf("breaks even in %v", *v.BreakEven)
	}
}

// 30 a year for twenty years buys 200 children in the end: 3 each; and 2000
// child-years: 0.3 each.
func TestCostPerUnit(t *testing.T) {
	cost := Judge(spending, contrast(func(float64) float64 { return 30 }), twenty)
	v := Judge(children, contrast(bent(2030, 0, 2040, 200)), twenty)
	v.price(&cost)
	if v.Cost == nil || v.CostPerUnit == nil || v.CostPerUnitTime == nil {
		t.Fatalf("no cost in %+v", v)
	}
	near(t, "cost", *v.Cost, 600)
	near(t, "cost per unit", *v.CostPerUnit, 3)
	near(t, "cost per unit and time", *v.CostPerUnitTime, 0.3)

	loss := Judge(children, contrast(bent(2030, 0, 2040, -200)), twenty)
	if loss.price(&cost); loss.CostPerUnit != nil {
		t.Errorf("a loss costs %v a child", *loss.CostPerUnit)
	}
	less := Judge(quits, contrast(bent(2030, 0, 2040, -200)), twenty)
	if less.price(&cost); less.CostPerUnit == nil || *less.CostPerUnit < 0 {
		t.Error("200 fewer quits for money have no price")
	}
}

func TestNaNHasNoVerdict(t *testing.T) {
	c := contrast(func(t float64) float64 { return math.Sqrt(2030 - t) })
	v := Judge(children, c, twenty)
	if v.Distinguishable || v.EffectFrom != nil || !math.IsNaN(v.Difference) {
		t.Errorf("verdict of NaN: %+v", v)
	}
}

// walk draws a difference: a broken line over the rows of contrast.
func walk(t *rapid.T) func(float64) float64 {
	n := rapid.IntRange(1, 6).Draw(t, "knots")
	var knots []float64
	for i := range n {
		knots = append(knots, 2021+4*float64(i), rapid.Float64Range(-500, 500).Draw(t, "y"))
	}
	return bent(knots...)
}

func TestSameRunHasNoVerdict(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := contrast(walk(t))
		c.Baseline, c.BaselineHalved = c.Value, c.ValueHalved
		for _, o := range []*Outcome{children, quits, spending} {
			v := Judge(o, c, twenty)
			if v.Difference != 0 || v.Distinguishable || v.EffectFrom != nil || v.HalfEffect != nil || v.Worse != nil || v.Largest != 0 {
				t.Fatalf("verdict of a run against itself: %+v", v)
			}
		}
	})
}

// Counting in thousands changes sizes and no date.
func TestScaling(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := contrast(walk(t))
		k := 1024. // a power of two: exact
		big := Contrast{Time: c.Time}
		for _, p := range []struct {
			from []float64
			to   *[]float64
		}{{c.Baseline, &big.Baseline}, {c.Value, &big.Value}, {c.BaselineHalved, &big.BaselineHalved}, {c.ValueHalved, &big.ValueHalved}} {
			*p.to = curve.Curve{T: c.Time, Y: p.from}.Times(k).Y
		}
		a, b := Judge(children, c, twenty), Judge(children, big, twenty)
		if a.Difference*k != b.Difference || a.Noise*k != b.Noise || a.Cumulative*k != b.Cumulative {
			t.Fatalf("sizes %+v and %+v", a, b)
		}
		if !sameDate(a.EffectFrom, b.EffectFrom) || !sameDate(a.HalfEffect, b.HalfEffect) || (a.Worse == nil) != (b.Worse == nil) {
			t.Fatalf("dates %+v and %+v", a, b)
		}
	})
}

// Counting years from another zero moves every date by as much, and no size.
func TestShiftInTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := contrast(walk(t))
		moved := c
		moved.Time = sample(c.Time, func(t float64) float64 { return t - 2000 })
		a := Judge(children, c, twenty)
		b := Judge(children, moved, Window{Today: 25, Horizon: 45, YearsPerUnit: 1})
		if a.Difference != b.Difference || a.Noise != b.Noise || (a.EffectFrom == nil) != (b.EffectFrom == nil) || a.LargestAt-2000 != b.LargestAt {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a.EffectFrom != nil && (*a.EffectFrom-2000 != *b.EffectFrom || *a.HalfEffect-2000 != *b.HalfEffect) {
			t.Fatalf("effect from %v and %v", *a.EffectFrom, *b.EffectFrom)
		}
	})
}

// Higher and lower wanted see the same dates; what is an improvement differs.
func TestDirectionOnlyNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := contrast(walk(t))
		a, b := Judge(children, c, twenty), Judge(quits, c, twenty)
		if !sameDate(a.EffectFrom, b.EffectFrom) || a.Distinguishable && a.Improves == b.Improves {
			t.Fatalf("%+v and %+v", a, b)
		}
		if a.Worse != nil && (b.Worse == nil || a.Worse.Better == b.Worse.Better || a.Worse.Depth != b.Worse.Depth) {
			t.Fatalf("worse %+v and %+v", a.Worse, b.Worse)
		}
	})
}

// From EffectFrom on, and not just before, the difference is beyond the noise.
func TestEffectStays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := walk(t)
		v := Judge(children, contrast(f), twenty)
		if v.EffectFrom == nil {
			return
		}
		for _, s := range saved() {
			if s > *v.EffectFrom && f(s)*math.Copysign(1, v.Difference) < v.Noise*(1-1e-6) {
				t.Fatalf("effect from %v, but %v in %v", *v.EffectFrom, f(s), s)
			}
		}
		if *v.HalfEffect < 2025 || *v.HalfEffect > 2045 {
			t.Fatalf("half effect in %v", *v.HalfEffect)
		}
	})
}

func sameDate(a, b *float64) bool {
	return a == nil && b == nil || a != nil && b != nil && *a == *b
}
