package examples_test

import (
	"context"
	"math"
	"testing"

	"weir/sim"
)

// The closing of A12 runs at half the step and by Euler's method as it does as
// shipped (A04): within half a percent and one percent at every whole year, with
// twenty buildings closed in each, and the same share of students displaced.
func TestClosingDoesNotDependOnTheStep(t *testing.T) {
	scores := map[string][]string{
		"enrollment-decline": {"public_total", "district_total", "charter_total", "experienced_confidence[district]", "reputation[district]", "instruction_per_student[district]", "building_spending[district]"},
		city: {"city_students", "enrollment.district_total", "enrollment.charter_total", "families.experienced_confidence[district]", "families.reputation[district]",
			"enrollment.instruction_per_student[district]", "enrollment.building_spending[district]", "teachers.city_turnover", "teachers.city_retention",
			"enrollment.reserve[district]", "learning"},
		"family-confidence": {"public_total", "district_total", "experienced_confidence[district]", "reputation[district]", "building_spending"},
	}
	for example, names := range scores {
		p := program(t, example)
		module := ""
		if example == city {
			module = "enrollment."
		}
		closing := func(s sim.Settings) *sim.Result {
			s.Changes = []sim.Change{to(module+"buildings_to_close", 20, 2027)}
			res, err := p.Run(context.Background(), s)
			if err != nil {
				t.Fatal(err)
			}
			return res
		}
		shipped := closing(sim.Settings{})
		for name, row := range map[string]struct {
			settings sim.Settings
			within   float64
		}{
			"half the step": {sim.Settings{Step: new(1. / 16)}, 0.005}, "Euler": {sim.Settings{Method: "euler"}, 0.01},
		} {
			other := closing(row.settings)
			for _, n := range names {
				if off, year := furthest(shipped, other, n); off > row.within {
					t.Errorf("%s, %s: %s differs by %.4f in %v", example, name, n, off, year)
				}
			}
			closed := other.At(module+"buildings[district]", 2026) - other.At(module+"buildings[district]", 2028)
			if math.Abs(closed-20) > 1e-6 {
				t.Errorf("%s, %s: %v buildings closed", example, name, closed)
			}
		}
	}
}

// furthest is the largest relative difference at whole years.
func furthest(a, b *sim.Result, name string) (off, year float64) {
	for y := math.Ceil(a.Time[0]); y <= a.Time[len(a.Time)-1]; y++ {
		if d := math.Abs(b.At(name, y)/a.At(name, y) - 1); !(d <= off) {
			off, year = d, y
		}
	}
	return off, year
}
