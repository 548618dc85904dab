package verdict

import (
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/fixture"
)

// Every future number of the headline has its range beside it, in the same rounding.
func TestHeadlineHasRanges(t *testing.T) {
	c := fixture.Example(t)
	b := told(c)
	text := ""
	for _, s := range b.Headline() {
		text += s.String() + "\n"
	}
	f := b.Judged()[0]
	s, _ := b.OutcomeSpread(f.Outcome)
	if want := "(" + f.Q.Between(s.Range[0], s.Range[1]) + ")"; !strings.Contains(text, want) {
		t.Errorf("%q is not in %s", want, text)
	}
	best := b.Ranked(f.Outcome)[0]
	if want := "(" + f.Q.Apart(best.Range, best.Difference) + "), better in " + prose.Hundred(best.BetterShare) + " futures"; !strings.Contains(text, want) {
		t.Errorf("%q is not in %s", want, text)
	}
}

// Where the futures are divided the table says so, with the range and both shares.
func TestDividedFuturesAreNotDistinguishable(t *testing.T) {
	c := *fixture.Example(t)
	b := told(&c)
	f := b.Judged()[0]
	v := b.Verdict(c.Runs[0].Scenario, f.Outcome)
	v.Unsure, v.Distinguishable, v.Improves, v.Slight = true, false, false, false
	v.Range, v.BetterShare, v.WorseShare = [2]float64{-60, 340}, 0.62, 0.3
	cell := b.differenceCell(f, v)
	want := []string{f.QuantityFor().SignedRange(v.Range), "better in 62 of 100, worse in 30 of 100 futures"}
	if cell.Under != "not distinguishable" || strings.Join(cell.More, "|") != strings.Join(want, "|") {
		t.Errorf("got %+v", cell)
	}
}

func TestACostThatLeavesOutWhatNobodyKnowsSaysSo(t *testing.T) {
	known, unknown := &scenarios.Intervention{Cost: "42 dollars a student, E17"}, &scenarios.Intervention{Cost: "cost not known"}
	for want, parts := range map[string][]*scenarios.Intervention{
		"": {known},
		" What else it costs is not known, and not in it.":         {unknown},
		" What 2 of its 3 parts cost is not known, and not in it.": {unknown, known, unknown},
	} {
		if got := unpriced(&scenarios.Scenario{Interventions: parts}); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}
