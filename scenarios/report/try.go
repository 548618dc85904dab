package report

import (
	"encoding/json"
	"html/template"

	"weir/scenarios/live"
	"weir/scenarios/report/internal/draw"
)

// A tryable is what the section says and carries. Why says why nothing can be tried, in
// which case there is no Data.
type tryable struct {
	Why  string
	Data template.JS
}

// try makes the section, nil for a comparison without a model that runs.
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
	text, err := json.Marshal(m)
	return &tryable{Data: template.JS(text)}, err
}

// live makes the section's data, in the words and the axes of the charts.
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
