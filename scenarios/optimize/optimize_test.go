package optimize_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/optimize"
)

// set writes a model whose score at the end is an expression of three decisions, with a cost, and
// returns a set over it.
func set(t testing.TB, score, cost, uncertainty string) *scenarios.Set {
	t.Helper()
	folder := t.TempDir()
	model := `name = "Hill"
today = 1
[time]
start = 0
stop = 4
step = 1
unit = "year"
[stock.years]
initial = 0
inflow = ["passing"]
[flow.passing]
equation = "1"
[aux.score]
equation = "` + score + `"
[aux.spending]
equation = "` + cost + `"
[constant.place]
value = 0.3
range = [0.1, 0.5]
[decision.a]
value = 0
range = [0, 1]
[decision.b]
value = 0
range = [0, 1]
[decision.c]
value = 0
range = [0, 1]
`
	text := `model = "model.toml"
name = "Hill"
[outcome.score]
variable = "score"
label = "Score"
unit = "points"
better = "higher"
[outcome.cost]
variable = "spending"
label = "Cost"
unit = "dollars a year"
cost = true
better = "lower"
[intervention.one]
label = "One"
cost = "none"
[intervention.one.change.a]
to = 0.5
start = 2
[scenario.one]
label = "One"
interventions = ["one"]
` + uncertainty
	for name, text := range map[string]string{"model.toml": model, "set.toml": text} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s, list := scenarios.Load(filepath.Join(folder, "set.toml"))
	if s == nil || list.HasErrors() {
		t.Fatal(list)
	}
	return s
}

// ask answers a question with levers as the command reads them.
func ask(t testing.TB, s *scenarios.Set, q optimize.Question, levers, limits []string) (*optimize.Result, error) {
	t.Helper()
	if q.Criterion == "" {
		q.Criterion = optimize.Mean
	}
	if q.Evaluations == 0 {
		q.Evaluations = 600
	}
	if q.Futures == 0 {
		q.Futures = 16
	}
	if err := q.Read(s, levers, limits); err != nil {
		t.Fatal(err)
	}
	return optimize.Run(context.Background(), s, q, scenarios.Options{})
}

// near fails unless the best values are those of a closed form.
func near(t *testing.T, r *optimize.Result, want ...float64) {
	t.Helper()
	for i, x := range want {
		if math.Abs(r.Best.Values[i]-x) > 0.02 {
			t.Errorf("the best values are %v, want %v", r.Best.Values, want)
			return
		}
	}
}

// A quadratic hill has its top at 0.3 and 0.7; c makes no difference and is said to be flat.
func TestHill(t *testing.T) {
	s := set(t, "10 - 20*(a - 0.3)^2 - 10*(b - 0.7)^2", "0", "")
	all := []string{"a", "b", "c"}
	r, err := ask(t, s, optimize.Question{}, all, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, r, 0.3, 0.7)
	if want := 20*0.09 + 10*0.49; math.Abs(r.Worth-want) > 0.01 { // the gain over a = b = 0
		t.Errorf("the gain is %v, want %v", r.Worth, want)
	}
	if r.Levers[0].Whole || r.Levers[0].AtEnd || !r.Levers[2].Whole || !r.Converged {
		t.Errorf("levers %+v, converged %v", r.Levers, r.Converged)
	}
	again, err := ask(t, s, optimize.Question{}, all, nil)
	if err != nil || !reflect.DeepEqual(r.Best.Values, again.Best.Values) {
		t.Errorf("the same seed gives %v, then %v", r.Best.Values, again.Best.Values)
	}
}

