package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"weir/internal/outfile"
	"weir/internal/terminal"
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/model/resolved"
	"weir/scenarios/imported"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/scenarios/results"

	"github.com/urfave/cli/v2"
)

// importCommand returns weir import with its flags and help.
func importCommand() *cli.Command {
	return &cli.Command{
		Name:      "import",
		Usage:     "turn a Vensim or XMILE model into TOML, with a report of every variable",
		ArgsUsage: "FILE",
		Description: "Writes model.toml, its data, and import.csv: what became of each variable, exact,\n" +
			"equivalent (other equations, the same numbers), approximated or not supported.\n" +
			"Modules become files of their own, and pictures [view.x]. Both models are run, and\n" +
			"nothing is written unless they give the same numbers.\n\n" +
			"   weir import old/model.mdl -o school\n\n" +
			"With --check-against the run is compared with what the other tool computed, variable by\n" +
			"variable; a difference over --tolerance is a failure. Export the results there as .csv or\n" +
			".tab, with every variable.\n\n" +
			"   weir import old/model.mdl --check-against old/base.tab",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write into the new `FOLDER`"},
			&cli.StringFlag{Name: "check-against",
				Usage: "compare the model's run with results that Vensim or Stella exported to `FILE`"},
			&cli.Float64Flag{Name: "tolerance", Value: results.Tolerance,
				Usage: "with --check-against: pass up to `SHARE` of a variable's largest value"},
			&cli.Float64Flag{Name: "stop",
				Usage: "end the run at `TIME`, where FINAL TIME follows from the run"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "say only what went wrong"},
		}, importFlags()...),
		Action: runImport,
	}
}

// runImport is weir import FILE -o FOLDER. The folder is written only if the TOML runs to the same
// bits as the file.
func runImport(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	if x := c.Float64("stop"); x-x != 0 {
		return usagef("--stop is a time, not %g", x)
	}
	if !format.Imports(file) {
		return usagef("%s is not a file of another tool: weir import takes .mdl, .xmile and .stmx", file)
	}
	if c.String("output") == "" && !c.IsSet("check-against") {
		return usagef("name the new folder with -o")
	}
	folder := filepath.Clean(c.String("output"))
	if c.String("output") != "" {
		if err := outfile.CheckFolder(folder); err != nil {
			return err
		}
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	if _, ends := m.Time.KeySpans["ends"]; c.IsSet("stop") && !ends {
		return usagef("--stop is for a model whose FINAL TIME follows from the run; this one ends at %g", m.Time.Stop)
	}
	if c.IsSet("check-against") {
		if err := checkAgainst(c, m, r); err != nil || c.String("output") == "" {
			return err
		}
	}
	made, err := imported.Convert(c.Context, m, r)
	var unsound *imported.Unsound
	if errors.As(err, &unsound) {
		diagnostic.Render(c.App.ErrWriter, unsound.List.Only(diagnostic.Error), unsound.Files)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return errors.New("stopped; nothing was written")
	case err != nil:
		return fmt.Errorf("%s: %w; nothing was written", file, err)
	}
	if made.SetProblem != nil {
		say(c, c.App.ErrWriter, "weir: the scenario set in %s is left out: %v", file, made.SetProblem)
	}
	if err := outputs(c).WriteFolder(folder, made.Files); err != nil {
		return err
	}
	if c.Bool("quiet") {
		return nil
	}
	columns := terminal.Width(c.App.Writer)
	var out bytes.Buffer
	fmt.Fprintln(&out, output.Wrap(folder+": "+made.Agreement(filepath.Base(file)), columns))
	output.WriteImport(&out, m, imported.Affected(m, r), columns)
	_, err = c.App.Writer.Write(out.Bytes())
	return err
}

// checkAgainst compares the run of an imported model with results of the other tool.
func checkAgainst(c *cli.Context, m *model.Model, r *resolved.Model) error {
	tolerance := c.Float64("tolerance")
	if !(tolerance >= 0 && tolerance < 1) {
		return usagef("--tolerance is a share from 0 to 1, not %g", tolerance)
	}
	result, err := imported.Run(c.Context, m, r, numberFlag(c, "stop"))
	if err != nil {
		return open.Placed(c.Args().First(), m, err)
	}
	file := c.String("check-against")
	found, err := readResults(c, m, result.Columns, file)
	if err != nil {
		return err
	}
	a := results.Compare(result, imported.ColumnNames(m), found, results.Limits{Share: tolerance, Printed: true})
	var out bytes.Buffer
	output.WriteAgreement(&out, file, a, terminal.Width(c.App.Writer))
	if _, err := c.App.Writer.Write(out.Bytes()); err != nil || a.Passes() {
		return err
	}
	return errReported
}
