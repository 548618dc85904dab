package main

import (
	"io"
	"path/filepath"
	"slices"

	"weir/internal/commandline"
	"weir/internal/terminal"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/columns"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/scenarios/report"
	"weir/scenarios/report/picture"
	"weir/scenarios/report/runs"
	"weir/scenarios/results"
	"weir/scenarios/single"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// viewFlags returns the flags of weir run that a page or picture has.
func viewFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "variant",
			Usage: "in a page or picture: one more run, `LABEL:NAME=VALUE`, with other values; more with NAME=VALUE,NAME=VALUE"},
		&cli.StringSliceFlag{Name: "against",
			Usage: "in a page or picture: an earlier result `FILE` beside the run, weir's own or one of Vensim or Stella"},
	}
}

// runWriter returns the function that writes a run in a format, in pages and pictures beside its
// variants.
func runWriter(c *cli.Context, f *output.Run, r *resolved.Model, program *sim.Program,
	format string) (func(io.Writer) error, error) {
	var err error
	if names := c.StringSlice("keep"); len(names) > 0 {
		if f.Kept, err = columns.Named(f.Model, r, f.Result.Columns, names); err != nil {
			return nil, usagef("--keep: %v", err)
		}
	}
	if !slices.Contains(runs.Formats, format) {
		return func(w io.Writer) error {
			return f.Write(w, format, terminal.Wide(c.App.Writer),
				c.Bool("all"))
		}, nil
	}
	v := &runs.View{Model: f.Model, Resolved: r, Program: program, Settings: f.Settings, Kept: f.Kept,
		Version: version, Remarks: f.Remarks(), Runs: []runs.Run{{Name: "this run", Result: f.Result}}}
	for _, text := range c.StringSlice("variant") {
		label, list, err := runs.Variant(text)
		if err != nil {
			return nil, usagef("--variant: %v", err)
		}
		set, err := commandline.Settings("variant", list)
		if err == nil {
			set, err = ourNames(f.Model, set)
		}
		if err == nil {
			err = v.Vary(c.Context, label, set)
		}
		if err != nil {
			return nil, err
		}
		for _, line := range single.OutOfRange(f.Model, set) {
			say(c, c.App.ErrWriter, "weir: %s: %s", label, line)
		}
	}
	for _, file := range c.StringSlice("against") {
		earlier, err := readResults(c, f.Model, f.Result.Columns, file)
		if err == nil {
			err = v.Beside(filepath.Base(file), earlier)
		}
		if err != nil {
			return nil, err
		}
	}
	if drawn, more := v.Drawn(picture.MaxCharts); more > 0 && format != "html" {
		say(c, c.App.ErrWriter, "weir: %d of %d variables are drawn; --keep NAME chooses others",
			len(drawn), len(drawn)+more)
	}
	if format == "html" {
		return func(w io.Writer) error { return report.WriteRun(w, v) }, nil
	}
	return func(w io.Writer) error { return v.WritePicture(w, format) }, nil
}

// checkRunFlags returns an error for flags that do not fit the format of a run.
func checkRunFlags(c *cli.Context, format string) error {
	for _, flag := range []string{"variant", "against"} {
		if c.IsSet(flag) && !slices.Contains(runs.Formats, format) {
			return usagef("--%s is for pages and pictures: end the name of --output with .html, .svg or .png", flag)
		}
	}
	if format == "html" {
		if err := report.Available(); err != nil {
			return err
		}
	}
	target := c.String("output")
	if binaryFormat(format) && (target == "" || target == "-") && terminal.Is(c.App.Writer) {
		return usagef("--format %s is not for a terminal: say -o FILE", format)
	}
	return nil
}

// binaryFormat reports whether a format is no text.
func binaryFormat(format string) bool {
	return slices.Contains([]string{"parquet", "xlsx", "png"}, format)
}

// readResults reads the results in a file in terms of a model's columns. The error was reported with
// its place; what the model does not have is remarked on.
func readResults(c *cli.Context, m *model.Model, columns []sim.Column, file string) (*results.Matched,
	error) {
	text, err := open.Data(file)
	if err != nil {
		return nil, err
	}
	outputs(c).Input(file)
	table, problem := results.Read(file, text)
	var found *results.Matched
	if problem == nil {
		found, problem = table.Match(m, columns)
	}
	if problem != nil {
		return nil, reportDiagnostics(c, diagnostic.List{*problem}, map[string][]byte{file: table.Text})
	}
	if table.Hash != "" && table.Hash != m.Hash {
		say(c, c.App.ErrWriter, "weir: %s was made by another version of the model", file)
	}
	return found, nil
}
