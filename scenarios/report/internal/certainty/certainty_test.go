package certainty

import (
	"slices"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/uncertainty"
)

func TestHowSureSaysWhatDrivesAndWhatIsNotInTheRange(t *testing.T) {
	c := fixture.Example(t)
	s := told(c).Section()
	if len(s.Drivers) != 2 || len(s.Drivers[0].Bars) == 0 {
		t.Fatalf("%d lists of drivers", len(s.Drivers))
	}
	for _, x := range s.Drivers[0].Bars {
		if x.Label == "" || x.Grade == "" || x.Width <= 0 || x.Width > 100 {
			t.Errorf("bar %+v", x)
		}
	}
	if got, want := len(s.Regret.Rows), len(c.Runs)+1; got != want {
		t.Errorf("%d rows of regret, want %d", got, want)
	}
	if len(s.Outside) == 0 {
		t.Error("nothing is said to be outside the range")
	}
}

func TestExcludedFuturesAreSaid(t *testing.T) {
	c := *fixture.Example(t)
	u := *c.Uncertainty
	u.Counted, u.Excluded = u.Counted-1, 1
	u.Failures = []scenarios.Failure{{Member: 3, Variable: "x", Time: 2030}}
	c.Uncertainty = &u
	if s := told(&c).Section(); !strings.EqualFold(s.Excluded.String(), u.Note()+".") || u.Note() == "" {
		t.Errorf("got %q", s.Excluded)
	}
}

// Numbers that come from a posterior are counted apart from those drawn from ranges.
func TestPosteriorIsSaid(t *testing.T) {
	c := *fixture.Example(t)
	u := *c.Uncertainty
	u.Sources = slices.Clone(u.Sources)
	if s := told(&c).futuresSentence().String(); strings.Contains(s, "reproduces its record") {
		t.Errorf("without a posterior: %s", s)
	}
	u.Sources[0].Distribution = uncertainty.FromPosterior
	c.Uncertainty = &u
	if s := told(&c).futuresSentence().String(); !strings.Contains(s, "One of them was drawn from the values with which the model reproduces its record") {
		t.Errorf("with one: %s", s)
	}
}
