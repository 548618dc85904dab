package output

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"unicode/utf8"
	"weir/scenarios"
	"weir/scenarios/imported"
	"weir/scenarios/report"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
)

// WriteComparison writes a comparison as html, table, csv or json. A table has lines of columns
// characters. An unknown format is taken as table.
func WriteComparison(w io.Writer, cmp *scenarios.Comparison, format string, columns int) error {
	switch format {
	case "html":
		return report.Write(w, cmp)
	case "csv":
		return writeRunsCSV(w, cmp)
	case "json":
		return writeVerdictsJSON(w, cmp)
	}
	WriteHeadline(w, cmp, columns)
	writeVerdicts(w, cmp, columns)
	return nil
}

// WriteHeadline writes the name of the set and the sentences of its headline.
func WriteHeadline(w io.Writer, cmp *scenarios.Comparison, columns int) {
	fmt.Fprintln(w, cmp.Set.Name)
	for _, sentence := range report.Headline(cmp) {
		fmt.Fprintln(w, Wrap(sentence, columns))
	}
}

// writeVerdicts writes a table for each outcome, one line per scenario. A second line under a
// scenario has the range over the futures, if there are any.
func writeVerdicts(w io.Writer, cmp *scenarios.Comparison, columns int) {
	label := 0
	for _, s := range cmp.Set.Scenarios {
		label = max(label, utf8.RuneCountInString(s.Label))
	}
	// Longer labels are cut, so that the figures keep their place on the line.
	label = min(label, 32)
	for _, o := range cmp.Set.Outcomes {
		fmt.Fprintf(w, "\n%s (%s is better)\n", o.Label, o.Better)
		for i, v := range cmp.Verdicts {
			if v.Outcome == o {
				figures := fmt.Sprintf("  %s %9s against %9s: ", Fit(v.Scenario.Label, label),
					report.Time(v.NeverValue(), words.Number(v.Value)), report.Time(v.NeverBaseline(),
						words.Number(v.Baseline)))
				fmt.Fprintln(w, figures+Hanging(report.Difference(v), utf8.RuneCountInString(figures), columns))
				if futures := report.Futures(cmp, v); futures != "" {
					fmt.Fprintf(w, "  %*s %s\n", label, "", Hanging(futures, label+3, columns))
				}
				if worlds := report.Worlds(cmp, i); worlds != "" {
					fmt.Fprintf(w, "  %*s %s\n", label, "", Hanging(worlds, label+3, columns))
				}
			}
		}
	}
	writeWorlds(w, cmp, columns)
	writeSpread(w, cmp, columns)
}

// writeRunsCSV writes the rows of all runs, one run after another, the baseline first. The columns
// are scenario, time and every variable. Columns with the band over the futures follow, for the
// variables that have one. A set with worlds has its runs once more for each world, and a first
// column with the world's name. The head is written once, since all runs share it.
func writeRunsCSV(w io.Writer, cmp *scenarios.Comparison) error {
	if _, err := io.WriteString(w, imported.Comment(imported.Affected(cmp.Set.Model,
		cmp.Set.Resolved))); err != nil {
		return err
	}
	own, names := "", imported.ColumnNames(cmp.Set.Model)
	if len(cmp.Worlds) > 0 {
		fmt.Fprint(w, "world,")
		if own = uncertainty.AsWritten + ","; cmp.Worlds[0].Share != nil {
			own = "as_drawn,"
		}
	}
	fmt.Fprint(w, "scenario,time")
	for _, c := range cmp.Baseline.Result.Columns {
		fmt.Fprint(w, ",", csvField(names(c)))
	}
	for _, p := range banded(cmp) {
		for _, q := range []string{"10 %", "median", "90 %"} {
			fmt.Fprint(w, ",", csvField(p.Variable+" ("+q+")"))
		}
	}
	fmt.Fprintln(w)
	if err := writeRunRows(w, cmp, own); err != nil {
		return err
	}
	for _, x := range cmp.Worlds {
		id := uncertainty.AsWritten
		if x.World != nil {
			id = x.World.ID
		}
		if err := writeRunRows(w, x.Comparison, csvField(id)+","); err != nil {
			return err
		}
	}
	return nil
}

