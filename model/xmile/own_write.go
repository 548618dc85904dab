package xmile

import (
	"encoding/json"

	"weir/model"
)

// ownModel is what XMILE has no place for at all.
type ownModel struct {
	Today   *float64        `json:",omitempty"`
	Sources []*model.Source `json:",omitempty"`
	Tests   []*model.Test   `json:",omitempty"`
}

// own writes the sources of numbers and the tests of behaviour, as JSON in an element
// of weir's own.
func (x *exporter) own() {
	o := ownModel{Today: x.m.Today}
	for _, s := range x.m.Sources {
		o.Sources = append(o.Sources, &model.Source{ID: s.ID, Title: s.Title, Where: s.Where, Note: s.Note})
	}
	for _, t := range x.m.Tests {
		o.Tests = append(o.Tests, plainTest(t))
	}
	if o.Today == nil && o.Sources == nil && o.Tests == nil {
		return
	}
	text, _ := json.MarshalIndent(o, "", " ") // plain data: cannot fail
	x.leaf("weir:model", string(text))
	if x.m.Calibration != nil {
		x.note("", "what the model is calibrated to")
	}
}

// plainTest is a test without the places of its texts.
func plainTest(t *model.Test) *model.Test {
	out := *t
	out.SetSpans, out.Expect, out.Change = nil, nil, nil
	out.Span = plain(out.Span)
	for _, e := range t.Expect {
		out.Expect = append(out.Expect, model.Text{Text: e.Text})
	}
	for _, c := range t.Change {
		c.Span = plain(c.Span)
		out.Change = append(out.Change, c)
	}
	return &out
}
