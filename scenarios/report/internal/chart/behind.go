package chart

import (
	"math"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
)

// inWords describes a chart to a reader who cannot see it. It gives the ends of the lines only; the
// table behind the chart has the rest.
func (f *Figure) inWords() string {
	text := f.Title
	if f.Unit != "" {
		text += ", " + f.Unit
	}
	text += ". Line chart over time, from " + f.X.Word(f.X.Min) + " to " + f.X.Word(f.X.Max) + "."
	for i, l := range f.Lines {
		if i == 0 {
			text += " " + l.Name + ": " + f.Q.Number(l.Values[0]) + " at the start, " +
				f.Q.Number(l.Last()) + " at the end."
			continue
		}
		text += " " + l.Name + ": " + f.Q.Number(l.Last()) + " at the end."
	}
	if n := len(f.Recorded); n > 0 {
		text += " " + words.Count(n, "recorded point") + "."
	}
	return text
}

// behind returns the table behind a chart: whole years, all lines, and the record.
func (f *Figure) behind(cal prose.Calendar) parts.Table {
	t := parts.Table{ID: "numbers-" + f.ID, Label: "Numbers: " + f.Title, Columns: []parts.Column{{Name: prose.Capital(cal.Unit)}}}
	if len(f.Recorded) > 0 {
		t.Columns = append(t.Columns, parts.Number("Recorded"))
	}
	for _, l := range f.Lines {
		t.Columns = append(t.Columns, parts.Number(l.Name))
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

// tabled reports whether row i is in the table: whole time units, the start, today and the
// end. Over more than 60 units of time, only those with a tick count as whole.
func (f *Figure) tabled(i int) bool {
	t := f.Times[i]
	whole := math.Abs(t-math.Round(t)) < 1e-9
	if f.X.Max-f.X.Min > 60 {
		whole = whole && math.Mod(math.Round(t), f.X.Step) == 0
	}
	return whole || i == 0 || i == len(f.Times)-1 || math.Abs(t-f.Today) < 1e-9
}

// behindRow returns row i of the table. Before a line begins its cell is a dash.
func (f *Figure) behindRow(cal prose.Calendar, i int) parts.Row {
	r := parts.Row{Cells: []parts.Cell{{Text: cal.Date(f.Times[i]), Sort: parts.SortKey(f.Times[i])}}}
	if len(f.Recorded) > 0 {
		r.Cells = append(r.Cells, f.recordedCell(f.Times[i]))
	}
	for _, l := range f.Lines {
		if i < l.From {
			r.Cells = append(r.Cells, parts.Cell{Text: "–"})
			continue
		}
		r.Cells = append(r.Cells, parts.Cell{Text: f.Q.Number(l.Values[i]),
			Sort: parts.SortKey(l.Values[i]), How: "exactly " + prose.Exact(l.Values[i])})
	}
	return r
}

// recordedCell returns the cell of the recorded value at a time. Times are equal if they differ by
// less than 1e-9.
func (f *Figure) recordedCell(t float64) parts.Cell {
	for _, p := range f.Recorded {
		if math.Abs(p.X-t) < 1e-9 {
			return parts.Cell{Text: f.Q.Number(p.Y), Sort: parts.SortKey(p.Y), How: "exactly " + prose.Exact(p.Y)}
		}
	}
	return parts.Dash("nothing was recorded")
}
