package report

import (
	"fmt"
	"slices"
	"testing"

	"weir/scenarios/report/internal/fixture"
)

// Few elements that differ have an input each; of many there is one that multiplies all, as
// far as each keeps within the range. A decision without a range has one of the page's, which
// says so; a constant without one has no input.
func TestInputsOfArrays(t *testing.T) {
	l := liveOf(t, fixture.WardsOf(t))
	var names []string
	for _, in := range l.Inputs {
		names = append(names, in.Name)
	}
	want := []string{"seats[north]", "seats[south]", "comfort[north]", "comfort[south]", "lessons[north]", "lessons[south]", "rate", "strength"}
	slices.Sort(names)
	slices.Sort(want)
	if !slices.Equal(names, want) {
		t.Fatalf("inputs are %v, want %v", names, want)
	}
	for _, in := range l.Inputs {
		switch in.Name {
		case "rate":
			if in.Label != "Share that moves in a year, all six together" || in.High != 1.5 || in.Low != 0 || in.Value != 1 || len(in.Base) != 6 || in.Base[5] != 0.06 {
				t.Errorf("%+v", in)
			}
		case "lessons[north]":
			if in.Low != 0 || in.High != 12 || in.Value != 4 || in.Who != "nobody is named; no range is given, so up to twice" {
				t.Errorf("%+v", in)
			}
		case "seats[north]":
			if in.Label != "Seats (North)" || len(in.At) != 1 || in.Value != 100 || in.Who != "the board" || in.Base != nil {
				t.Errorf("%+v", in)
			}
		}
	}
}

// The page draws what Compare drew: by the seed of the set and the number of each future.
func TestDrawsInThePageAreThoseOfTheComparison(t *testing.T) {
	c := fixture.WardsOf(t)
	want := futureEnds(t, c, c.Runs[0].Scenario, func(set map[string]float64) {
		for i, x := range []float64{0.01, 0.02, 0.03, 0.04, 0.05, 0.06} {
			set[fmt.Sprintf("rate[%d]", i+1)] = float64(1.3 * x)
		}
	})
	for _, kept := range []bool{true, false} {
		b, got := pageEnds(t, c, fmt.Sprintf("#try?scenario=%s&assume.rate=1.3", c.Runs[0].ID), 2, kept)
		for key, list := range want {
			if !slices.Equal(got[key], list) {
				t.Errorf("kept states %v: group, run and chart %s end elsewhere than in the engine", kept, key)
			}
		}
		b.is("the single run too", `document.querySelector(".rebase").textContent.includes("with no new decisions it is now")`)
		b.quiet()
	}
}
