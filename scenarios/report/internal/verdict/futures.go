package verdict

import (
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/reading"
)

// Futures is what the futures say of a verdict, in the words and the rounding of the
// page: "+60 to +340, better in 93 of 100 futures". Empty without futures, and where the
// scenario makes no difference in any of them.
func Futures(c *scenarios.Comparison, v scenarios.Verdict) string {
	if v.BetterShare == 0 && v.WorseShare == 0 {
		return ""
	}
	q := prose.QuantityOf(prose.PrintedWords(v.Outcome.Unit, nil), v.Outcome.Index,
		max(math.Abs(v.Value), math.Abs(v.Baseline)))
	if v.Outcome.Cost {
		q = q.Summed()
	}
	return strings.Join(New(&chart.Charts{Reading: &reading.Reading{C: c}}).inFutures(q, v), ", ")
}
