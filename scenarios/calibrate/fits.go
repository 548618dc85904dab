package calibrate

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// withFits returns a copy of the model with a variable for the expression of each fit, in the
// units of its data. A fit with a mistake gets no variable; the mistake is on the problem's list.
// The model of the problem is not changed.
func (p *problem) withFits() *model.Model {
	copied := *p.m
	// Neither has a part in a run, and both would only be checked again.
	copied.Tests, copied.Calibrated = nil, nil
	copied.Variables = slices.Clone(p.m.Variables)
	for i, f := range p.m.Calibration.Fits {
		s := p.newSeries(f)
		if s == nil {
			continue
		}
		// An underscore is added until the name is free in the model.
		for s.column = fmt.Sprintf("calibration_%d", i+1); p.m.Variable(s.column) != nil; {
			s.column += "_"
		}
		copied.Variables = append(copied.Variables, &model.Variable{
			Name: s.column, Kind: model.KindAux, Units: s.Unit, Equation: f.Variable, Span: f.Variable.Span})
		p.series = append(p.series, s)
	}
	p.fitsNothing()
	return &copied
}

// blame takes over mistakes of the fitted expressions. Mistakes elsewhere in the model are left
// out, as they are not those of [calibration].
func (p *problem) blame(list diagnostic.List) {
	for _, d := range list {
		for _, s := range p.series {
			at := s.fit.Variable.Span
			if d.Severity != diagnostic.Error || d.Span.File != at.File ||
				d.Span.Start < at.Start || d.Span.End > at.End {
				continue
			}
			if !model.UnitsAsWarnings(diagnostic.List{d}).HasErrors() {
				d = s.otherUnits(d)
			}
			p.list = append(p.list, d)
			break
		}
	}
}

// otherUnits rewrites a mistake of units in a fitted expression for calibration. The model's own
// message would name a column that the author never wrote.
func (s *Series) otherUnits(d diagnostic.Diagnostic) diagnostic.Diagnostic {
	d.Code = OtherUnits
	if _, units, is := strings.Cut(d.Message, "but its equation is in "); is && strings.HasPrefix(d.Message, s.column) {
		d.Message = fmt.Sprintf("this is in %s, and %s, to which it is fitted, in %s", units, s.Data, s.Unit)
		d.Hint, d.Related = "convert the expression, or fit what was counted", nil
	}
	return d
}

// newSeries reads one fit; nil if it cannot be used. Mistakes that it finds are on the problem's
// list then.
func (p *problem) newSeries(f *model.CalibrationFit) *Series {
	if f.Variable.Text == "" || f.Data.Text == "" {
		return nil // reported by the reader
	}
	v, points, blank := p.record(f)
	if v == nil || p.isArray(f) {
		return nil
	}
	s := &Series{Name: f.Name, Variable: f.Variable.Text, Data: f.Data.Text,
		Unit: v.Units, Error: f.Error, Weight: f.Weight, fit: f}
	s.take(p, points, blank)
	if p.again(s) || !p.usable(s) {
		return nil
	}
	return s
}

// record finds the data of a fit. It returns the variable, the points in order of time, and the
// times of blank cells. All are nil if there is a mistake, which is reported.
func (p *problem) record(f *model.CalibrationFit) (*model.Variable, []resolved.Point, []float64) {
	name, elements, closed := element.Split(f.Data.Text)
	v := p.m.Variable(name)
	switch {
	case v == nil || !closed:
		p.report(NotData, f.Data.Span, p.near(name, model.KindData), "the model has no recorded data %q", f.Data.Text)
	case v.Kind != model.KindData || v.Series == nil:
		p.report(NotData, f.Data.Span, p.near(name, model.KindData),
			"%s is a %s; a fit compares with recorded data", name, v.Kind)
	case len(elements) != len(v.Over):
		p.report(WhichElement, f.Data.Span, p.oneOf(v), "%s has %s, and %s", name, dimensions(v), named(len(elements)))
	default:
		i := p.place(v, elements, f.Data.Span)
		if i < 0 || i >= len(v.Series.Points) {
			return nil, nil, nil
		}
		return v, v.Series.Points[i], v.Series.Blank[i]
	}
	return nil, nil, nil
}

// isArray reports an expression that is nothing but the name of an array. It returns true if it
// reported one. An expression that sums or indexes the array is fine.
func (p *problem) isArray(f *model.CalibrationFit) bool {
	tree, _ := equation.Parse(f.Variable.Text)
	n, ok := tree.(*equation.Name)
	if !ok || n.Index != nil {
		return false
	}
	v := p.m.Variable(equation.Canonical(n.Name))
	if v == nil || len(v.Over) == 0 {
		return false
	}
	p.report(WhichElement, f.Variable.Span, p.oneOf(v)+", or sum("+v.Name+")",
		"%s has %s, and one number is fitted", v.Name, dimensions(v))
	return true
}
