package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/ensemble"
	"weir/scenarios/words"
	"weir/sim"
	"weir/sim/sampling"

	"github.com/urfave/cli/v2"
)

// csvNumber is the bytes of a number in CSV, about.
const csvNumber = 18

// An ensembleRun is weir run --runs: a plan, and what became of it.
type ensembleRun struct {
	*ensemble.Plan
	file    string
	outcome *ensemble.Outcome // nil before the members were run
}

// ensembleFlags are those of weir run that only an ensemble has.
func ensembleFlags() []cli.Flag {
	return []cli.Flag{
		&cli.IntFlag{Name: "runs", Usage: "`N` runs, in each of which every constant with a range is drawn anew"},
		&cli.StringFlag{Name: "sampling", Value: string(sampling.Sobol), Usage: "with --runs: `HOW` constants are drawn: " + strings.Join(sampling.Methods, ", ")},
		&cli.StringSliceFlag{Name: "keep", Usage: "with --runs: the variable `NAME`, or NAME[element]; stocks if none is named"},
	}
}

// runEnsemble does weir run --runs.
func runEnsemble(c *cli.Context, m *model.Model, r *resolved.Model, program *sim.Program, settings sim.Settings, format string) error {
	output := c.String("output")
	if format == "parquet" && (output == "" || output == "-") && isTerminal(c.App.Writer) {
		return usagef("--format parquet is not for a terminal: say -o FILE")
	}
	e := &ensembleRun{file: c.Args().First()}
	if err := e.plan(c, m, r, program, settings); err != nil {
		return err
	}
	if format == "table" {
		return e.quantiles(c, output)
	}
	return e.write(c, format, output)
}

// runFormat is --format, checked against what one run and many can be written as.
func runFormat(c *cli.Context) (string, error) {
	many := c.IsSet("runs")
	known := []string{"table", "csv", "json"}
	if many {
		known = []string{"table", "csv", "parquet"}
	}
	for _, flag := range []string{"sampling", "keep"} {
		if c.IsSet(flag) && !many {
			return "", usagef("--%s is for many runs: say --runs N", flag)
		}
	}
	if m := c.String("method"); slices.Contains(sampling.Methods, m) {
		return "", usagef("--method is how the model is computed; how constants are drawn is --sampling %s", m)
	}
	format, err := oneOf(c, "format", "table", "csv", "json", "parquet")
	if err == nil && !slices.Contains(known, format) {
		if many {
			return "", usagef("--format %s is for one run; many are written as csv or parquet", format)
		}
		return "", usagef("--format %s is for many runs: say --runs N", format)
	}
	return format, err
}

// plan finds out which constants are drawn, and which numbers a row holds.
func (e *ensembleRun) plan(c *cli.Context, m *model.Model, r *resolved.Model, program *sim.Program, settings sim.Settings) error {
	how, err := oneOf(c, "sampling", sampling.Methods...)
	if err != nil {
		return err
	}
	if c.Int("runs") < 1 {
		return usagef("--runs is at least 1, not %d", c.Int("runs"))
	}
	u := scenarios.Uncertainty{Runs: c.Int("runs"), Method: sampling.Method(how), Seed: c.Uint64("seed")}
	e.Plan, err = ensemble.New(c.Context, m, r, program, settings, u)
	var bad *ensemble.BadSampling
	switch {
	case errors.As(err, &bad):
		return usagef("--runs: %v", err)
	case err != nil:
		return fmt.Errorf("%s: %w", e.file, err)
	}
	if err := e.Keep(c.StringSlice("keep")); err != nil {
		return usagef("--keep: %v", err)
	}
	return nil
}

// write writes every row of every member. The file gets its name when it is whole; if the
// work was stopped it is FILE.partial.
func (e *ensembleRun) write(c *cli.Context, format, output string) error {
	if err := e.affordable(c, format); err != nil {
		return err
	}
	target := output
	if target != "" && target != "-" {
		target += ".partial"
	}
	err := writeOutput(target, c.App.Writer, func(w io.Writer) error {
		out := e.writer(w, format)
		bar := newEnsembleBar(c.App.ErrWriter, e.Sampling.Runs)
		defer bar.done()
		var err error
		if e.outcome, err = e.Write(c.Context, out.row, bar.from); err != nil {
			return err
		}
		return out.close(e)
	})
	if err != nil {
		return fmt.Errorf("%s: %w", e.file, err)
	}
	cancelled := e.outcome.Cancelled
	if !cancelled && target != output {
		if err := os.Rename(target, output); err != nil {
			return fmt.Errorf("cannot write %s: %w", output, err)
		}
	}
	for _, line := range e.Remarks(e.outcome) {
		say(c, c.App.ErrWriter, "weir: %s", line)
	}
	if cancelled {
		return fmt.Errorf("stopped after %s of %s; they are in %s", words.Grouped(float64(e.outcome.Members)), words.Count(e.Sampling.Runs, "run"), outputName(target))
	}
	return nil
}

// affordable refuses a file that nobody can want, and warns of a large one.
func (e *ensembleRun) affordable(c *cli.Context, format string) error {
	number := 8.0
	if format == "csv" {
		number = csvNumber
	}
	need := e.Bytes(number)
	rows := words.Grouped(e.Rows() * float64(e.Sampling.Runs))
	file := fmt.Sprintf("%s rows of %s numbers, about %s", rows, words.Grouped(e.Width()), words.Bytes(need))
	if need > ensemble.MaxFile {
		return usagef("%s would be %s; at most %s are written. Fewer numbers: --save %.4g keeps fewer rows, --keep fewer variables, --set NAME=VALUE draws fewer constants; without --format only quantiles are computed, for any number of runs",
			words.Count(e.Sampling.Runs, "run"), file, words.Bytes(ensemble.MaxFile), e.FewerRows(need))
	}
	if need > 1<<30 {
		say(c, c.App.ErrWriter, "weir: writing %s", file)
	}
	return nil
}
