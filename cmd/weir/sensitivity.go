package main

import (
	"fmt"
	"io"

	"weir/internal/inparts"
	"weir/internal/terminal"
	"weir/scenarios"
	"weir/scenarios/divide"
	"weir/scenarios/output"
	"weir/scenarios/sensitivity"

	"github.com/urfave/cli/v2"
)

// sensitivityCommand returns weir sensitivity with its flags and help.
func sensitivityCommand() *cli.Command {
	return &cli.Command{Name: "sensitivity", ArgsUsage: "MODEL|SET", Action: runSensitivity,
		Usage: "say which uncertain constants matter, and which would change the answer",
		Description: "Of a model, it explains the spread of outcomes; of a set, also the differences that\n" +
			"scenarios make, the values at which a claim turns, and what is worth knowing.\n\n" +
			"   weir sensitivity model.toml --outcome students\n" +
			"   weir sensitivity scenarios.toml --scenario coaching\n" +
			"   weir sensitivity model.toml --method morris      for many constants",
		Flags: append([]cli.Flag{
			formatFlag("auto", "table", "csv", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (- is standard output)"},
			&cli.StringSliceFlag{Name: "outcome", Usage: "explain the outcome or variable `NAME`; may be repeated"},
			&cli.StringFlag{Name: "scenario", Usage: "of a set: what the scenario `ID` changes; all if none is named"},
			&cli.StringFlag{Name: "world", Usage: "of a set: in the world `ID`"},
			&cli.StringSliceFlag{Name: "constant", Usage: "vary only the constant `NAME`; may be repeated"},
			&cli.StringFlag{Name: "method", Value: string(sensitivity.Sobol),
				Usage: "sobol: shares of the variance; morris: sizes of effects; tornado: one by one"},
			&cli.IntFlag{Name: "runs", Usage: "`N` points of sobol (1,024), trajectories of morris (40)"},
			&cli.Uint64Flag{Name: "seed", Usage: "draw other points"},
			inparts.Flag("points"),
			&cli.BoolFlag{Name: "over-time", Usage: "sobol: at each saved time, in csv and json"},
		}, importFlags()...),
	}
}

// runSensitivity is weir sensitivity MODEL|SET.
func runSensitivity(c *cli.Context) error {
	method, err := oneOf(c, "method", sensitivity.Methods...)
	if err != nil {
		return err
	}
	q := sensitivity.Question{Outcomes: c.StringSlice("outcome"), Scenario: c.String("scenario"), Runs: c.Int("runs"),
		Constants: c.StringSlice("constant"), Method: sensitivity.Method(method), OverTime: c.Bool("over-time")}
	if c.IsSet("seed") {
		q.Seed = new(c.Uint64("seed"))
	}
	format, err := formatOf(c, "table", "table", "csv", "json")
	if err != nil {
		return err
	}
	set, target, err := modelOrSet(c)
	if err != nil {
		return err
	}
	var r *sensitivity.Result
	goOn, err := divided(c, c.Args().First(), target, set.Files, func(d divide.Divider) (err error) {
		show, done := terminal.Progress(c.App.ErrWriter, "varying constants")
		defer done()
		q.Divide = d
		if r, err = sensitivity.Ask(c.Context, set, q, scenarios.Options{Version: version, Progress: show}); err != nil {
			return fmt.Errorf("%s: %w", set.File, err)
		}
		return nil
	})
	if err != nil || !goOn {
		return err
	}
	warnPartial(c, affectedInSet(set))
	return writeOutput(c, target, func(w io.Writer) error {
		return output.WriteSensitivity(w, r, format, terminal.Width(c.App.Writer))
	})
}
