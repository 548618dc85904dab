package output

import (
	"fmt"
	"io"
	"unicode/utf8"

	"weir/scenarios/ensemble"
	"weir/scenarios/words"
)

// A QuantileHead says of which runs quantiles are.
type QuantileHead struct {
	Model            string // its name; "" if it has none
	TimeUnit         string
	Start            float64 // of a run, in model time
	Step             float64 // in model time
	Method, Sampling string  // of integration, and how constants were drawn
	Seed             uint64
	Drawn            int    // constants
	Incomplete       string // how far the runs came; "" if all ran
}

// HeadOf returns the head of an ensemble's quantiles.
func HeadOf(p *ensemble.Plan, q *ensemble.Quantiles) QuantileHead {
	h := QuantileHead{Model: p.Model.Name, TimeUnit: p.Model.Time.Unit, Start: p.Model.Time.Start, Step: p.Step, Method: p.Method,
		Sampling: string(p.Sampling.Method), Seed: p.Sampling.Seed, Drawn: len(p.Sampling.Sources)}
	if q.Cancelled {
		h.Incomplete = p.Extent(&q.Outcome)
	}
	return h
}

// WriteQuantiles writes a line for each kept column: 10th percentile, median and 90th at the last
// time, and a small chart of the median over time. Lines have at most columns characters. The head
// tells how the runs were drawn, with the seed; remarks on trust follow the table.
func WriteQuantiles(w io.Writer, h QuantileHead, q *ensemble.Quantiles, remarks []string, columns int) {
	if h.Model != "" {
		fmt.Fprintln(w, h.Model)
	}
	end := q.Time[len(q.Time)-1]
	runs := words.Count(q.Members, "run")
	if h.Incomplete != "" {
		runs = "incomplete: " + h.Incomplete
	}
	fmt.Fprintf(w, "%s (%s, seed %d) in which %s drawn\n%s to %s by %s %s, %s\n\n",
		runs, h.Sampling, h.Seed, words.Count(h.Drawn, "constant")+words.Verb(h.Drawn, " was", " were"),
		words.Number(h.Start), words.Number(end), words.Number(h.Step), h.TimeUnit, h.Method)
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
	for _, line := range remarks {
		fmt.Fprintln(w, Wrap(line, columns))
	}
}

// WriteCost writes how long an ensemble runs in so many parts, and how large their files are.
func WriteCost(w io.Writer, c ensemble.Cost, parts int) {
	fmt.Fprintf(w, "%s take about %s of a processor of this machine, %s a part; the parts have at most %s\n",
		words.Count(c.Items, c.Unit), duration(c.Seconds), duration(c.Seconds/float64(parts)), words.Bytes(c.Bytes))
}

// duration returns seconds as hours, minutes or seconds.
func duration(seconds float64) string {
	switch {
	case seconds >= 2*3600:
		return words.Grouped(seconds/3600) + " hours"
	case seconds >= 120:
		return words.Grouped(seconds/60) + " minutes"
	}
	return fmt.Sprintf("%.2g s", seconds)
}
