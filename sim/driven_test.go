package sim_test

import (
	"context"
	"math"
	"testing"
	"testing/fstest"

	"weir/model/method"
	"weir/sim"
)

// A driven model has an input that climbs by 2 a year from 1 to 3, and a stock that
// follows it with a time constant of a year: y' = 2 (t - 1) - y from 1 on, so that y is
// 2 (t - 2 + exp(1 - t)).
func drivenAt(t float64) float64 { return 2 * (t - 2 + math.Exp(1-t)) }

const drivenClock = `name = "Driven"
[time]
start = 0
stop = 3
step = 1
unit = "year"
[stock.y]
initial = "0"
inflow = ["f"]
outflow = ["g"]
[flow.g]
equation = "y"
`

// drivers are the ways in which a model can be driven within a step.
var drivers = []struct {
	name, text string
	changes    []sim.Change
}{
	{"ramp", "[flow.f]\nequation = \"ramp(2, 1)\"\n", nil},
	{"ramp of a change", "[decision.f0]\nvalue = 0\n[flow.f]\nequation = \"f0\"\n",
		[]sim.Change{{Variable: "f0", Kind: sim.To, Amount: 4, Start: 1, Over: 2, Until: math.Inf(1)}}},
	{"ramp that is added", "[decision.f0]\nvalue = 0\n[flow.f]\nequation = \"f0\"\n",
		[]sim.Change{{Variable: "f0", Kind: sim.Add, Amount: 4, Start: 1, Over: 2, Until: math.Inf(1)}}},
	{"lookup of time", "[lookup.l]\ninput = \"time\"\npoints = [[0, 0], [1, 0], [3, 4]]\n[flow.f]\nequation = \"l\"\n", nil},
}

// driven returns y at 3 with so many steps a year.
func driven(t *testing.T, m, text string, changes []sim.Change, steps float64) float64 {
	t.Helper()
	r := run(t, drivenClock+text, sim.Settings{Method: m, Step: new(1 / steps), Changes: changes})
	return r.At("y", 3)
}

// Halving the step divides the error of a method of order p by 2^p also where a ramp or a
// table of time drives the model. An input that holds within a step would be of order 1.
func TestObservedOrderOfDrivenModels(t *testing.T) {
	for _, name := range method.Fixed() {
		for _, d := range drivers {
			errAt := func(steps float64) float64 {
				return math.Abs(driven(t, name, d.text, d.changes, steps) - drivenAt(3))
			}
			got := math.Log2(errAt(32) / errAt(64))
			if want := float64(method.Find(name).Order); math.Abs(got-want) > 0.2 {
				t.Errorf("%s, %s: observed order %.2f, want %v", name, d.name, got, want)
			}
		}
	}
}

// The adaptive methods follow the same inputs within their tolerance.
func TestAdaptiveMethodOfDrivenModels(t *testing.T) {
	for _, d := range drivers {
		for _, name := range []string{"rk45", "stiff"} {
			if got := driven(t, name, d.text, d.changes, 1); math.Abs(got-drivenAt(3)) > 1e-5 {
				t.Errorf("%s, %s: %v, want %v", name, d.name, got, drivenAt(3))
			}
		}
	}
}

// Members of an ensemble see a ramp at the stages' times as a single run does.
func TestRampsInEnsembles(t *testing.T) {
	d := drivers[1]
	p, err := sim.Compile(check(t, drivenClock+d.text, nil))
	if err != nil {
		t.Fatal(err)
	}
	s := sim.Settings{Method: "rk4", Step: new(0.25), Save: new(1.0), Changes: d.changes}
	one, err := p.Run(context.Background(), s)
	if err != nil {
		t.Fatal(err)
	}
	all, err := p.Ensemble(context.Background(), sim.EnsembleSettings{Settings: s, Runs: 3, Keep: []string{"y"}})
	if err != nil {
		t.Fatal(err)
	}
	for member := range 3 {
		if got, want := all.Series("y", member)[3], one.Series("y")[3]; got != want {
			t.Errorf("member %d ends at %v, a single run at %v", member, got, want)
		}
	}
}

// A change that climbs from 2 to 6 over two years from 3 on and ends in 8 adds 4 + 3*4 = 16
// to the integral of 2 over ten years, with every step that its dates are a multiple of.
func TestIntegralOfARampOfAChange(t *testing.T) {
	const text = `name = "Change"
[time]
start = 0
stop = 10
step = 1
unit = "year"
method = "rk4"
[decision.d]
value = 2
[stock.s]
initial = "0"
inflow = ["f"]
[flow.f]
equation = "d"
`
	for _, step := range []float64{1, 0.5, 0.25, 0.125} {
		r := run(t, text, sim.Settings{Step: new(step), Save: new(1.0), Changes: []sim.Change{
			{Variable: "d", Kind: sim.To, Amount: 6, Start: 3, Over: 2, Until: 8}}})
		if got := r.At("s", 10); math.Abs(got-36) > 1e-12 {
			t.Errorf("step %v: %v, want 36", step, got)
		}
	}
}

// A series that jumps from point to point does so at step boundaries: 1 flows in each year
// from 2 on, 2 by the year 4. One on the line from (0, 0) to (2, 2) moves within a step: it
// fills 2 by the year 2 and 2 a year after that.
func TestDataWithinAStep(t *testing.T) {
	const text = `name = "Data"
time = { start = 0, stop = 4, step = 1, unit = "year", method = "rk4" }
[data.jumping]
file = "jumps.csv"
time = "when"
value = "what"
between = "previous"
[data.climbing]
file = "line.csv"
time = "when"
value = "what"
[flow]
f = { equation = "jumping" }
g = { equation = "climbing" }
[stock]
filled = { initial = "0", inflow = ["f"] }
climbed = { initial = "0", inflow = ["g"] }
`
	p, err := sim.Compile(check(t, text, fstest.MapFS{
		"jumps.csv": {Data: []byte("when,what\n0,0\n2,1\n")}, "line.csv": {Data: []byte("when,what\n0,0\n2,2\n")}}))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(context.Background(), sim.Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if filled, climbed := r.At("filled", 4), r.At("climbed", 4); math.Abs(filled-2) > 1e-12 || math.Abs(climbed-6) > 1e-12 {
		t.Errorf("filled %v and climbed %v, want 2 and 6", filled, climbed)
	}
}
