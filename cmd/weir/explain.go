package main

import (
	"fmt"
	"io"

	"weir/scenarios/explain/loops"
	"weir/scenarios/output"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// explainCommand returns weir explain with its flags and help.
func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say why: the loops that make a run",
		ArgsUsage: "MODEL",
		Description: "Scores every feedback loop at each step of the run, and says which of them explain\n" +
			"its behaviour and when that changes. The run is by Euler's method.\n\n" +
			"   weir explain model.toml\n" +
			"   weir explain model.toml --outcome students --from 2026 --to 2036\n" +
			"   weir explain model.toml --format csv -o loops.csv      scores over time",
		Flags: append([]cli.Flag{
			formatFlag("auto", "table", "csv", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (- is standard output)"},
			&cli.StringFlag{Name: "outcome", Usage: "only loops that act on `VARIABLE`"},
			&cli.Float64Flag{Name: "from", Usage: "explain the run from `TIME` on", DefaultText: "its start"},
			&cli.Float64Flag{Name: "to", Usage: "explain the run until `TIME`", DefaultText: "its stop"},
			&cli.StringSliceFlag{Name: "set", Usage: "give a constant or decision another value: `NAME=VALUE`"},
			&cli.BoolFlag{Name: "all", Usage: "list every loop, not only those that explain most"},
		}, importFlags()...),
		Action: runExplain,
	}
}

// runExplain is weir explain MODEL.
func runExplain(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	format, err := formatOf(c, "table", "table", "csv", "json")
	if err != nil {
		return err
	}
	set, err := settings(c.StringSlice("set"))
	if err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	if set, err = ourNames(m, set); err != nil {
		return err
	}
	o := loops.Options{Outcome: m.OurName(c.String("outcome")), From: timeFlag(c, "from"), To: timeFlag(c, "to"),
		Settings: sim.Settings{Set: set}}
	result, err := loops.Of(c.Context, r, o)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	out := &output.Loops{Model: m, Outcome: o.Outcome, Result: result, Version: version, All: c.Bool("all")}
	return writeOutput(c, target, func(w io.Writer) error { return out.Write(w, format, width(c.App.Writer)) })
}

// timeFlag returns the time of a flag; nil if it is not set.
func timeFlag(c *cli.Context, name string) *float64 {
	if !c.IsSet(name) {
		return nil
	}
	t := c.Float64(name)
	return &t
}
