package sim_test

import (
	"context"
	"fmt"
	"math"
	"strings"
	"testing"

	"weir/sim"
	"weir/sim/internal/reference"
)

// robertson is the chemical reaction of Robertson (1966), in which three substances change at
// rates up to 3e7 apart (Hairer and Wanner, Solving Ordinary Differential Equations II, section
// IV.1, equation 1.4).
const robertson = `name = "Robertson"
[time]
start = 0
stop = %s
step = %s
unit = "second"
method = "%s"
%s
[constant]
k1 = { value = 0.04 }
k2 = { value = 3e7 }
k3 = { value = 1e4 }
[stock]
a = { initial = 1, outflow = ["slow"], inflow = ["back"] }
b = { initial = 0, inflow = ["slow"], outflow = ["back", "fast"] }
c = { initial = 0, inflow = ["fast"] }
[flow]
slow = { equation = "k1 * a" }
back = { equation = "k3 * b * c" }
fast = { equation = "k2 * b * b" }
`

// vanDerPol is the oscillator x” = mu (1 - x²) x' - x with mu = 1000.
const vanDerPol = `name = "Van der Pol"
[time]
start = 0
stop = 2000
step = 1
unit = "second"
method = "stiff"
[constant]
mu = { value = 1000 }
[stock]
x = { initial = 2, inflow = ["motion"] }
v = { initial = 0, inflow = ["push"] }
[flow]
motion = { equation = "v" }
push = { equation = "mu * (1 - x * x) * v - x" }
`

// The solutions are those of Mazzia and Magherini, Test Set for Initial Value Problem Solvers
// (release 2.4, 2008), problems ROBER at 1e11 and VDPOL at 2; that of VDPOL is in time and speed
// that mu scales. Euler's method needs steps of at most 2 divided by the largest eigenvalue,
// which is k3 c = 1e4 for the first, and mu (x² - 1) of up to 3000 for the second, over most of
// the time.
func TestStiffReferences(t *testing.T) {
	for _, c := range []struct {
		name, text string
		at         map[string]float64
		relative   float64
		euler      float64
	}{
		{"Robertson", fmt.Sprintf(robertson, "1e11", "1e11", "stiff", "absolute_tolerance = 1e-20"), map[string]float64{
			"a": 0.2083340149701255e-07, "b": 0.8333360770334713e-13, "c": 0.9999999791665050}, 1e-6, 1e11 * 1e4 / 2},
		{"Van der Pol", vanDerPol, map[string]float64{
			"x": 0.1706167732170483e+01, "v": -0.8928097010247975e-03}, 1e-6, 2000 * 3000 / 2},
	} {
		r := run(t, c.text, sim.Settings{})
		for name, want := range c.at {
			if got := r.At(name, r.Time[len(r.Time)-1]); math.Abs(got-want) > c.relative*math.Abs(want) {
				t.Errorf("%s: %s is %.12g, want %.12g", c.name, name, got, want)
			}
		}
		if r.Substeps == 0 || float64(r.Substeps) > c.euler/100 || r.Substeps > 2000 {
			t.Errorf("%s: %d substeps, of %g of Euler's method", c.name, r.Substeps, c.euler)
		}
	}
}

// The three substances add up to 1: no step, and no row between two steps, makes or loses mass.
// With a row every second up to 1e5 the method takes few steps all the same.
func TestStiffKeepsMass(t *testing.T) {
	r := run(t, fmt.Sprintf(robertson, "1e5", "1", "stiff", ""), sim.Settings{})
	a, b, c := r.Series("a"), r.Series("b"), r.Series("c")
	for i := range a {
		if off := math.Abs(a[i] + b[i] + c[i] - 1); off > 1e-12 {
			t.Fatalf("at %g the sum is off by %g", r.Time[i], off)
		}
	}
	if r.Substeps > 400 || len(a) != 100_001 {
		t.Errorf("%d substeps, %d rows", r.Substeps, len(a))
	}
	// At 40 s, from the same test set as above.
	for name, want := range map[string]float64{"a": 0.7158270688, "b": 0.9185534765e-05, "c": 0.2841637457} {
		if got := r.At(name, 40); math.Abs(got-want) > 2e-5*want {
			t.Errorf("%s at 40 is %g, want %g", name, got, want)
		}
	}
}

