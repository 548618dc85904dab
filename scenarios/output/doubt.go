package output

import (
	"fmt"
	"io"

	"weir/scenarios"
	"weir/scenarios/sensitivity"
)

// writeDoubt writes what would change the answer of a comparison: the sentences, then for each
// claim the constants that turn it.
func writeDoubt(w io.Writer, c *scenarios.Comparison, columns int) {
	d := c.Doubt
	if d == nil {
		return
	}
	fmt.Fprintf(w, "\n%s\n", Wrap("What would change the answer, by "+d.Outcome.Label, columns))
	for _, s := range d.Sentences {
		fmt.Fprintln(w, "  "+Hanging(s, 2, columns))
	}
	for _, x := range d.Claims {
		writeClaim(w, c, x, columns)
	}
	writeInformation(w, c, columns)
}

// mostTurns is how many constants are listed for a claim.
const mostTurns = 5

// writeClaim writes a claim with the constants that turn it, the nearest first.
func writeClaim(w io.Writer, c *scenarios.Comparison, x scenarios.Claim, columns int) {
	if len(x.Turns) == 0 {
		return
	}
	head := sensitivity.ClaimWords(x)
	if x.Share != nil {
		head += fmt.Sprintf(", in %.0f of 100 futures", 100**x.Share)
	}
	label := columns - 42
	fmt.Fprintf(w, "\n  %s\n  %*s%12s  %24s\n", Hanging(head+".", 2, columns), label+2, "", "now", "it turns at")
	for _, turn := range x.Turns[:min(mostTurns, len(x.Turns))] {
		now, at := sensitivity.TurnValues(c, turn)
		fmt.Fprintf(w, "  %s  %12s  %24s\n", Fit(turn.Label, label), now, at)
	}
	if n := len(x.Turns) - mostTurns; n > 0 {
		fmt.Fprintf(w, "  and %d more; --format json has them all, with shares of futures\n", n)
	}
}

// writeInformation writes what it is worth to know each constant, if it is sure to be worth
// anything.
func writeInformation(w io.Writer, c *scenarios.Comparison, columns int) {
	i := c.Doubt.Information
	if i == nil {
		return
	}
	q := sensitivity.WorthQuantity(c)
	for k, x := range i.Values {
		if k == 0 && x.Sure {
			fmt.Fprintf(w, "\n  Worth knowing before the choice, on average (chance alone would give)\n")
		}
		if x.Sure {
			fmt.Fprintln(w, "  "+Fit(x.Label, columns-42)+"  "+Hanging(fmt.Sprintf(
				"%s (%s), another choice in %.0f of 100 futures",
				q.With(x.Value), q.Number(x.Chance), 100*x.Changes), columns-38, columns))
		}
	}
}

// A doubtRow is what would change the answer, in JSON.
type doubtRow struct {
	Outcome string     `json:"outcome"`
	Claims  []claimRow `json:"claims"`
	Choice  string     `json:"choice"` // best on average; baseline is no new decisions
	*scenarios.Doubt
}

// A claimRow is a claim with the scenarios that it is about; baseline is no new decisions.
type claimRow struct {
	Better string `json:"better"`
	Worse  string `json:"worse"`
	scenarios.Claim
}

// doubtRows returns the doubts of a comparison for JSON; nil if there are none.
func doubtRows(c *scenarios.Comparison) *doubtRow {
	if c == nil || c.Doubt == nil {
		return nil
	}
	id := func(s *scenarios.Scenario) string {
		if s == nil {
			return c.Baseline.ID
		}
		return s.ID
	}
	out := &doubtRow{Outcome: c.Doubt.Outcome.ID, Doubt: c.Doubt, Claims: []claimRow{}}
	for _, x := range c.Doubt.Claims {
		out.Claims = append(out.Claims, claimRow{id(x.Better), id(x.Worse), x})
	}
	if i := c.Doubt.Information; i != nil {
		out.Choice = id(i.Choice)
	}
	return out
}
