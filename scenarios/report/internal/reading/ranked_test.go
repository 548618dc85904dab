package reading

import (
	"math"
	"strings"
	"testing"

	"weir/scenarios"
)

// Groups come in their order; the unclear go by their lean and not as if they did nothing, whatever
// their difference; the order of the set decides between equals, and a broken run is last.
func TestRanked(t *testing.T) {
	for _, better := range []scenarios.Better{scenarios.Higher, scenarios.Lower} {
		o := &scenarios.Outcome{ID: "o", Better: better}
		sign := 1.0
		if better == scenarios.Lower {
			sign = -1
		}
		c := &scenarios.Comparison{}
		add := func(name string, gain float64, clear bool, betterIn, worseIn float64) *scenarios.Verdict {
			c.Verdicts = append(c.Verdicts, scenarios.Verdict{Scenario: &scenarios.Scenario{ID: name}, Outcome: o, Difference: sign * gain,
				Distinguishable: clear, Improves: clear && gain > 0, BetterShare: betterIn, WorseShare: worseIn})
			return &c.Verdicts[len(c.Verdicts)-1]
		}
		add("broken", math.NaN(), false, 0, 0)
		add("loss", -9, true, 0, 1)
		add("small-loss", -2, true, 0, 1)
		add("likely-harm", 3, false, 0.3, 0.6)
		add("likely", 1, false, 0.8, 0.2)
		add("coin", 5, false, 0.5, 0.5)
		add("coin-too", 5, false, 0.5, 0.5)
		add("swings", 8, true, 0.9, 0.1).Swings = &scenarios.Swings{Changes: 3}
		add("gain", 2, true, 1, 0)
		add("large-gain", 4, true, 0.95, 0)
		got := []string{}
		for _, v := range (&Reading{C: c}).Ranked(o) {
			got = append(got, v.Scenario.ID)
		}
		want := "large-gain gain swings likely coin coin-too likely-harm small-loss loss broken"
		if strings.Join(got, " ") != want {
			t.Errorf("%s is better: %v, want %s", better, got, want)
		}
	}
}
