package report

import (
	"slices"
	"strings"
	"testing"

	"weir/scenarios"
)

// A value that was fitted says so beside the number.
func TestFittedValuesAreNamed(t *testing.T) {
	c := madeUp()
	b := newBuilder(c)
	leave := *c.Set.Model.Variable("leave")
	if got := b.givenValue(&leave).Under; got != "" {
		t.Errorf("a value as written has %q under it", got)
	}
	leave.Fitted = true
	if got := b.givenValue(&leave).Under; got != "fitted to the record" {
		t.Errorf("a fitted value has %q under it", got)
	}
}

// Numbers that come from a posterior are counted apart from those drawn from ranges.
func TestPosteriorIsSaid(t *testing.T) {
	c := *example(t)
	u := *c.Uncertainty
	u.Sources = slices.Clone(u.Sources)
	if s := newBuilder(&c).futuresSentence().String(); strings.Contains(s, "reproduces its record") {
		t.Errorf("without a posterior: %s", s)
	}
	u.Sources[0].Distribution = scenarios.FromPosterior
	c.Uncertainty = &u
	if s := newBuilder(&c).futuresSentence().String(); !strings.Contains(s, "One of them was drawn from the values with which the model reproduces its record") {
		t.Errorf("with one: %s", s)
	}
}
