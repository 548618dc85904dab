package main

import (
	"fmt"
	"io"
	"unicode/utf8"

	"weir/scenarios/ensemble"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

// manyRuns are so many that their memory is announced beforehand.
const manyRuns = 100_000

// quantiles runs all members and prints quantiles.
func (e *ensembleRun) quantiles(c *cli.Context, output string) error {
	if need, err := e.Memory(); err == nil && e.Sampling.Runs >= manyRuns {
		say(c, c.App.ErrWriter, "weir: %s take %s of memory; Ctrl-C keeps the quantiles of those that are done", words.Count(e.Sampling.Runs, "run"), words.Bytes(float64(need)))
	}
	bar := newEnsembleBar(c.App.ErrWriter, e.Sampling.Runs)
	q, err := e.Quantiles(c.Context, bar.from(0))
	bar.done()
	if err != nil {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	e.outcome = &q.Outcome
	if q.Cancelled && output != "" && output != "-" {
		output += ".partial"
	}
	err = writeOutput(output, c.App.Writer, func(w io.Writer) error { e.writeQuantiles(w, q, width(c.App.Writer)); return nil })
	if err == nil && q.Cancelled {
		err = fmt.Errorf("stopped after %s; the quantiles are of those", e.Extent(e.outcome))
	}
	return err
}

// writeQuantiles shows a line for each variable: 10th percentile, median and 90th at the
// end, and a small picture of the median over time.
func (e *ensembleRun) writeQuantiles(w io.Writer, q *ensemble.Quantiles, columns int) {
	if e.Model.Name != "" {
		fmt.Fprintln(w, e.Model.Name)
	}
	end, t := q.Time[len(q.Time)-1], e.Model.Time
	runs := words.Count(q.Members, "run")
	if q.Cancelled {
		runs = "incomplete: " + e.Extent(e.outcome)
	}
	drawn := len(e.Sampling.Sources)
	fmt.Fprintf(w, "%s (%s, seed %d) in which %s drawn\n%s to %s by %s %s, %s\n\n", runs, e.Sampling.Method, e.Sampling.Seed,
		words.Count(drawn, "constant")+words.Verb(drawn, " was", " were"), words.Number(t.Start), words.Number(end), words.Number(e.Step), t.Unit, e.Method)
	name, unit := 8, 4
	for _, k := range q.Rows {
		name, unit = max(name, utf8.RuneCountInString(k.Name)), max(unit, utf8.RuneCountInString(k.Unit))
	}
	const figure, picture = 9, 8
	name, unit = min(name, columns*32/100), min(unit, 12)
	spark := min(40, max(picture, columns-name-unit-3*figure-5))
	fmt.Fprintf(w, "%-*s %-*s %*s %*s %*s in %s; the median before\n", name, "variable", unit, "unit", figure, "10 %", figure, "median", figure, "90 %", words.Number(end))
	for _, k := range q.Rows {
		fmt.Fprintf(w, "%s %s %*s %*s %*s %s\n", fit(k.Name, name), fit(k.Unit, unit),
			figure, words.Number(k.Low), figure, words.Number(k.Median), figure, words.Number(k.High), sparkline(k.Medians, spark))
	}
	fmt.Fprintln(w)
	for _, line := range q.Remarks(e.Plan) {
		fmt.Fprintln(w, wrap(line, columns))
	}
}
