package sim_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/method"
	"weir/sim"
)

// Row 19: what is read outside a table's points is counted, by step and with the
// lowest and highest input, whatever the table gives there.
func TestReadingOutsideIsReported(t *testing.T) {
	result := run(t, `name = "Semantics"
time = { start = 0, stop = 5, step = 1, unit = "year", method = "rk4" }
[aux]
held = { equation = "hold_table(time)" }
extended = { equation = "extend_table(time)" }
inside = { equation = "wide_table(time)" }
[flow]
filling = { equation = "held" }
[stock]
level = { initial = "0", inflow = ["filling"] }
[lookup]
hold_table = { points = [[1, 0], [3, 10]] }
extend_table = { points = [[-1, 0], [2, 10]], beyond = "extend" }
wide_table = { points = [[0, 0], [5, 10]] }
`, sim.Settings{})
	want := []sim.LookupUse{
		{Table: "hold_table", First: 0, Steps: 3, Low: 0, High: 5, From: 1, To: 3}, // at 0, 4 and 5
		{Table: "extend_table", First: 3, Steps: 3, Low: 3, High: 5, From: -1, To: 2},
	}
	if !slices.Equal(result.Lookups, want) {
		t.Errorf("got %+v, want %+v", result.Lookups, want)
	}
}

// Row 19: a table that forbids it stops the run.
func TestReadingOutsideCanBeForbidden(t *testing.T) {
	p, err := sim.Compile(check(t, `name = "Semantics"
time = { start = 0, stop = 5, step = 1, unit = "year" }
[aux]
read = { equation = "table(time)" }
[lookup]
table = { points = [[0, 0], [3, 10]], beyond = "error" }
`, nil))
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Run(context.Background(), sim.Settings{})
	if err == nil || !strings.Contains(err.Error(), "table") {
		t.Errorf("the error is %v, want one that names the table", err)
	}
}

// Row 20: what a non-negative stock turned away is reported, and nothing is created
// or lost: what came in is there, or went out. The limits are of the example of
// the file 20-priority: 15 and 20 wanted, 15 and 7 served, then 2 and none.
func TestTurnedAwayIsReported(t *testing.T) {
	for _, method := range method.Fixed() {
		result := run(t, `name = "Semantics"
time = { start = 0, stop = 1, step = 0.5, unit = "year" }
[flow]
arriving = { equation = "2" }
first = { equation = "15" }
second = { equation = "20" }
[stock]
waiting = { initial = "10", inflow = ["arriving"], outflow = ["first", "second"], non_negative = true }
served_first = { initial = "0", inflow = ["first"] }
served_second = { initial = "0", inflow = ["second"] }
outside = { initial = "100", outflow = ["arriving"] }
`, sim.Settings{Method: method})
		last := len(result.Time) - 1
		there := result.Series("waiting")[last] + result.Series("served_first")[last] + result.Series("served_second")[last]
		if all := there + result.Series("outside")[last]; !near(all, 110, 1e-12) {
			t.Errorf("%s: %v in all, want 110", method, all)
		}
		if method != "euler" {
			continue
		}
		want := []sim.LimitUse{
			{Stock: "waiting", Flow: "first", First: 0.5, Steps: 1, Amount: 0.5 * 13},
			{Stock: "waiting", Flow: "second", First: 0, Steps: 2, Amount: 0.5*13 + 0.5*20},
		}
		if !slices.Equal(result.Limits, want) {
			t.Errorf("got %+v, want %+v", result.Limits, want)
		}
	}
}

const noise = `name = "Semantics"
time = { start = 0, stop = 1000, step = 1, unit = "year" }
[aux]
x = { equation = "normal(10, 2)" }
`

// Row 28: draws are keyed by variable, element and step: another variable, another
// saved interval or another order in the file does not shift them; another seed or
// member does.
func TestDrawsAreKeyed(t *testing.T) {
	want := run(t, noise, sim.Settings{Seed: 1}).Series("x")
	more := strings.Replace(noise, "[aux]", "[aux]\nw = { equation = \"uniform(0, 1) + x\" }", 1)
	if got := run(t, more, sim.Settings{Seed: 1}).Series("x"); !slices.Equal(got, want) {
		t.Error("another variable shifts the draws")
	}
	if got := run(t, noise, sim.Settings{Seed: 1, Save: new(10.0)}).Series("x"); got[100] != want[1000] {
		t.Error("saving less often shifts the draws")
	}
	if got := run(t, noise, sim.Settings{Seed: 1, Stop: new(10.0)}).Series("x"); !slices.Equal(got, want[:11]) {
		t.Error("a shorter run shifts the draws")
	}
	for _, s := range []sim.Settings{{Seed: 2}, {Seed: 1, Member: 1}} {
		if got := run(t, noise, s).Series("x"); got[0] == want[0] || got[1] == want[1] {
			t.Errorf("%+v has the same draws", s)
		}
	}
}

