package calibrate

import (
	"fmt"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// Mistakes are those of a model or its [calibration], as an error.
type Mistakes struct{ List diagnostic.List }

// Error returns the first error's message.
func (m *Mistakes) Error() string {
	for _, d := range m.List {
		if d.Severity == diagnostic.Error {
			return d.Message
		}
	}
	return "no mistakes"
}

// A problem is a model with its fitted expressions and their data.
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

// report adds an error at a place of the model's file.
func (p *problem) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	p.list = append(p.list, diagnostic.Diagnostic{Code: code,
		Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// near returns the hint for a name of some kind.
func (p *problem) near(name string, kind model.Kind) string {
	var names []string
	for _, v := range p.m.Variables {
		if v.Kind == kind {
			names = append(names, v.Name)
		}
	}
	return near(name, names)
}

// near returns the hint with the nearest name, or lists them if they are few.
func near(name string, names []string) string {
	if n := diagnostic.Nearest(name, names); n != "" {
		return "did you mean " + n + "?"
	}
	if len(names) == 0 || len(names) > 12 {
		return ""
	}
	return "there are " + strings.Join(names, ", ")
}

// dimension returns a declared dimension, nil if there is none.
func (p *problem) dimension(name string) *model.Dimension {
	for _, d := range p.m.Dimensions {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// place returns the row-major position of elements, -1 after a report if one is unknown.
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

// oneOf returns the hint that names an element of an array.
func (p *problem) oneOf(v *model.Variable) string {
	var first []string
	for _, name := range v.Over {
		if d := p.dimension(name); d != nil && len(d.Elements) > 0 {
			first = append(first, d.Elements[0])
		}
	}
	return "write " + element.Join(v.Name, first)
}

// dimensions names those of a variable in a message.
func dimensions(v *model.Variable) string {
	if len(v.Over) == 0 {
		return "no elements"
	}
	return "elements of " + strings.Join(v.Over, " and ")
}

// named writes how many elements a name has.
func named(n int) string {
	switch n {
	case 0:
		return "none is named"
	case 1:
		return "one is named"
	}
	return fmt.Sprintf("%d are named", n)
}
