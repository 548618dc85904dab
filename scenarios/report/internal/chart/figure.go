// Package chart makes the charts of a page: as plain data for the script, as pictures
// without it, and as the tables behind them.
package chart

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
)

// Drawn returns all charts of the page, the differences second.
func (b *Charts) Drawn() []*Figure {
	if b.Difference == nil {
		return b.Figs
	}
	return slices.Insert(slices.Clone(b.Figs), 1, b.Difference)
}

// A Figure is one chart: the lines and the words for their numbers. The static picture, the
// interactive chart, the table behind it and the tooltip are all made from it.
type Figure struct {
	ID, Title, Unit string             // Unit in words, for the line under the title
	About           string             // one sentence, shown on hover
	Outcome         *scenarios.Outcome // nil for a chart that is not judged
	Variable        string
	Q               prose.Quantity
	Times           []float64 // of Lines' values
	Lines           []Line    // the baseline first
	Recorded        []resolved.Point
	X, Y            prose.Axis
	Today           float64
	Main            bool
	Wide            bool          // as wide as the main chart, but lower
	Now             int           // row of Times from which bands are drawn: today
	CutOff          bool          // a single future leaves the scale
	Shown           []int         // slots of the lines whose bands are shown at first
	Picture         template.HTML // without script
	Behind          parts.Table   // the numbers behind it
}

// A Line is one scenario in a figure. Slot is its colour and dash on the whole page.
type Line struct {
	Key, Name string
	Slot      int
	Values    []float64 // one a time; not drawn before From
	From      int
	Band      *Band // nil without [uncertainty]
}

// maxPoints bounds the points of a line: beyond it, a saved row is less than a pixel wide.
const maxPoints = 150

// Charts are the figures of a page. They never change after New.
type Charts struct {
	*reading.Reading
	Figs []*Figure // of the comparison's panels, in their order
	// Difference is the main chart again, as difference from no new decisions; nil
	// without scenarios.
	Difference *Figure
}

// New returns the charts of a comparison.
func New(r *reading.Reading) *Charts {
	b := &Charts{Reading: r}
	b.Figs = b.makeFigures()
	if len(b.Figs) > 0 && len(r.C.Runs) > 0 {
		b.Difference = b.makeDifference(b.Figs[0])
	}
	return b
}

// makeFigures returns the chart of every outcome and every further chart, in that order.
func (b *Charts) makeFigures() []*Figure {
	list := []*Figure{}
	for i, p := range b.C.Panels {
		f := b.figure(p)
		f.ID, f.Main = "chart-"+strconv.Itoa(i+1), i == 0
		list = append(list, f)
	}
	scale(list)
	// The scale must be known before futures are cut at it, and both before the pictures.
	for _, f := range list {
		f.cutFutures()
		f.Picture, f.Behind = f.picture(), f.behind(b.Cal)
	}
	return list
}

// figure returns the lines of one panel. It does not scale the value axis.
func (b *Charts) figure(p scenarios.Panel) *Figure {
	f := &Figure{Outcome: p.Outcome, Variable: p.Variable, Today: b.C.Today, Recorded: p.History}
	rows := b.rows(p.Time)
	f.Times = pick(p.Time, rows)
	today := max(0, slices.IndexFunc(f.Times, func(t float64) bool { return t >= b.C.Today-1e-9 }))
	f.Lines = append(f.Lines, Line{Key: draw.SlotKey(0), Name: b.C.Baseline.Label, Values: pick(p.Baseline, rows)})
	for i, run := range b.C.Runs {
		f.Lines = append(f.Lines, Line{Key: draw.SlotKey(i + 1), Name: run.Label, Slot: i + 1,
			Values: pick(p.Runs[i], rows), From: today})
	}
	f.Now = today
	b.addBands(f, p, rows)
	unit, isIndex := "", false
	if p.Outcome != nil {
		f.Title, f.About, unit, isIndex = p.Outcome.Label, p.Outcome.About, p.Outcome.Unit, p.Outcome.Index
	} else {
		f.Title, f.About, unit = p.Chart.Label, p.Chart.About, p.Chart.Unit
	}
	low, high := f.extent()
	f.Q = prose.QuantityOf(prose.PrintedWords(unit, b.Plurals), isIndex, math.Max(math.Abs(low), math.Abs(high)))
	f.Unit = f.Q.Described()
	f.X = prose.TimeAxis(f.Times[0], f.Times[len(f.Times)-1], b.Cal)
	return f
}

