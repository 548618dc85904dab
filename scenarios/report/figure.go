package report

import (
	"html/template"
	"math"
	"slices"
	"strconv"

	"weir/model/resolved"
	"weir/scenarios"
)

// A figure is one chart: what is drawn and how its numbers are worded. The static
// picture, the interactive chart, the table behind it and the tooltip all read it.
type figure struct {
	ID, Title, Unit string             // Unit in words, for the line under the title
	About           string             // one sentence, shown on hover
	Outcome         *scenarios.Outcome // nil for a chart that is not judged
	Variable        string
	Q               quantity
	Times           []float64 // of Lines' values
	Lines           []line    // the baseline first
	Recorded        []resolved.Point
	X, Y            axis
	Today           float64
	Main            bool
	Wide            bool          // as wide as the main chart, but lower
	Now             int           // row of Times from which bands are drawn: today
	CutOff          bool          // a single future leaves the scale
	Shown           []int         // slots of the lines whose bands are shown at first
	Picture         template.HTML // without script
	Behind          table         // the numbers behind it
}

// A line is one scenario in a figure. Slot is its colour and dash on the whole page.
type line struct {
	Key, Name string
	Slot      int
	Values    []float64 // one a time; not drawn before From
	From      int
	Band      *band // nil without [uncertainty]
}

// maxPoints bounds the points of a line. A saved row is a pixel or less beyond it.
const maxPoints = 150

// figures makes the chart of every outcome and every further chart, in that order.
func (b *builder) figures() []*figure {
	list := []*figure{}
	for i, p := range b.c.Panels {
		f := b.figure(p)
		f.ID, f.Main = "chart-"+strconv.Itoa(i+1), i == 0
		list = append(list, f)
	}
	scale(list)
	for _, f := range list {
		f.cutFutures()
		f.Picture, f.Behind = f.picture(), f.behind(b.cal)
	}
	return list
}

