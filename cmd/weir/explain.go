package main

import (
	"fmt"
	"io"

	"weir/internal/commandline"
	"weir/internal/terminal"
	formats "weir/model/format"
	"weir/scenarios"
	"weir/scenarios/explain"
	"weir/scenarios/explain/loops"
	"weir/scenarios/imported"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// explainCommand returns weir explain with its flags and help.
func explainCommand() *cli.Command {
	return &cli.Command{
		Name:      "explain",
		Usage:     "say why: the loops that make a run, or the parts of a difference",
		ArgsUsage: "MODEL|SET",
		Description: "Of a model: scores every feedback loop at each step of the run, and says which of them\n" +
			"explain its behaviour and when that changes. The run is by Euler's method.\n" +
			"Of a set: says which decision makes the difference of each scenario, through which\n" +
			"variables, and which loops strengthen or resist it. The parts add up.\n\n" +
			"   weir explain model.toml\n" +
			"   weir explain model.toml --outcome students --from 2026 --to 2036\n" +
			"   weir explain model.toml --format csv -o loops.csv      scores over time\n" +
			"   weir explain scenarios.toml --scenario coaching --outcome students",
		Flags: append([]cli.Flag{
			formatFlag("auto", "table", "csv", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (- is standard output)"},
			&cli.StringFlag{Name: "outcome", Usage: "only loops that act on `VARIABLE`; of a set, the ID of an outcome"},
			&cli.StringFlag{Name: "scenario", Usage: "of a set: only the scenario with that `ID`"},
			&cli.IntFlag{Name: "runs", Usage: "of a set: explain `N` of its futures", DefaultText: "40, or fewer in a large set"},
			&cli.BoolFlag{Name: "changes", Usage: "of a set: each change of a decision is a part of its own"},
			&cli.Float64Flag{Name: "from", Usage: "explain the run from `TIME` on", DefaultText: "its start"},
			&cli.Float64Flag{Name: "to", Usage: "explain the run until `TIME`", DefaultText: "its stop"},
			&cli.StringSliceFlag{Name: "set", Usage: "give a constant or decision another value: `NAME=VALUE`"},
			&cli.BoolFlag{Name: "all", Usage: "every loop, and each apart"},
			&cli.IntFlag{Name: "stocks", Usage: "only loops that pass at least `N` stocks"},
			&cli.BoolFlag{Name: "elements", Usage: "loops of single elements of arrays; otherwise an array counts as one variable"},
		}, importFlags()...),
		Action: runExplain,
	}
}

// ofSet and ofModel are the flags that only one of the two kinds of file has.
var ofSet, ofModel = []string{"scenario", "runs", "changes"}, []string{"from", "to", "set", "all",
	"stocks", "elements"}

// runExplain is weir explain MODEL, or SET.
func runExplain(c *cli.Context) error {
	file, err := oneFile(c, "model or a set")
	if err != nil {
		return err
	}
	format, err := formatOf(c, "table", "table", "csv", "json")
	if err != nil {
		return err
	}
	opened := formats.Open(file)
	if open.IsSet(opened) {
		return explainSet(c, file, format)
	}
	if err := refuse(c, "a scenario set", ofSet); err != nil {
		return err
	}
	set, err := commandline.Settings("set", c.StringSlice("set"))
	if err != nil {
		return err
	}
	m, r, err := loadOpened(c, opened)
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
	if o.Elements, o.Stocks = c.Bool("elements"), c.Int("stocks"); c.Bool("all") {
		o.Search = loops.Separate
	}
	show, done := terminal.Progress(c.App.ErrWriter, "looking for loops")
	o.Progress = show
	result, err := loops.Of(c.Context, r, o)
	done()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	warnPartial(c, imported.Affected(m, r))
	out := &output.Loops{Model: m, Outcome: o.Outcome, Result: result, Version: version, All: c.Bool("all")}
	return writeOutput(c, target, func(w io.Writer) error { return out.Write(w, format, terminal.Width(c.App.Writer)) })
}

// refuse refuses flags of the other kind of file.
func refuse(c *cli.Context, kind string, flags []string) error {
	for _, name := range flags {
		if c.IsSet(name) {
			return fmt.Errorf("--%s is for %s", name, kind)
		}
	}
	return nil
}

// explainSet is weir explain SET.
func explainSet(c *cli.Context, file, format string) error {
	if err := refuse(c, "a model", ofModel); err != nil {
		return err
	}
	set, err := loadSet(c, file)
	if err != nil {
		return err
	}
	o := explain.Options{Futures: c.Int("runs"), ByChange: c.Bool("changes"), Loops: explain.DefaultLoops}
	if err := o.Choose(set, c.String("outcome"), c.String("scenario")); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	show, done := terminal.Progress(c.App.ErrWriter, "explaining")
	cmp, err := scenarios.Compare(c.Context, set, scenarios.Options{Version: version, Progress: show})
	if err == nil {
		err = explain.Add(c.Context, cmp, o)
	}
	done()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	warnPartial(c, affectedInSet(set))
	return writeOutput(c, target, func(w io.Writer) error {
		return output.WriteWhy(w, cmp, format, terminal.Width(c.App.Writer))
	})
}

// timeFlag returns the time of a flag; nil if it is not set.
func timeFlag(c *cli.Context, name string) *float64 {
	if !c.IsSet(name) {
		return nil
	}
	t := c.Float64(name)
	return &t
}