// makeDifference returns a chart's scenarios as differences from no new decisions, from
// today on: lines that lie close together in the chart itself can be told apart here.
func (b *Charts) makeDifference(f *Figure) *Figure {
	start := f.Lines[len(f.Lines)-1].From
	d := &Figure{ID: f.ID + "-difference", Title: f.Title + ": difference from no new decisions", Unit: f.Unit,
		Outcome: f.Outcome, Variable: f.Variable, Today: b.C.Today, Times: f.Times[start:], Wide: true}
	panel, rows := b.C.Panels[0], b.rows(b.C.Panels[0].Time)[start:]
	for i, l := range f.Lines {
		values := make([]float64, len(d.Times))
		for k := range values {
			values[k] = l.Values[start+k] - f.Lines[0].Values[start+k]
		}
		if i > 0 && b.HasFutures() && panel.DifferenceBands != nil {
			// The median of the differences within each future, as in the verdicts: it need
			// not be the difference of the two medians.
			values = pick(panel.DifferenceBands[i-1].Median, rows)
		}
		d.Lines = append(d.Lines, Line{Key: l.Key, Name: l.Name, Slot: l.Slot, Values: values})
	}
	b.addDifferenceBands(d, panel, rows)
	d.Q = f.Q
	d.Q.Signs, d.Q.Finest = true, max(f.Q.Finest, f.Q.Coarse)
	low, high := d.extent()
	d.Q.Millions = max(-low, high) >= 2e6
	d.Y = prose.ValueAxis(min(low, 0), max(high, 0), d.Q)
	d.cutFutures()
	d.X = prose.TimeAxis(d.Times[0], d.Times[len(d.Times)-1], b.Cal)
	d.Picture, d.Behind = d.picture(), d.behind(b.Cal)
	return d
}

// rows returns the saved rows that are drawn: all of them, or every n-th with today and the
// last.
func (b *Charts) rows(times []float64) []int {
	every := (len(times) + maxPoints - 1) / maxPoints
	rows := []int{}
	for i, t := range times {
		isToday := i > 0 && t >= b.C.Today-1e-9 && times[i-1] < b.C.Today-1e-9
		if i%every == 0 || i == len(times)-1 || isToday {
			rows = append(rows, i)
		}
	}
	return rows
}

// pick returns some rows of a series; the rows that a cut-off run did not reach are NaN.
func pick(series []float64, rows []int) []float64 {
	out := make([]float64, len(rows))
	for i, r := range rows {
		out[i] = math.NaN()
		if r < len(series) {
			out[i] = series[r]
		}
	}
	return out
}

// extent returns the lowest and the highest finite number drawn; low > high if there is
// none.
func (f *Figure) extent() (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	see := func(v float64) {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			low, high = math.Min(low, v), math.Max(high, v)
		}
	}
	for _, l := range f.Lines {
		for _, v := range l.Values[l.From:] {
			see(v)
		}
	}
	for _, p := range f.Recorded {
		see(p.Y)
	}
	least, most := reach(low, high)
	for _, l := range f.Lines {
		l.Band.ends(f.Now, func(v float64) { see(min(most, max(least, v))) })
	}
	return low, high
}

