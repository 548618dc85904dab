package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"weir/internal/terminal"
	"weir/model"
	"weir/model/describe"
	"weir/model/resolved"
	"weir/model/structure"
	"weir/scenarios"
	"weir/scenarios/explain/variable"
	"weir/scenarios/open"
	"weir/scenarios/output"
	"weir/sim"
	"weir/sim/dynamics"

	"github.com/urfave/cli/v2"
)

// inspectCommand returns weir inspect with its flags and help.
func inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "print what weir made of a model",
		ArgsUsage: "MODEL [VARIABLE]",
		Description: "   weir inspect model.toml --print=equations   resolved and expanded, hidden stocks too\n" +
			"   weir inspect model.toml --print=order       what is computed after what\n" +
			"   weir inspect model.toml --print=units       every variable with its unit\n" +
			"   weir inspect model.toml --print=loops       feedback loops, shortest first, as they work in the run\n" +
			"   weir inspect model.toml --print=program     the array code that runs\n" +
			"   weir inspect model.toml --print=dynamics    time constants, periods, the state at rest\n\n" +
			"   weir inspect model.toml students            one variable: its equation, causes, uses, loops, course\n\n" +
			"   weir inspect model.toml --print=documentation                    tables in Markdown\n" +
			"   weir inspect model.toml --print=documentation --into README.md   between its markers\n\n" +
			"   The markers are <!-- weir:documentation --> and <!-- /weir:documentation -->; words in\n" +
			"   the first one choose: " + describeWords(),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "print", Aliases: []string{"p"}, Value: "equations", Usage: "one of " +
				strings.Join(prints, ", ")},
			&cli.Float64Flag{Name: "at", Usage: "dynamics: near the state at `TIME`", DefaultText: "the start"},
			&cli.IntFlag{Name: "depth", Value: 2, Usage: "of a variable: how many links far its causes and uses are shown"},
			formatFlag("text", "json"),
			&cli.StringFlag{Name: "into", Usage: "documentation: write it between the markers of `README`"},
		}, importFlags()...),
		Action: runInspect,
	}
}

// prints are the values of --print.
var prints = []string{"equations", "order", "units", "loops", "program", "dynamics", "documentation"}

// describeWords returns the words that the marker of a README may have.
func describeWords() string {
	var words []string
	for _, s := range describe.Sections {
		words = append(words, s.Word)
	}
	return strings.Join(words[:7], ", ") + ",\n   " + strings.Join(words[7:], ", ") + "; " + describe.Own +
		" leaves out what modules hold."
}

// structureOf returns the structure of a model, or the context's error: the signs of a run that was cut
// short are not those of the run.
func structureOf(c *cli.Context, r *resolved.Model) (*structure.Graph, error) {
	return scenarios.Structure(c.Context, r), c.Context.Err()
}

// runInspect is weir inspect MODEL --print=….
func runInspect(c *cli.Context) error {
	what, err := oneOf(c, "print", prints...)
	if err != nil {
		return err
	}
	if c.IsSet("into") && what != "documentation" {
		return usagef("--into goes with --print=documentation")
	}
	format, err := oneOf(c, "format", "text", "json")
	if err != nil {
		return err
	}
	file, name := c.Args().First(), c.Args().Get(1)
	switch {
	case c.Args().Len() != 1 && c.Args().Len() != 2:
		return usagef("weir inspect takes one model, and one variable of it or none, not %d arguments", c.Args().Len())
	case c.Int("depth") < 1:
		return usagef("--depth is at least 1")
	case format == "json" && name == "" && what != "dynamics":
		return usagef("--format json goes with a variable and with --print=dynamics")
	case c.IsSet("at") && what != "dynamics":
		return usagef("--at goes with --print=dynamics")
	case name != "" && c.IsSet("print"):
		return usagef("--print is about the whole model: leave it or %s out", name)
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	if name != "" {
		report, err := variable.Of(c.Context, m, r, name, c.Int("depth"))
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		return output.WriteVariable(c.App.Writer, report, m.Time.Unit, format, terminal.Width(c.App.Writer))
	}
	if c.IsSet("into") {
		return documentInto(c, m, r)
	}
	w := bufio.NewWriter(c.App.Writer)
	defer w.Flush()
	switch what {
	case "documentation":
		g, err := structureOf(c, r)
		if err != nil {
			return err
		}
		return describe.Write(w, m, g)
	case "equations":
		resolved.PrintEquations(w, r)
	case "order":
		resolved.PrintOrder(w, r)
	case "units":
		output.WriteUnits(w, m)
	case "loops":
		g, err := structureOf(c, r)
		if err != nil {
			return err
		}
		output.WriteLoops(w, g, terminal.Width(c.App.Writer))
	case "program":
		program, err := sim.Compile(r)
		if err != nil {
			return err
		}
		program.Dump(w)
	case "dynamics":
		return inspectDynamics(c, file, m, r, format)
	}
	return nil
}

// inspectDynamics prints the modes of a model and its state at rest.
func inspectDynamics(c *cli.Context, file string, m *model.Model, r *resolved.Model, format string) error {
	program, err := sim.Compile(r)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	at := r.Time.Start
	if c.IsSet("at") {
		at = c.Float64("at")
	}
	report, err := dynamics.Of(c.Context, program, sim.Settings{}, at)
	if err != nil {
		return open.Placed(file, m, err)
	}
	return output.WriteDynamics(c.App.Writer, report, m.Time, format, terminal.Width(c.App.Writer))
}

// documentInto replaces the generated text of a README, if it has changed, and reports which.
func documentInto(c *cli.Context, m *model.Model, r *resolved.Model) error {
	path := c.String("into")
	g, err := structureOf(c, r)
	if err != nil {
		return err
	}
	text, changed, err := describe.IntoFile(path, m, g)
	if err != nil {
		return err
	}
	if !changed {
		say(c, c.App.Writer, "%s is up to date", path)
		return nil
	}
	say(c, c.App.Writer, "%s is updated", path)
	return writeOutput(c, path, func(w io.Writer) error { _, err := w.Write(text); return err })
}
