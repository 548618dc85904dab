package behaviour

import (
	"math"
	"testing"
)

// sampled returns a function of time at 0, 0.25, … to 20.
func sampled(f func(t float64) float64) (t, y []float64) {
	for i := range 81 {
		t = append(t, float64(i)/4)
		y = append(y, f(t[i]))
	}
	return t, y
}

// Each shape holds for its closed form and not for the near misses.
func TestShapes(t *testing.T) {
	logistic := func(t float64) float64 { return 1 / (1 + math.Exp(10-t)) }
	forms := map[string]func(t, y []float64) bool{
		"rises": goes(1), "falls": goes(-1), "rises then falls": goes(1, -1), "falls then rises": goes(-1, 1),
		"s": isS, "oscillates": swings,
	}
	for _, row := range []struct {
		name string
		f    func(t float64) float64
		is   []string
	}{
		{"constant", func(float64) float64 { return 3 }, nil},
		{"constant with rounding", func(t float64) float64 { return 3 + 1e-15*math.Sin(t) }, nil},
		{"line", func(t float64) float64 { return 1e6 + t/3 }, []string{"rises"}},
		{"growth", math.Exp, []string{"rises"}},
		{"decay", func(t float64) float64 { return math.Exp(-t) }, []string{"falls"}},
		{"goal", func(t float64) float64 { return 1 - math.Exp(-t) }, []string{"rises"}},
		{"logistic", logistic, []string{"rises", "s"}},
		{"logistic downwards", func(t float64) float64 { return -logistic(t) }, []string{"falls", "s"}},
		// Cut at its inflection, 0.5 of the way, and shortly after: no slope has gone back to half.
		{"half of a logistic", func(t float64) float64 { return logistic(t / 2) }, []string{"rises"}},
		{"logistic cut too early", func(t float64) float64 { return logistic(0.55 * t) }, []string{"rises"}},
		{"parabola", func(t float64) float64 { return t * (20 - t) }, []string{"rises then falls"}},
		{"upside down", func(t float64) float64 { return t * (t - 20) }, []string{"falls then rises"}},
		// Overshoot by 0.9 % of the range is a ripple; by 2 % it is a turn. A bump t (2a - t) falls from a^2
		// at a = 20 / (1 + s) to the end by s^2 of its height.
		{"ripple", func(t float64) float64 { return t * (40/(1+math.Sqrt(0.009)) - t) }, []string{"rises"}},
		{"turn", func(t float64) float64 { return t * (40/(1+math.Sqrt(0.02)) - t) }, []string{"rises then falls"}},
		// Periods of 20 / 1.5 have turns at 1/4, 3/4 and 5/4 of them: three. Those of 20 / 1.2 have two.
		{"oscillation", func(t float64) float64 { return math.Sin(2 * math.Pi * 1.5 * t / 20) }, []string{"oscillates"}},
		{"two turns", func(t float64) float64 { return math.Sin(2 * math.Pi * 1.2 * t / 20) }, nil},
	} {
		time, y := sampled(row.f)
		for name, is := range forms {
			want := false
			for _, w := range row.is {
				want = want || w == name
			}
			if is(time, y) != want {
				t.Errorf("%s: %s is %v, want %v (legs %v)", row.name, name, !want, want, legs(y, largest(y)))
			}
		}
	}
}

// In expectations shapes take a window and elements, and a course with a number that is none has no
// shape. exp(-time) is within 0.05 of its value at 4, 0.0183, from exp(-t) <= 0.0683 on: t = 3.
func TestShapesInExpectations(t *testing.T) {
	for _, row := range []struct {
		expect string
		holds  bool
	}{
		{"falls(water) and falls(base(water), 1, 3)", true},
		{"rises(water)", false},
		{"rises_then_falls(time * (4 - time)) and rises(time * (4 - time), 0, 2)", true},
		{"falls(water, 4)", false},
		{"not rises(water, 4)", false},
		{"when_settled(exp(-time), 0.05) = 3", true},
		{"when_settled(exp(-time), 0.05) = 2", false},
		{"when_settled(water, -1) >= 0", false},
	} {
		f := run(t, "[test.x]\nstop = 4\nexpect = '"+row.expect+"'\n")[0]
		if f.Pass != row.holds {
			t.Errorf("%s: pass %v, %s", row.expect, f.Pass, f.Message())
		}
	}
}
