package report

import (
	"strings"

	"weir/scenarios"
	"weir/scenarios/report/internal/verdict"
)

// Headline is what the page says first, one string a paragraph: computed sentences
// whose numbers are the charts' numbers. It needs no web assets. Empty if the set
// has no outcome. c is only read.
func Headline(c *scenarios.Comparison) []string {
	out := []string{}
	b := newMaker(c)
	for _, s := range append(b.health.Warnings(), b.verdict.Headline()...) {
		out = append(out, strings.TrimSpace(s.String()))
	}
	return out
}

// Difference is a verdict's difference in the words and the rounding of the page:
// "+1,150 children, better", or that it cannot be told from nothing.
func Difference(v scenarios.Verdict) string { return verdict.Difference(v) }

// Futures is what the futures say of a verdict, in the words and the rounding of the
// page: "+60 to +340, better in 93 of 100 futures". Empty without futures, and where the
// scenario makes no difference in any of them.
func Futures(c *scenarios.Comparison, v scenarios.Verdict) string { return verdict.Futures(c, v) }
