package main

import (
	"fmt"
	"io"

	"weir/internal/terminal"
	"weir/scenarios/behaviour"
	"weir/scenarios/output"

	"github.com/urfave/cli/v2"
)

// testCommand returns weir test with its flags and help.
func testCommand() *cli.Command {
	return &cli.Command{
		Name:      "test",
		Usage:     "run the behaviour tests of a model",
		ArgsUsage: "MODEL",
		Description: "A [test.x] table says what must hold: bounds, the direction of a change, mass\n" +
			"balance, fit to data, extreme conditions. A line each; exit code 1 if one fails.\n\n" +
			"   weir test model.toml\n   weir test model.toml --junit report.xml",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "junit", Usage: "write the results as JUnit XML to `FILE`"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "failures only"},
			&cli.BoolFlag{Name: "verbose", Usage: "the numbers of what passed, too"},
		}, importFlags()...),
		Action: runTest,
	}
}

// runTest is weir test MODEL. It fails if a test fails, or if there is none.
func runTest(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	m, r, err := loadModel(c, file)
	if err != nil {
		return err
	}
	if len(m.Tests) == 0 {
		return fmt.Errorf("%s has no [test.x] tables: nothing was tested", file)
	}
	if err := outputs(c).Check(c.String("junit")); err != nil {
		return err
	}
	show, done := terminal.Progress(c.App.ErrWriter, "testing")
	findings, err := behaviour.Run(c.Context, m, r, show)
	done()
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	failed := 0
	for _, f := range findings {
		if !f.Pass {
			failed++
		}
		if !f.Pass || !c.Bool("quiet") {
			output.WriteFinding(c.App.Writer, f, c.Bool("verbose"), terminal.Width(c.App.Writer))
		}
	}
	fmt.Fprintf(c.App.Writer, "%d passed, %d failed\n", len(findings)-failed, failed)
	if path := c.String("junit"); path != "" {
		if err := writeOutput(c, path, func(w io.Writer) error {
			return output.WriteJUnit(w, file,
				findings)
		}); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errReported
	}
	return nil
}