// Row 28: a draw is held within a step, whatever the method: a stock filled by draws
// is their sum.
func TestDrawsAreHeldWithinAStep(t *testing.T) {
	for _, method := range method.Fixed() {
		result := run(t, `name = "Semantics"
time = { start = 0, stop = 20, step = 1, unit = "year" }
[flow]
x = { equation = "uniform(0, 1)" }
[stock]
sum_of_x = { initial = "0", inflow = ["x"] }
`, sim.Settings{Method: method, Seed: 3})
		sum, x := 0.0, result.Series("x")
		for i, total := range result.Series("sum_of_x") {
			if !near(total, sum, 1e-12) {
				t.Fatalf("%s: the stock at %d is %v, the sum of the draws %v", method, i, total, sum)
			}
			sum += x[i]
		}
	}
}

// Row 28: elements and calls draw apart.
func TestDrawsOfElementsDiffer(t *testing.T) {
	result := run(t, `name = "Semantics"
time = { start = 0, stop = 3, step = 1, unit = "year" }
[dimension]
school = { elements = ["north", "south", "east"] }
[aux.x]
over = ["school"]
equation = "uniform(0, 1)"
[aux.own]
over = ["school"]
at = { north = "uniform(0, 1)", south = "uniform(0, 1)", east = "uniform(0, 1) + uniform(0, 1) - 1" }
`, sim.Settings{})
	seen := map[float64]string{}
	for i := range result.Time {
		for _, name := range []string{"x[north]", "x[south]", "x[east]", "own[north]", "own[south]", "own[east]"} {
			v := result.Series(name)[i]
			if v == 0 {
				t.Errorf("%s is 0: two calls drew the same", name)
			}
			if other := seen[v]; other != "" {
				t.Errorf("%s drew the same as %s", name, other)
			}
			seen[v] = name
		}
	}
}

// Row 28: 1,000 draws have the mean and spread of their distribution, within five
// standard errors, and the parameters of the table of functions.
func TestDrawsHaveTheirDistribution(t *testing.T) {
	for equation, want := range map[string]struct{ mean, deviation float64 }{
		"uniform(2, 6)":       {4, 4 / math.Sqrt(12)},
		"normal(10, 2)":       {10, 2},
		"lognormal(0, 0.25)":  {math.Exp(0.25 * 0.25 / 2), math.Sqrt((math.Exp(0.0625) - 1) * math.Exp(0.0625))},
		"triangular(0, 1, 5)": {2, math.Sqrt((0 + 1 + 25 - 0 - 0 - 5) / 18.)},
		"poisson(3)":          {3, math.Sqrt(3)},
		"poisson(80)":         {80, math.Sqrt(80)},
	} {
		x := run(t, strings.Replace(noise, "normal(10, 2)", equation, 1), sim.Settings{Seed: 7}).Series("x")
		n := float64(len(x))
		sum, squares := 0.0, 0.0
		for _, v := range x {
			sum += v
			squares += (v - want.mean) * (v - want.mean)
		}
		if got := sum / n; math.Abs(got-want.mean) > 5*want.deviation/math.Sqrt(n) {
			t.Errorf("%s: the mean is %v, want %v", equation, got, want.mean)
		}
		if got := math.Sqrt(squares / n); math.Abs(got/want.deviation-1) > 0.2 {
			t.Errorf("%s: the deviation is %v, want %v", equation, got, want.deviation)
		}
	}
}

// A data series has its columns once, whether equations read it now or at other times;
// one that none reads has columns only if the model asks for all.
func TestDataColumns(t *testing.T) {
	const text = `
name = "Counts"
[time]
start = 0
stop = 2
step = 1
unit = "year"
[data.now]
file = "seen.csv"
time = "year"
value = "n"
[data.before]
file = "seen.csv"
time = "year"
value = "n"
[data.unread]
file = "seen.csv"
time = "year"
value = "n"
[aux.a]
equation = "now + before(time - 1)"
`
	for all, want := range map[bool][]string{false: {"now", "a", "before"}, true: {"now", "before", "unread", "a"}} {
		m, list := model.Parse("model.toml", []byte(text), fstest.MapFS{"seen.csv": {Data: []byte("year,n\n0,1\n4,9\n")}})
		m.AllData = all
		r, more := model.Check(m)
		if r == nil {
			t.Fatal(list, more)
		}
		p, err := sim.Compile(r)
		if err != nil {
			t.Fatal(err)
		}
		result, err := p.Run(context.Background(), sim.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range result.Columns {
			names = append(names, c.Name())
		}
		if !slices.Equal(names, want) {
			t.Errorf("all data %v: columns %v, want %v", all, names, want)
		}
	}
}