// rk45 on such a model stops soon, names the part that is too fast and where it is, and proposes
// the method for it. The time constant at 270 s is 1/(k3 c + 2 k2 b), with c = 0.5 and b = 3.6e-6
// of a run with the other method: 0.19 ms.
func TestExplicitMethodGivesUp(t *testing.T) {
	p, err := sim.Compile(check(t, fmt.Sprintf(robertson, "1e5", "1", "rk45", ""), nil))
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Run(context.Background(), sim.Settings{})
	var bad *sim.Error
	if bad, _ = err.(*sim.Error); bad == nil {
		t.Fatal("no error", err)
	}
	if !strings.Contains(bad.Message, "because of b: it changes through") || !strings.Contains(bad.Hint, `"stiff"`) ||
		!strings.Contains(bad.Message, "0.00019") || bad.Span.End == 0 {
		t.Errorf("%+v", bad)
	}
	if r == nil || r.Complete || r.Evaluations > 4_000_000 {
		t.Errorf("%+v", r)
	}
}

// rk45 is left alone on models that ask for short substeps by themselves, such as a fast
// oscillation: its steps are short for the error, not for stability.
func TestExplicitMethodGoesOn(t *testing.T) {
	const text = `name = "Fast oscillation"
[time]
start = 0
stop = 25
step = 1
unit = "second"
method = "rk45"
[stock]
x = { initial = 1, inflow = ["f"] }
v = { initial = 0, outflow = ["g"] }
[flow]
f = { equation = "v" }
g = { equation = "1e8 * x" }
`
	r := run(t, text, sim.Settings{})
	if got, want := r.At("x", 25), math.Cos(25e4); math.Abs(got-want) > 0.5 || r.Substeps < 400_000 {
		t.Errorf("x is %g after %d substeps, want %g", got, r.Substeps, want)
	}
}

// Where a model has steps, pulses, fixed delays or draws, its substeps end with the steps, and
// numbers are those of the same model with short steps of a fixed length, to the tolerance. The
// goal gap has a time constant of a 25,000th of a step.
func TestStiffWithJumps(t *testing.T) {
	const text = `name = "Jumps"
[time]
start = 0
stop = 8
step = 0.5
unit = "year"
method = "%s"
[constant]
tau = { value = %s }
[decision]
d = { value = 1 }
[stock]
s = { initial = 0, inflow = ["close"] }
slow = { initial = 0, inflow = ["fill"], outflow = ["drain"] }
[aux]
goal = { equation = "10 + step(5, 2) + pulse(1, 4) + d + delay_fixed(slow, 1.5, 0)%s" }
[flow]
close = { equation = "(goal - s) / tau" }
fill = { equation = "s * (1 + ramp(0.1, 1))" }
drain = { equation = "slow / 3" }
`
	for _, draws := range []string{"", " + normal(0, 1)"} {
		changes := []sim.Change{{Variable: "d", Kind: sim.To, Amount: 4, Start: 3, Over: 2.25, Until: 6}}
		got := run(t, fmt.Sprintf(text, "stiff", "0.00002", draws), sim.Settings{Changes: changes})
		want := run(t, fmt.Sprintf(text, "rk45", "0.00002", draws), sim.Settings{Changes: changes})
		for i := range got.Time {
			for _, name := range []string{"s", "slow"} {
				if x, y := got.Series(name)[i], want.Series(name)[i]; math.Abs(x-y) > 2e-5*max(1, math.Abs(y)) {
					t.Errorf("%s at %g: %.9g, want %.9g", name, got.Time[i], x, y)
				}
			}
		}
		if want.Substeps < 10*got.Substeps {
			t.Errorf("%d substeps, rk45 takes %d", got.Substeps, want.Substeps)
		}
	}
}

// A stock that must not fall below 0 does not, and what a flow is held back by stays where it
// is: the three stocks add up to 100 throughout.
func TestStiffNonNegative(t *testing.T) {
	const text = `name = "Dry"
[time]
start = 0
stop = 10
step = 0.25
unit = "year"
method = "stiff"
[stock]
source = { initial = 100, outflow = ["pump"], non_negative = true }
pond = { initial = 0, inflow = ["pump"], outflow = ["leak"], non_negative = true }
sea = { initial = 0, inflow = ["leak"] }
[flow]
pump = { equation = "30" }
leak = { equation = "pond / 0.001" }
`
	r := run(t, text, sim.Settings{})
	for i := range r.Time {
		source, pond, sea := r.Series("source")[i], r.Series("pond")[i], r.Series("sea")[i]
		if source < 0 || pond < -1e-9 || math.Abs(source+pond+sea-100) > 1e-10 {
			t.Errorf("at %g: %g, %g and %g", r.Time[i], source, pond, sea)
		}
	}
	if len(r.Limits) == 0 {
		t.Error("nothing ran dry")
	}
}

