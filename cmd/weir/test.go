package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"weir/scenarios/behaviour"

	"github.com/urfave/cli/v2"
)

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

func runTest(c *cli.Context) error {
	file, err := oneFile(c, "model")
	if err != nil {
		return err
	}
	m, r, err := loadModel(c, file, behaviour.Check)
	if err != nil {
		return err
	}
	if len(m.Tests) == 0 {
		return fmt.Errorf("%s has no [test.x] tables: nothing was tested", file)
	}
	show, done := progress(c.App.ErrWriter, "testing")
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
			printFinding(c.App.Writer, f, c.Bool("verbose"))
		}
	}
	fmt.Fprintf(c.App.Writer, "%d passed, %d failed\n", len(findings)-failed, failed)
	if path := c.String("junit"); path != "" {
		if err := writeOutput(path, c.App.Writer, func(w io.Writer) error { return writeJUnit(w, file, findings) }); err != nil {
			return err
		}
	}
	if failed > 0 {
		return errReported
	}
	return nil
}

// printFinding prints a line, and below it what was found, indented.
func printFinding(w io.Writer, f behaviour.Finding, verbose bool) {
	line := "ok   " + f.Test
	if !f.Pass {
		line = "FAIL " + f.Test
	}
	if f.About != "" {
		line += ": " + f.About
	}
	fmt.Fprintln(w, wrap(line, width(w)))
	for _, claim := range f.Claims {
		if !claim.Pass || verbose {
			fmt.Fprintln(w, "  "+strings.ReplaceAll(wrap(claim.Message, width(w)-2), "\n", "\n  "))
		}
	}
}

// writeJUnit writes what CI services read (the common subset of JUnit's XML).
func writeJUnit(w io.Writer, suite string, findings []behaviour.Finding) error {
	type failure struct {
		Message string `xml:"message,attr"`
	}
	type testCase struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Failure *failure `xml:"failure,omitempty"`
	}
	out := struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testCase `xml:"testcase"`
	}{Name: suite, Tests: len(findings)}
	for _, f := range findings {
		t := testCase{Name: f.Test, Class: suite}
		if !f.Pass {
			out.Failures++
			t.Failure = &failure{f.Message()}
		}
		out.Cases = append(out.Cases, t)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
