package output

import (
	"fmt"
	"io"
	"unicode/utf8"

	"weir/scenarios/ensemble"
	"weir/scenarios/words"
)

// WriteQuantiles writes a line for each kept column: 10th percentile, median and 90th at the last
// time, and a small chart of the median over time. Lines have at most columns characters. The head
// tells how the runs were drawn, with the seed; remarks on trust follow the table.
func WriteQuantiles(w io.Writer, p *ensemble.Plan, q *ensemble.Quantiles, columns int) {
	if p.Model.Name != "" {
		fmt.Fprintln(w, p.Model.Name)
	}
	end, t := q.Time[len(q.Time)-1], p.Model.Time
	runs := words.Count(q.Members, "run")
	if q.Cancelled {
		runs = "incomplete: " + p.Extent(&q.Outcome)
	}
	drawn := len(p.Sampling.Sources)
	fmt.Fprintf(w, "%s (%s, seed %d) in which %s drawn\n%s to %s by %s %s, %s\n\n",
		runs, p.Sampling.Method, p.Sampling.Seed, words.Count(drawn, "constant")+words.Verb(drawn, " was", " were"),
		words.Number(t.Start), words.Number(end), words.Number(p.Step), t.Unit, p.Method)
	name, unit := 8, 4
	for _, k := range q.Rows {
		name, unit = max(name, utf8.RuneCountInString(k.Name)), max(unit, utf8.RuneCountInString(k.Unit))
	}
	// The width of a number, and the least width of a chart, in characters.
	const figure, chart = 9, 8
	// Names get at most a third of the line. The chart has the rest, up to 40 characters.
	name, unit = min(name, columns*32/100), min(unit, 12)
	spark := min(40, max(chart, columns-name-unit-3*figure-5))
	fmt.Fprintf(w, "%-*s %-*s %*s %*s %*s in %s; the median before\n",
		name, "variable", unit, "unit", figure, "10 %", figure, "median", figure, "90 %", words.Number(end))
	for _, k := range q.Rows {
		fmt.Fprintf(w, "%s %s %*s %*s %*s %s\n", Fit(k.Name, name), Fit(k.Unit, unit), figure, words.Number(k.Low),
			figure, words.Number(k.Median), figure, words.Number(k.High), Sparkline(k.Medians, spark))
	}
	fmt.Fprintln(w)
	for _, line := range q.Remarks(p) {
		fmt.Fprintln(w, Wrap(line, columns))
	}
}
