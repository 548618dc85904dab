package report

import (
	"math"
)

// inWords describes a chart to somebody who cannot see it.
func (f *figure) inWords() string {
	text := f.Title
	if f.Unit != "" {
		text += ", " + f.Unit
	}
	text += ". Line chart over time, from " + f.X.word(f.X.Min) + " to " + f.X.word(f.X.Max) + "."
	for i, l := range f.Lines {
		if i == 0 {
			text += " " + l.Name + ": " + f.Q.number(l.Values[0]) + " at the start, " + f.Q.number(l.last()) + " at the end."
			continue
		}
		text += " " + l.Name + ": " + f.Q.number(l.last()) + " at the end."
	}
	if n := len(f.Recorded); n > 0 {
		text += " " + count(n, "recorded point") + "."
	}
	return text
}

// word writes a time of the axis.
func (a axis) word(t float64) string { return decimalsOfYear(t) }

func decimalsOfYear(t float64) string {
	if t == math.Trunc(t) && t >= 1000 && t < 10000 {
		return fixedYear(t)
	}
	return decimals(math.Round(t*100) / 100)
}

func fixedYear(t float64) string { return calendar{unit: "year", real: true}.date(t) }

// behind is the table behind a chart: whole years, all lines, and what was recorded.
func (f *figure) behind(cal calendar) table {
	t := table{ID: "numbers-" + f.ID, Columns: []column{{Name: capital(cal.unit)}}}
	if len(f.Recorded) > 0 {
		t.Columns = append(t.Columns, column{"Recorded", true})
	}
	for _, l := range f.Lines {
		t.Columns = append(t.Columns, column{l.Name, true})
	}
	for i := range f.Times {
		if f.tabled(i) {
			t.Rows = append(t.Rows, f.behindRow(cal, i))
		}
	}
	if f.Today > f.Times[0] {
		t.Notes = []string{"Before today every scenario is the same as no new decisions."}
	}
	return t
}

// tabled picks the whole time units, the start, today and the end.
func (f *figure) tabled(i int) bool {
	t := f.Times[i]
	whole := math.Abs(t-math.Round(t)) < 1e-9
	if f.X.Max-f.X.Min > 60 {
		whole = whole && math.Mod(math.Round(t), f.X.Step) == 0
	}
	return whole || i == 0 || i == len(f.Times)-1 || math.Abs(t-f.Today) < 1e-9
}

func (f *figure) behindRow(cal calendar, i int) row {
	r := row{Cells: []cell{{Text: cal.date(f.Times[i]), Sort: sorted(f.Times[i])}}}
	if len(f.Recorded) > 0 {
		r.Cells = append(r.Cells, f.recordedCell(f.Times[i]))
	}
	for _, l := range f.Lines {
		if i < l.From {
			r.Cells = append(r.Cells, cell{Text: "–"})
			continue
		}
		r.Cells = append(r.Cells, cell{Text: f.Q.number(l.Values[i]), Sort: sorted(l.Values[i]), How: "exactly " + exact(l.Values[i])})
	}
	return r
}

func (f *figure) recordedCell(t float64) cell {
	for _, p := range f.Recorded {
		if math.Abs(p.X-t) < 1e-9 {
			return cell{Text: f.Q.number(p.Y), Sort: sorted(p.Y), How: "exactly " + exact(p.Y)}
		}
	}
	return dash("nothing was recorded")
}
