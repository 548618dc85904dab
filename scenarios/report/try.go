package report

import (
	"html/template"

	"weir/scenarios/live"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/walk"
)

// A tryable is the section with the sliders. Why gives the reason if the model cannot run
// in the page, in which case there is no Data.
type tryable struct {
	Why     string
	Data    template.HTML // base64 of a compressed document
	columns []string      // of the module that computes every variable; nil without Data
}

// try returns the section, nil for a comparison without a program or an outcome.
func (b *maker) try() (*tryable, error) {
	if b.C.Program == nil || len(b.Judged()) == 0 {
		return nil, nil
	}
	m, why, err := b.live()
	if err != nil || why != "" {
		return &tryable{Why: why}, err
	}
	if len(m.Inputs) == 0 && len(m.Presets) == 1 {
		return &tryable{Why: "nothing in it has a range to move in, and the set has no scenario"}, nil
	}
	packed, err := packedJSON(m)
	return &tryable{Data: packed, columns: m.Whole.Columns}, err
}

// walk returns the model to walk in: base64 of a compressed document. Variables of a model that
// cannot run in the page have no series there.
func (b *maker) walk(t *tryable) (template.HTML, error) {
	var columns []string
	if t != nil {
		columns = t.columns
	}
	return packedJSON(walk.Of(b.Reading, columns))
}

// live returns the section's data, in the words and the axes of the charts.
func (b *maker) live() (m *live.Model, why string, err error) {
	charts := []live.Chart{}
	for _, f := range b.Figs {
		charts = append(charts, live.Chart{
			Title: f.Title, Unit: f.Unit, Variable: f.Variable, Outcome: f.Outcome, Quantity: f.Q, Y: f.Y,
		})
	}
	m, why, err = live.Build(b.C, charts)
	if m != nil {
		for i := range m.Presets {
			m.Presets[i].Key = draw.SlotKey(i)
		}
	}
	return m, why, err
}
