package verdict

import (
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
)

// baselineRange is " (20,100 to 23,400)" after the level with no new decisions.
func (b *Teller) baselineRange(f *chart.Figure) string {
	s, ok := b.OutcomeSpread(f.Outcome)
	if !ok || f.Outcome.Cost {
		return ""
	}
	return " (" + f.Q.Between(s.Range[0], s.Range[1]) + ")"
}

// differenceRange is " (60 to 340)" after a difference that was written without a sign.
func (b *Teller) differenceRange(q prose.Quantity, v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	return " (" + q.Apart(v.Range, v.Difference) + ")"
}

// agreement is ", better in 93 of 100 futures".
func (b *Teller) agreement(v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	if v.Improves {
		return ", better in " + prose.Hundred(v.BetterShare) + " futures"
	}
	return ", worse in " + prose.Hundred(v.WorseShare) + " futures"
}

// inFutures are the smaller lines of a verdict's cell: range, and shares of futures.
func (b *Teller) inFutures(q prose.Quantity, v scenarios.Verdict) []string {
	if !b.HasFutures() {
		return nil
	}
	shares := "better in " + prose.Hundred(v.BetterShare)
	switch {
	case v.Unsure:
		shares += ", worse in " + prose.Hundred(v.WorseShare)
	case v.WorseShare > v.BetterShare:
		shares = "worse in " + prose.Hundred(v.WorseShare)
	}
	return []string{q.SignedRange(v.Range), shares + " futures"}
}

// costRange is the range of what a scenario costs, " ($2.8 million to $3.5 million)".
func (b *Teller) costRange(q prose.Quantity, v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	for _, c := range b.C.Verdicts {
		if c.Scenario == v.Scenario && c.Outcome.Cost {
			return " (" + q.Apart(c.Range, c.Difference) + ")"
		}
	}
	return ""
}

// Caveat says what the figures are.
func (b *Teller) Caveat() string {
	rounding := "Numbers are rounded as one would say them; differences are taken before rounding. Point " +
		"at a number in a table for the exact value."
	if !b.HasFutures() {
		return "Each figure is one run of the model with its best-known numbers. The range around it has " +
			"not been computed, so read small differences as small. " + rounding
	}
	return "Each figure is one run of the model with its best-known numbers. In parentheses: where it " +
		"lies in eight of ten of the " +
		prose.Decimals(float64(b.C.Uncertainty.Counted)) +
		" futures in which the uncertain numbers were drawn anew; one in ten lies above, one in ten below. " + rounding
}

// listedRange is "; +60 to +340" after a difference in a list.
func (b *Teller) listedRange(q prose.Quantity, v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	return "; " + q.SignedRange(v.Range)
}

// indistinct says what “not distinguishable” means in a table.
func (b *Teller) indistinct() string {
	text := "“Not distinguishable” means that the difference is no larger than what the calculation’s own " +
		"time step could make"
	if b.HasFutures() {
		text += ", or that fewer than " + prose.Hundred(scenarios.AgreeShare) +
			" futures agree on its direction. The smaller numbers are where the difference lies in eight " +
			"of ten futures, and in how many futures it goes that way"
	}
	return text + "; "
}
