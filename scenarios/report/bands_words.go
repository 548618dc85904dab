package report

import (
	"math"

	"weir/scenarios"
)

// between writes a range: "20,100 to 23,400".
func (q quantity) between(low, high float64) string {
	return q.number(low) + " to " + q.number(high)
}

// apart writes the range of a difference. Where both ends go the way of the difference
// it has no signs: "60 to 340"; otherwise they stand: "−60 to +340".
func (q quantity) apart(r [2]float64, d float64) string {
	low, high := r[0], r[1]
	switch {
	case d > 0 && low >= 0:
		return q.gap(low) + " to " + q.gap(high)
	case d < 0 && high <= 0:
		return q.gap(high) + " to " + q.gap(low)
	}
	return q.signedRange(r)
}

// signedRange writes the range of a difference with signs: "+60 to +340".
func (q quantity) signedRange(r [2]float64) string { return q.signed(r[0]) + " to " + q.signed(r[1]) }

// hundred writes a share of futures as so many of a hundred. All and none are said
// only where it is all or none.
func hundred(share float64) string {
	n := math.RoundToEven(share * 100) // halves to even, so that two shares of one whole add up
	switch {
	case n == 100 && share < 1:
		n = 99
	case n == 0 && share > 0:
		n = 1
	}
	return decimals(n) + " of 100"
}

// hasFutures reports whether the comparison was made in many futures.
func (b *builder) hasFutures() bool { return b.c.Uncertainty != nil && b.c.Uncertainty.Counted > 0 }

// outcomeSpread is what the futures say of an outcome with no new decisions; false if nothing.
func (b *builder) outcomeSpread(o *scenarios.Outcome) (scenarios.OutcomeSpread, bool) {
	if b.hasFutures() {
		for _, s := range b.c.Uncertainty.Outcomes {
			if s.Outcome == o {
				return s, true
			}
		}
	}
	return scenarios.OutcomeSpread{}, false
}

// baselineRange is " (20,100 to 23,400)" after the level with no new decisions.
func (b *builder) baselineRange(f *figure) string {
	s, ok := b.outcomeSpread(f.Outcome)
	if !ok || f.Outcome.Cost {
		return ""
	}
	return " (" + f.Q.between(s.Range[0], s.Range[1]) + ")"
}

// differenceRange is " (60 to 340)" after a difference that was written without a sign.
func (b *builder) differenceRange(q quantity, v scenarios.Verdict) string {
	if !b.hasFutures() {
		return ""
	}
	return " (" + q.apart(v.Range, v.Difference) + ")"
}

// agreement is ", better in 93 of 100 futures".
func (b *builder) agreement(v scenarios.Verdict) string {
	if !b.hasFutures() {
		return ""
	}
	if v.Improves {
		return ", better in " + hundred(v.BetterShare) + " futures"
	}
	return ", worse in " + hundred(v.WorseShare) + " futures"
}

// inFutures are the smaller lines of a verdict's cell: range, and shares of futures.
func (b *builder) inFutures(q quantity, v scenarios.Verdict) []string {
	if !b.hasFutures() {
		return nil
	}
	shares := "better in " + hundred(v.BetterShare)
	switch {
	case v.Unsure:
		shares += ", worse in " + hundred(v.WorseShare)
	case v.WorseShare > v.BetterShare:
		shares = "worse in " + hundred(v.WorseShare)
	}
	return []string{q.signedRange(v.Range), shares + " futures"}
}

// costRange is the range of what a scenario costs, " ($2.8 million to $3.5 million)".
func (b *builder) costRange(q quantity, v scenarios.Verdict) string {
	if !b.hasFutures() {
		return ""
	}
	for _, c := range b.c.Verdicts {
		if c.Scenario == v.Scenario && c.Outcome.Cost {
			return " (" + q.apart(c.Range, c.Difference) + ")"
		}
	}
	return ""
}

// caveat says what the figures are.
func (b *builder) caveat() string {
	rounding := "Numbers are rounded as one would say them; differences are taken before rounding. Point at a number in a table for the exact value."
	if !b.hasFutures() {
		return "Each figure is one run of the model with its best-known numbers. The range around it has not been computed, so read small differences as small. " + rounding
	}
	return "Each figure is one run of the model with its best-known numbers. In parentheses: where it lies in eight of ten of the " +
		decimals(float64(b.c.Uncertainty.Counted)) + " futures in which the uncertain numbers were drawn anew; one in ten lies above, one in ten below. " + rounding
}

// listedRange is "; +60 to +340" after a difference in a list.
func (b *builder) listedRange(q quantity, v scenarios.Verdict) string {
	if !b.hasFutures() {
		return ""
	}
	return "; " + q.signedRange(v.Range)
}

// indistinct says what “not distinguishable” means in a table.
func (b *builder) indistinct() string {
	text := "“Not distinguishable” means that the difference is no larger than what the calculation’s own time step could make"
	if b.hasFutures() {
		text += ", or that fewer than " + hundred(scenarios.AgreeShare) + " futures agree on its direction. The smaller numbers are where the difference lies in eight of ten futures, and in how many futures it goes that way"
	}
	return text + "; "
}
