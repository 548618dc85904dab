package dynamics_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"weir/model"
	"weir/sim"
	"weir/sim/dynamics"
)

// describe returns the dynamics of a model from its tables, at the start of a run from 0 to 20 by
// Euler's method with a step of 0.1.
func describe(t *testing.T, tables string) *dynamics.Report {
	t.Helper()
	m, list := model.Parse("m.toml", []byte("name = \"m\"\n[time]\nstart = 0\nstop = 20\nstep = 0.1\nunit = \"year\"\n"+tables), nil)
	if list.HasErrors() {
		t.Fatal(list)
	}
	r, list := model.Check(m)
	if r == nil {
		t.Fatal(list)
	}
	p, err := sim.Compile(r)
	if err != nil {
		t.Fatal(err)
	}
	d, err := dynamics.Of(context.Background(), p, sim.Settings{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func near(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-6*math.Abs(want) {
		t.Errorf("%s is %v, want %g", what, value(got), want)
	}
}

func value(x *float64) string {
	if x == nil {
		return "none"
	}
	return fmt.Sprint(*x)
}

// A pendulum with friction: x” = -(g/l) sin x - c x'. At rest x = 0, and the eigenvalues are
// -c/2 ± i sqrt(g/l - c²/4).
func TestPendulum(t *testing.T) {
	d := describe(t, `[constant]
c = { value = 0.4 }
pull = { value = 9.81 }
[stock]
x = { initial = 0.5, inflow = ["motion"] }
v = { initial = 0.2, outflow = ["return", "friction"] }
[flow]
motion = { equation = "v" }
return = { equation = "pull * sin(x)" }
friction = { equation = "c * v" }
`)
	if d.Rest == nil || !d.Rest.Stable || len(d.Rest.Modes) != 1 {
		t.Fatalf("%+v", d.Rest)
	}
	for _, s := range d.Rest.Stocks {
		if math.Abs(s.Rest) > 1e-8 {
			t.Errorf("%s rests at %g", s.Name, s.Rest)
		}
	}
	m, w := d.Rest.Modes[0], math.Sqrt(9.81-0.04)
	if m.Kind != dynamics.Damped {
		t.Error(m.Kind)
	}
	near(t, "the period", m.Period, 2*math.Pi/w)
	near(t, "the time constant", m.TimeConstant, 5)
	near(t, "the damping ratio", m.Damping, 0.2/math.Sqrt(9.81))
	// |1 + h λ| of Euler's method.
	near(t, "the growth", m.Growth, math.Hypot(1-0.1*0.2, 0.1*w))
	if got := strings.Join(m.Loop, " "); got != "x return v motion x" && got != "v motion x return v" {
		t.Errorf("the loop is %q", got)
	}
}

// Predator and prey circle around (c/d, a/b) = (40, 20) with the period 2 pi / sqrt(a c): a
// center, whose oscillation neither grows nor decays.
func TestPredatorPrey(t *testing.T) {
	d := describe(t, `[constant]
a = { value = 1 }
b = { value = 0.05 }
c = { value = 0.8 }
e = { value = 0.02 }
[stock]
prey = { initial = 35, inflow = ["born"], outflow = ["eaten"] }
predators = { initial = 18, inflow = ["raised"], outflow = ["dying"] }
[flow]
born = { equation = "a * prey" }
eaten = { equation = "b * prey * predators" }
raised = { equation = "e * prey * predators" }
dying = { equation = "c * predators" }
`)
	if d.Rest == nil || len(d.Rest.Modes) != 1 {
		t.Fatalf("%+v %s", d.Rest, d.Moving)
	}
	near(t, "prey", &d.Rest.Stocks[0].Rest, 40)
	near(t, "predators", &d.Rest.Stocks[1].Rest, 20)
	m := d.Rest.Modes[0]
	if m.Kind != dynamics.Undamped || m.TimeConstant != nil {
		t.Errorf("%+v", m)
	}
	near(t, "the period", m.Period, 2*math.Pi/math.Sqrt(0.8))
	if math.Abs(m.Stocks[0].Share-0.5) > 1e-6 {
		t.Errorf("%+v", m.Stocks)
	}
}

// A third-order delay is a chain of three stages with the time constant T/3 = 2: one eigenvalue
// -0.5, three times. Each stage comes to rest at input T/3 = 8.
func TestDelay3(t *testing.T) {
	d := describe(t, `[constant]
in = { value = 4 }
[stock]
s = { initial = 7, inflow = ["arrive"], outflow = ["leave"] }
[flow]
arrive = { equation = "delay3(in * (1 + step(1, 3)), 6, 3)" }
leave = { equation = "s / 10" }
`)
	if len(d.Modes) != 2 || d.Modes[0].Times != 3 {
		t.Fatalf("%+v", d.Modes)
	}
	near(t, "a stage", d.Modes[0].TimeConstant, 2)
	near(t, "the stock", d.Modes[1].TimeConstant, 10)
	if d.Rest == nil || !d.Rest.Stable || len(d.Rest.Stocks) != 4 {
		t.Fatalf("%+v %s", d.Rest, d.Moving)
	}
	for _, s := range d.Rest.Stocks {
		want := 8.0
		if s.Name == "s" {
			want = 40
		}
		near(t, s.Name, &s.Rest, want)
	}
}

// An epidemic without births keeps its people: the state at rest has as many as the start, and
// many such states lie beside it. Recovered people are counted; nothing depends on them.
func TestKeptSum(t *testing.T) {
	d := describe(t, `[stock]
healthy = { initial = 600, outflow = ["catch"], inflow = ["lose"] }
ill = { initial = 150, inflow = ["catch"], outflow = ["recover"] }
immune = { initial = 250, inflow = ["recover"], outflow = ["lose"] }
cases = { initial = 0, inflow = ["count"] }
[flow]
catch = { equation = "0.001 * healthy * ill" }
count = { equation = "catch" }
recover = { equation = "ill / 2" }
lose = { equation = "immune / 5" }
`)
	if !slices.Equal(d.Counting, []string{"cases"}) {
		t.Errorf("counting: %v", d.Counting)
	}
	if d.Rest == nil || d.Rest.Kept != 1 {
		t.Fatalf("%+v %s", d.Rest, d.Moving)
	}
	// catch = recover: healthy = 1/(2 * 0.001) = 500. recover = lose: immune = 2.5 ill.
	at := map[string]float64{}
	for _, s := range d.Rest.Stocks {
		at[s.Name] = s.Rest
	}
	for name, want := range map[string]float64{"healthy": 500, "ill": 500 / 3.5, "immune": 2.5 * 500 / 3.5} {
		if math.Abs(at[name]-want) > 1e-4 {
			t.Errorf("%s rests at %g, want %g", name, at[name], want)
		}
	}
	if !d.Rest.Stable {
		t.Error("an endemic epidemic is stable")
	}
}

// A goal gap is one mode with the time constant of the adjustment, in 40 places alike; the loop is
// that of the gap, and the eigenvalue depends on its links in full.
func TestArrays(t *testing.T) {
	d := describe(t, `[dimension.place]
elements = ["1..40"]
[constant.tau]
over = ["place"]
value = 0.01
[stock.level]
over = ["place"]
initial = 1
inflow = ["close"]
[aux.gap]
over = ["place"]
equation = "5 - level"
[flow.close]
over = ["place"]
equation = "gap / tau"
`)
	if len(d.Modes) != 1 || d.Modes[0].Times != 40 {
		t.Fatalf("%+v", d.Modes)
	}
	m := d.Modes[0]
	near(t, "the time constant", m.TimeConstant, 0.01)
	near(t, "the growth", m.Growth, 9) // |1 - 0.1/0.01|
	if got, want := strings.Join(m.Loop, " "), "level[1] gap[1] close[1] level[1]"; got != want {
		t.Errorf("the loop is %q, want %q", got, want)
	}
	if len(m.Links) != 2 || math.Abs(m.Links[0].Rate+1) > 1e-9 {
		t.Errorf("%+v", m.Links)
	}
	if d.Rest == nil || math.Abs(d.Rest.Stocks[39].Rest-5) > 1e-9 {
		t.Errorf("%+v", d.Rest)
	}
}

// A stock that grows by itself has no state at rest but 0; one with a constant inflow has none,
// and which stock moves is said.
func TestNoRest(t *testing.T) {
	d := describe(t, "[stock]\nmoney = { initial = 100, inflow = [\"interest\"] }\n[flow]\ninterest = { equation = \"0.05 * money\" }\n")
	if len(d.Modes) != 1 || d.Modes[0].Kind != dynamics.Grows {
		t.Errorf("%+v", d.Modes)
	}
	near(t, "the time constant", d.Modes[0].TimeConstant, 20)
	d = describe(t, `[stock]
a = { initial = 1, inflow = ["f"] }
b = { initial = 1, inflow = ["g"] }
[flow]
f = { equation = "1 + 0 * b" }
g = { equation = "0 * a" }
`)
	if d.Rest != nil || !strings.Contains(d.Moving, "a does not come to rest") {
		t.Errorf("%+v %q", d.Rest, d.Moving)
	}
}

// Two tanks that exchange water have one mode at which they stay, the sum, and one that settles.
func TestMarginalMode(t *testing.T) {
	d := describe(t, `[stock]
a = { initial = 9, outflow = ["f"] }
b = { initial = 1, inflow = ["f"] }
[flow]
f = { equation = "(a - b) / 4" }
`)
	if len(d.Modes) != 2 || d.Modes[1].Kind != dynamics.Stays {
		t.Fatalf("%+v", d.Modes)
	}
	near(t, "settling", d.Modes[0].TimeConstant, 2)
	if d.Rest == nil || d.Rest.Kept != 1 || math.Abs(d.Rest.Stocks[0].Rest-5) > 1e-9 {
		t.Errorf("%+v", d.Rest)
	}
}
