package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"weir/cmd/weir/internal/outfile"
	"weir/model"
	"weir/model/describe"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/output"
	"weir/sim"

	"github.com/urfave/cli/v2"
)

// inspectCommand returns weir inspect with its flags and help.
func inspectCommand() *cli.Command {
	return &cli.Command{
		Name:      "inspect",
		Usage:     "print what weir made of a model",
		ArgsUsage: "MODEL",
		Description: "   weir inspect model.toml --print=equations   resolved and expanded, hidden stocks too\n" +
			"   weir inspect model.toml --print=order       what is computed after what\n" +
			"   weir inspect model.toml --print=units       every variable with its unit\n" +
			"   weir inspect model.toml --print=loops       feedback loops, shortest first, as they work in the run\n" +
			"   weir inspect model.toml --print=program     the array code that runs\n\n" +
			"   weir inspect model.toml --print=documentation                    tables in Markdown\n" +
			"   weir inspect model.toml --print=documentation --into README.md   between its markers\n\n" +
			"   The markers are <!-- weir:documentation --> and <!-- /weir:documentation -->; words in\n" +
			"   the first one choose: " + describeWords(),
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "print", Aliases: []string{"p"}, Value: "equations", Usage: "one of " +
				strings.Join(prints, ", ")},
			&cli.StringFlag{Name: "into", Usage: "documentation: write it between the markers of `README`"},
		}, importFlags()...),
		Action: runInspect,
	}
}

// prints are the values of --print.
var prints = []string{"equations", "order", "units", "loops", "program", "documentation"}

// describeWords returns the words that the marker of a README may have.
func describeWords() string {
	var words []string
	for _, s := range describe.Sections {
		words = append(words, s.Word)
	}
	return strings.Join(words[:7], ", ") + ",\n   " + strings.Join(words[7:], ", ") + "; " + describe.Own +
		" leaves out what modules hold."
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
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	if c.IsSet("into") {
		return documentInto(c, m, r)
	}
	w := bufio.NewWriter(c.App.Writer)
	defer w.Flush()
	switch what {
	case "documentation":
		return describe.Write(w, m, scenarios.Structure(c.Context, r))
	case "equations":
		resolved.PrintEquations(w, r)
	case "order":
		resolved.PrintOrder(w, r)
	case "units":
		output.WriteUnits(w, m)
	case "loops":
		output.WriteLoops(w, scenarios.Structure(c.Context, r), width(c.App.Writer))
	case "program":
		program, err := sim.Compile(r)
		if err != nil {
			return err
		}
		program.Dump(w)
	}
	return nil
}

// documentInto replaces the generated text of a README, if it has changed, and reports which.
func documentInto(c *cli.Context, m *model.Model, r *resolved.Model) error {
	path := c.String("into")
	old, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	text, err := describe.Into(old, m, scenarios.Structure(c.Context, r))
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if bytes.Equal(text, old) {
		fmt.Fprintf(c.App.Writer, "%s is up to date\n", path)
		return nil
	}
	err = writeOutput(c, path, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
	if err == nil {
		fmt.Fprintf(c.App.Writer, "%s is updated\n", path)
	}
	return err
}
