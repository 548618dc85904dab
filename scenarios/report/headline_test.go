package report

import (
	"slices"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
)

// The numbers are those of the formulas in fixture_test.go: 35000·0.987^37 = 21,566 in
// 2045 and 35000·0.987^18 = 27,655 in 2026.
func TestHeadlineSaysWhatWasComputed(t *testing.T) {
	want := []string{
		"With no new decisions, there would be about 21,600 children in city public schools in 2045, 6,100 fewer than in 2026.",
		"Coaching does the most of the four scenarios: about 1,150 more in 2045 than with no new decisions. The difference shows from 2029 on; half of it is there in 2039. " +
			"It is worse before it is better: until 2029, with up to 120 fewer than with no new decisions. It costs about $41.2 million in all until 2045, about $35,900 for each child gained by then.",
		"Also better than no new decisions: Shared special-education co-op (+640). Worse than no new decisions: Cuts (−1,500). Late start is not distinguishable from no new decisions.",
		"No scenario here brings back the level of 2026, about 27,700 children.",
	}
	if got := Headline(fixture.MadeUp()); !slices.Equal(got, want) {
		t.Errorf("headline is\n%q\nwant\n%q", got, want)
	}
}

func TestADifferenceTooSmallToSayIsNotANumber(t *testing.T) {
	c := fixture.MadeUp()
	v := &c.Verdicts[3] // the co-op's children
	v.Difference = 2
	if got := Headline(c)[2]; !slices.Contains([]string{got}, "Worse than no new decisions: Cuts (−1,500). Shared special-education co-op makes hardly any difference, less than one in a thousand. Late start is not distinguishable from no new decisions.") {
		t.Errorf("said %q", got)
	}
}

// Whoever is listed and first went the other way is listed with that.
func TestListedScenariosTellTheirTurn(t *testing.T) {
	c := fixture.MadeUp()
	c.Verdicts[3].Worse = &scenarios.WorseBefore{From: 2027, To: 2031, Depth: -50, At: 2029}
	want := "Also better than no new decisions: Shared special-education co-op (+640; worse until 2031). Worse than no new decisions: Cuts (−1,500). Late start is not distinguishable from no new decisions."
	if got := Headline(c)[2]; got != want {
		t.Errorf("said\n%q\nwant\n%q", got, want)
	}
}

func TestWarningsComeFirst(t *testing.T) {
	c := fixture.MadeUp()
	fixture.BreakDown(c)
	got := Headline(c)
	want := []string{
		"Coaching breaks down in mid-2031: “Families who leave each year” is no longer a number (a / b). Nothing after that date can be read.",
		"Do not trust the numbers of Coaching: the time step is too long. Half the step changes a chart by up to 4.5%.",
		"“Time to fill a vacancy” was held back because “Pay of a teacher” ran empty, first in 2030, in “Coaching”.",
		"The curve “Effect of workload on leaving” was read outside the range it was drawn for, first in April 2029, in every scenario.",
	}
	if len(got) < 4 || !slices.Equal(got[:4], want) {
		t.Errorf("said\n%q\nwant\n%q", got[:4], want)
	}
}

func TestDifferenceInWords(t *testing.T) {
	o := &scenarios.Outcome{Unit: "children", Better: scenarios.Higher}
	v := scenarios.Verdict{Outcome: o, Baseline: 21000, Value: 22147.3, Difference: 1147.3, Distinguishable: true, Improves: true}
	if got := Difference(v); got != "+1,150 children, better" {
		t.Errorf("said %q", got)
	}
	v.Distinguishable = false
	if got := Difference(v); got != "not distinguishable from no new decisions" {
		t.Errorf("said %q", got)
	}
}
