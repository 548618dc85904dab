package sim

import (
	"math"
	"testing"

	"weir/model/method"
	"weir/model/resolved"
)

// A closed is a model whose solution is known.
type closed struct {
	name     string
	model    func(step float64) *builder
	variable string
	at       func(t float64) float64
	stop     float64
}

var closedForms = []closed{
	{"exponential", exponential, "y", func(t float64) float64 { return 100 * math.Exp(-0.5*t) }, 4},
	{"logistic", logistic, "y", func(t float64) float64 { return 10 / (1 + 9*math.Exp(-t)) }, 4},
	{"oscillator", oscillator, "x", math.Cos, 4},
	{"moving input", movingInput, "y", func(t float64) float64 { return math.Pow(t, 5) }, 1},
}

// exponential is y' = -y/2.
func exponential(step float64) *builder {
	b := newModel(0, 4, step)
	y := b.stock("y", num(100))
	rate := b.constant("rate", 0.5)
	y.Outflows = []*resolved.Variable{b.flow("leaving", mul(ref(rate), ref(y)))}
	return b
}

// logistic is y' = y(1 - y/10).
func logistic(step float64) *builder {
	b := newModel(0, 4, step)
	y := b.stock("y", num(1))
	y.Inflows = []*resolved.Variable{b.flow("growth", mul(ref(y), sub(num(1), div(ref(y), num(10)))))}
	return b
}

// oscillator is x' = v, v' = -x.
func oscillator(step float64) *builder {
	b := newModel(0, 4, step)
	x, v := b.stock("x", num(1)), b.stock("v", num(0))
	x.Inflows = []*resolved.Variable{b.flow("motion", ref(v))}
	v.Outflows = []*resolved.Variable{b.flow("pull", ref(x))}
	return b
}

// movingInput is y' = 5 t^4: its error shows whether time moves within a step.
func movingInput(step float64) *builder {
	b := newModel(0, 1, step)
	y := b.stock("y", num(0))
	y.Inflows = []*resolved.Variable{b.flow("input", mul(num(5), apply(resolved.Pow, now(), num(4))))}
	return b
}

// worst is the largest error over the saved rows with the given number of steps.
func worst(t *testing.T, c closed, method string, steps int) float64 {
	t.Helper()
	r := c.model(c.stop/float64(steps)).run(t, Settings{Method: method})
	got, most := r.Series(c.variable), 0.0
	for i, at := range r.Time {
		most = max(most, math.Abs(got[i]-c.at(at)))
	}
	if len(got) != steps+1 {
		t.Fatalf("%d rows, want %d", len(got), steps+1)
	}
	return most
}

// Halving the step divides the error of a method of order p by 2^p.
func TestObservedOrder(t *testing.T) {
	for i := range method.Table {
		m := &method.Table[i]
		if m.Adaptive() {
			continue
		}
		for _, c := range closedForms {
			if c.name == "moving input" && m.Order == 4 {
				continue // rk4 integrates a fourth power with an error of order 5
			}
			got := math.Log2(worst(t, c, m.Name, 128) / worst(t, c, m.Name, 256))
			if math.Abs(got-float64(m.Order)) > 0.2 {
				t.Errorf("%s, %s: observed order %.2f, want %d", m.Name, c.name, got, m.Order)
			}
		}
	}
}

// The adaptive methods keep their tolerance, whatever the step.
func TestAdaptiveError(t *testing.T) {
	for _, c := range closedForms {
		for _, name := range []string{"rk45", "stiff"} {
			for _, steps := range []int{1, 4, 64} {
				if got := worst(t, c, name, steps); got > 100*2e-5*relativeError/1e-6 {
					t.Errorf("%s: %s in %d steps: error %g", name, c.name, steps, got)
				}
			}
		}
	}
}
