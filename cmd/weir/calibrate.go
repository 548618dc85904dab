package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"weir/internal/inparts"
	"weir/internal/terminal"
	"weir/model/diagnostic"
	"weir/scenarios/calibrate"
	"weir/scenarios/divide"
	"weir/scenarios/output"

	"github.com/urfave/cli/v2"
)

// calibrateCommand returns weir calibrate with its flags and help.
func calibrateCommand() *cli.Command {
	return &cli.Command{
		Name:      "calibrate",
		Usage:     "fit constants of a model to its data",
		ArgsUsage: "MODEL",
		Description: "The model says what is fitted: [calibration.fit.x] with variable and data; constants\n" +
			"move within their ranges. Shows how well it fits, what the data cannot tell, and with\n" +
			"--until how well it forecasts years that it was not fitted to. Nothing is written if\n" +
			"the search does not converge.\n\n" +
			"   weir calibrate model.toml -o calibration.toml     values, for calibrated = \"…\"\n" +
			"   weir calibrate model.toml --until 2016            forecast the years after 2016\n" +
			"   weir calibrate model.toml --posterior posterior.toml --draws 1000",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"},
				Usage: "write the values to `FILE`, which the model names in calibrated = \"…\""},
			&cli.Float64Flag{Name: "until", Usage: "fit the points up to `TIME`, and compare with those after it"},
			&cli.StringFlag{Name: "posterior",
				Usage: "draw from all values that fit, and write the draws to `FILE`, which a set names in [uncertainty]"},
			&cli.IntFlag{Name: "draws", Value: 1000, Usage: "how many draws"},
			&cli.IntFlag{Name: "steps", Value: 8000, Usage: "the most steps of the sampler"},
			&cli.IntFlag{Name: "samplers", Value: 1, Usage: "draw by `N` samplers, none of which knows of the others"},
			inparts.Flag("samplers"),
			&cli.IntFlag{Name: "samples",
				Usage: "points of the global search; 0 is 64 for each constant, at least 512"},
			&cli.IntFlag{Name: "starts", Value: 8, Usage: "local searches"},
			&cli.Uint64Flag{Name: "seed", Usage: "for samples and draws"},
			&cli.IntFlag{Name: "workers", Usage: "how many run at a time; results do not depend on it"},
			&cli.StringFlag{Name: "date", Usage: "the `DATE` written into the files; today's if none is given"},
			&cli.BoolFlag{Name: "keep-unconverged", Usage: "write files though the search did not converge"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "write the files, print nothing"},
		},
		Action: runCalibrate,
	}
}

// runCalibrate is weir calibrate MODEL. A calibration that does not converge is an error, and
// writes nothing without --keep-unconverged.
func runCalibrate(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	o, err := calibrateOptions(c)
	if err != nil {
		return err
	}
	m, _, err := loadModel(c, file)
	if err != nil {
		return err
	}
	for _, path := range []string{c.String("output"), c.String("posterior")} {
		if err := outputs(c).Check(path); err != nil {
			return err
		}
	}
	var r *calibrate.Report
	goOn, err := divided(c, file, c.String("output"), m.Files, func(d divide.Divider) (err error) {
		show, done := terminal.Progress(c.App.ErrWriter, "calibrating")
		defer done()
		if show != nil {
			o.Progress = func(_ string, share float64) { show(share) }
		}
		o.Divide = d
		r, err = calibrate.Run(c.Context, m, o)
		return err
	})
	var mistakes *calibrate.Mistakes
	switch {
	case errors.As(err, &mistakes):
		diagnostic.Render(c.App.ErrWriter, mistakes.List.Only(diagnostic.Error), m.Files)
		return errReported
	case errors.Is(err, context.Canceled):
		return errors.New("stopped; a calibration is whole or not at all, so nothing was written")
	case err != nil || !goOn:
		return err
	}
	if !c.Bool("quiet") {
		output.WriteCalibration(c.App.Writer, r, terminal.Width(c.App.Writer))
	}
	return writeCalibrated(c, r)
}

// calibrateOptions returns the flags as options, and an error for values that make no search.
func calibrateOptions(c *cli.Context) (calibrate.Options, error) {
	o := calibrate.Options{Samples: c.Int("samples"), Starts: c.Int("starts"), Seed: c.Uint64("seed"),
		Workers: c.Int("workers"), Steps: c.Int("steps"), Samplers: c.Int("samplers"), Until: numberFlag(c, "until")}
	if d := c.String("date"); d != "" {
		if _, err := time.Parse(time.DateOnly, d); err != nil {
			return o, usagef("--date is written 2026-11-21, not %q", d)
		}
	}
	if c.String("posterior") != "" {
		o.Draws = c.Int("draws")
	} else if c.IsSet("draws") || c.IsSet("steps") || c.IsSet("samplers") || c.IsSet("shard") {
		return o, usagef("--draws, --steps, --samplers and --shard go with --posterior FILE")
	}
	for _, flag := range []string{"starts", "draws", "steps", "samplers"} {
		if c.Int(flag) == 0 { // which would stand for a default
			return o, usagef("--%s is above 0", flag)
		}
	}
	if err := o.Check(); err != nil {
		return o, usagef("--%v", err)
	}
	return o, nil
}

// writeCalibrated writes the values and the draws, if the search converged.
func writeCalibrated(c *cli.Context, r *calibrate.Report) error {
	unconverged := !r.Finished()
	outputs := []struct {
		path  string
		write func(io.Writer, *calibrate.Report, calibrate.Stamp) error
	}{{c.String("output"), calibrate.WriteValues}, {c.String("posterior"), calibrate.WritePosterior}}
	stamp := calibrate.Stamp{Version: version, Date: c.String("date")}
	if stamp.Date == "" {
		stamp.Date = time.Now().UTC().Format(time.DateOnly)
	}
	for _, x := range outputs {
		if x.path == "" || unconverged && !c.Bool("keep-unconverged") || x.path == c.String("posterior") &&
			r.Posterior == nil {
			continue
		}
		if err := writeOutput(c, x.path, func(w io.Writer) error { return x.write(w, r, stamp) }); err != nil {
			return err
		}
		if x.path != "-" {
			say(c, c.App.Writer, "%s written", x.path)
		}
	}
	if o := c.String("output"); o != "" && o != "-" && r.Model.Calibrated == nil && !unconverged {
		say(c, c.App.Writer, "the model takes the values with calibrated = %q at its top",
			filepath.ToSlash(filepath.Base(o)))
	}
	if !unconverged {
		return nil
	}
	if c.Bool("keep-unconverged") {
		return fmt.Errorf("not converged: %s", r.Unfinished())
	}
	return fmt.Errorf("not converged, so nothing was written: %s; try %s", r.Unfinished(), r.Remedy())
}
