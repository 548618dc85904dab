package sim_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model/method"
	"weir/sim"
)

// growth is a stock that grows by a rate, which is what members vary. At a rate of
// r it is (1+r)^t.
const growth = `
name = "Growth"
[time]
start = 0
stop = 4
step = 1
save = 1
unit = "year"
[constant.rate]
value = 0.5
[stock.money]
initial = "1"
inflow = ["interest"]
[flow.interest]
equation = "rate * money"
[aux.root]
equation = "sqrt(20 - money)"
`

func growing(runs int) sim.EnsembleSettings {
	return sim.EnsembleSettings{Runs: runs, Vary: []string{"rate"}, Keep: []string{"money"},
		Values: func(member int, to []float64) { to[0] = float64(member) / 8 }}
}

func ensemble(t testing.TB, text string, s sim.EnsembleSettings) *sim.EnsembleResult {
	t.Helper()
	p, err := sim.Compile(check(t, text, nil))
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.Ensemble(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// Kept numbers by member and by row: (1 + member/8)^t, which has no rounding here.
func TestEnsembleKeeps(t *testing.T) {
	got := ensemble(t, growth, growing(8))
	if want := []float64{0, 1, 2, 3, 4}; !slices.Equal(got.Time, want) {
		t.Errorf("times %v, want %v", got.Time, want)
	}
	if want := []float64{1, 1.5, 2.25, 3.375, 5.0625}; !slices.Equal(got.Series("Money", 4), want) {
		t.Errorf("member 4 has %v, want %v", got.Series("money", 4), want)
	}
	if want := []float64{1, 1.125, 1.25, 1.375, 1.5, 1.625, 1.75, 1.875}; !slices.Equal(got.Values("money", 1), want) {
		t.Errorf("row 1 has %v, want %v", got.Values("money", 1), want)
	}
	if got.Series("interest", 0) != nil || got.Values("nothing", 0) != nil {
		t.Error("there are numbers of a column that was not kept")
	}
	for _, c := range []struct{ q, want float64 }{{0, 1}, {0.5, 1.4375}, {1, 1.875}, {1. / 7, 1.125}} {
		if x := got.Quantile("money", 1, c.q); math.Abs(x-c.want) > 1e-15 {
			t.Errorf("quantile %v is %v, want %v", c.q, x, c.want)
		}
	}
}

// From rate 9/8 on money exceeds 20 before the end and its root is no number: those
// members end where that happens and take no part in quantiles, at no time.
func TestEnsembleFailedMembers(t *testing.T) {
	s := growing(120)
	s.Keep, s.Sketch = []string{"root"}, []string{"money"}
	got := ensemble(t, growth, s)
	if len(got.NonFinite) == 0 || got.NonFinite[0].Member != 9 || !got.Complete || got.Done != 120 {
		t.Fatalf("failed: %+v; %d done", got.NonFinite, got.Done)
	}
	for i, f := range got.NonFinite {
		if f.Member != 9+i {
			t.Errorf("failure %d is of member %d", i, f.Member)
		}
		rate := 1 + float64(f.Member)/8
		row := int(math.Ceil(math.Log(20) / math.Log(rate)))
		if f.Time != float64(row) || got.Rows(f.Member) != row {
			t.Errorf("member %d ends at %v with %d rows, want %d", f.Member, f.Time, got.Rows(f.Member), row)
		}
		if known := i < sim.Located; known != (f.Variable == "root") || known != (f.Cause != nil) {
			t.Errorf("failure %d: %+v", i, f)
		}
		if !math.IsNaN(got.Series("root", f.Member)[row]) || math.IsNaN(got.Series("root", f.Member)[row-1]) {
			t.Errorf("member %d has %v, want NaN from row %d on", f.Member, got.Series("root", f.Member), row)
		}
	}
	if x := got.Quantile("money", 1, 1); x != 2 {
		t.Errorf("the largest among the members without failure is %v, want %v", x, 2)
	}
}

// What would make Run an error ends one member, with Run's words.
func TestEnsembleMembersWithErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"delay shorter than a step", growth + `
[aux.late]
equation = "delay3(time, 12 - rate * 12)"
`, "shorter than a step"},
		{"outside a table", growth + `
[lookup.curve]
points = [[0, 0], [0.9, 1]]
beyond = "error"
[aux.read]
equation = "curve(rate)"
`, "outside its points"},
		{"a value that is none", growth, "cannot be set to NaN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := growing(9)
			s.Step, s.Save = new(0.5), new(1.0)
			if c.text == growth {
				s.Values = func(member int, to []float64) {
					if to[0] = 0.5; member == 8 {
						to[0] = math.NaN()
					}
				}
			}
			got := ensemble(t, c.text, s)
			if len(got.NonFinite) != 1 || got.NonFinite[0].Member != 8 || !strings.Contains(got.NonFinite[0].Message, c.want) {
				t.Errorf("failed: %+v, want member 8: …%s…", got.NonFinite, c.want)
			}
			if got.Rows(7) != 5 || got.Rows(8) != 0 {
				t.Errorf("%d and %d rows, want 5 and 0", got.Rows(7), got.Rows(8))
			}
		})
	}
}

