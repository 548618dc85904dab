package scenarios

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
)

// imagined compares a set over gains with one uncertain constant, luck, on a grid of 100
// values: 0.005, 0.015, … 0.995. Then every share and quantile has a closed form.
func imagined(t *testing.T, change func(string) string) *Comparison {
	t.Helper()
	set := gainsSet + "[uncertainty]\nruns = 100\nmethod = \"grid\"\nconstants = [\"luck\"]\n"
	return compared(t, change(gains), set, 0)
}

func compared(t *testing.T, modelText, setText string, workers int) *Comparison {
	t.Helper()
	c, err := Compare(context.Background(), sound(t, modelText, setText), Options{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func same(s string) string { return s }

// threshold moves where the lever turns from harm to good.
func threshold(at float64) func(string) string {
	return func(s string) string {
		return strings.Replace(s, "[constant.threshold]\nvalue = 0\n", fmt.Sprintf("[constant.threshold]\nvalue = %v\n", at), 1)
	}
}

// luckAlone reports a driver that is luck, rising with it. Of 100 values in ten groups of ten
// neighbours a straight line leaves a hundredth of its variance within the groups.
func luckAlone(d Driver) bool {
	return d.Name == "luck" && d.Label == "How lucky" && d.Rank == 1 && math.Abs(d.Share-0.99) < 0.005 && !d.Bends
}

// The lever's gain at the horizon is 10 luck: of the 100 values the 10th percentile lies
// 0.9 of the way from the 10th value to the 11th, 10 (0.095 + 0.9 0.01).
func TestRangeOfALinearModel(t *testing.T) {
	c := imagined(t, same)
	v := c.Verdicts[0]
	near(t, "difference", v.Difference, 5)
	near(t, "median", v.Median, 5)
	near(t, "low", v.Range[0], 1.04)
	near(t, "high", v.Range[1], 8.96)
	near(t, "better", v.BetterShare, 1)
	near(t, "worse", v.WorseShare, 0)
	if !v.Distinguishable || !v.Improves || v.Unsure {
		t.Errorf("better in every future, but %+v", v)
	}
	if len(v.Drivers.List) != 1 || !luckAlone(v.Drivers.List[0]) || v.Drivers.Explained != 1 {
		t.Errorf("drivers are %+v, want luck alone", v.Drivers)
	}
	base := c.Uncertainty.Outcomes[0]
	if base.Range != [2]float64{110, 110} || base.Median != 110 || len(base.Drivers.List) != 0 {
		t.Errorf("no new decisions do not depend on luck, but %+v", base)
	}
}

// With the threshold at 0.25 the lever is better in 75 of 100 futures; at 0.05 in 95.
func TestADifferenceNeedsFuturesThatAgree(t *testing.T) {
	v := imagined(t, threshold(0.25)).Verdicts[0]
	near(t, "better", v.BetterShare, 0.75)
	near(t, "worse", v.WorseShare, 0.25)
	if v.Distinguishable || !v.Unsure || v.Improves || v.EffectFrom != nil || v.HalfEffect != nil {
		t.Errorf("three of four futures agree: %+v", v)
	}
	near(t, "difference of the central run", v.Difference, 2.5)
	v = imagined(t, threshold(0.05)).Verdicts[0]
	near(t, "better", v.BetterShare, 0.95)
	if !v.Distinguishable || v.Unsure || v.EffectFrom == nil {
		t.Errorf("95 of 100 futures agree: %+v", v)
	}
	v = imagined(t, threshold(0.95)).Verdicts[0]
	near(t, "worse", v.WorseShare, 0.95)
	if !v.Distinguishable || v.Improves {
		t.Errorf("worse in 95 of 100 futures: %+v", v)
	}
}

// The lever gives 10 luck, the sure scenario 5, nothing gives 0. In the worst tenth of
// futures the lever falls 5 - 10 (0.005 + … + 0.095)/10 short, the sure one 9.5 - 5,
// nothing 9.5.
func TestRegretInTheWorstTenth(t *testing.T) {
	c := imagined(t, same)
	near(t, "regret of the lever", c.Verdicts[0].Regret, 4.5)
	near(t, "regret of the sure one", c.Verdicts[1].Regret, 4.5)
	near(t, "regret of nothing", c.Uncertainty.Outcomes[0].Regret, 9.5)
}

// A cost counts as its discounted sum: 10 years of price times lever, with price on the
// grid from 2 to 4.
func TestRangeOfACost(t *testing.T) {
	text := strings.Replace(gains, "[constant.price]\nvalue = 3\n", "[constant.price]\nvalue = 3\nrange = [2, 4]\n", 1)
	set := gainsSet + "[outcome.cost]\nvariable = \"money\"\ncost = true\n[uncertainty]\nruns = 100\nmethod = \"grid\"\nconstants = [\"price\"]\n"
	v := compared(t, text, set, 0).Verdicts[1]
	near(t, "difference", v.Difference, 30)
	near(t, "low", v.Range[0], 10*(2+0.02*(0.1*99+0.5)))
	near(t, "high", v.Range[1], 10*(2+0.02*(0.9*99+0.5)))
	near(t, "worse", v.WorseShare, 1)
	near(t, "regret", v.Regret, 10*(4-0.02*5))
}

// Bands at every time: with no new decisions the level is known; the lever's is 10 + luck
// a year.
func TestBands(t *testing.T) {
	c := imagined(t, same)
	p := c.Panels[0]
	for row, year := range p.Time {
		near(t, "baseline", p.BaselineBand.Median[row], 100+year)
		near(t, "low", p.RunBands[0].Low[row], 100+year*(1+0.104))
		near(t, "median", p.RunBands[0].Median[row], 100+year*1.5)
		near(t, "high of the difference", p.DifferenceBands[0].High[row], year*0.896)
		near(t, "sure difference", p.DifferenceBands[1].Low[row], year*0.5)
	}
	if n := len(p.RunBands[0].Futures); n != ThinFutures || len(c.Uncertainty.Thin) != n {
		t.Fatalf("%d thin futures", n)
	}
	to := make([]float64, 1)
	for k, m := range c.Uncertainty.Thin {
		c.Uncertainty.Values(m, to)
		near(t, "a future's last value", p.RunBands[0].Futures[k][10], 110+10*to[0])
		near(t, "its baseline", p.BaselineBand.Futures[k][10], 110)
	}
}

// Thin futures go from low to high: the middle member of each of 15 equal groups.
func TestThinFuturesSpanTheBand(t *testing.T) {
	set := gainsSet + "[uncertainty]\nruns = 150\nmethod = \"grid\"\nconstants = [\"level\"]\n"
	c := compared(t, gains, set, 0)
	for k, m := range c.Uncertainty.Thin {
		if m != 10*k+5 {
			t.Errorf("thin future %d is member %d, want %d", k, m, 10*k+5)
		}
	}
}

// Two scenarios that do the same are the same in every future; one that changes nothing
// differs from no new decisions in none.
func TestPairs(t *testing.T) {
	set := gainsSet + `
[intervention.again.change.lever]
to = 1
[intervention.nothing.change.quiet]
to = 0
[scenario.again]
interventions = ["again"]
[scenario.nothing]
interventions = ["nothing"]
[uncertainty]
runs = 64
`
	c := compared(t, gains, set, 0)
	a, b, nothing := c.Verdicts[0], c.Verdicts[2], c.Verdicts[3]
	if a.Range != b.Range || a.Regret != b.Regret || !reflect.DeepEqual(c.Panels[0].RunBands[0], c.Panels[0].RunBands[2]) {
		t.Error("two scenarios that do the same differ")
	}
	if nothing.Range != [2]float64{} || nothing.Median != 0 || nothing.BetterShare != 0 || nothing.WorseShare != 0 || len(nothing.Drivers.List) != 0 {
		t.Errorf("nothing makes a difference: %+v", nothing)
	}
	for _, x := range c.Panels[0].DifferenceBands[3].High {
		if x != 0 {
			t.Fatalf("a difference of %v", x)
		}
	}
}

// sqrt(luck - 0.25) is NaN in 25 of 100 futures, in one scenario only: they are left out
// of all.
func TestFuturesThatBreakDown(t *testing.T) {
	set := gainsSet + `
[intervention.shaky.change.shaky]
to = 1
start = 2
[scenario.shaky]
label = "Shaky"
interventions = ["shaky"]
[uncertainty]
runs = 100
method = "grid"
constants = ["luck"]
`
	c := compared(t, gains, set, 0)
	s := c.Uncertainty
	if s.Counted != 75 || s.Excluded != 25 || len(s.Failures) != 25 || len(c.Panels[0].BaselineBand.Low) != 11 {
		t.Fatalf("%d counted, %d excluded, %d listed", s.Counted, s.Excluded, len(s.Failures))
	}
	if f := s.Failures[2]; f.Member != 2 || f.Scenario == nil || f.Scenario.ID != "shaky" || f.Variable != "gain" || f.Time != 2 {
		t.Errorf("the third failure is %+v", f)
	}
	if f := s.Failures[24]; f.Member != 24 || f.Variable != "gain" {
		t.Errorf("the last failure is %+v", f)
	}
	near(t, "median of the lever over the others", c.Verdicts[0].Median, 6.25)
	if note := s.Note(); !strings.HasPrefix(note, "25 of 100 futures broke down") || !strings.Contains(note, "future 0, Shaky: gain at 2") || strings.Count(note, "Shaky") != 5 || !strings.HasSuffix(note, "…)") {
		t.Errorf("the note says %q", note)
	}
	if _, err := json.Marshal(c.Verdicts); err != nil {
		t.Error(err)
	}
}

// No future can be counted: nothing is said, and nothing is stated.
func TestNoFutureCounts(t *testing.T) {
	text := strings.Replace(gains, "(if shaky = 0 then 0 else sqrt(luck - 0.25))", "(if luck = 0.5 then 0 else sqrt(-luck))", 1)
	c := compared(t, text, gainsSet+"[uncertainty]\nruns = 10\nmethod = \"grid\"\nconstants = [\"luck\"]\n", 0)
	if v := c.Verdicts[0]; c.Uncertainty.Counted != 0 || v.Distinguishable || !v.Unsure || v.Range != [2]float64{} {
		t.Errorf("%+v", v)
	}
	if !math.IsNaN(c.Panels[0].BaselineBand.Median[3]) {
		t.Error("a band of no futures")
	}
}

// Draws inside a model differ from member to member and are the same in every scenario.
func TestDrawsInsideAModelArePaired(t *testing.T) {
	text := strings.Replace(gains, `"level + lever`, `"normal(0, 1) + level + lever`, 1)
	c := compared(t, text, gainsSet+"[uncertainty]\nruns = 20\nconstants = []\nseed = 3\n", 0)
	if r := c.Uncertainty.Outcomes[0].Range; !(r[1]-r[0] > 1) {
		t.Errorf("draws spread no new decisions over %v", r)
	}
	if v := c.Verdicts[1]; math.Abs(v.Range[0]-5) > 1e-9 || math.Abs(v.Range[1]-5) > 1e-9 {
		t.Errorf("a sure gain of 5 in each future has the range %v", v.Range)
	}
}

// Results are the same bytes however many workers there are, and tomorrow.
func TestWorkersChangeNothing(t *testing.T) {
	set := gainsSet + "[uncertainty]\nruns = 100\nseed = 7\n"
	print := func(workers int) string {
		c := compared(t, gains, set, workers)
		return fmt.Sprintf("%+v %+v %v", c.Verdicts[0].Drivers, c.Verdicts[0].Range, *c.Panels[0].RunBands[0])
	}
	one := print(1)
	if two := print(2); two != one || print(2) != one {
		t.Errorf("with one worker %.200s\nwith two %.200s", one, two)
	}
	if !strings.Contains(one, "luck") {
		t.Errorf("nothing was compared: %s", one)
	}
}

func TestProgressOfFutures(t *testing.T) {
	last, calls := 0.0, 0
	_, err := Compare(context.Background(), sound(t, gains, gainsSet+"[uncertainty]\nruns = 64\n"), Options{Progress: func(done float64) {
		if done < last || done > 1+1e-12 {
			t.Errorf("%v after %v", done, last)
		}
		last, calls = done, calls+1
	}})
	if err != nil || calls < 5 || math.Abs(last-1) > 1e-9 {
		t.Errorf("%d calls, the last at %v, error %v", calls, last, err)
	}
}

func TestComparingFuturesStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	set := sound(t, gains, gainsSet+"[uncertainty]\nruns = 5000\n")
	_, err := Compare(ctx, set, Options{Progress: func(done float64) {
		if done > 0.2 {
			stop()
		}
	}})
	if err == nil || !strings.Contains(err.Error(), context.Canceled.Error()) {
		t.Errorf("stopped with %v", err)
	}
}

// A constant that only goes with a driver drives nothing: luck and level are bound, the
// lever's gain is 10 luck.
func TestACompanionIsNoDriver(t *testing.T) {
	c := compared(t, gains, gainsSet+"[uncertainty]\nruns = 256\nconstants = [\"luck\", \"level\", \"size\"]\ncorrelation = [[\"luck\", \"level\", 0.8]]\n", 0)
	if d := c.Verdicts[0].Drivers; len(d.List) != 1 || d.List[0].Name != "luck" || d.Explained < 0.999 {
		t.Errorf("drivers are %+v, want luck alone", d)
	}
}
