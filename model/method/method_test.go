package method

import (
	"math"
	"strings"
	"testing"
)

// Every row can be found by its name in any case, and has what its readers show.
func TestTable(t *testing.T) {
	for i := range Table {
		m := &Table[i]
		if Find(strings.ToUpper(m.Name)) != m || m.Title == "" || m.Help == "" {
			t.Errorf("%q cannot be found, or has no title or help", m.Name)
		}
		if m.Implicit != nil {
			continue // package sim proves its coefficients
		}
		if len(m.A) != m.Stages() || len(m.C) != m.Stages() || m.Adaptive() && len(m.Low) != m.Stages() {
			t.Errorf("%s: A, B, C and Low have %d, %d, %d and %d stages", m.Name, len(m.A), len(m.B), len(m.C), len(m.Low))
		}
		for stage, row := range m.A {
			if len(row) > stage {
				t.Errorf("%s: stage %d needs a slope that is not known yet", m.Name, stage)
			}
		}
		if m.Adaptive() != (m.StepsPerTimeConstant == 0) || m.Adaptive() != (m.StableSteps == 0) {
			t.Errorf("%s: bounds of the step are for methods with fixed steps, and needed there", m.Name)
		}
	}
	if Find("") == nil || Find("").Name != Default || Find("gear") != nil {
		t.Errorf("no name is %s, an unknown one nothing", Default)
	}
}

// decay returns the factor by which one step of h time constants multiplies a stock that
// decays: the stability function of the method at -h.
func decay(m *Method, h float64) float64 {
	slopes := make([]float64, m.Stages())
	y := 1.0
	for i, row := range m.A {
		at := 1.0
		for j, a := range row {
			at += h * a * slopes[j]
		}
		slopes[i] = -at
	}
	for i, b := range m.B {
		y += h * b * slopes[i]
	}
	return y
}

// StableSteps is where the stability function leaves [-1, 1]: a step slightly shorter makes
// a decay smaller, one slightly longer makes it grow.
func TestStableSteps(t *testing.T) {
	for i := range Table {
		m := &Table[i]
		if m.Adaptive() {
			continue
		}
		if in := math.Abs(decay(m, m.StableSteps*0.999)); in >= 1 {
			t.Errorf("%s: a step just inside the bound multiplies by %g", m.Name, in)
		}
		if out := math.Abs(decay(m, m.StableSteps*1.001)); out <= 1 {
			t.Errorf("%s: a step just outside the bound multiplies by %g", m.Name, out)
		}
	}
}

// With the steps that a time constant must hold, one step of a decay is within 4.5 percent
// of exp(-h), and for Euler's method within Sterman's rule (0.75 for exp(-0.25) = 0.7788).
func TestStepsPerTimeConstant(t *testing.T) {
	for i := range Table {
		m := &Table[i]
		if m.Adaptive() {
			continue
		}
		h := 1 / m.StepsPerTimeConstant
		if got, want := decay(m, h), math.Exp(-h); math.Abs(got-want)/want > 0.045 {
			t.Errorf("%s: a step of %g time constants gives %g, not %g", m.Name, h, got, want)
		}
	}
}