// Sketched quantiles are those of the kept numbers within the stated error, and have
// the same bits with any number of workers and lanes.
func TestEnsembleSketches(t *testing.T) {
	s := growing(1000)
	s.Values = func(member int, to []float64) { to[0] = float64(member*619%1000)/1000 - 0.4 }
	kept := ensemble(t, growth, s)
	s.Keep, s.Sketch = nil, []string{"money"}
	for _, c := range []struct{ workers, lanes int }{{1, 0}, {2, 0}, {3, 7}, {2, 256}} {
		s.Workers, s.Lanes = c.workers, c.lanes
		got := ensemble(t, growth, s)
		for row := range got.Time {
			values := slices.Sorted(slices.Values(kept.Values("money", row)))
			allowed := got.QuantileError("money", row)
			if allowed > 0.002 {
				t.Errorf("the stated error is %v", allowed)
			}
			for _, q := range []float64{0.1, 0.5, 0.9} {
				want := values[int(q*999)]
				if x := got.Quantile("money", row, q); math.Abs(x-want) > allowed*math.Abs(want) {
					t.Errorf("row %d: quantile %v is %v, want %v within %v", row, q, x, want, allowed)
				}
			}
		}
		if got.Values("money", 0) != nil || got.Series("money", 0) != nil {
			t.Error("sketched numbers are kept")
		}
	}
}

// A cancelled ensemble keeps the members that are done, whole, and says so.
func TestEnsembleCancelled(t *testing.T) {
	p, err := sim.Compile(check(t, growth, nil))
	if err != nil {
		t.Fatal(err)
	}
	s := growing(1000)
	s.Workers, s.Lanes = 1, 8
	s.Sketch = []string{"interest"}
	s.Values = func(member int, to []float64) { to[0] = float64(member%8) / 8 }
	whole, err := p.Ensemble(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	values, calls := s.Values, 0
	s.Values = func(member int, to []float64) {
		if calls++; calls == 500 {
			cancel()
		}
		values(member, to)
	}
	got, err := p.Ensemble(ctx, s)
	if !errors.Is(err, context.Canceled) || got.Complete || got.Done == 0 || got.Done >= 500 {
		t.Fatalf("%d done, complete: %v, error %v", got.Done, got.Complete, err)
	}
	count := 0
	for member := range s.Runs {
		series := got.Series("money", member)
		switch got.Rows(member) {
		case 0:
			if !math.IsNaN(series[0]) {
				t.Fatalf("member %d was not run but has %v", member, series)
			}
		default:
			count++
			if !slices.Equal(series, whole.Series("money", member)) {
				t.Fatalf("member %d has %v, want %v", member, series, whole.Series("money", member))
			}
		}
	}
	if count != got.Done || len(got.NonFinite) > 0 {
		t.Errorf("%d members have rows, %d are done; failed: %v", count, got.Done, got.NonFinite)
	}
	if x := got.Quantile("interest", 0, 1); x != 7./8 {
		t.Errorf("the largest interest of the members done is %v, want 7/8", x)
	}
}

// What would take too much memory is refused before anything is allocated, with what
// it would take.
func TestEnsembleMemory(t *testing.T) {
	p, err := sim.Compile(check(t, growth, nil))
	if err != nil {
		t.Fatal(err)
	}
	s := growing(1 << 30)
	need, err := p.EnsembleMemory(s)
	if least := int64(5 * 8 << 30); err != nil || need < least || need > 2*least {
		t.Errorf("%d bytes, error %v; the numbers alone take %d", need, err, least)
	}
	_, err = p.Ensemble(context.Background(), s)
	if err == nil || !strings.Contains(err.Error(), "47.2 GB of memory; 4.3 GB are allowed") || !strings.Contains(err.Error(), "quantiles") {
		t.Errorf("error %v", err)
	}
	s = growing(1_000_000)
	s.Keep, s.Sketch = nil, []string{"money", "interest"}
	if need, err = p.EnsembleMemory(s); err != nil || need > 10<<20 {
		t.Errorf("quantiles of a million members take %d bytes, error %v", need, err)
	}
}

func TestEnsembleSettingsThatDoNotFit(t *testing.T) {
	p, err := sim.Compile(check(t, growth, nil))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		want   string
		change func(*sim.EnsembleSettings)
	}{
		{"1 to 1073741824 members", func(s *sim.EnsembleSettings) { s.Runs = 0 }},
		{"nothing gives their values", func(s *sim.EnsembleSettings) { s.Values = nil }},
		{"did you mean rate", func(s *sim.EnsembleSettings) { s.Vary[0] = "rat" }},
		{"cannot be set", func(s *sim.EnsembleSettings) { s.Vary[0] = "money" }},
		{"did you mean money", func(s *sim.EnsembleSettings) { s.Keep = []string{"mony"} }},
		{"did you mean money", func(s *sim.EnsembleSettings) { s.Sketch = []string{"mony"} }},
		{"single number", func(s *sim.EnsembleSettings) { s.Keep = []string{"money[a]"} }},
		{"no method", func(s *sim.EnsembleSettings) { s.Method = "magic" }},
		{"whole number of steps", func(s *sim.EnsembleSettings) { s.Step = new(3.0) }},
		{"cannot be set to NaN", func(s *sim.EnsembleSettings) { s.Set = map[string]float64{"rate": math.NaN()} }},
	} {
		s := growing(3)
		c.change(&s)
		if _, err := p.Ensemble(context.Background(), s); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want …%s…", err, c.want)
		}
	}
}