// The blocks of an array are solved one by one, and each has the numbers of the model alone.
func TestStiffArrays(t *testing.T) {
	const text = `name = "Schools"
[time]
start = 0
stop = 4
step = 1
unit = "year"
method = "stiff"
[dimension.school]
elements = ["1..40"]
[constant]
tau = { over = ["school"], value = 0.001 }
[stock]
s = { over = ["school"], initial = 0, inflow = ["close"] }
slow = { over = ["school"], initial = 50, outflow = ["drain"] }
total = { initial = 0, inflow = ["arrive"] }
[flow]
close = { over = ["school"], equation = "(slow - s) / tau" }
drain = { over = ["school"], equation = "slow / 2" }
arrive = { equation = "sum(s)" }
`
	r := run(t, text, sim.Settings{})
	// slow is 50 exp(-t/2); s follows it: slow' = -slow/2 gives s = slow/(1 - tau/2).
	slow := 50 * math.Exp(-2)
	if got := r.At("slow[7]", 4); math.Abs(got-slow) > 1e-5 {
		t.Errorf("slow is %g, want %g", got, slow)
	}
	if got, want := r.At("s[40]", 4), slow/(1-0.0005); math.Abs(got-want) > 1e-4 {
		t.Errorf("s is %g, want %g", got, want)
	}
	// The total is 40 times the integral of s, of which the first millisecond lacks 50 tau.
	if got, want := r.At("total", 4), 40*((100-2*slow)/(1-0.0005)-0.05); math.Abs(got-want) > 1e-1 {
		t.Errorf("total is %g, want %g", got, want)
	}
}

// Members of an ensemble are single runs, bit by bit.
func TestStiffEnsemble(t *testing.T) {
	p, err := sim.Compile(check(t, fmt.Sprintf(robertson, "1e3", "10", "stiff", ""), nil), "k1")
	if err != nil {
		t.Fatal(err)
	}
	values := []float64{0.01, 0.04, 0.2}
	all, err := p.Ensemble(context.Background(), sim.EnsembleSettings{Runs: 3, Keep: []string{"a"}, Vary: []string{"k1"},
		Values: func(member int, to []float64) { to[0] = values[member] }})
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range values {
		one, err := p.Run(context.Background(), sim.Settings{Set: map[string]float64{"k1": k}})
		if err != nil {
			t.Fatal(err)
		}
		for row, want := range one.Series("a") {
			if got := all.Series("a", i)[row]; got != want {
				t.Fatalf("member %d, row %d: %v, a single run has %v", i, row, got, want)
			}
		}
	}
}

// BenchmarkRobertson runs to 1e5 with a row every second.
func BenchmarkRobertson(b *testing.B) {
	p, err := sim.Compile(check(b, fmt.Sprintf(robertson, "1e5", "1", "stiff", ""), nil))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := p.Run(context.Background(), sim.Settings{}); err != nil {
			b.Fatal(err)
		}
	}
}

// The reference evaluator, with the classical method and short steps, agrees to the tolerance:
// in a reaction at rates 75,000 apart, and where a lookup of time drives a stock.
func TestStiffAgainstReference(t *testing.T) {
	clock := strings.Replace(drivenClock, "step = 1\n", "step = 1\nmethod = \"stiff\"\n", 1)
	for _, c := range []struct{ text, stock string }{
		{fmt.Sprintf(robertson, "0.25", "0.0625", "stiff", ""), "b"}, {clock + drivers[3].text, "y"},
	} {
		m := check(t, c.text, nil)
		want, err := reference.Run(m, sim.Settings{Method: "rk4", Step: new(m.Time.Step / 512), Save: new(m.Time.Save)})
		if err != nil {
			t.Fatal(err)
		}
		got := run(t, c.text, sim.Settings{})
		for i, x := range got.Series(c.stock) {
			if y := want.Values[c.stock][i][0]; math.Abs(x-y) > 1e-5*math.Abs(y)+1e-9 {
				t.Errorf("%s at %g: %g, the reference has %g", c.stock, got.Time[i], x, y)
			}
		}
	}
}
