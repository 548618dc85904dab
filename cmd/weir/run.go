package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/internal/commandline"
	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/model/method"
	"weir/scenarios/imported"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/scenarios/single"
	"weir/scenarios/words"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// runCommand returns weir run with its flags and help.
func runCommand() *cli.Command {
	return &cli.Command{
		Name:      "run",
		Usage:     "run a model and show what happens",
		ArgsUsage: "MODEL",
		Description: "Without --format: a table with a small chart of each variable. Every run also\n" +
			"runs with half the step and says how much that changes.\n\n" +
			"   weir run model.toml\n" +
			"   weir run model.toml --set coach_share=0.4 --set 'seats[charter]=9000'\n\n" +
			"With --output the ending chooses: .csv, .json, .parquet, .xlsx (numbers), .svg, .png\n" +
			"(charts of the stocks, or of what --keep names), .html (a page to walk in and try).\n\n" +
			"   weir run model.toml -o run.html\n" +
			"   weir run model.toml -o run.png --keep students --keep 'seats[charter]'\n" +
			"   weir run model.toml -o run.html --variant 'More coaches:coach_share=0.4'\n\n" +
			"With --runs: many runs, in each of which every constant with a range is drawn again.\n" +
			"The table then shows quantiles; CSV and Parquet hold every run.\n\n" +
			"   weir run model.toml --runs 1000\n" +
			"   weir run model.toml --runs 1000 --keep students --format parquet -o runs.parquet\n\n" +
			"WEIR_MACHINE_CODE=off in the environment runs without machine code: slower, the same bits.",
		Flags: append([]cli.Flag{
			formatFlag("auto", "table", "csv", "json", "parquet", "xlsx", "svg", "png", "html", "sketch"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"},
				Usage: "write to `FILE` in the format that it ends with (- is standard output)"},
			&cli.StringFlag{Name: "shard", Usage: "with --runs: only part `i/n` of the runs; weir merge puts parts together"},
			&cli.BoolFlag{Name: "all", Usage: "in the table: every element of every array, and constants"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"},
				Usage: "no remarks on standard error, no check with half the step"},
		}, slices.Concat(clockFlags(), viewFlags(), ensembleFlags(), importFlags())...),
		Action: runRun,
	}
}

// clockFlags returns the flags that give a run other values, times, method or draws.
func clockFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "set", Usage: "give a constant or decision another value: `NAME=VALUE`"},
		&cli.Float64Flag{Name: "step", Usage: "another time step `DT`", DefaultText: "the model's"},
		&cli.Float64Flag{Name: "save", Usage: "save a row every `TIME`, a whole multiple of the step",
			DefaultText: "the model's"},
		&cli.Float64Flag{Name: "stop", Usage: "another stop `TIME`", DefaultText: "the model's"},
		&cli.StringFlag{Name: "method", Usage: "another `METHOD`: " + strings.Join(method.Names(), ", ")},
		&cli.Uint64Flag{Name: "seed", Usage: "seed of random draws"},
	}
}

// runRun is weir run MODEL. A run that ends at a non-finite number, or is stopped, keeps its rows
// in FILE.partial and is a failure.
func runRun(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	format, err := runFormat(c)
	if err == nil {
		err = checkRunFlags(c, format)
	}
	if err != nil {
		return err
	}
	set, err := commandline.Settings("set", c.StringSlice("set"))
	if err != nil {
		return err
	}
	if err := checkClock(c); err != nil {
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
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if bare, _, _ := strings.Cut(name, "["); m.LeftOut(bare) != "" {
			return fmt.Errorf("%s: %s", file, m.LeftOut(bare))
		}
	}
	program, err := sim.Compile(r)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	f := &output.Run{Model: m, Version: version, Settings: sim.Settings{Set: set, Step: numberFlag(c, "step"), Save: numberFlag(c, "save"),
		Stop: numberFlag(c, "stop"), Method: c.String("method"), Seed: c.Uint64("seed")},
		Unusual: single.OutOfRange(m, set), Affected: imported.Affected(m, r)}
	if c.IsSet("runs") {
		for _, line := range f.Unusual {
			say(c, c.App.ErrWriter, "weir: %s", line)
		}
		return runEnsemble(c, m, r, program, f.Settings, format)
	}
	if m.Time.Ends != "" && !c.IsSet("stop") {
		if err := imported.End(c.Context, program, &f.Settings, m.Time.Ends); err != nil {
			return open.Placed(file, m, err)
		}
	}
	show, done := terminal.Progress(c.App.ErrWriter, "running")
	cancelled, err := single.Run(c.Context, program, f, !c.Bool("quiet"), show)
	done()
	if err != nil {
		return open.Placed(file, m, err)
	}
	if cancelled || f.Result.NonFinite != nil {
		target = outfile.Partial(target)
	}
	write, err := runWriter(c, f, r, program, format)
	if err != nil {
		return err
	}
	stdout := c.App.Writer
	if binaryFormat(format) {
		stdout = terminal.Binary(stdout)
	}
	if err := outputs(c).Write(target, stdout, write); err != nil {
		return err
	}
	if format != "table" && !c.Bool("quiet") {
		for _, line := range f.Remarks() {
			fmt.Fprintf(c.App.ErrWriter, "weir: %s\n", line)
		}
	}
	if f.Result.NonFinite != nil {
		if at := open.End(m, f.Result.NonFinite); at != "" {
			fmt.Fprintf(c.App.ErrWriter, "weir: the run ended at the equation of %s\n", at)
		}
	}
	switch {
	case cancelled:
		return fmt.Errorf("stopped at %s %s; the rows before are in %s", m.Time.Unit, words.Number(f.LastTime()),
			outputName(target))
	case f.Result.NonFinite != nil && target != "" && target != "-":
		return fmt.Errorf("the run ended there; the rows before are in %s", target)
	case f.Result.NonFinite != nil:
		return errReported
	case f.Half != nil && f.Half.Trust == sim.Unstable:
		return errReported // the remark says which part of the model is too fast
	}
	return nil
}

// checkClock returns an error for a step, save or stop that no model can have. A step of 0 would
// otherwise count as not set.
func checkClock(c *cli.Context) error {
	for _, flag := range []string{"step", "save"} {
		if x := c.Float64(flag); c.IsSet(flag) && !(x > 0 && x-x == 0) {
			return usagef("--%s is a time above 0, not %g", flag, x)
		}
	}
	if x := c.Float64("stop"); x-x != 0 {
		return usagef("--stop is a time, not %g", x)
	}
	if !c.IsSet("method") || method.Find(c.String("method")) != nil {
		return nil
	}
	_, err := oneOf(c, "method", method.Names()...)
	return err
}

// outputName returns the name of an output in a message.
func outputName(path string) string {
	if path == "" || path == "-" {
		return "the output"
	}
	return path
}
