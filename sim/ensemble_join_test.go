package sim_test

import (
	"slices"
	"testing"

	"weir/sim"
)

// Members that are run apart and joined have the numbers that they have together, with the
// same random draws and the same failures. Member 9's money is above 20 in the end, so that
// its root is not a number.
func TestJoinedEnsembles(t *testing.T) {
	text := growth + "[aux.noise]\nequation = \"uniform(0, 1)\"\n"
	settings := growing(12)
	settings.Keep = []string{"money", "noise", "root"}
	settings.Seed = 7
	whole := ensemble(t, text, settings)
	if len(whole.NonFinite) == 0 {
		t.Fatal("no member fails, so that nothing is shown of failures")
	}
	members := [][]int{{11, 0, 5}, {1, 2, 3, 4, 6, 7, 8, 9, 10}}
	var parts []*sim.EnsembleResult
	for _, list := range members {
		s := settings
		s.Runs, s.DrawAs = len(list), func(place int) uint64 { return uint64(list[place]) }
		s.Values = func(place int, to []float64) { settings.Values(list[place], to) }
		parts = append(parts, ensemble(t, text, s))
	}
	joined := sim.Join(parts, members)
	if joined.Runs != 12 || joined.Done != 12 || !joined.Complete {
		t.Errorf("%d of %d members, complete %v", joined.Done, joined.Runs, joined.Complete)
	}
	for row := range whole.Time {
		for _, column := range settings.Keep {
			if got, want := joined.Values(column, row), whole.Values(column, row); !slices.EqualFunc(got, want, equalOrNaN) {
				t.Errorf("%s at row %d: %v, want %v", column, row, got, want)
			}
		}
	}
	numbers := func(list []sim.MemberFailure) (out []int) {
		for _, f := range list {
			out = append(out, f.Member)
		}
		return out
	}
	if got, want := numbers(joined.NonFinite), numbers(whole.NonFinite); !slices.Equal(got, want) {
		t.Errorf("members %v fail, want %v", got, want)
	}
}

// equalOrNaN reports whether two numbers are equal or both NaN.
func equalOrNaN(a, b float64) bool { return a == b || a != a && b != b }
