package output

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/sensitivity"
	"weir/scenarios/words"
)

// WriteSensitivity writes an analysis as table, csv or json. A table has lines of columns
// characters. An unknown format is taken as table.
func WriteSensitivity(w io.Writer, r *sensitivity.Result, format string, columns int) error {
	switch format {
	case "csv":
		return writeSensitivityCSV(w, r)
	case "json":
		return writeSensitivityJSON(w, r)
	}
	fmt.Fprintln(w, orName(r.Set.Name, r.Set.File))
	fmt.Fprintln(w, Wrap(sampleWords(r), columns))
	for i := range r.Outputs {
		t := sensitivityTable{w, r, &r.Outputs[i], columns}
		t.write()
	}
	if r.Comparison != nil {
		writeDoubt(w, r.Comparison, columns)
	}
	if len(r.Notes) > 0 {
		fmt.Fprintln(w)
	}
	for _, note := range r.Notes {
		fmt.Fprintln(w, Wrap(note, columns))
	}
	return nil
}

// orName returns a name, or otherwise the name of the file.
func orName(name, file string) string {
	if name == "" {
		return file
	}
	return name
}

// sampleWords says how many runs there were, and of which points.
func sampleWords(r *sensitivity.Result) string {
	runs := words.Grouped(float64(r.Evaluations)) + " runs"
	factors := words.Count(len(r.Factors), "factor")
	text := ""
	switch r.Method {
	case sensitivity.Morris:
		text = fmt.Sprintf("Elementary effects of %s: %s of Morris, seed %d, %s.", factors,
			words.Plural(r.Points, "trajectory", "trajectories"), r.Seed, runs)
	case sensitivity.Tornado:
		text = fmt.Sprintf("%s, each at its 10 and 90 %% points while the others keep their own values: %s.",
			factors, runs)
	default:
		text = fmt.Sprintf("Indices of Sobol for %s: %s of a Sobol sequence, seed %d, %s. "+
			"Parentheses: 95 %% of the estimates from resampled points.",
			factors, words.Count(r.Points, "point"), r.Seed, runs)
	}
	if r.Excluded > 0 {
		text += fmt.Sprintf(" %d of them broke down in some run and are left out.", r.Excluded)
	}
	return text
}

// A sensitivityTable prints one output.
type sensitivityTable struct {
	w       io.Writer
	r       *sensitivity.Result
	o       *sensitivity.Output
	columns int
}

// write prints the title, a line for each factor and the sentences.
func (t sensitivityTable) write() {
	o := t.o
	fmt.Fprintf(t.w, "\n%s\n", Wrap(t.r.Title(o), t.columns))
	amount := o.Quantity().With
	switch {
	case o.Constant:
		fmt.Fprintln(t.w, "  always "+value(o.Mean))
	case t.r.Method == sensitivity.Tornado:
		fmt.Fprintln(t.w, "  "+Wrap("at the values of the model: "+amount(o.Mean), t.columns-2))
	default:
		fmt.Fprintln(t.w, "  "+Wrap(fmt.Sprintf("mean %s, standard deviation %s", amount(o.Mean), amount(o.SD)),
			t.columns-2))
	}
	if !o.Constant {
		rows := t.rows()
		label := max(12, t.columns-2-len(rows[0].a)-len(rows[0].b)-4)
		for _, x := range rows {
			line := "  " + Fit(x.label, label) + "  " + x.a + "  " + x.b
			fmt.Fprintln(t.w, strings.TrimRight(line, " "))
		}
	}
	for _, s := range t.r.Sentences(o) {
		fmt.Fprintln(t.w, "  "+Hanging(s, 2, t.columns))
	}
}

// A sensitivityRow is a line with two columns of one width each.
type sensitivityRow struct{ label, a, b string }

// rows returns the head and a row for each factor, those that matter most first.
func (t sensitivityTable) rows() []sensitivityRow {
	cells := func(a, b string) (string, string) { return fmt.Sprintf("%21s", a), fmt.Sprintf("%21s", b) }
	head, q := sensitivityRow{}, t.o.Quantity()
	var list []sensitivityRow
	for _, i := range t.r.Order(t.o) {
		row := sensitivityRow{label: t.r.Factors[i].Label}
		switch t.r.Method {
		case sensitivity.Morris:
			x := t.o.Effects[i]
			head.a, head.b = cells("mean size of effect", "spread of it")
			row.a, row.b = cells(q.Number(x.Mean.Value)+direction(x.Sign), q.Number(x.SD))
		case sensitivity.Tornado:
			x := t.o.Swings[i]
			head.a, head.b = cells("at the low end", "at the high end")
			row.a, row.b = cells(q.Number(x.AtLow), q.Number(x.AtHigh))
			if t.r.Factors[i].Members == nil {
				row.a, row.b = cells(q.Number(x.AtLow)+" at "+value(x.Low), q.Number(x.AtHigh)+" at "+value(x.High))
			}
		default:
			x := t.o.Indices[i]
			head.a, head.b = cells("% of variance, alone", "with the others")
			row.a, row.b = cells(rangeOf(x.First), rangeOf(x.Total))
		}
		list = append(list, row)
	}
	return append([]sensitivityRow{head}, list...)
}

// value writes a value of a factor, with the minus of all other numbers.
func value(x float64) string { return strings.ReplaceAll(words.Number(x), "-", "−") }

// direction returns a mark for effects that always go one way.
func direction(sign float64) string {
	switch {
	case sign > 0.99:
		return " +"
	case sign < -0.99:
		return " −"
	}
	return "  "
}

// rangeOf writes a share in percent with its range.
func rangeOf(e sensitivity.Estimate) string {
	return fmt.Sprintf("%s (%s to %s)", sensitivity.Percent(e.Value), sensitivity.Percent(e.Low),
		sensitivity.Percent(e.High))
}

