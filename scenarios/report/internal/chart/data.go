package chart

import (
	"strings"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/wire"
)

// FigureData returns the data of a figure for the script.
func (b *Charts) FigureData(f *Figure) wire.Figure {
	d := wire.Figure{ID: f.ID, Title: f.Title, Unit: f.Unit, Wide: f.Main || f.Wide, X: f.X, Y: f.Y,
		Today: f.Today, Known: f.known(), Times: f.Times, File: prose.FileName(f.Title), Now: f.Now, Source: b.sourceOf(f),
		Notes: b.notes(f), Misfit: b.misfit(f)}
	for _, t := range f.Times {
		d.Dates = append(d.Dates, b.Cal.Date(t))
	}
	for _, l := range f.Lines {
		d.Lines = append(d.Lines, f.lineWords(l))
	}
	for _, p := range f.Recorded {
		d.Recorded = append(d.Recorded, wire.Point{Time: p.X, Value: p.Y, Words: f.Q.Number(p.Y)})
	}
	return d
}

// sourceOf returns the source of a figure's record.
func (b *Charts) sourceOf(f *Figure) string {
	if f.Outcome == nil || len(f.Recorded) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(f.Outcome.History, "[")
	if v := b.C.Set.Model.Variable(name); v != nil {
		return b.Names.Source(v.Source)
	}
	return ""
}

// lineWords returns a line with its numbers in words.
func (f *Figure) lineWords(l Line) wire.Line {
	w := wire.Line{Key: l.Key, Name: l.Name, First: l.From, Values: []*float64{},
		Label: f.labelWords(l, f.Main || f.Wide), End: prose.Finite(l.Last())}
	for i, v := range l.Values {
		words := ""
		if i >= l.From {
			words = f.Q.Number(v)
			w.Values = append(w.Values, prose.Finite(v))
		}
		w.Words = append(w.Words, words)
	}
	return w
}
