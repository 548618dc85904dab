package sim

import (
	"math"
	"testing"

	"weir/model/resolved"
)

// goalGap is a stock that approaches 90 from 100 with a time constant.
func goalGap(timeConstant, step float64) *builder {
	b := newModel(0, 10, step)
	s := b.stock("s", num(100))
	tau := b.constant("tau", timeConstant)
	b.Time.Method = "rk4"
	s.Inflows = []*resolved.Variable{b.flow("adj", div(sub(num(90), ref(s)), ref(tau)))}
	return b
}

// verdict returns the error of the step of a model as written.
func verdict(t *testing.T, b *builder, s Settings) Difference {
	t.Helper()
	p := b.compile(t)
	d, err := p.StepError(t.Context(), s, run(t, p, s))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A goal gap of 0.01 year with a step of 0.125: rk4 multiplies it by the polynomial
// 1 + z + z²/2 + z³/6 + z⁴/24 at z = -12.5, which is 758.8, in each step. It would be damped
// up to z = -2.785, a step of 0.02785.
func TestUnstableRunNamesTheFastPart(t *testing.T) {
	d := verdict(t, goalGap(0.01, 0.125), Settings{})
	z := -12.5
	growth := 1 + z + z*z/2 + z*z*z/6 + z*z*z*z/24
	switch f := d.Fast; {
	case d.Trust != Unstable || f == nil:
		t.Fatalf("%+v, want an unstable run", d)
	case f.Stock != "s" || f.Flow != "adj":
		t.Errorf("the fast part is %s by %s, want s by adj", f.Stock, f.Flow)
	case math.Abs(f.TimeConstant-0.01) > 1e-6 || math.Abs(f.Growth-growth) > 0.1:
		t.Errorf("its time constant is %v, its growth %v, want 0.01 and %v", f.TimeConstant, f.Growth, growth)
	case f.StableStep == nil || math.Abs(*f.StableStep-0.02785) > 0.0003:
		t.Errorf("the stable step is %v, want 0.02785", f.StableStep)
	}
}

// With a step that follows the gap the run is sound, and with one that follows it badly
// (z = -1) doubtful.
func TestVerdicts(t *testing.T) {
	if d := verdict(t, goalGap(1, 0.125), Settings{}); d.Trust != Sound || d.Fast != nil {
		t.Errorf("%+v, want a sound run", d)
	}
	if d := verdict(t, goalGap(1, 1), Settings{Method: "euler"}); d.Trust != Doubtful || d.Fast != nil {
		t.Errorf("%+v, want a doubtful run", d)
	}
}

// Euler's method lets every oscillation grow: x” = -x, by sqrt(1 + h²) a step, with any step.
func TestOscillationThatGrowsByItsMethod(t *testing.T) {
	b := newModel(0, 50, 0.5)
	x, v := b.stock("x", num(1)), b.stock("v", num(0))
	x.Inflows = []*resolved.Variable{b.flow("moving", ref(v))}
	v.Outflows = []*resolved.Variable{b.flow("pulling", ref(x))}
	d := verdict(t, b, Settings{})
	if d.Trust != Unstable || d.Fast == nil || d.Fast.StableStep != nil || math.Abs(d.Fast.Growth-math.Sqrt(1.25)) > 1e-6 {
		t.Errorf("%+v, want an unstable run with growth %v", d, math.Sqrt(1.25))
	}
	if d := verdict(t, b, Settings{Method: "rk4", Step: new(0.125)}); d.Trust != Sound {
		t.Errorf("by rk4: %+v, want a sound run", d)
	}
}

// A model that grows by itself is not unstable, whatever the step makes of it.
func TestGrowthOfTheModelItself(t *testing.T) {
	b := newModel(0, 20, 1)
	x := b.stock("x", num(1))
	x.Inflows = []*resolved.Variable{b.flow("growth", mul(num(0.5), ref(x)))}
	if d := verdict(t, b, Settings{}); d.Trust != Doubtful || d.Fast != nil {
		t.Errorf("%+v, want a doubtful run", d)
	}
}

// A fixed delay takes in its input at every half step of the repeated run: the sum of
// 10 (t - 5) from 5 to 20 by steps of 0.5 and 0.25, whose difference is half a step of the
// last rate, 0.25*150/2 = 18.75.
func TestFixedDelaysAreHalved(t *testing.T) {
	b := newModel(0, 20, 0.5)
	s := b.stock("s", num(0))
	late := b.memory("late", mul(num(10), now()), num(5), num(0))
	s.Inflows = []*resolved.Variable{b.flow("f", ref(late))}
	d := verdict(t, b, Settings{})
	if got := d.ByColumn[0]; math.Abs(got-18.75) > 1e-9 {
		t.Errorf("the difference of %v is %v, want 18.75", b.Variables[0].Name, got)
	}
}
