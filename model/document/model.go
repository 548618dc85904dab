// Package document has the types of a model as a modeler wrote it, and the facts that a model
// knows of itself: its variables by name, their equations and the places of both in the file.
// Nothing here reads or checks. A model belongs to the caller that read or built it; no function
// of this package keeps a reference to one.
package document

import (
	"slices"

	"weir/model/diagnostic"
)

// A Model is a model file as read: nothing in it is checked yet beyond its form.
type Model struct {
	Name, About string
	// Today is where history ends and scenarios may begin, in model time; nil if not given.
	Today      *float64
	Time       TimeSettings
	Units      []*UnitDeclaration
	Dimensions []*Dimension
	Variables  []*Variable  // in file order, lookups and data series among them
	Tests      []*Test      // the file's own; the tests of a module run when its file is tested
	Channels   []*Channel   // the file's own, then those of its modules
	Functions  []*Function  // the file's own, in its order; calls of them are written out
	Loops      []*NamedLoop // names of feedback loops: the file's own, then those of its modules
	Sources    []*Source
	Views      []*View   // diagrams: the file's own, then those of its modules
	Modules    []*Module // in file order, each before those inside it

	Calibration *Calibration // which constants weir calibrate fits to which data, or nil
	Calibrated  *Calibrated  // the fitted values that the model names, or nil

	File  string            // as given to Load
	Files map[string][]byte // every file read, by the name used in spans
	Hash  string            // SHA-256 of the model file and the data files, in hexadecimal
	// Unread are the names in tables that no model has, such as [flows.x]: nothing is known
	// of them.
	Unread []string
	// Broken reports that reading found errors: the model has gaps and cannot be run.
	Broken   bool
	Imported *Import // how the model came from another tool's file; nil for TOML
	// Groups has the descriptions of the groups that Variables name, where there are any.
	Groups map[string]string
	// AllData makes every data series a variable of the result, even one that no equation
	// uses. In an imported model all of them are.
	AllData bool

	places map[string]int // of Variables by name, see Seal; nil before
}

// TimeSettings is the [time] table. Times are in Unit. The run is a whole number of saves
// long, and a save a whole number of steps, up to the rounding of decimals.
type TimeSettings struct {
	Start, Stop, Step, Save float64 // Save is Step if not given
	Unit                    string
	Method                  string // the name of a method of model/method; euler if not given
	// Relative and Absolute are the tolerances of a method that chooses its own steps; 0 if
	// not given.
	Relative, Absolute float64
	// ShortDelays makes a delay shorter than a step a warning, not an error: a fixed
	// delay then takes one step, and others may oscillate, as in Vensim.
	ShortDelays bool
	// Ends is the variable at whose value the run ends, wherever it moves meanwhile; "" if it
	// ends at Stop, which is the latest end that is known before the run then.
	Ends     string
	Span     diagnostic.Span            // of the table's header
	KeySpans map[string]diagnostic.Span // of the values, by key
}

// UnitSpan returns the place of the unit of time, or of [time] if it has none.
func (t *TimeSettings) UnitSpan() diagnostic.Span {
	if at, ok := t.KeySpans["unit"]; ok {
		return at
	}
	return t.Span
}

// A Dimension is a [dimension.x] table.
type Dimension struct {
	Name, Label string
	Elements    []string          // in order; a range such as 1..12 is written out
	Labels      map[string]string // labels of elements that have one
	Ordered     bool              // equations may refer to the next element: grade - 1
	Of          string            // the dimension of which this is a subrange, or ""
	Span        diagnostic.Span
}

// A Module is a [module.x] table: another model file as a part of this one. Its
// variables are among the model's Variables, under their full names.
type Module struct {
	Name   string // full: "teachers", inside another module "city.teachers"
	File   string // as in spans, or as written if the file cannot be read
	Label  string // of [module.x], or else the name of the file's model
	Title  string // the name of the file's model
	About  string
	Broken bool // the file could not be read, so its names are not known
	Span   diagnostic.Span
	// LeftOut are the full names of variables of the file that are not among the model's:
	// they served only variables that the model binds to an expression of its own.
	LeftOut []string
	// Alone is the module's file as a model of its own, before anything is bound in it. It is
	// there only if the file names fitted values: Check compares those with the model that
	// they were fitted to. Nil otherwise.
	Alone *Model
}

// A Source is a [source.x] table.
type Source struct {
	ID, Title, Where, Note string
	Span                   diagnostic.Span
}

// Seal notes the names of the variables, which are final: Variable finds them quickly from
// here on. Variables may still be added and replaced.
func (m *Model) Seal() {
	m.places = make(map[string]int, len(m.Variables))
	for i, v := range slices.Backward(m.Variables) {
		m.places[v.Name] = i
	}
}

// Variable returns the declared variable of that name, or nil; of two of one name the first.
// Before Seal it looks at every variable.
func (m *Model) Variable(name string) *Variable {
	if i, known := m.places[name]; known && i < len(m.Variables) && m.Variables[i].Name == name {
		return m.Variables[i]
	} else if !known && len(m.places) == len(m.Variables) && len(m.places) > 0 {
		return nil
	}
	for _, v := range m.Variables {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// ByName returns the variables by their names. Of two variables of one name the map has the
// first, as Variable does. The map belongs to the caller.
func (m *Model) ByName() map[string]*Variable {
	out := make(map[string]*Variable, len(m.Variables))
	for _, v := range slices.Backward(m.Variables) {
		out[v.Name] = v
	}
	return out
}

// LeaveOut records in a variable's module that the model does without the variable.
func (m *Model) LeaveOut(v *Variable) {
	for _, mod := range m.Modules {
		if mod.Name == v.Module {
			mod.LeftOut = append(mod.LeftOut, v.Name)
		}
	}
}

// LeftOut returns the reason why a variable of a module's file is not in the model: it served
// only variables that the model binds. It returns "" for any other name.
func (m *Model) LeftOut(name string) string {
	for _, mod := range m.Modules {
		if slices.Contains(mod.LeftOut, name) {
			return name + " served only what [module." + mod.Name + ".bind] takes from elsewhere, and is left out"
		}
	}
	return ""
}

// AllowsShortDelays reports whether a delay may be shorter than a step. Other tools run such a
// model, so an imported one must run here, too.
func (m *Model) AllowsShortDelays() bool { return m.Imported != nil || m.Time.ShortDelays }
