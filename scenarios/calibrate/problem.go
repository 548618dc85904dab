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
	"weir/scenarios/uncertainty"
	"weir/sim"
	"weir/sim/sampling"
)

// Mistakes are what is wrong with a model or its [calibration], as an error.
type Mistakes struct{ List diagnostic.List }

func (m *Mistakes) Error() string {
	for _, d := range m.List {
		if d.Severity == diagnostic.Error {
			return d.Message
		}
	}
	return "no mistakes"
}

// Check reports what is wrong with the [calibration] of a model that is otherwise sound;
// nothing if there is none.
func Check(m *model.Model) diagnostic.List {
	if m.Calibration == nil {
		return nil
	}
	_, list := newProblem(m, nil)
	return list
}

// A problem is a model with what is to be fitted to which data.
type problem struct {
	m          *model.Model
	plain      *resolved.Model // the model as it is
	resolved   *resolved.Model // with a variable for every fitted expression
	parameters []*parameter
	series     []*Series
	until      *float64 // points after it are held out; nil: none
	list       diagnostic.List

	program  *sim.Program
	settings sim.Settings
	names    []string // of constants and elements, all that runs set
	rows     int      // saved ones of a run
}

// A parameter is a constant, an array that moves as one, or an element.
type parameter struct {
	Constant
	variable *model.Variable
	place    int                    // row-major, of an element; -1: all of it
	vary     []string               // names that a run sets
	source   *uncertainty.Source    // nil of an element
	all      *uncertainty.Source    // of the whole constant
	prior    *sampling.Distribution // nil: all values of the range are as likely
	at       diagnostic.Span
}

// values writes what a run sets for a value x and says how many numbers it is.
func (p *parameter) values(x float64, to []float64) int {
	if p.source == nil {
		to[0] = x
		return 1
	}
	return p.source.Spread(x, to)
}

// newProblem takes [calibration] apart and reports what is wrong.
func newProblem(m *model.Model, until *float64) (*problem, diagnostic.List) {
	p := &problem{m: m, until: until}
	if m.Calibration == nil {
		p.report(Nothing, diagnostic.Span{File: m.File}, "say what to fit: [calibration.fit.x] with variable and data", "the model has no [calibration]")
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

func (p *problem) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	p.list = append(p.list, diagnostic.Diagnostic{Code: code, Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// withFits is a copy of the model with a variable for the expression of each fit, in the
// units of its data.
func (p *problem) withFits() *model.Model {
	copied := *p.m
	copied.Tests, copied.Calibrated = nil, nil
	copied.Variables = slices.Clone(p.m.Variables)
	for i, f := range p.m.Calibration.Fits {
		s := p.newSeries(f)
		if s == nil {
			continue
		}
		for s.column = fmt.Sprintf("calibration_%d", i+1); p.m.Variable(s.column) != nil; {
			s.column += "_"
		}
		copied.Variables = append(copied.Variables, &model.Variable{
			Name: s.column, Kind: model.KindAux, Units: s.Unit, Equation: f.Variable, Span: f.Variable.Span})
		p.series = append(p.series, s)
	}
	return &copied
}

// blame takes over mistakes of the fitted expressions.
func (p *problem) blame(list diagnostic.List) {
	for _, d := range list {
		for _, s := range p.series {
			at := s.fit.Variable.Span
			if d.Severity != diagnostic.Error || d.Span.File != at.File || d.Span.Start < at.Start || d.Span.End > at.End {
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

// otherUnits says of a mistake of units in a fitted expression what it means here.
func (s *Series) otherUnits(d diagnostic.Diagnostic) diagnostic.Diagnostic {
	d.Code = OtherUnits
	if _, units, is := strings.Cut(d.Message, "but its equation is in "); is && strings.HasPrefix(d.Message, s.column) {
		d.Message = fmt.Sprintf("this is in %s, and %s, to which it is fitted, in %s", units, s.Data, s.Unit)
		d.Hint, d.Related = "convert the expression, or fit what was counted", nil
	}
	return d
}

// newSeries reads one fit; nil if it cannot be used.
func (p *problem) newSeries(f *model.CalibrationFit) *Series {
	if f.Variable.Text == "" || f.Data.Text == "" {
		return nil // reported by the reader
	}
	v, points, blank := p.record(f)
	if v == nil || p.isArray(f) {
		return nil
	}
	s := &Series{Name: f.Name, Variable: f.Variable.Text, Data: f.Data.Text, Unit: v.Units, Error: f.Error, Weight: f.Weight, fit: f}
	s.take(p, points, blank)
	if p.again(s) || !p.usable(s) {
		return nil
	}
	return s
}

// record finds the data of a fit.
func (p *problem) record(f *model.CalibrationFit) (*model.Variable, []resolved.Point, []float64) {
	name, elements, closed := element.Split(f.Data.Text)
	v := p.m.Variable(name)
	switch {
	case v == nil || !closed:
		p.report(NotData, f.Data.Span, p.near(name, model.KindData), "the model has no recorded data %q", f.Data.Text)
	case v.Kind != model.KindData || v.Series == nil:
		p.report(NotData, f.Data.Span, p.near(name, model.KindData), "%s is a %s; a fit compares with recorded data", name, v.Kind)
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

func dimensions(v *model.Variable) string {
	if len(v.Over) == 0 {
		return "no elements"
	}
	return "elements of " + strings.Join(v.Over, " and ")
}

func named(n int) string {
	switch n {
	case 0:
		return "none is named"
	case 1:
		return "one is named"
	}
	return fmt.Sprintf("%d are named", n)
}

// oneOf is the hint that names an element of an array.
func (p *problem) oneOf(v *model.Variable) string {
	var first []string
	for _, name := range v.Over {
		if d := p.dimension(name); d != nil && len(d.Elements) > 0 {
			first = append(first, d.Elements[0])
		}
	}
	return "write " + element.Join(v.Name, first)
}

func (p *problem) dimension(name string) *model.Dimension {
	for _, d := range p.m.Dimensions {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// place is the row-major position of elements, -1 after a report if one is unknown.
func (p *problem) place(v *model.Variable, elements []string, at diagnostic.Span) int {
	place := 0
	for i, e := range elements {
		d := p.dimension(v.Over[i])
		if d == nil {
			return -1
		}
		k := element.Find(d.Elements, e)
		if k < 0 {
			p.report(model.UnknownElement, at, near(e, d.Elements), "%q is not an element of %s", e, d.Name)
			return -1
		}
		place = place*len(d.Elements) + k
	}
	return place
}

// isArray reports an expression that is nothing but the name of an array.
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
	p.report(WhichElement, f.Variable.Span, p.oneOf(v)+", or sum("+v.Name+")", "%s has %s, and one number is fitted", v.Name, dimensions(v))
	return true
}

// near is the hint for a name of some kind.
func (p *problem) near(name string, kind model.Kind) string {
	var names []string
	for _, v := range p.m.Variables {
		if v.Kind == kind {
			names = append(names, v.Name)
		}
	}
	return near(name, names)
}

func near(name string, names []string) string {
	if n := diagnostic.Nearest(name, names); n != "" {
		return "did you mean " + n + "?"
	}
	if len(names) == 0 || len(names) > 12 {
		return ""
	}
	return "there are " + strings.Join(names, ", ")
}
