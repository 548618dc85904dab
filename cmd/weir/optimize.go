package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"weir/internal/terminal"
	"weir/scenarios"
	"weir/scenarios/optimize"
	"weir/scenarios/output"

	"github.com/urfave/cli/v2"
)

// optimizeCommand returns weir optimize with its flags and help.
func optimizeCommand() *cli.Command {
	return &cli.Command{
		Name:      "optimize",
		Usage:     "find the values of decisions that are best for an outcome",
		ArgsUsage: "SET",
		Description: "Within the decisions' ranges, a budget and limits on other outcomes, over the set's\n" +
			"futures. Says how flat the best is, which limit binds and what is best for its cost, and\n" +
			"writes the values as a scenario to paste.\n\n" +
			"   weir optimize scenarios.toml --decision coached --budget 5e6\n" +
			"   weir optimize scenarios.toml --decision 'coached:0..0.5' --decision 'schools:0..8/1'\n" +
			"   weir optimize scenarios.toml --limit 'turnover<=0.2' --by worst --format toml",
		Flags: []cli.Flag{
			formatFlag("auto", "table", "toml", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (- is standard output)"},
			&cli.StringSliceFlag{Name: "decision",
				Usage: "`NAME`, NAME:LOW..HIGH or NAME:LOW..HIGH/STEP; those of the interventions if none is named"},
			&cli.StringFlag{Name: "outcome", Usage: "the outcome `ID`; the set's first if none is named"},
			&cli.Float64Flag{Name: "from", Usage: "the values hold from `TIME` on",
				DefaultText: "a time unit after today"},
			&cli.Float64Flag{Name: "budget", Usage: "the set's cost may grow by `AMOUNT` at most"},
			&cli.StringSliceFlag{Name: "limit", Usage: "`OUTCOME>=LEVEL` or OUTCOME<=LEVEL, in the mean"},
			&cli.StringFlag{Name: "by", Value: string(optimize.Mean), Usage: strings.Join(optimize.Criteria,
				", ") + " of the futures"},
			&cli.IntFlag{Name: "evaluations", Value: optimize.DefaultEvaluations,
				Usage: "most candidates that are tried"},
			&cli.IntFlag{Name: "futures", Usage: "most futures of the search; the result runs in all",
				DefaultText: "all of up to 256, 32 of more"},
			&cli.Uint64Flag{Name: "seed", Usage: "search other ways"},
		},
		Action: runOptimize,
	}
}

// runOptimize is weir optimize SET.
func runOptimize(c *cli.Context) error {
	file, err := oneFile(c, "scenario set")
	if err != nil {
		return err
	}
	format, err := formatOf(c, "table", "table", "toml", "json")
	if err != nil {
		return err
	}
	by, err := oneOf(c, "by", optimize.Criteria...)
	if err != nil {
		return err
	}
	for _, flag := range []string{"evaluations", "futures"} {
		if c.IsSet(flag) && c.Int(flag) < 1 {
			return usagef("--%s is at least 1, not %d", flag, c.Int(flag))
		}
	}
	set, err := loadSet(c, file)
	if err != nil {
		return err
	}
	q := optimize.Question{Outcome: c.String("outcome"), From: numberFlag(c, "from"), Budget: numberFlag(c, "budget"),
		Criterion:   optimize.Criterion(by),
		Evaluations: c.Int("evaluations"), Futures: c.Int("futures"), Seed: c.Uint64("seed")}
	if err := q.Read(set, c.StringSlice("decision"), c.StringSlice("limit")); err != nil {
		return usagef("%v", err)
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	show, done := terminal.Progress(c.App.ErrWriter, "optimizing")
	r, err := optimize.Run(c.Context, set, q, scenarios.Options{Version: version, Progress: show})
	done()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; nothing was written")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	warnPartial(c, affectedInSet(set))
	return writeOutput(c, target, func(w io.Writer) error {
		return output.WriteOptimum(w, r, format, terminal.Width(c.App.Writer))
	})
}
