package report

import (
	"strings"

	"weir/scenarios"
)

// Futures is what the futures say of a verdict, in the words and the rounding of the
// page: "+60 to +340, better in 93 of 100 futures". Empty without futures, and where the
// scenario makes no difference in any of them.
func Futures(c *scenarios.Comparison, v scenarios.Verdict) string {
	if v.BetterShare == 0 && v.WorseShare == 0 {
		return ""
	}
	q := quantityOf(printedWords(v.Outcome.Unit, nil), v.Outcome.Index, max(abs(v.Value), abs(v.Baseline)))
	if v.Outcome.Cost {
		q = q.summed()
	}
	return strings.Join((&builder{c: c}).inFutures(q, v), ", ")
}
