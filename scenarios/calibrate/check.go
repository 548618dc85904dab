package calibrate

import (
	"weir/model"
	"weir/model/diagnostic"
)

// Check reports the mistakes in the [calibration] of a model that is otherwise sound;
// nothing if there is none.
func Check(m *model.Model) diagnostic.List {
	if m.Calibration == nil {
		return nil
	}
	_, list := newProblem(m, nil)
	return list
}

// newProblem takes [calibration] apart and reports its mistakes.
func newProblem(m *model.Model, until *float64) (*problem, diagnostic.List) {
	p := &problem{m: m, until: until}
	if m.Calibration == nil {
		p.report(Nothing, diagnostic.Span{File: m.File},
			"say what to fit: [calibration.fit.x] with variable and data", "the model has no [calibration]")
		return p, p.list
	}
	copied := p.withFits()
	r, list := model.Check(copied)
	if p.blame(list); r == nil {
		if !p.list.HasErrors() { // the model itself is wrong
			p.list = append(p.list, list...)
		}
		return p, p.list
	}
	p.resolved = r
	p.findParameters(r)
	p.notRandom(r)
	p.list.Sort()
	return p, p.list
}
