package change

import (
	"math"
	"testing"
)

// By hand, with steps of 1: a change from 2025 on is in force in the step from 2025, a
// ramp over 4 years is at a half in 2027, and a change until 2030 is over in that step.
func TestValue(t *testing.T) {
	never := math.Inf(1)
	for _, c := range []struct {
		about                      string
		kind                       int32
		amount, start, over, until float64
		now, begin, want           float64
	}{
		{"a jump is not in force before its step", To, 5, 2025, 0, never, 2024.5, 2024, 2},
		{"a jump is in force in its step", To, 5, 2025, 0, never, 2025, 2025, 5},
		{"a date within a step counts at the nearest boundary", Add, 5, 2025.4, 0, never, 2025, 2025, 7},
		{"and not within the step before", Add, 5, 2025.6, 0, never, 2025.9, 2025, 2},
		{"half a ramp", To, 6, 2025, 4, never, 2027, 2027, 4},
		{"a ramp moves within a step", Add, 8, 2025, 4, never, 2025.5, 2025, 3},
		{"a ramp that begins within a step", Add, 8, 2025.75, 4, never, 2026, 2025, 2.5},
		{"a third of a factor", Times, 4, 2025, 3, never, 2026, 2026, 4},
		{"a ramp is over", Times, 4, 2025, 3, never, 2030, 2030, 8},
		{"a change ends with a step", To, 5, 2025, 0, 2030, 2030, 2030, 2},
		{"and holds until then", To, 5, 2025, 0, 2030, 2030, 2029, 5},
	} {
		if got := Value(c.kind, 2, c.amount, c.start, c.over, c.until, c.now, c.begin, 1); got != c.want {
			t.Errorf("%s: %v, want %v", c.about, got, c.want)
		}
	}
}
