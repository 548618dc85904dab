package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"weir/scenarios/words"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// manyRuns are so many that one wants to know beforehand what they take.
const manyRuns = 100_000

// quantiles runs all members and prints quantiles. They are exact if all numbers fit
// into memory easily; otherwise sketches are kept, whose memory does not grow with
// the number of members.
func (e *ensembleRun) quantiles(c *cli.Context, output string) error {
	s := e.block(0, e.sampling.Runs)
	if e.rows()*float64(len(e.columns))*float64(e.sampling.Runs) <= blockNumbers {
		s.Keep = e.names()
	} else {
		s.Sketch = e.names()
	}
	if need, err := e.program.EnsembleMemory(s); err == nil && e.sampling.Runs >= manyRuns && !c.Bool("quiet") {
		fmt.Fprintf(c.App.ErrWriter, "weir: %s take %s of memory; Ctrl-C keeps the quantiles of those that are done\n", words.Count(e.sampling.Runs, "run"), words.Bytes(float64(need)))
	}
	bar := newEnsembleBar(c.App.ErrWriter, e.sampling.Runs)
	s.Progress = bar.from(0)
	r, err := e.program.Ensemble(c.Context, s)
	bar.done()
	if err != nil && (!errors.Is(err, context.Canceled) || r == nil) {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	e.note(r, 0)
	e.cancelled = !r.Complete
	if e.cancelled && output != "" && output != "-" {
		output += ".partial"
	}
	err = writeOutput(output, c.App.Writer, func(w io.Writer) error { e.writeQuantiles(w, r, width(c.App.Writer)); return nil })
	if err == nil && e.cancelled {
		err = fmt.Errorf("stopped after %s; the quantiles are of those", e.extent())
	}
	return err
}

// writeQuantiles shows a line a variable: 10th percentile, median and 90th at the end,
// and a small picture of the median over time.
func (e *ensembleRun) writeQuantiles(w io.Writer, r *sim.EnsembleResult, columns int) {
	if e.model.Name != "" {
		fmt.Fprintln(w, e.model.Name)
	}
	last := len(r.Time) - 1
	t := e.model.Time
	runs := words.Count(r.Done, "run")
	if e.cancelled {
		runs = "incomplete: " + e.extent()
	}
	fmt.Fprintf(w, "%s (%s, seed %d) in which %s drawn\n%s to %s by %s %s, %s\n\n", runs, e.sampling.Method, e.sampling.Seed,
		words.Count(len(e.sampling.Sources), "constant")+words.Verb(len(e.sampling.Sources), " was", " were"), words.Number(t.Start), words.Number(r.Time[last]), words.Number(e.step), t.Unit, e.method)
	name, unit := 8, 4
	for _, k := range e.columns {
		name, unit = max(name, utf8.RuneCountInString(k.Name())), max(unit, utf8.RuneCountInString(k.Unit))
	}
	const figure, picture = 9, 8
	name, unit = min(name, columns*32/100), min(unit, 12)
	spark := min(40, max(picture, columns-name-unit-3*figure-5))
	fmt.Fprintf(w, "%-*s %-*s %*s %*s %*s in %s; the median before\n", name, "variable", unit, "unit", figure, "10 %", figure, "median", figure, "90 %", words.Number(r.Time[last]))
	for _, k := range e.columns {
		q := r.Quantiles(k.Name(), last, 0.1, 0.5, 0.9)
		fmt.Fprintf(w, "%s %s %*s %*s %*s %s\n", fit(k.Name(), name), fit(k.Unit, unit),
			figure, words.Number(q[0]), figure, words.Number(q[1]), figure, words.Number(q[2]), sparkline(medians(r, k.Name()), spark))
	}
	fmt.Fprintln(w)
	for _, line := range append(e.remarks(), e.exactness(r)...) {
		fmt.Fprintln(w, wrap(line, columns))
	}
}

// exactness says how far the quantiles may be off, if that shows.
func (e *ensembleRun) exactness(r *sim.EnsembleResult) []string {
	worst := 0.0
	for _, k := range e.columns {
		worst = max(worst, r.QuantileError(k.Name(), len(r.Time)-1))
	}
	if worst < 1e-4 {
		return nil
	}
	return []string{"of so many runs, quantiles are known to " + words.Percent(worst)}
}

func medians(r *sim.EnsembleResult, column string) []float64 {
	out := make([]float64, len(r.Time))
	for i := range out {
		out[i] = r.Quantile(column, i, 0.5)
	}
	return out
}
