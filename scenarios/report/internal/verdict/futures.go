package verdict

import (
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/reading"
)

// FuturesWords returns the range of a verdict and the share of futures that go its way; see
// report.Futures.
func FuturesWords(c *scenarios.Comparison, v scenarios.Verdict) string {
	if v.BetterShare == 0 && v.WorseShare == 0 {
		return ""
	}
	q := prose.QuantityOf(prose.PrintedWords(v.Outcome.MeasureUnit(), nil), v.Outcome.Index,
		max(math.Abs(v.Value), math.Abs(v.Baseline)))
	if v.Outcome.Cost {
		q = q.Summed()
	}
	lines := New(&chart.Charts{Reading: &reading.Reading{C: c}}).inFutures(q, v)
	if d := v.Discounted; d != nil && v.Distinguishable {
		lines = append(lines, "discounted "+q.Signed(d.Difference)+" ("+q.SignedRange(d.Range)+")")
	}
	return strings.Join(lines, ", ")
}