// writeSensitivityCSV writes a row for each output and factor; over time, one for each time.
func writeSensitivityCSV(w io.Writer, r *sensitivity.Result) error {
	head := map[sensitivity.Method]string{
		sensitivity.Morris:  "mean_size,mean_size_low,mean_size_high,sd,sign",
		sensitivity.Tornado: "low,high,at_low,at_high",
		sensitivity.Sobol:   "first,first_low,first_high,total,total_low,total_high",
	}[r.Method]
	var b strings.Builder
	b.WriteString("outcome,scenario,factor,time," + head + "\n")
	for i := range r.Outputs {
		o := &r.Outputs[i]
		for f, x := range r.Factors {
			before := csvField(o.Outcome.ID) + "," + csvField(scenarioID(o)) + "," + csvField(x.Name)
			if o.Over == nil {
				b.WriteString(before + ",," + numbersCSV(factorNumbers(o, f)) + "\n")
			}
			for row, list := range o.Over {
				at := strconv.FormatFloat(r.Time[row], 'g', -1, 64)
				b.WriteString(before + "," + at + "," + numbersCSV(indexNumbers(list, f)) + "\n")
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// scenarioID returns the ID of an output's scenario; baseline is the level with no new decisions.
func scenarioID(o *sensitivity.Output) string {
	if o.Scenario == nil {
		return "baseline"
	}
	return o.Scenario.ID
}

// factorNumbers returns the numbers of a factor for one output, in the order of the CSV's head.
func factorNumbers(o *sensitivity.Output, f int) []float64 {
	switch {
	case o.Effects != nil:
		x := o.Effects[f]
		return []float64{x.Mean.Value, x.Mean.Low, x.Mean.High, x.SD, x.Sign}
	case o.Swings != nil:
		x := o.Swings[f]
		return []float64{x.Low, x.High, x.AtLow, x.AtHigh}
	}
	return indexNumbers(o.Indices, f)
}

// indexNumbers returns those of indices; nil if there are none.
func indexNumbers(list []sensitivity.Index, f int) []float64 {
	if list == nil {
		return nil
	}
	x := list[f]
	return []float64{x.First.Value, x.First.Low, x.First.High, x.Total.Value, x.Total.Low, x.Total.High}
}

// numbersCSV writes numbers with commas. Of none, the cells are left out.
func numbersCSV(list []float64) string {
	var out []string
	for _, x := range list {
		out = append(out, strconv.FormatFloat(x, 'g', -1, 64))
	}
	return strings.Join(out, ",")
}

// A sensitivityOutput is an output in JSON. Lists by factor are in the order of factors.
type sensitivityOutput struct {
	Outcome  string               `json:"outcome"`
	Variable string               `json:"variable"`
	Scenario string               `json:"scenario"` // baseline: the level with no new decisions
	Title    string               `json:"title"`
	Unit     string               `json:"unit"`
	Mean     *float64             `json:"mean"` // of a tornado: at the model's own values
	SD       *float64             `json:"sd,omitempty"`
	Constant bool                 `json:"constant"` // the same in every run: no list follows
	Indices  []sensitivity.Index  `json:"indices,omitempty"`
	Alone    sensitivity.Estimate `json:"alone"` // the sum of first-order indices
	Over     []sensitivityTime    `json:"over,omitempty"`
	Effects  []sensitivity.Effect `json:"effects,omitempty"`
	Swings   []sensitivity.Swing  `json:"swings,omitempty"`
	Said     []string             `json:"sentences"`
}

// A sensitivityTime has the indices at one time; null where the output is the same in every run.
type sensitivityTime struct {
	Time    float64             `json:"time"`
	Indices []sensitivity.Index `json:"indices"`
}

// A sensitivityFile is what weir sensitivity writes as JSON.
type sensitivityFile struct {
	File     string               `json:"file"`
	Model    string               `json:"model_hash"`
	Version  string               `json:"weir"`
	Method   sensitivity.Method   `json:"method"`
	Points   int                  `json:"points"` // trajectories of Morris's; 0 for a tornado
	Runs     int                  `json:"runs"`
	Excluded int                  `json:"excluded"`
	Seed     uint64               `json:"seed"`
	Factors  []sensitivity.Factor `json:"factors"`
	Outputs  []sensitivityOutput  `json:"outputs"`
	Notes    []string             `json:"notes,omitempty"`
	// Doubt is that of a comparison; see weir compare --format json.
	Doubt *doubtRow `json:"doubt,omitempty"`
}

// writeSensitivityJSON writes everything about an analysis.
func writeSensitivityJSON(w io.Writer, r *sensitivity.Result) error {
	var list []sensitivityOutput
	for i := range r.Outputs {
		o := &r.Outputs[i]
		x := sensitivityOutput{Outcome: o.Outcome.ID, Variable: o.Outcome.Variable, Scenario: scenarioID(o),
			Title: r.Title(o), Unit: o.Unit,
			Mean: prose.Finite(o.Mean), Constant: o.Constant, Indices: o.Indices, Alone: o.Alone, Effects: o.Effects,
			Swings: o.Swings, Said: r.Sentences(o)}
		if r.Method != sensitivity.Tornado {
			x.SD = prose.Finite(o.SD)
		}
		for row, at := range o.Over {
			x.Over = append(x.Over, sensitivityTime{r.Time[row], at})
		}
		list = append(list, x)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(sensitivityFile{r.Set.File, r.Set.Model.Hash, r.Version, r.Method, r.Points, r.Evaluations, r.Excluded, r.Seed, r.Factors,
		list, r.Notes, doubtRows(r.Comparison)})
}