// With a budget, the best of sqrt(a) + sqrt(b) spends it half and half: for an a and b that cost 3 a
// year from 2 to 4 and a budget of 3, a = b = 0.25. The budget binds, and the frontier begins at 0.
func TestBudget(t *testing.T) {
	s := set(t, "sqrt(a) + sqrt(b)", "3*a + 3*b", "")
	budget := 3.75 // the trapezoid from 1 to 2 counts a half year
	r, err := ask(t, s, optimize.Question{Budget: &budget, Evaluations: 1500}, []string{"a", "b"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	near(t, r, 0.25, 0.25)
	if *r.Best.Cost > budget || *r.Best.Cost < 0.97*budget {
		t.Errorf("it costs %v of %v", *r.Best.Cost, budget)
	}
	for i, c := range r.Frontier[1:] {
		if *c.Cost <= *r.Frontier[i].Cost || c.MeanGain() <= r.Frontier[i].MeanGain() {
			t.Errorf("the frontier does not rise at %d", i)
		}
	}
}

// A knapsack of levers with steps is solved by every combination, as by brute force: of values 5, 4
// and 3 that cost 2, 1.5 and 1 within 2.6, b and c are best.
func TestKnapsack(t *testing.T) {
	s := set(t, "5*a + 4*b + 3*c", "(2*a + 1.5*b + c) / 2.5", "")
	budget := 2.6
	r, err := ask(t, s, optimize.Question{Budget: &budget}, []string{"a:0..1/1", "b:0..1/1", "c:0..1/1"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	best, at := -1.0, ""
	for k := range 8 {
		a, b, c := float64(k&1), float64(k>>1&1), float64(k>>2)
		if 2*a+1.5*b+c <= budget && 5*a+4*b+3*c > best {
			best, at = 5*a+4*b+3*c, fmt.Sprint([]float64{a, b, c})
		}
	}
	if fmt.Sprint(r.Best.Values) != at || r.Worth != best || !r.Whole || r.Tried != 8 {
		t.Errorf("the best is %v with %v, want %s with %v; %d tried", r.Best.Values, r.Worth, at, best, r.Tried)
	}
}

const futures = `[uncertainty]
runs = 200
method = "grid"
constants = ["place"]
`

// In futures, the place of the top is uniform from 0.1 to 0.5. The mean of -(a - place)^2 is best at
// its mean, 0.3; the mean of |a - place| loses least at most at 0.3, too, but the worst tenth of
// a*(place - 0.2) is best at 0, where the mean is best at 1.
func TestCriteria(t *testing.T) {
	s := set(t, "-10*(a - place)^2", "0", futures)
	for _, by := range []optimize.Criterion{optimize.Mean, optimize.Regret} {
		r, err := ask(t, s, optimize.Question{Criterion: by}, []string{"a"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, r, 0.3)
		if r.Futures != 200 || r.Searched != 16 {
			t.Errorf("%d futures, %d in the search", r.Futures, r.Searched)
		}
	}
	s = set(t, "a*(place - 0.2)", "0", futures)
	for by, want := range map[optimize.Criterion]float64{optimize.Mean: 1, optimize.Worst: 0} {
		r, err := ask(t, s, optimize.Question{Criterion: by}, []string{"a"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		near(t, r, want)
		if by == optimize.Mean && (!r.Levers[0].AtEnd || math.Abs(r.Better-0.75) > 0.02) { // place > 0.2 in three of four
			t.Errorf("at an end is %v, better in %v", r.Levers[0].AtEnd, r.Better)
		}
	}
}

// A limit that nothing keeps is an error that says how near the nearest candidate came; one that can
// be kept binds.
func TestLimits(t *testing.T) {
	s := set(t, "a", "a", "")
	budget := -1.0
	_, err := ask(t, s, optimize.Question{Budget: &budget}, []string{"a"}, nil)
	if !errors.Is(err, optimize.ErrNothing) || !strings.Contains(err.Error(), "a=0") || !strings.Contains(err.Error(), "over the budget of -1") {
		t.Errorf("a budget below nothing: %v", err)
	}
	r, err := ask(t, s, optimize.Question{Budget: new(0.01)}, []string{"a:0..1/1"}, nil)
	if err != nil || !r.Levers[0].Kept || r.Levers[0].AtEnd {
		t.Errorf("what keeps a at 0 is the budget: %v, %+v", err, r.Levers)
	}
	r, err = ask(t, set(t, "10 + 0*a + 1e-16*b", "a", ""), optimize.Question{}, []string{"a", "b"}, nil)
	if err != nil || r.Worth != 0 || r.Best.Values[0] != 0 || !r.Levers[0].Whole || !r.Levers[1].Whole {
		t.Errorf("nothing to gain: %v, %v at %v, %+v", err, r.Worth, r.Best.Values, r.Levers)
	}
	r, err = ask(t, s, optimize.Question{}, []string{"a"}, []string{"cost<=1"})
	if err != nil {
		t.Fatal(err)
	}
	near(t, r, 0.4) // 2.5 years by the trapezoid
	if !r.Levels[0].Binds {
		t.Errorf("the limit does not bind at %v", r.Levels[0].At)
	}
}

// Questions that make no sense are refused with the way out.
func TestQuestions(t *testing.T) {
	s := set(t, "a", "0", "")
	for _, c := range [][2]string{
		{"aa", "did you mean a?"}, {"a:1..0", "no values between"}, {"a:x", "is no range"}, {"a:0..1/2", "no values between"},
		{"place", "there is no decision"}, {"a:0..Inf", "no values between"},
	} {
		if _, err := optimize.ParseLever(s, c[0]); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("--decision %s: %v, want … %s", c[0], err, c[1])
		}
	}
	for _, c := range [][2]string{{"score", "is no limit"}, {"scor>=1", "did you mean score?"}, {"score<=x", "is no number"}} {
		if _, err := optimize.ParseLimit(s, c[0]); err == nil || !strings.Contains(err.Error(), c[1]) {
			t.Errorf("--limit %s: %v, want … %s", c[0], err, c[1])
		}
	}
	late := 9.0
	if _, err := ask(t, s, optimize.Question{From: &late}, []string{"a"}, nil); err == nil {
		t.Error("decisions after the end are optimized")
	}
	if _, err := ask(t, s, optimize.Question{}, []string{"a", "a"}, nil); err == nil {
		t.Error("a decision is there twice")
	}
}

// The scenario that is printed gives, in the set, what was found.
func TestIntervention(t *testing.T) {
	s := set(t, "10 - 20*(a - 0.3)^2", "a", futures)
	r, err := ask(t, s, optimize.Question{}, []string{"a"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(s.File)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.File, append(text, "\n"+r.Intervention()...), 0o644); err != nil {
		t.Fatal(err)
	}
	again, list := scenarios.Load(s.File)
	if again == nil || list.HasErrors() {
		t.Fatal(list)
	}
	c, err := scenarios.Compare(context.Background(), again, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range c.Verdicts {
		if v.Scenario.ID == "best" && v.Outcome.ID == "score" && math.Abs(v.Difference-1.8) > 0.01 { // 20 * 0.09 in every future
			t.Errorf("the scenario gains %v, want 1.8", v.Difference)
		}
	}
}