// An element has the last word over the whole array, whichever of Set and Vary names
// it, as in a single run.
func TestEnsembleSetAndVary(t *testing.T) {
	const text = `
name = "Array"
[time]
start = 0
stop = 1
step = 1
save = 1
unit = "year"
[dimension.d]
elements = ["a", "b"]
[constant.x]
over = ["d"]
value = [1, 2]
[aux.y]
over = ["d"]
equation = "x"
`
	for _, c := range []struct {
		set, vary string
	}{{"x[a]", "x"}, {"x", "x[a]"}, {"x", "x"}, {"x[b]", "x[a]"}} {
		s := sim.EnsembleSettings{Runs: 3, Vary: []string{c.vary}, Values: func(member int, to []float64) { to[0] = float64(10 + member) }}
		s.Set = map[string]float64{c.set: 5}
		compareMembers(t, check(t, text, nil), s)
	}
}

// Progress grows to the end, and rk45, whose steps differ between members, runs them
// one by one with the same results.
func TestEnsembleProgress(t *testing.T) {
	for _, method := range []string{"euler", "rk45"} {
		s := growing(50)
		s.Method, s.Lanes = method, 4
		var last sim.Progress
		s.Progress = func(x sim.Progress) {
			if x.Done < last.Done || x.Share != float64(x.Done)/50 || x.Runs != 50 || x.PerSecond <= 0 || x.Left < 0 {
				t.Errorf("progress %+v after %+v", x, last)
			}
			last = x
		}
		ensemble(t, growth, s)
		if last.Done != 50 || last.Left != 0 {
			t.Errorf("%s: the last progress is %+v", method, last)
		}
		s.Progress = nil
		compareMembers(t, check(t, growth, nil), s)
	}
}

// Draws differ between members and are those of single runs, in every method.
func TestEnsembleDraws(t *testing.T) {
	const text = `
name = "Luck"
[time]
start = 0
stop = 3
step = 0.5
save = 1
unit = "year"
[dimension.d]
elements = ["a", "b"]
[constant.spread]
value = 1
[stock.walk]
over = ["d"]
initial = "0"
inflow = ["move"]
[flow.move]
over = ["d"]
equation = "normal(0, spread) + uniform(0, time) + triangular(0, 1, 2 + spread) + poisson(3) + previous(walk, 1) / 10"
`
	s := sim.EnsembleSettings{Runs: 12, Lanes: 5, Vary: []string{"spread"}, Values: func(member int, to []float64) { to[0] = float64(member) / 4 }}
	s.Seed, s.Member = 3, 100
	for _, m := range method.Fixed() {
		s.Method = m
		compareMembers(t, check(t, text, nil), s)
	}
	s.Keep = []string{"walk[a]"}
	if got := ensemble(t, text, s); got.Values("walk[a]", 1)[0] == got.Values("walk[a]", 1)[1] {
		t.Error("two members draw the same numbers")
	}
}

// Data series are the same in all members; delays may be of another length in each.
func TestEnsembleDataAndDelays(t *testing.T) {
	const text = growth + `
[data.seen]
file = "seen.csv"
time = "year"
value = "n"
[constant.lag]
value = 1
[aux.later]
equation = "delay_fixed(money + seen, lag, 0)"
`
	r := check(t, text, fstest.MapFS{"seen.csv": {Data: []byte("year,n\n0,1\n4,9\n")}})
	s := growing(9)
	s.Vary = append(s.Vary, "lag")
	s.Values = func(member int, to []float64) { to[0], to[1] = float64(member)/8, float64(member%3) }
	s.Lanes = 4
	compareMembers(t, r, s)
}

// A table that must not be left is read once more after the first row, for how long a
// delay holds: a member that leaves it there has that row, as a single run has.
func TestEnsembleDelayFromTable(t *testing.T) {
	r := check(t, growth+`
[lookup.curve]
points = [[0, 1], [0.5, 2]]
beyond = "error"
[aux.later]
equation = "delay_fixed(money, curve(rate * money), 0)"
`, nil)
	compareMembers(t, r, growing(8))
}
