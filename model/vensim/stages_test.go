package vensim

import (
	"testing"

	"weir/model"
)

// byRungeKutta are the clock and settings of a file that Runge-Kutta's method of fourth order
// integrates, from 0 to 4 by 1.
const byRungeKutta = clockText + "\\\\\\---/// Sketch\nV300\n///---\\\\\\\n:L<%^E!@\n15:0,0,0,5,0,0\n"

// Vensim's test inputs, DELAY N and SMOOTH N change at step boundaries only, whatever the
// method (manual: "STEP", "RAMP", "DELAY N"); a lookup of Time moves within the step.
func TestInputsUnderRungeKutta(t *testing.T) {
	for _, c := range []struct {
		what, equations string
		want            map[string][]float64
	}{
		{"a ramp adds its value at the start of each step", "s = INTEG(RAMP(2, 0, 3), 0) ~~|", map[string][]float64{"s": {0, 0, 2, 6, 12}}},
		{"a lookup is integrated exactly: t squared", "s = INTEG(look(Time), 0) ~~|\nlook((0,0),(8,16)) ~~|", map[string][]float64{"s": {0, 1, 4, 9, 16}}},
		// The stages of a delay of 4 move by Euler's method: half of each goes on in a step.
		{"a delay of two stages", "s = INTEG(out, 0) ~~|\nout = DELAY N(4, 4, 0, 2) ~~|", map[string][]float64{"out": {0, 0, 1, 2, 2.75}, "s": {0, 0, 0, 1, 3}}},
		{"a delay whose time changes", "s = INTEG(out, 0) ~~|\nout = DELAY N(4, 2 + STEP(2, 2), 0, 1) ~~|", map[string][]float64{"out": {0, 2, 1.5, 2.125, 2.59375}, "s": {0, 0, 2, 3.5, 5.625}}},
		{"a smooth", "s = INTEG(x, 0) ~~|\nx = SMOOTH N(Time, 2, 0, 1) ~~|", map[string][]float64{"x": {0, 0, 0.5, 1.25, 2.125}, "s": {0, 0, 0, 0.5, 1.75}}},
	} {
		t.Run(c.what, func(t *testing.T) {
			columns := simulateWith(t, c.equations+byRungeKutta, nil, model.ImportOptions{})
			for name, want := range c.want {
				equal(t, columns, name, want...)
			}
		})
	}
}
