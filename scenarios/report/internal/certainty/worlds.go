package certainty

import (
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/parts"
)

// worldsTable returns the differences of the main outcome by scenario and world, the ranking of
// each world in its last row. It has no rows for a set without worlds.
func (b *Teller) worldsTable(f *chart.Figure) parts.Table {
	t := parts.Table{ID: "worlds", Title: "In other worlds: " + b.Names.Inside(f.Title), Fixed: true,
		Columns: []parts.Column{{Name: "Against no new decisions"}, parts.Number(b.ownColumn())}}
	if len(b.C.Worlds) == 0 {
		t.Columns = nil
		return t
	}
	columns := [][]scenarios.Verdict{b.C.Verdicts}
	for _, w := range b.C.Worlds {
		t.Columns = append(t.Columns, parts.Number(scenarios.WorldLabel(w.World)))
		columns = append(columns, w.Verdicts)
		if w.World != nil && w.World.About != "" {
			t.Notes = append(t.Notes, w.World.Label+": "+w.World.About)
		}
	}
	for i, v := range b.C.Verdicts {
		if v.Outcome != f.Outcome {
			continue
		}
		row := parts.Row{Cells: []parts.Cell{b.ScenarioCell(v.Scenario)}}
		for _, list := range columns {
			row.Cells = append(row.Cells, worldCell(f.QuantityFor(), list[i]))
		}
		t.Rows = append(t.Rows, row)
	}
	row := parts.Row{Cells: []parts.Cell{{Text: "First"}}}
	for _, list := range columns {
		first := scenarios.Ranking(list, f.Outcome)[0].Scenario
		row.Cells = append(row.Cells, parts.Cell{Text: b.Name(first).Text, Key: b.Name(first).Key})
	}
	t.Rows = append(t.Rows, row)
	return t
}

// ownColumn returns the header of the comparison's own verdicts: of the model as written, or of
// all worlds together.
func (b *Teller) ownColumn() string {
	if u := b.C.Uncertainty; u != nil && len(b.C.Worlds) > 0 && b.C.Worlds[0].Share != nil {
		return "All worlds as drawn"
	}
	return scenarios.WorldLabel(nil)
}

// worldCell returns the difference of a verdict with its finding.
func worldCell(q prose.Quantity, v scenarios.Verdict) parts.Cell {
	c := parts.Cell{Text: q.Signed(v.Difference), Sort: parts.SortKey(v.Difference), How: "exactly " +
		prose.Exact(v.Difference)}
	switch v.Finding() {
	case scenarios.IsBetter:
		c.Under = "better"
	case scenarios.IsWorse:
		c.Under = "worse"
	default:
		c.Under = "not distinguishable"
	}
	return c
}

// worldsSentence says that the world of each future is drawn, and which curves are; "" if none.
func (b *Teller) worldsSentence() string {
	text := ""
	for _, c := range b.C.Uncertainty.Choices {
		what := "the curve “" + b.Names.Of(c.Name) + "”"
		if b.C.Set.Model.Variable(c.Name) == nil {
			what = "the world"
		}
		text += " In each future " + what + " was drawn among " + prose.Spelled(len(c.Ways)) + "."
	}
	return text
}
