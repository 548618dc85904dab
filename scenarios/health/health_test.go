package health

import (
	"strings"
	"testing"

	"weir/sim"
)

// The sentence alarms where it should: over one per cent, and more where the step makes the
// numbers grow.
func TestHalfStepAlarms(t *testing.T) {
	stable := 0.0278
	for _, c := range []struct {
		d    sim.Difference
		want []string
	}{
		{sim.Difference{}, []string{"half the step (0.25 year) gives the same numbers"}},
		{sim.Difference{Held: []string{sim.HeldDraws, sim.HeldPrevious}},
			[]string{"the same numbers; random draws and values of the previous step kept the whole step"}},
		{sim.Difference{Relative: 0.002, Column: "x", At: 3}, []string{"changes no variable by more than 0.2 %", "x, year 3"}},
		{sim.Difference{Relative: 0.02, Column: "x", Trust: sim.Doubtful}, []string{"changes x by 2 % of its largest value", "over 1 %: shorten the step"}},
		{sim.Difference{Relative: 1e20, Column: "x", Trust: sim.Doubtful}, []string{"do not trust", "more than ten times its largest value"}},
		{sim.Difference{Cut: true, Trust: sim.Doubtful}, []string{"do not trust", "not finite"}},
		{sim.Difference{Relative: 9, Trust: sim.Unstable, Fast: &sim.FastPart{Stock: "s", Flow: "adj", TimeConstant: 0.01,
			Step: 0.5, Growth: 759, StableStep: &stable}},
			[]string{"mean nothing", "s grow without bound", "through adj", "0.01 year", "759", "under 0.0278 year"}},
		{sim.Difference{Trust: sim.Unstable, Fast: &sim.FastPart{Stock: "s"}}, []string{"no step is short enough", "rk4"}},
	} {
		got := HalfStep(&c.d, 0.5, "year")
		for _, want := range c.want {
			if !strings.Contains(got, want) {
				t.Errorf("%+v: %q lacks %q", c.d, got, want)
			}
		}
	}
}
