package report

import (
	"strings"

	"weir/scenarios"
	"weir/scenarios/report/internal/verdict"
)

// Headline returns the page's first sentences, one string per paragraph. Their numbers are
// the charts' numbers. It needs no web assets. The result is empty if the set has no
// outcome. c is only read.
func Headline(c *scenarios.Comparison) []string {
	out := []string{}
	b := newMaker(c)
	for _, s := range append(b.health.Warnings(), b.verdict.Headline()...) {
		out = append(out, strings.TrimSpace(s.String()))
	}
	return out
}

// Difference returns a verdict's difference in the words and the rounding of the page:
// "+1,150 children, better", or that it is not distinguishable.
func Difference(v scenarios.Verdict) string { return verdict.DifferenceWords(v) }

// Worlds returns in which worlds of the set verdict i holds: "the same in all two other worlds",
// or "not in" with what is found there. It is "" for a set without worlds.
func Worlds(c *scenarios.Comparison, i int) string { return verdict.WorldWords(c, i) }

// Futures returns the range of a verdict in the words and the rounding of the page: "+60 to
// +340, better in 93 of 100 futures". It is "" without futures, and if the scenario makes
// no difference in any of them.
func Futures(c *scenarios.Comparison, v scenarios.Verdict) string { return verdict.FuturesWords(c, v) }

// Time returns "never" for a time that does not come before the horizon, otherwise its number in
// words.
func Time(never bool, number string) string { return verdict.TimeWords(never, number) }
