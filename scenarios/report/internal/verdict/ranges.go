package verdict

import (
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
)

// baselineRange returns " (20,100 to 23,400)", for the place after the level with no new
// decisions; "" without futures, and for a cost.
func (b *Teller) baselineRange(f *chart.Figure) string {
	s, ok := b.OutcomeSpread(f.Outcome)
	if !ok || f.Outcome.Cost {
		return ""
	}
	return " (" + f.Q.Between(s.Range[0], s.Range[1]) + ")"
}

// differenceRange returns " (60 to 340)", for the place after a difference that was written
// without a sign; "" without futures.
func (b *Teller) differenceRange(q prose.Quantity, v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	return " (" + q.Apart(v.Range, v.Difference) + ")"
}

// agreement returns ", better in 93 of 100 futures"; "" without futures.
func (b *Teller) agreement(v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	if v.Improves {
		return ", better in " + prose.Hundred(v.BetterShare) + " futures"
	}
	return ", worse in " + prose.Hundred(v.WorseShare) + " futures"
}

// inFutures returns the smaller lines of a verdict's cell: the range, and the shares of
// futures. They are nil without futures.
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
	between := q.SignedRange(v.Range)
	if v.Swings != nil {
		between = "at the end " + between // not of the mean or a peak, which were named last
	}
	lines := []string{between, shares + " futures"}
	if never := inHowMany(v); never != "" {
		lines = append(lines, never)
	}
	return lines
}

// costRange returns the range of a scenario's cost, " ($2.8 million to $3.5 million)"; ""
// without futures.
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

// Caveat explains the figures of the headline and their ranges.
func (b *Teller) Caveat() string {
	rounding := "Numbers are rounded as one would say them; differences are taken before rounding. Point " +
		"at a number in a table for the exact value."
	if !b.HasFutures() {
		return "Each figure is one run of the model with its best-known numbers. The range around it has " +
			"not been computed, so read small differences as small. " + rounding
	}
	return "Each figure is the median of " + prose.Decimals(float64(b.C.Uncertainty.Counted)) +
		" futures, in which the uncertain numbers have different values: half of the futures lie above it, " +
		"half below. In parentheses: in 8 of 10 futures it lies between these two numbers; in 1 of 10 it is " +
		"lower, in 1 of 10 higher. " + rounding
}

// listedRange returns "; +60 to +340", for the place after a difference in a list; ""
// without futures.
func (b *Teller) listedRange(q prose.Quantity, v scenarios.Verdict) string {
	if !b.HasFutures() {
		return ""
	}
	return "; " + q.SignedRange(v.Range)
}

// indistinct explains “not distinguishable” below a table.
func (b *Teller) indistinct() string {
	text := "“Not distinguishable” means that the difference is no larger than what the calculation’s own " +
		"time step could make"
	if b.HasFutures() {
		text += ", or that fewer than " + prose.Hundred(scenarios.AgreeShare) +
			" futures agree on its direction. The smaller numbers are its range in 8 of 10 futures, " +
			"and the share of futures that go that way"
	}
	return text + "; "
}