// figure collects the lines of one panel. It does not scale the value axis.
func (b *builder) figure(p scenarios.Panel) *figure {
	f := &figure{Outcome: p.Outcome, Variable: p.Variable, Today: b.c.Today, Recorded: p.History}
	rows := b.rows(p.Time)
	f.Times = pick(p.Time, rows)
	today := max(0, slices.IndexFunc(f.Times, func(t float64) bool { return t >= b.c.Today-1e-9 }))
	f.Lines = append(f.Lines, line{Key: slotKey(0), Name: b.c.Baseline.Label, Values: pick(p.Baseline, rows)})
	for i, run := range b.c.Runs {
		f.Lines = append(f.Lines, line{Key: slotKey(i + 1), Name: run.Label, Slot: i + 1, Values: pick(p.Runs[i], rows), From: today})
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
	f.Q = quantityOf(printedWords(unit, b.plurals), isIndex, math.Max(math.Abs(low), math.Abs(high)))
	f.Unit = f.Q.described()
	f.X = timeAxis(f.Times[0], f.Times[len(f.Times)-1], b.cal)
	return f
}

// differences draws a chart's scenarios as differences from no new decisions, from
// today on: where lines lie close together, this is where they can be told apart.
func (b *builder) differences(f *figure) *figure {
	start := f.Lines[len(f.Lines)-1].From
	d := &figure{ID: f.ID + "-difference", Title: f.Title + ": difference from no new decisions", Unit: f.Unit,
		Outcome: f.Outcome, Variable: f.Variable, Today: b.c.Today, Times: f.Times[start:], Wide: true}
	for _, l := range f.Lines {
		values := make([]float64, len(d.Times))
		for i := range values {
			values[i] = l.Values[start+i] - f.Lines[0].Values[start+i]
		}
		d.Lines = append(d.Lines, line{Key: l.Key, Name: l.Name, Slot: l.Slot, Values: values})
	}
	b.addDifferenceBands(d, b.c.Panels[0], b.rows(b.c.Panels[0].Time)[start:])
	d.Q = f.Q
	d.Q.signs, d.Q.finest = true, max(f.Q.finest, f.Q.coarse)
	low, high := d.extent()
	d.Q.millions = max(-low, high) >= 2e6
	d.Y = valueAxis(min(low, 0), max(high, 0), d.Q)
	d.cutFutures()
	d.X = timeAxis(d.Times[0], d.Times[len(d.Times)-1], b.cal)
	d.Picture, d.Behind = d.picture(), d.behind(b.cal)
	return d
}

// described says under a chart's title what its numbers are.
func (q quantity) described() string {
	switch q.kind {
	case money:
		return q.counted() + join("dollars", q.rate)
	case share:
		return join("percent", q.rate)
	case index:
		return "index: 1 is the level at the start"
	}
	return q.counted() + q.unit
}

// counted is "millions of " where the axis counts so.
func (q quantity) counted() string {
	if q.millions {
		return "millions of "
	}
	return ""
}

// slotKey names a scenario's colour and dash in the style sheet: "s0" is the baseline.
func slotKey(i int) string { return "s" + strconv.Itoa(i) }

// rows are the saved rows that are drawn: all of them, or every n-th and today and the last.
func (b *builder) rows(times []float64) []int {
	every := (len(times) + maxPoints - 1) / maxPoints
	rows := []int{}
	for i, t := range times {
		isToday := i > 0 && t >= b.c.Today-1e-9 && times[i-1] < b.c.Today-1e-9
		if i%every == 0 || i == len(times)-1 || isToday {
			rows = append(rows, i)
		}
	}
	return rows
}

// pick takes some rows of a series; what a cut-off run has not reached is NaN.
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

// extent is the lowest and the highest finite number drawn; low > high if there is none.
func (f *figure) extent() (low, high float64) {
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

// reach is how far bands may go beside lines between two values: one that goes further
// would leave the lines no height. Lines around zero are differences, whose bands are wide.
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

// scale gives charts of one quantity the same axis, if their sizes can be read on
// one: the small multiples then compare. The main chart stands alone.
func scale(list []*figure) {
	for _, group := range groups(list) {
		low, high := math.Inf(1), math.Inf(-1)
		for _, f := range group {
			l, h := f.extent()
			low, high = math.Min(low, l), math.Max(high, h)
		}
		for _, f := range group {
			f.Y = valueAxis(low, high, f.Q)
		}
	}
}

// groups puts the main chart alone, and the others together by quantity and size, in
// the order of the first of each group.
func groups(list []*figure) [][]*figure {
	out := [][]*figure{}
	for i, f := range list {
		at := slices.IndexFunc(out, func(g []*figure) bool { return i > 0 && !g[0].Main && g[0].alike(f) })
		if at < 0 {
			out, at = append(out, nil), len(out)
		}
		out[at] = append(out[at], f)
	}
	return out
}

// alike reports whether two charts show the same quantity in sizes within a factor of four.
func (f *figure) alike(g *figure) bool {
	_, fh := f.extent()
	_, gh := g.extent()
	same := f.Q.kind == g.Q.kind && f.Q.unit == g.Q.unit && f.Q.rate == g.Q.rate
	return same && fh > 0 && gh > 0 && fh <= 4*gh && gh <= 4*fh
}

// dataEnd is the last recorded time, NaN if nothing was recorded.
func (f *figure) dataEnd() float64 {
	if len(f.Recorded) == 0 {
		return math.NaN()
	}
	return f.Recorded[len(f.Recorded)-1].X
}

// at is the drawn value of a line at a time of the figure, NaN outside.
func (f *figure) at(l line, t float64) float64 {
	for i, x := range f.Times {
		if math.Abs(x-t) < 1e-9 {
			return l.Values[i]
		}
	}
	return math.NaN()
}

func (l line) last() float64 { return l.Values[len(l.Values)-1] }
