package main

import (
	"errors"
	"fmt"
	"io"

	"weir/internal/terminal"
	"weir/scenarios/behaviour"
	"weir/scenarios/output"
	"weir/scenarios/output/keep"

	"github.com/urfave/cli/v2"
)

// testCommand returns weir test with its flags and help.
func testCommand() *cli.Command {
	return &cli.Command{
		Name:      "test",
		Usage:     "run the behaviour tests of a model",
		ArgsUsage: "MODEL",
		Description: "A [test.x] table says what must hold: bounds, the direction of a change, mass\n" +
			"balance, fit to data, extreme conditions, a kept result. Exit code 1 if one fails.\n\n" +
			"   weir test model.toml\n   weir test model.toml --junit report.xml\n   weir test model.toml --keep",
		Flags: append([]cli.Flag{formatFlag("text", "json"),
			&cli.StringFlag{Name: "junit", Usage: "write the results as JUnit XML to `FILE`"},
			&cli.BoolFlag{Name: "keep", Usage: "write the files of same_as from the runs of now"},
			&cli.BoolFlag{Name: "keep-anyway", Usage: "--keep although other tests fail"},
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
	format, err := oneOf(c, "format", "text", "json")
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
	f := &output.Findings{Model: file, Files: m.Files, List: findings}
	var unkept error // is said after the results
	if anyway := c.Bool("keep-anyway"); anyway || c.Bool("keep") {
		f.Kept, unkept = keep.Results(m, findings, version, anyway,
			func(path string, write func(io.Writer) error) error { return writeOutput(c, path, write) })
	}
	for _, path := range keep.Files(findings) {
		outputs(c).Input(path) // from here on
	}
	err = f.Write(c.App.Writer, format, c.Bool("quiet"), c.Bool("verbose"), terminal.Width(c.App.Writer))
	if path := c.String("junit"); path != "" && err == nil {
		err = writeOutput(c, path, f.WriteJUnit)
	}
	if err == nil && unkept == nil && f.Failed() > 0 {
		return errReported
	}
	return errors.Join(err, unkept)
}