// reach returns how far bands may go beyond lines between two values. A band that goes
// further would leave the lines no height; lines around zero are differences, whose bands
// are wide.
func reach(low, high float64) (least, most float64) {
	size := 2 * max(math.Abs(low), math.Abs(high))
	if low <= 0 && high >= 0 {
		size *= 4
	}
	if !(size > 0) || math.IsInf(size, 0) {
		return math.Inf(-1), math.Inf(1)
	}
	return low - size, high + size
}

// scale gives charts of one quantity the same axis, if their sizes can be read on one: the
// small multiples can then be compared. The main chart is scaled alone.
func scale(list []*Figure) {
	for _, group := range Groups(list) {
		low, high := math.Inf(1), math.Inf(-1)
		for _, f := range group {
			l, h := f.extent()
			low, high = math.Min(low, l), math.Max(high, h)
		}
		for _, f := range group {
			f.Y = prose.ValueAxis(low, high, f.Q)
		}
	}
}

// Groups returns the main chart alone, and the others together by quantity and size, in the
// order of the first of each group.
func Groups(list []*Figure) [][]*Figure {
	out := [][]*Figure{}
	for i, f := range list {
		at := slices.IndexFunc(out, func(g []*Figure) bool { return i > 0 && !g[0].Main && g[0].alike(f) })
		if at < 0 {
			out, at = append(out, nil), len(out)
		}
		out[at] = append(out[at], f)
	}
	return out
}

// alike reports whether two charts show the same quantity in sizes within a factor of four.
func (f *Figure) alike(g *Figure) bool {
	_, fh := f.extent()
	_, gh := g.extent()
	same := f.Q.Kind == g.Q.Kind && f.Q.Unit == g.Q.Unit && f.Q.Rate == g.Q.Rate
	return same && fh > 0 && gh > 0 && fh <= 4*gh && gh <= 4*fh
}

// dataEnd returns the last recorded time; ok is false if nothing was recorded.
func (f *Figure) dataEnd() (t float64, ok bool) {
	if len(f.Recorded) == 0 {
		return 0, false
	}
	return f.Recorded[len(f.Recorded)-1].X, true
}

// At returns the drawn value of a line at a time of the figure, NaN at any other.
func (f *Figure) At(l Line, t float64) float64 {
	for i, x := range f.Times {
		if math.Abs(x-t) < 1e-9 {
			return l.Values[i]
		}
	}
	return math.NaN()
}

// Last returns the value at the horizon.
func (l Line) Last() float64 { return l.Values[len(l.Values)-1] }

// Slight reports whether a difference is too small to matter, or to be written.
func (f *Figure) Slight(v scenarios.Verdict) bool {
	return v.Slight || f.QuantityFor().Negligible(v.Difference)
}

// SumQuantity returns the quantity of sums over time of the cost outcome; ok is false if
// there is none.
func (b *Charts) SumQuantity() (q prose.Quantity, ok bool) {
	for _, f := range b.Figs {
		if f.Outcome != nil && f.Outcome.Cost {
			return f.summed(), true
		}
	}
	return prose.Quantity{}, false
}

// summed returns a figure's quantity added up over time: dollars a year become dollars.
func (f *Figure) summed() prose.Quantity { return f.Q.Summed() }

// Judged returns the charts of outcomes.
func (b *Charts) Judged() []*Figure {
	out := []*Figure{}
	for _, f := range b.Figs {
		if f.Outcome != nil {
			out = append(out, f)
		}
	}
	return out
}

// QuantityFor returns the quantity of a verdict's numbers: sums for a cost, and the unit of
// the measure for a time or a sum over time.
func (f *Figure) QuantityFor() prose.Quantity {
	if f.Outcome.Cost {
		return f.summed()
	}
	if unit := f.Outcome.MeasureUnit(); unit != f.Outcome.Unit {
		q := prose.QuantityOf(unit, false, 0)
		q.Kind, q.Unit, q.Rate = prose.Plain, unit, ""
		return q
	}
	return f.Q
}
