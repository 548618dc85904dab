package scenarios

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
)

// loaded compares a set of testdata/words.
func loaded(t *testing.T, name string) *Comparison {
	t.Helper()
	set, list := Load("testdata/words/" + name)
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := Compare(context.Background(), set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// of returns the verdict of a scenario on an outcome.
func of(t *testing.T, c *Comparison, scenario, outcome string) Verdict {
	t.Helper()
	for _, v := range c.Verdicts {
		if v.Scenario.ID == scenario && v.Outcome.ID == outcome {
			return v
		}
	}
	t.Fatalf("no verdict of %s on %s", scenario, outcome)
	return Verdict{}
}

// The stock at the end is 10 ((a - 5)^2 + 0.3 b) with a and b uniform between 0 and 10. The
// variance of (a - 5)^2 is 4 * 5^4 / 45 = 55.6, that of 0.3 b is 0.09 * 100 / 12 = 0.75: a
// explains 98.67 % of it, though no rank shows it.
func TestAConstantWithATurnIsADriver(t *testing.T) {
	c := loaded(t, "u_shape_set.toml")
	d := c.Uncertainty.Outcomes[0].Drivers
	if len(d.List) == 0 || d.List[0].Name != "a" || !d.List[0].Bends || math.Abs(d.List[0].Share-0.9867) > 0.02 {
		t.Fatalf("drivers are %+v", d)
	}
	if d.Explained > 0.1 || d.Unexplained() < 0.9 {
		t.Errorf("ranks explain %v", d.Explained)
	}
	if text := d.Words(3); !strings.HasPrefix(text, "a (in no one direction, 9") ||
		!strings.Contains(text, "explain 2 % of the spread and leave 98 % unexplained") {
		t.Errorf("the words are %q", text)
	}
}

// No number lies outside its own range: the best guess is a = 5, at the bottom of the bowl
// with 15, where nine of ten futures have more than 18.
func TestTheCentreLiesInItsRange(t *testing.T) {
	c := loaded(t, "u_shape_set.toml")
	if c.Centre != MedianFuture {
		t.Errorf("the centre is %s", c.Centre)
	}
	for _, v := range c.Verdicts {
		for what, x := range map[string]struct {
			value float64
			in    [2]float64
		}{"baseline": {v.Baseline, v.BaselineRange}, "value": {v.Value, v.ValueRange}, "difference": {v.Difference, v.Range}} {
			if x.value < x.in[0] || x.value > x.in[1] {
				t.Errorf("%s %v is outside %v", what, x.value, x.in)
			}
		}
		if math.Abs(v.Central.Baseline-15) > 1e-9 {
			t.Errorf("the central run has %v, want 15", v.Central.Baseline)
		}
		if p := c.Panels[0]; p.Baseline[len(p.Baseline)-1] != v.Baseline || !slices.Equal(p.Baseline, p.BaselineBand.Median) {
			t.Error("the chart's line is not at the verdict's number")
		}
	}
	// d * 0 changes nothing at all.
	if v := c.Verdicts[0]; !v.None || v.Difference != 0 || v.Distinguishable {
		t.Errorf("an exact zero is %+v", v)
	}
}

// The workforce of Sterman's chapter 19 swings: with slower vacancies it is now smaller, now
// larger, so that no date parts worse from better.
func TestADifferenceThatSwings(t *testing.T) {
	c := loaded(t, "swings.toml")
	v := of(t, c, "slow", "labor")
	s := v.Swings
	if s == nil {
		t.Fatalf("the verdict is %+v", v)
	}
	if v.EffectFrom != nil || v.HalfEffect != nil || v.Worse != nil {
		t.Error("a difference that swings has no date of effect")
	}
	i := slices.Index(c.Set.Outcomes, v.Outcome)
	base, value := c.Panels[i].Baseline, c.Panels[i].Runs[0]
	lowest, highest, sum := 0.0, 0.0, 0.0
	for k, time := range c.Time {
		if time < c.Today {
			continue
		}
		d := value[k] - base[k]
		lowest, highest = min(lowest, d), max(highest, d)
		if time > c.Today {
			sum += (d + value[k-1] - base[k-1]) / 2 // rows are a week apart
		}
	}
	near(t, "best", s.Best.Value, lowest) // fewer workers are better
	near(t, "worst", s.Worst.Value, highest)
	// Differences under a millionth of the workforce count as none.
	if math.Abs(v.Cumulative-sum) > 1e-2 || math.Abs(s.Mean-sum/(c.Horizon-c.Today)) > 1e-4 {
		t.Errorf("the sum is %v with a mean of %v, want %v", v.Cumulative, s.Mean, sum)
	}
	if s.Settles != nil {
		t.Errorf("a difference that still swings settles in %v", *s.Settles)
	}
	if s.Changes < 2 || s.BetterShare <= 0 || s.WorseShare <= 0 || s.BetterShare+s.WorseShare > 1+1e-9 {
		t.Errorf("swings %+v", s)
	}
	// A larger safety stock needs up to 246 workers more, in week 49, and 174 fewer in week 76.
	s = of(t, c, "stock", "labor").Swings
	if s == nil || math.Round(s.Worst.Value) != 246 || s.Worst.At != 49 || math.Round(s.Best.Value) != -174 || s.Best.At != 76 {
		t.Errorf("swings %+v", s)
	}
}

// A change by half a year up, half a year down: +1 over 2, then -1 over 2, then +1.
func TestSwings(t *testing.T) {
	v := Judge(children, contrast(bent(2026, 0, 2028, 40, 2032, -40, 2036, 40, 2040, 40)), twenty)
	s := v.Swings
	if s == nil || s.Changes != 2 {
		t.Fatalf("swings %+v", s)
	}
	near(t, "best", s.Best.Value, 40)
	near(t, "best at", s.Best.At, 2028)
	near(t, "worst", s.Worst.Value, -40)
	near(t, "worst at", s.Worst.At, 2032)
	// Above zero from 2026 to 2030 and from 2034 to 2045, below from 2030 to 2034.
	near(t, "better", s.BetterShare, (4+11)/20.)
	near(t, "worse", s.WorseShare, 4/20.)
	dated(t, "settles", s.Settles, 2036) // 38 of 40 are reached a tenth of a year before
	if one := Judge(children, contrast(bent(2027, 0, 2029, -40, 2041, 200)), twenty); one.Swings != nil || one.Worse == nil {
		t.Error("one change of sign is worse before better")
	}
}

// The measures of a course that climbs from 0 in 2025 to 100 in 2035 and stays until 2045.
func TestMeasures(t *testing.T) {
	at, within := 2030.0, 10.0
	for _, c := range []struct {
		m    Measure
		want float64
	}{
		{Measure{}, 100},
		{Measure{Kind: AtEnd, At: &at}, 50},
		{Measure{Kind: Mean}, 75}, // (10*100/2 + 10*100)/20
		{Measure{Kind: Minimum}, 0},
		{Measure{Kind: Maximum}, 100},
		{Measure{Kind: TimeToReach, Level: 30}, 3},
		{Measure{Kind: TimeToReach, Level: 300}, 20}, // never: all of the time
		{Measure{Kind: TimeToSettle}, 9.8},           // 98 of 100
		{Measure{Kind: TimeToSettle, Within: &within}, 9},
		{Measure{Kind: Integral}, 1500},
	} {
		o := &Outcome{ID: "x", Better: Higher, Measure: c.m}
		x := contrast(func(float64) float64 { return 0 })
		climb := bent(2025, 0, 2035, 100)
		for i, time := range x.Time {
			x.Baseline[i], x.BaselineHalved[i] = 0, 0
			x.Value[i], x.ValueHalved[i] = climb(time), climb(time)
		}
		if v := Judge(o, x, twenty); math.Abs(v.Value-c.want) > 1e-9 {
			t.Errorf("%+v is %v, want %v", c.m, v.Value, c.want)
		}
	}
}

// A measure is read from the set, and judged in every future like any outcome.
func TestMeasuresOfASet(t *testing.T) {
	set := strings.Replace(gainsSet, "better = \"higher\"", "better = \"higher\"\nmeasure = \"mean\"", 1)
	c := compared(t, gains, set+"[uncertainty]\nruns = 20\n", 0)
	o := c.Set.Outcomes[0]
	if o.Measure.Kind != Mean || !strings.HasSuffix(o.Label, ", on average") && o.Label == "" {
		t.Fatalf("the outcome is %+v", o)
	}
	v := c.Verdicts[0]
	if v.Difference < v.Range[0] || v.Difference > v.Range[1] || v.EffectFrom != nil {
		t.Errorf("the verdict is %+v", v)
	}
}

// Nothing is divided by a fraction of one: half a child gained has no price for each child.
func TestNoPriceOfAFraction(t *testing.T) {
	cost := Judge(spending, contrast(func(time float64) float64 { return 1000 }), twenty)
	for gain, priced := range map[float64]bool{0.9: false, 1.1: true} {
		v := Judge(&Outcome{ID: "rare", Better: Higher}, scaledContrast(10, gain), twenty)
		v.price(&cost)
		if (v.CostPerUnit != nil) != priced {
			t.Errorf("a gain of %v: cost for each %v", gain, v.CostPerUnit)
		}
	}
}

// scaledContrast is a constant level with a constant gain on it.
func scaledContrast(level, gain float64) Contrast {
	c := contrast(func(float64) float64 { return 0 })
	for i := range c.Time {
		c.Baseline[i], c.BaselineHalved[i] = level, level
		c.Value[i], c.ValueHalved[i] = level+gain, level+gain
	}
	return c
}

// A ramp from 2 to 6 between 3 and 5 that ends in 8 adds 4 * 2 / 2 + 4 * 3 = 16 decisions'
// years, of which those from 6 on count half: 4 + 4 + 8 / 2 = 12, at any step. The factor 3
// from 4 on adds 2 * 2 + 2 * 4 / 2 = 8, the addition of 2 from 5 on 2 + 2 * 4 / 2 = 6.
func TestRampsOfChangesAtAnyStep(t *testing.T) {
	for _, step := range []float64{1, 0.5, 0.25} {
		set, list := Load("testdata/words/change_ramp.toml")
		if list.HasErrors() {
			t.Fatal(list)
		}
		set.Resolved.Time.Step, set.Resolved.Time.Save = step, step
		c, err := Compare(context.Background(), set, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for scenario, want := range map[string]float64{"a": 12, "ab": 20, "c": 6} {
			if got := of(t, c, scenario, "s").Difference; math.Abs(got-want) > 1e-9 {
				t.Errorf("step %v: %s adds %v, want %v", step, scenario, got, want)
			}
		}
	}
}
