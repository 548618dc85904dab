package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"weir/internal/terminal"
	"weir/scenarios"
	"weir/scenarios/output"
	"weir/scenarios/reasons"
	"weir/scenarios/report"

	"github.com/urfave/cli/v2"
)

// compareCommand returns weir compare with its flags and help.
func compareCommand() *cli.Command {
	return &cli.Command{
		Name:      "compare",
		Usage:     "run every scenario of a set against no new decisions",
		ArgsUsage: "SET",
		Description: "Prints what the scenarios change. With -o a page: one file that opens without a\n" +
			"network and holds the charts, the reasons and the evidence.\n\n" +
			"   weir compare scenarios.toml -o page.html\n   weir compare scenarios.toml --format csv -o runs.csv",
		Flags: []cli.Flag{
			formatFlag("auto", "html", "table", "csv", "json"),
			&cli.StringFlag{Name: "output", Aliases: []string{"o"},
				Usage: "write to `FILE` (- is standard output)"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "write the file, print nothing"},
		},
		Action: runCompare,
	}
}

// runCompare is weir compare SET: the verdicts as a table, a file for other programs, or the page.
func runCompare(c *cli.Context) error {
	file, err := oneFile(c, "scenario set")
	if err != nil {
		return err
	}
	format, err := formatOf(c, "table", "html", "table", "csv", "json")
	if err != nil {
		return err
	}
	if format == "html" {
		if err := report.Available(); err != nil {
			return err
		}
	}
	set, err := loadSet(c, file)
	if err != nil {
		return err
	}
	target, err := outputFlag(c)
	if err != nil {
		return err
	}
	show, done := terminal.Progress(c.App.ErrWriter, "comparing")
	cmp, unexplained, err := reasons.Compare(c.Context, set, format, scenarios.Options{Version: version, Progress: show})
	done()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; a comparison needs every scenario, so nothing was written")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	if unexplained != nil {
		say(c, c.App.ErrWriter, "weir: %v", unexplained)
	}
	warnPartial(c, affectedInSet(set))
	err = writeOutput(c, target, func(w io.Writer) error {
		return output.WriteComparison(w, cmp, format,
			terminal.Width(c.App.Writer))
	})
	if err != nil {
		return err
	}
	if target != "" && target != "-" && !c.Bool("quiet") {
		if format == "html" {
			output.WriteHeadline(c.App.Writer, cmp, terminal.Width(c.App.Writer))
		}
		say(c, c.App.Writer, "%s written", target)
	}
	return nil
}
