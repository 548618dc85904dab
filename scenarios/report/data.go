package report

import (
	"encoding/json"
	"html/template"
	"slices"

	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/wire"
)

// data returns the data for the script. Go's encoder escapes <, > and &, so that no text in
// it can end the script element.
func (b *maker) data(files []wire.Download) (template.JS, error) {
	d := wire.Page{
		Lit: chart.MaxLit, Downloads: files,
		Band: b.BandMeaning(), Credit: b.health.Credit(), Steps: b.room.Steps(),
		Names: wire.Named{Model: b.C.Set.Model.Name, ModelHash: b.C.Set.Model.Hash, Set: b.C.Set.Name,
			SetHash: b.C.Set.Hash, Version: b.C.Version},
	}
	text, err := json.Marshal(d)
	return template.JS(cleanJSON(text)), err
}

// findings returns the figures and reasons.
func (b *maker) findings() wire.Findings {
	d := wire.Findings{Reasons: b.reasonData()}
	for _, f := range b.Drawn() {
		d.Figures = append(d.Figures, b.FigureData(f))
	}
	share(&d)
	return d
}

// share moves the times of the first figure to the page, for all figures that have the
// same.
func share(d *wire.Findings) {
	if len(d.Figures) == 0 {
		return
	}
	d.Times, d.Dates = d.Figures[0].Times, d.Figures[0].Dates
	for i := range d.Figures {
		if f := &d.Figures[i]; slices.Equal(f.Times, d.Times) {
			f.Times, f.Dates = nil, nil
		}
	}
}
