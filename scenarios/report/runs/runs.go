// Package runs holds runs of one model side by side: the run itself, variants of it, and earlier
// results from files. It makes a picture of them, and the data of a page.
package runs

import (
	"math"
	"slices"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/columns"
	"weir/scenarios/prose"
	"weir/scenarios/report/picture"
	"weir/sim"
)

// A View is a model with its runs. It is only read.
type View struct {
	Model    *model.Model
	Resolved *resolved.Model
	Program  *sim.Program
	Settings sim.Settings // of the first run
	Runs     []Run        // the run itself, then variants, then earlier results
	Kept     []sim.Column // the columns that are drawn at first; nil: chosen for the reader
	Remarks  []string     // sentences about the first run
	Version  string       // of weir
}

// A Run is one run of a View.
type Run struct {
	Name    string
	Set     map[string]float64 // of a variant, beyond the settings of the view, by column
	Result  *sim.Result        // nil for an earlier result
	Earlier Series             // nil for a run of this model
}

// Series are the columns of a result that was read from a file.
type Series interface {
	// Of returns a column's times and values, nil if the file does not have it.
	Of(c sim.Column) (times, values []float64)
}

// Of returns a column's times and values; nil if the run does not have it.
func (r *Run) Of(c sim.Column) (times, values []float64) {
	if r.Result == nil {
		return r.Earlier.Of(c)
	}
	if r.Result.Index(c.Name()) < 0 {
		return nil, nil
	}
	return r.Result.Time, r.Result.Series(c.Name())
}

// fewStocks is how many charts are drawn where nobody has named any.
const fewStocks = 12

// Drawn returns the columns that are drawn at first: those that were named, or the stocks, the
// first elements of arrays among them, or, in a model without stocks, what is computed. more is how
// many stocks are left out.
func (v *View) Drawn(most int) (drawn []sim.Column, more int) {
	all := v.Runs[0].Result.Columns
	drawn = v.Kept
	if drawn == nil {
		drawn = v.moving(spread(columns.Stocks(v.Model, all)))
		if len(drawn) == 0 {
			drawn = v.moving(spread(v.computed(all)))
		}
		most = min(most, fewStocks)
	}
	n := min(most, len(drawn))
	return drawn[:n], len(drawn) - n
}

// spread returns columns with the first element of each variable before the second of any, so that
// a few of them show many variables.
func spread(list []sim.Column) []sim.Column {
	nth, seen := make(map[string]int, len(list)), map[string]int{}
	for _, c := range list {
		nth[c.Name()] = seen[c.Variable]
		seen[c.Variable]++
	}
	out := slices.Clone(list)
	slices.SortStableFunc(out, func(a, b sim.Column) int { return nth[a.Name()] - nth[b.Name()] })
	return out
}

// moving returns columns with those that never change behind all others: they would be flat lines.
func (v *View) moving(list []sim.Column) []sim.Column {
	flat := make(map[string]int, len(list))
	for _, c := range list {
		if low, high, ok := v.Runs[0].Result.Span(c.Name()); ok && low == high {
			flat[c.Name()] = 1
		}
	}
	slices.SortStableFunc(list, func(a, b sim.Column) int { return flat[a.Name()] - flat[b.Name()] })
	return list
}

// computed returns the columns of flows and auxiliaries.
func (v *View) computed(all []sim.Column) []sim.Column {
	var out []sim.Column
	for _, c := range all {
		if x := v.Model.Variable(c.Variable); x != nil && (x.Kind == model.KindAux ||
			x.Kind == model.KindFlow) {
			out = append(out, c)
		}
	}
	return out
}

// Sheet returns the picture of the runs: a chart for each column that is drawn.
func (v *View) Sheet(most int) *picture.Sheet {
	names := prose.NewNames(v.Model, nil)
	drawn, _ := v.Drawn(most)
	s := &picture.Sheet{Title: v.Title(), Note: v.Credit()}
	for _, r := range v.Runs {
		s.Names = append(s.Names, r.Name)
	}
	for _, c := range drawn {
		s.Charts = append(s.Charts, v.chart(names, c))
	}
	return s
}

// Title returns the name of the model, or of its file.
func (v *View) Title() string {
	if v.Model.Name != "" {
		return v.Model.Name
	}
	return prose.BaseName(v.Model.File)
}

// Credit returns the line that a picture carries: from when to when, how computed, which model.
func (v *View) Credit() string {
	r := v.Runs[0].Result
	cal := prose.CalendarOf(v.Model.Time.Unit, v.Model.Time.Start)
	last := v.Model.Time.Start
	if n := len(r.Time); n > 0 {
		last = r.Time[n-1]
	}
	hash := v.Model.Hash
	return prose.Exact(v.Model.Time.Start) + " to " + prose.Exact(last) + " by " + prose.Exact(r.Step) +
		" " + cal.Unit + ", " + r.Method +
		" · model " + hash[:min(12, len(hash))] + " · weir " + v.Version
}

// chart returns the chart of a column with a line of each run that has it.
func (v *View) chart(names prose.Names, c sim.Column) picture.Chart {
	out := picture.Chart{Title: names.Of(c.Name())}
	low, high := math.Inf(1), math.Inf(-1)
	first, last := math.Inf(1), math.Inf(-1)
	for slot := range v.Runs {
		times, values := v.Runs[slot].Of(c)
		if len(times) == 0 {
			continue
		}
		out.Lines = append(out.Lines, picture.Line{Slot: slot, Times: times, Values: values})
		first, last = min(first, times[0]), max(last, times[len(times)-1])
		for _, x := range values {
			if x-x == 0 { // finite
				low, high = min(low, x), max(high, x)
			}
		}
	}
	q := names.Quantity(c.Variable, c.Unit, max(math.Abs(low), math.Abs(high)))
	if low == high { // a line that never moves is seen against zero
		low, high = min(low, 0), max(high, 0)
	}
	out.Unit, out.Y = q.Described(), prose.ValueAxis(low, high, q)
	if len(out.Lines) == 0 { // the run ended before its first row
		first, last, q = v.Model.Time.Start, v.Model.Time.Stop, names.Quantity(c.Variable, c.Unit, 1)
		out.Y = prose.ValueAxis(0, 1, q)
	}
	out.X = prose.TimeAxis(first, last, prose.CalendarOf(v.Model.Time.Unit, v.Model.Time.Start))
	return out
}
