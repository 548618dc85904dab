package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"weir/internal/inparts"
	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
	"weir/scenarios/part"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
	"weir/sim"
	"weir/sim/sampling"

	"github.com/urfave/cli/v2"
)

const (
	manyRuns = 100_000 // runs from which on the memory is announced beforehand
)

// ensembleFlags returns the flags of weir run that only an ensemble has.
func ensembleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "runs", Usage: "`N` runs, in each of which every constant with a range is drawn"},
		&cli.StringFlag{Name: "sampling", Value: string(sampling.Sobol),
			Usage: "with --runs: `HOW` constants are drawn: " + strings.Join(sampling.Methods, ", ")},
		&cli.StringSliceFlag{Name: "keep",
			Usage: "the variable `NAME`, or NAME[element], NAME[*, element]; else every one, in pictures and with --runs the stocks"},
	}
}

// runEnsemble is weir run MODEL --runs N, after the model was compiled.
func runEnsemble(c *cli.Context, m *model.Model, r *resolved.Model, program *sim.Program, settings sim.Settings,
	format string) error {
	target := c.String("output")
	p, err := planEnsemble(c, m, r, program, settings)
	if err != nil {
		return err
	}
	switch {
	case format == "sketch" || c.IsSet("shard"):
		return inparts.Ensemble(c, outputs(c), part.Job{Plan: p, Format: format, Version: version}, target, shown)
	case format == "table":
		return writeQuantiles(c, p, target)
	}
	return writeMembers(c, p, format, target)
}

// runFormat returns the format of the output. Many runs have fewer formats than one; the error names
// those, or the flag that is missing.
func runFormat(c *cli.Context) (string, error) {
	many := c.IsSet("runs")
	known := []string{"table", "csv", "json", "parquet", "xlsx", "svg", "png", "html"}
	switch {
	case c.IsSet("shard"):
		known = part.Formats
	case many:
		known = []string{"table", "csv", "parquet", "sketch"}
	}
	for _, flag := range []string{"sampling", "shard"} {
		if c.IsSet(flag) && !many {
			return "", usagef("--%s is for many runs: say --runs N", flag)
		}
	}
	if m := c.String("method"); slices.Contains(sampling.Methods, m) {
		return "", usagef("--method is how the model is computed; how constants are drawn is --sampling %s", m)
	}
	format, err := formatOf(c, "table", "table", "csv", "json", "parquet", "xlsx", "svg", "png", "html", "sketch")
	if err == nil && !slices.Contains(known, format) {
		if c.IsSet("shard") {
			return "", usagef("--shard writes a part: say -o part.parquet, for every row, or -o part.sketch, for quantiles")
		}
		if many {
			return "", usagef("--format %s is for one run; many are written as csv, parquet or sketch", format)
		}
		return "", usagef("--format %s is for many runs: say --runs N", format)
	}
	return format, err
}

// planEnsemble returns the ensemble that the flags describe. Errors of the flags are usage errors.
func planEnsemble(c *cli.Context, m *model.Model, r *resolved.Model, program *sim.Program,
	settings sim.Settings) (*ensemble.Plan, error) {
	how, err := oneOf(c, "sampling", sampling.Methods...)
	if err != nil {
		return nil, err
	}
	if c.Int("runs") < 1 {
		return nil, usagef("--runs is at least 1, not %d", c.Int("runs"))
	}
	u := uncertainty.Futures{Runs: c.Int("runs"), Method: sampling.Method(how), Seed: c.Uint64("seed")}
	p, err := ensemble.New(c.Context, m, r, program, settings, u)
	var bad *ensemble.BadSampling
	switch {
	case errors.As(err, &bad):
		return nil, usagef("--runs: %v (--set NAME=VALUE gives one a value of its own)", err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", c.Args().Get(c.Args().Len()-1), err)
	}
	if err := p.Keep(c.StringSlice("keep")); err != nil {
		return nil, usagef("--keep: %v", err)
	}
	return p, nil
}

// writeMembers writes every row of every member. If the work was stopped the file is
// FILE.partial.
func writeMembers(c *cli.Context, p *ensemble.Plan, format, target string) error {
	note, err := output.Affordable(p, format)
	if err != nil {
		return usagef("%v", err)
	}
	if note != "" {
		say(c, c.App.ErrWriter, "weir: %s", note)
	}
	var o *ensemble.Outcome
	stdout := c.App.Writer
	if format == "parquet" {
		stdout = terminal.Binary(stdout)
	}
	err = outputs(c).WritePart(target, stdout, func(w io.Writer) (whole bool, err error) {
		bar := terminal.NewRuns(c.App.ErrWriter, p.Sampling.Runs)
		defer bar.Done()
		if o, err = output.WriteEnsemble(c.Context, w, p, format, version, shown(bar)); err != nil {
			return false, err
		}
		return !o.Cancelled, nil
	})
	if err != nil {
		return fmt.Errorf("%s: %w", c.Args().First(), err)
	}
	for _, line := range p.Tally(o).Remarks() {
		say(c, c.App.ErrWriter, "weir: %s", line)
	}
	if o.Cancelled {
		return fmt.Errorf("stopped after %s of %s; they are in %s",
			words.Grouped(float64(o.Members)), words.Count(p.Sampling.Runs,
				"run"), outputName(outfile.Partial(target)))
	}
	return nil
}

// writeQuantiles runs all members and writes quantiles of the kept variables.
func writeQuantiles(c *cli.Context, p *ensemble.Plan, target string) error {
	if need, err := p.Memory(); err == nil && p.Sampling.Runs >= manyRuns {
		say(c, c.App.ErrWriter, "weir: %s take %s of memory; Ctrl-C keeps the quantiles of those that are done",
			words.Count(p.Sampling.Runs, "run"), words.Bytes(float64(need)))
	}
	bar := terminal.NewRuns(c.App.ErrWriter, p.Sampling.Runs)
	q, err := p.Quantiles(c.Context, shown(bar)(0))
	bar.Done()
	if err != nil {
		return fmt.Errorf("%s: %w", c.Args().First(), err)
	}
	if q.Cancelled {
		target = outfile.Partial(target)
	}
	err = writeOutput(c, target, func(w io.Writer) error {
		output.WriteQuantiles(w, output.HeadOf(p, q), q, q.Remarks(p.Tally(&q.Outcome)), terminal.Width(c.App.Writer))
		return nil
	})
	if err == nil && q.Cancelled {
		err = fmt.Errorf("stopped after %s; the quantiles are of those", p.Extent(&q.Outcome))
	}
	return err
}

// shown returns the function that shows the progress of the block whose first member is the given
// one; it returns nil where no bar is drawn.
func shown(bar *terminal.Runs) part.Progress {
	return func(first int) func(sim.Progress) {
		if !bar.Shows() {
			return nil
		}
		return func(p sim.Progress) { bar.Show(first + p.Done) }
	}
}
