package report

import (
	"testing"

	"weir/scenarios"
	"weir/scenarios/prose"
)

// The line below the chart has clear parts, channels before decisions; where none is clear it
// names the largest and says that none is; a scenario without parts has no line.
func TestWhyInOneLine(t *testing.T) {
	part := func(label string, amount float64, clear bool) scenarios.Part {
		return scenarios.Part{Label: label, Amount: amount, Clear: clear}
	}
	for want, e := range map[string]*scenarios.Explanation{
		"stay (+300) · fuller (−40)": {Channels: scenarios.Split{Parts: []scenarios.Part{part("stay", 300, true),
			part("perhaps", 90, false), part("fuller", -40, true)}}, Decisions: scenarios.Split{Parts: []scenarios.Part{part("pay", 350, true)}}},
		"pay (+350)": {Decisions: scenarios.Split{Parts: []scenarios.Part{part("pay", 350, true)}}},
		"perhaps (+90) · or not (−80); nine in ten futures agree on the direction of none": {Channels: scenarios.Split{
			Parts: []scenarios.Part{part("perhaps", 90, false), part("or not", -80, false), part("nothing", 0, true)}}},
		"": {},
	} {
		if got := (reasonWords{e, prose.Quantity{Finest: 1}}).short(); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
}
