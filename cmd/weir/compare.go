package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"weir/scenarios"
	"weir/scenarios/imported"
	"weir/scenarios/report"
	"weir/scenarios/words"

	"github.com/urfave/cli/v2"
)

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
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write to `FILE` (- is standard output)"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "write the file, print nothing"},
		},
		Action: runCompare,
	}
}

func runCompare(c *cli.Context) error {
	file, err := oneFile(c, "scenario set")
	if err != nil {
		return err
	}
	format, err := compareFormat(c)
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
	show, done := progress(c.App.ErrWriter, "comparing")
	cmp, err := scenarios.Compare(c.Context, set, scenarios.Options{Version: version, Progress: show})
	done()
	if errors.Is(err, context.Canceled) {
		return errors.New("stopped; a comparison needs every scenario, so nothing was written")
	}
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	warnPartial(c, affectedInSet(set))
	output := c.String("output")
	err = writeOutput(output, c.App.Writer, func(w io.Writer) error { return writeComparison(w, cmp, format) })
	if err != nil {
		return err
	}
	if output != "" && output != "-" && !c.Bool("quiet") {
		if format == "html" {
			printHeadline(c.App.Writer, cmp)
		}
		say(c, c.App.Writer, "%s written", output)
	}
	return nil
}

// compareFormat is --format, or what the output's name says.
func compareFormat(c *cli.Context) (string, error) {
	format, err := oneOf(c, "format", "auto", "html", "table", "csv", "json")
	if err != nil || format != "auto" {
		return format, err
	}
	output := c.String("output")
	for _, f := range []string{"html", "csv", "json"} {
		if strings.HasSuffix(strings.ToLower(output), "."+f) {
			return f, nil
		}
	}
	if output == "" || output == "-" || strings.HasSuffix(output, ".txt") {
		return "table", nil
	}
	return "", usagef("--output %s: say --format html, table, csv or json, or end the name with one of them", output)
}

func setFiles(set *scenarios.Set) map[string][]byte {
	if set == nil {
		return nil
	}
	return set.Files
}

func writeComparison(w io.Writer, cmp *scenarios.Comparison, format string) error {
	switch format {
	case "html":
		return report.Write(w, cmp)
	case "csv":
		return writeRunsCSV(w, cmp)
	case "json":
		return writeVerdictsJSON(w, cmp)
	}
	printHeadline(w, cmp)
	writeVerdicts(w, cmp)
	return nil
}

func printHeadline(w io.Writer, cmp *scenarios.Comparison) {
	fmt.Fprintln(w, cmp.Set.Name)
	for _, sentence := range report.Headline(cmp) {
		fmt.Fprintln(w, wrap(sentence, width(w)))
	}
}

// writeVerdicts is a table for each outcome: a line a scenario.
func writeVerdicts(w io.Writer, cmp *scenarios.Comparison) {
	label := 0
	for _, s := range cmp.Set.Scenarios {
		label = max(label, utf8.RuneCountInString(s.Label))
	}
	label = min(label, 32)
	for _, o := range cmp.Set.Outcomes {
		fmt.Fprintf(w, "\n%s (%s is better)\n", o.Label, o.Better)
		for _, v := range cmp.Verdicts {
			if v.Outcome == o {
				figures := fmt.Sprintf("  %s %9s against %9s: ", fit(v.Scenario.Label, label), words.Number(v.Value), words.Number(v.Baseline))
				fmt.Fprintln(w, figures+hanging(report.Difference(v), utf8.RuneCountInString(figures), width(w)))
				if futures := report.Futures(cmp, v); futures != "" {
					fmt.Fprintf(w, "  %*s %s\n", label, "", futures)
				}
			}
		}
	}
	writeSpread(w, cmp)
}

// writeRunsCSV writes every run, one below the other: scenario and time first.
func writeRunsCSV(w io.Writer, cmp *scenarios.Comparison) error {
	if _, err := io.WriteString(w, imported.Comment(affectedInSet(cmp.Set))); err != nil {
		return err
	}
	names := imported.ColumnNames(cmp.Set.Model)
	for k, run := range append([]*scenarios.Run{cmp.Baseline}, cmp.Runs...) {
		if k == 0 {
			fmt.Fprint(w, "scenario,time")
			for _, c := range run.Result.Columns {
				fmt.Fprint(w, ",", csvField(names(c)))
			}
			fmt.Fprintln(w)
		}
		var buf []byte
		for i, t := range run.Result.Time {
			buf = append(append(buf[:0], csvField(run.ID)...), ',')
			buf = strconv.AppendFloat(buf, t, 'g', -1, 64)
			for _, x := range run.Result.Row(i) {
				buf = append(buf, ',')
				buf = strconv.AppendFloat(buf, x, 'g', -1, 64)
			}
			if _, err := w.Write(append(buf, '\n')); err != nil {
				return err
			}
		}
	}
	return nil
}

// writeVerdictsJSON writes the verdicts with the names of what they are about.
func writeVerdictsJSON(w io.Writer, cmp *scenarios.Comparison) error {
	type row struct {
		Scenario string `json:"scenario"`
		Outcome  string `json:"outcome"`
		scenarios.Verdict
	}
	out := struct {
		Set     string  `json:"set"`
		Hash    string  `json:"set_hash"`
		Model   string  `json:"model_hash"`
		Version string  `json:"weir"`
		Horizon float64 `json:"horizon"`
		Today   float64 `json:"today"`
		Rows    []row   `json:"verdicts"`
		// Futures says what was drawn, and what the futures say of no new decisions.
		Futures *scenarios.Spread `json:"futures,omitempty"`
		// Affected are variables of another tool's model that rest on what is not supported.
		Affected []string `json:"not_those_of_the_original,omitempty"`
	}{cmp.Set.Name, cmp.Set.Hash, cmp.Set.Model.Hash, cmp.Version, cmp.Horizon, cmp.Today, nil, cmp.Uncertainty, affectedInSet(cmp.Set)}
	for _, v := range cmp.Verdicts {
		out.Rows = append(out.Rows, row{v.Scenario.ID, v.Outcome.ID, v})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}
