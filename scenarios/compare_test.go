package scenarios

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// decline is a set over the model of testdata/codes. Each sector starts with 10,000
// children and loses 3 % of them a year; coaching for half of the teachers from
// 2027 makes it 3 % * (1 - 0.5*0.4) = 2.4 %, and costs a million a year.
const decline = exampleOutcome + `history = "enrollment"
[outcome.cost]
variable = "spending"
discount = 0.03
[intervention.coaching]
label = "Coaching"
cost = "no materials"
` + exampleCoaching + `
[intervention.seats]
owner = "boards together"
[intervention.seats.change.seats]
add = 100
start = 2030
over = 2
until = 2040
` + exampleScenario + `
[scenario.both]
interventions = ["coaching", "seats"]
[chart.charters]
variable = "students[charter]"
`

func compare(t *testing.T, text string, o Options) *Comparison {
	t.Helper()
	set, list := parse(text)
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := Compare(context.Background(), set, o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// share is what a step of a quarter of a year by Euler's method leaves of a sector.
func share(rate, years float64) float64 { return math.Pow(1-rate/4, 4*years) }

func TestCompare(t *testing.T) {
	c := compare(t, decline, Options{Version: "test"})
	base := 20000 * share(0.03, 25)
	coached := 20000 * share(0.03, 7) * share(0.024, 18)
	v := c.Verdicts[0]
	near(t, "baseline", v.Baseline, base)
	near(t, "value", v.Value, coached)
	if !v.Improves || v.Worse != nil {
		t.Errorf("verdict %+v", v)
	}
	// The difference shows once it is a two-hundredth of the children of 2026.
	shows := 2027.0
	for 20000*share(0.03, 7)*(share(0.024, shows-2027)-share(0.03, shows-2027)) <= 20000*share(0.03, 6)/200 {
		shows += 0.25
	}
	dated(t, "effect", v.EffectFrom, shows)
	// 1,000,000 a year from 2027 to 2045, in values of 2026. The first row counts the
	// jump as a straight line from the row before: an eighth of a year more.
	k := math.Log(1.03)
	want := 1e6 * (math.Exp(-k*0.875) - math.Exp(-k*19)) / k
	if math.Abs(*v.CostDiscounted/want-1) > 1e-3 {
		t.Errorf("discounted cost %v, want %v", *v.CostDiscounted, want)
	}
	near(t, "paid", *v.Cost, 1e6*18.125) // in the dollars of each year
	near(t, "cost per child", *v.CostPerUnit, *v.Cost/(coached-base))
	if c.Today != 2026 || c.Horizon != 2045 || c.Version != "test" {
		t.Errorf("from %v to %v, version %q", c.Today, c.Horizon, c.Version)
	}
}

// The baseline of 2020 to 2022 is 20,000 and what 3 % a year leave; records say
// 20,000, 19,500, 18,900 and 18,300.
func TestFitOfTheBaseline(t *testing.T) {
	c := compare(t, decline, Options{})
	sum := 0.
	for i, record := range []float64{20000, 19500, 18900, 18300} {
		sum += math.Abs(20000*share(0.03, float64(i))/record - 1)
	}
	near(t, "MAPE", c.Fits[0].MAPE, sum/4)
	if len(c.Fits) != 1 || c.Fits[0].Points != 4 {
		t.Errorf("fits %+v", c.Fits)
	}
}

func TestPanels(t *testing.T) {
	c := compare(t, decline, Options{})
	if len(c.Panels) != 3 || len(c.Panels[0].History) != 4 || c.Panels[2].Chart != c.Set.Charts[0] {
		t.Fatalf("panels %+v", c.Panels)
	}
	for _, p := range c.Panels {
		if len(p.Runs) != 2 || len(p.Baseline) != len(p.Time) || len(p.Runs[1]) != len(p.Time) {
			t.Errorf("panel of %s: %d runs", p.Variable, len(p.Runs))
		}
	}
	if len(c.Years) != 26 || c.Years[0] != 2020 || c.Years[25] != 2045 {
		t.Errorf("years %v", c.Years)
	}
}

func TestLevers(t *testing.T) {
	until := 2040.
	c := compare(t, decline, Options{})
	s, i := c.Set.Scenarios, c.Set.Interventions
	want := []Lever{
		{Scenario: s[0], Intervention: i[0], Decision: "coach_share", Label: "Share of teachers with a coach", Owner: "school leaders", Value: 0.5, Start: 2027, Cost: "no materials"},
		{Scenario: s[1], Intervention: i[0], Decision: "coach_share", Label: "Share of teachers with a coach", Owner: "school leaders", Value: 0.5, Start: 2027, Cost: "no materials"},
		{Scenario: s[1], Intervention: i[1], Decision: "seats", Label: "Seats", Unit: "students", Owner: "boards together", Baseline: 1000, Value: 1100, Start: 2030, Over: 2, Until: &until},
	}
	if diff := cmp.Diff(want, c.Levers, cmp.Comparer(func(a, b *Scenario) bool { return a == b }), cmp.Comparer(func(a, b *Intervention) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
}

// An array whose elements differ has a lever an element; a change of one element is
// one lever.
func TestLeversOfArrays(t *testing.T) {
	set, list := parse(exampleOutcome + `
[intervention.scale.change.places]
times = 2
[intervention.build.change."places[charter]"]
to = 900
start = 2030
[scenario.scale]
interventions = ["scale"]
[scenario.build]
interventions = ["build"]
`)
	if list.HasErrors() {
		t.Fatal(list)
	}
	var got []string
	for _, l := range levers(set) {
		got = append(got, fmt.Sprint(l.Scenario.ID, " ", l.Decision, " ", l.Label, " ", l.Baseline, " ", l.Value))
	}
	want := []string{
		"scale places[district] Places (district) 300 600",
		"scale places[charter] Places (charter) 400 800",
		"build places[charter] Places (charter) 400 900",
	}
	if !slices.Equal(got, want) {
		t.Errorf("levers %q", got)
	}
}

// An assumption holds in the baseline, too, from the start or from its date.
func TestAssumptions(t *testing.T) {
	c := compare(t, decline+"[assumption.leaving_share]\nto = 0.05\n", Options{})
	near(t, "from the start", c.Verdicts[0].Baseline, 20000*share(0.05, 25))
	c = compare(t, decline+"[assumption.leaving_share]\nto = 0.05\nstart = 2030\n", Options{})
	near(t, "from 2030", c.Verdicts[0].Baseline, 20000*share(0.03, 10)*share(0.05, 15))
}

// A run against itself: no change, no verdict.
func TestNothingChanged(t *testing.T) {
	set, list := parse(strings.Replace(decline, "to = 0.5", "to = 0", 1))
	if list.HasErrors() {
		t.Fatal(list)
	}
	c, err := Compare(context.Background(), set, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v := c.Verdicts[0]; v.Difference != 0 || v.Distinguishable || v.Largest != 0 {
		t.Errorf("verdict %+v", v)
	}
}

// More seats take children who leave now and stay away: the same run must come out
// of one worker and of many, bit for bit.
func TestWorkersDoNotMatter(t *testing.T) {
	one, many := compare(t, decline, Options{Workers: 1}), compare(t, decline, Options{Workers: 7})
	for i, p := range one.Panels {
		if !slices.Equal(p.Baseline, many.Panels[i].Baseline) || !slices.Equal(p.Runs[1], many.Panels[i].Runs[1]) {
			t.Errorf("panel of %s differs", p.Variable)
		}
	}
	for i, v := range one.Verdicts {
		if w := many.Verdicts[i]; v.Difference != w.Difference || v.Noise != w.Noise {
			t.Errorf("verdicts %+v and %+v", v, w)
		}
	}
}

func TestProgressGrows(t *testing.T) {
	var mutex sync.Mutex
	var told []float64
	compare(t, decline, Options{Workers: 3, Progress: func(done float64) {
		if !mutex.TryLock() {
			t.Error("progress is told twice at once")
			return
		}
		told = append(told, done)
		mutex.Unlock()
	}})
	if !slices.IsSorted(told) || len(told) == 0 || told[len(told)-1] != 1 {
		t.Errorf("progress %v", told)
	}
}

func TestCancelled(t *testing.T) {
	set, _ := parse(decline)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if c, err := Compare(ctx, set, Options{}); c != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("%v, %v", c, err)
	}
}

// The first error in the order of the jobs is the one told, whoever is faster.
func TestFirstErrorInOrder(t *testing.T) {
	slow, fast := make(chan bool), errors.New("fast")
	jobs := []job{
		{what: "Slow", cost: 1, run: func(context.Context, func(float64)) error { <-slow; return errors.New("slow") }},
		{what: "Fast", cost: 1, run: func(context.Context, func(float64)) error { close(slow); return fast }},
	}
	if err := work(context.Background(), jobs, Options{Workers: 2}); err == nil || err.Error() != "Slow: slow" {
		t.Errorf("error %v", err)
	}
}

// Without seats, children for each seat are infinite from 2032 on: that run stops
// there, the others do not, and there is no verdict on it.
func TestRunThatBreaks(t *testing.T) {
	text := strings.Replace(decline, `variable = "students[charter]"`, `variable = "students_per_seat"`, 1)
	text = strings.Replace(text, "add = 100\n", "times = 0\n", 1)
	c := compare(t, text, Options{})
	if broken := c.Runs[1].Result; broken.NonFinite == nil || len(c.Panels[2].Runs[1]) != len(c.Time) {
		t.Fatalf("the run did not break: %+v", broken.NonFinite)
	}
	if v := c.Verdicts[0]; !v.Distinguishable {
		t.Errorf("the sound run has no verdict: %+v", v)
	}
	if v := c.Verdicts[2]; v.Distinguishable || !math.IsNaN(v.Difference) {
		t.Errorf("the broken run has a verdict: %+v", v)
	}
}

// A model that has no finite number to start with cannot be compared, and says why.
func TestModelThatCannotStart(t *testing.T) {
	folder := t.TempDir()
	write(t, filepath.Join(folder, "model.toml"), `[time]
start = 0
stop = 4
step = 1
unit = "year"
[aux.x]
equation = "1 / d"
[decision.d]
value = 0
`)
	write(t, filepath.Join(folder, "set.toml"), `model = "model.toml"
[outcome.x]
variable = "x"
better = "higher"
[intervention.i.change.d]
to = 1
start = 1
[scenario.s]
interventions = ["i"]
`)
	set, list := Load(filepath.Join(folder, "set.toml"))
	if list.HasErrors() {
		t.Fatal(list)
	}
	if _, err := Compare(context.Background(), set, Options{}); err == nil || !strings.Contains(err.Error(), "x is +Inf") {
		t.Errorf("error %v", err)
	}
}

func TestSetWithMistakesIsNotRun(t *testing.T) {
	set, _ := parse(`model = "other.toml"`)
	if _, err := Compare(context.Background(), set, Options{}); err == nil {
		t.Error("a set without a model was run")
	}
}