// writeRunRows writes the rows of one comparison, each after a text.
func writeRunRows(w io.Writer, cmp *scenarios.Comparison, before string) error {
	for k, run := range append([]*scenarios.Run{cmp.Baseline}, cmp.Runs...) {
		var buf []byte
		for i, t := range run.Result.Time {
			buf = append(append(append(buf[:0], before...), csvField(run.ID)...), ',')
			buf = strconv.AppendFloat(buf, t, 'g', -1, 64)
			for _, x := range run.Result.Row(i) {
				buf = append(buf, ',')
				buf = strconv.AppendFloat(buf, x, 'g', -1, 64)
			}
			for _, p := range banded(cmp) {
				// Row 0 of the runs is the baseline, so the bands of the others are one place
				// earlier.
				b := p.BaselineBand
				if k > 0 {
					b = p.RunBands[k-1]
				}
				for _, x := range []float64{b.Low[i], b.Median[i], b.High[i]} {
					buf = strconv.AppendFloat(append(buf, ','), x, 'g', -1, 64)
				}
			}
			if _, err := w.Write(append(buf, '\n')); err != nil {
				return err
			}
		}
	}
	return nil
}

// banded returns the panels with bands over the futures, each variable once. Two charts may show
// the same variable, and a CSV file must not have a column twice.
func banded(cmp *scenarios.Comparison) []scenarios.Panel {
	var list []scenarios.Panel
	for _, p := range cmp.Panels {
		known := slices.ContainsFunc(list, func(x scenarios.Panel) bool { return x.Variable == p.Variable })
		if p.BaselineBand != nil && !known {
			list = append(list, p)
		}
	}
	return list
}

// A verdictRow is a verdict with the names of its scenario and outcome.
type verdictRow struct {
	Scenario string `json:"scenario"`
	Outcome  string `json:"outcome"`
	scenarios.Verdict
}

// A comparisonFile is what weir compare writes as JSON.
type comparisonFile struct {
	Set     string       `json:"set"`
	Hash    string       `json:"set_hash"`
	Model   string       `json:"model_hash"`
	Version string       `json:"weir"`
	Centre  string       `json:"centre"` // the statistic of every number of a verdict
	Horizon float64      `json:"horizon"`
	Today   float64      `json:"today"`
	Rows    []verdictRow `json:"verdicts"`
	// Why has the parts of the differences in the main outcome; see scenarios.Explanation.
	Why []why `json:"why,omitempty"`
	// Futures has the drawn constants, and the outcomes of no new decisions.
	Futures *scenarios.Spread `json:"futures,omitempty"`
	// Worlds has the verdicts of each world of the set; if worlds are drawn, of the model as
	// written too.
	Worlds []worldRow `json:"worlds,omitempty"`
	// Doubt has the values at which claims turn, and what is worth knowing; see
	// scenarios.Doubt.
	Doubt *doubtRow `json:"doubt,omitempty"`
	// Frontier has the combinations of interventions that are best for their cost.
	Frontier *frontier `json:"frontier,omitempty"`
	// Affected are variables that depend on unsupported parts of another tool's model.
	Affected []string `json:"not_those_of_the_original,omitempty"`
}

// writeVerdictsJSON writes the verdicts with their scenarios and outcomes, and what was drawn.
func writeVerdictsJSON(w io.Writer, cmp *scenarios.Comparison) error {
	out := comparisonFile{cmp.Set.Name, cmp.Set.Hash, cmp.Set.Model.Hash, cmp.Version, string(cmp.Centre),
		cmp.Horizon, cmp.Today, nil, whys(cmp), cmp.Uncertainty, worldRows(cmp),
		doubtRows(cmp), frontierOf(cmp),
		imported.Affected(cmp.Set.Model, cmp.Set.Resolved)}
	for _, v := range cmp.Verdicts {
		out.Rows = append(out.Rows, verdictRow{v.Scenario.ID, v.Outcome.ID, v})
	}
	return encodeJSON(w, out)
}

// A why is an explanation with the names of its scenario and outcome.
type why struct {
	Scenario string `json:"scenario"`
	Outcome  string `json:"outcome"`
	*scenarios.Explanation
}

// whys returns the explanations of a comparison.
func whys(cmp *scenarios.Comparison) []why {
	var list []why
	for _, e := range cmp.Why {
		list = append(list, why{e.Scenario.ID, e.Outcome.ID, e})
	}
	return list
}
