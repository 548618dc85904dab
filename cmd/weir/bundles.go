package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"weir/internal/inparts"
	"weir/internal/terminal"
	"weir/scenarios"
	"weir/scenarios/divide"
	"weir/scenarios/output"
	"weir/scenarios/report"

	"github.com/urfave/cli/v2"
)

// bundlesCommand returns weir bundles with its flags and help.
func bundlesCommand() *cli.Command {
	return &cli.Command{
		Name:      "bundles",
		Usage:     "run the combinations of a set's interventions",
		ArgsUsage: "SET",
		Description: "Shows which combinations do most for their cost, and which pairs do more together\n" +
			"than each alone. With [uncertainty] in the set, each is run in the same futures. Up to\n" +
			"4,096 combinations all run; of more, each intervention, each pair, and what a search from\n" +
			"the best for their cost finds. A page shows points of cost and outcome to pick.\n\n" +
			"   weir bundles scenarios.toml --budget 5e6\n" +
			"   weir bundles scenarios.toml --budget 5e6 -o bundles.html\n" +
			"   weir bundles scenarios.toml --most 3 --format csv -o bundles.csv",
		Flags: []cli.Flag{
			formatFlag("auto", "html", "table", "csv", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"},
				Usage: "write to `FILE` (- is standard output)"},
			&cli.Float64Flag{Name: "budget",
				Usage: "bundles that cost at most `AMOUNT` in all: the sum of the set's cost outcome, discounted"},
			&cli.IntFlag{Name: "most", Usage: "at most `N` interventions in a bundle"},
			&cli.StringFlag{Name: "outcome", Usage: "judge by the outcome `ID`; the set's first if none is named"},
			inparts.Flag("combinations"),
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "write the file, print nothing"},
		},
		Action: runBundles,
	}
}

// runBundles is weir bundles SET: combinations of interventions against no new decisions.
func runBundles(c *cli.Context) error {
	file, err := oneFile(c, "scenario set")
	if err != nil {
		return err
	}
	format, err := formatOf(c, "table", "html", "table", "csv", "json")
	if err != nil {
		return err
	}
	if format == "html" && !c.IsSet("shard") {
		if err := report.Available(); err != nil {
			return err
		}
	}
	o := scenarios.BundleOptions{Outcome: c.String("outcome"), Most: c.Int("most")}
	if c.IsSet("most") && o.Most < 1 {
		return usagef("--most is at least 1, not %d", o.Most)
	}
	if c.IsSet("budget") {
		budget := c.Float64("budget")
		if !(budget >= 0) || budget-budget != 0 {
			return usagef("--budget is an amount of 0 or more, not %v", budget)
		}
		o.Budget = &budget
	}
	set, err := loadSet(c, file)
	if err != nil {
		return err
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	var b *scenarios.Bundles
	goOn, err := divided(c, file, target, set.Files, func(d divide.Divider) (err error) {
		show, done := terminal.Progress(c.App.ErrWriter, "running bundles")
		defer done()
		o.Version, o.Progress, o.Divide = version, show, d
		if b, err = scenarios.RunBundles(c.Context, set, o); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return nil
	})
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; bundles are compared with each other, so nothing was written")
	}
	if err != nil || !goOn {
		return err
	}
	warnPartial(c, affectedInSet(set))
	err = writeOutput(c, target, func(w io.Writer) error {
		return output.WriteBundles(w, b, format,
			terminal.Width(c.App.Writer))
	})
	if err == nil && target != "" && target != "-" {
		say(c, c.App.Writer, "%s written", target)
	}
	return err
}
