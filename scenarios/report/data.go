package report

import (
	"encoding/json"
	"html/template"
	"slices"

	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/draw"
)

// pageData is what the script reads: for each chart its option, and the words of
// every number, so that the script rounds nothing itself.
type pageData struct {
	Times     []float64          `json:"times"` // of the figures that have none of their own
	Dates     []string           `json:"dates"`
	Figures   []chart.FigureData `json:"figures"`
	Dashes    map[string][]int   `json:"dashes"`
	Lit       int                `json:"lit"`
	Downloads []download         `json:"downloads"`
}

// data encodes the island. Go's encoder escapes <, > and &, so that no text in it
// can end the script element.
func (b *maker) data(files []download) (template.JS, error) {
	d := pageData{Dashes: map[string][]int{}, Lit: chart.MaxLit, Downloads: files}
	for i := range len(b.C.Runs) + 1 {
		d.Dashes[draw.SlotKey(i)] = draw.LookOf(i).Dash
	}
	for _, f := range b.Drawn() {
		d.Figures = append(d.Figures, b.FigureData(f))
	}
	d.share()
	text, err := json.Marshal(d)
	return template.JS(text), err
}

// share says the times of the first figure once for all that have the same.
func (d *pageData) share() {
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
