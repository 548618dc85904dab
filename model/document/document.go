// Package document has the types of a model as a modeler wrote it, and what a model knows of
// itself: its variables by name, their equations and the places of both in the file. Nothing
// here reads or checks.
package document

import (
	"slices"

	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/resolved"
)

// A Model is a model file as read: nothing in it is checked yet beyond its shape.
type Model struct {
	Name, About string
	Today       *float64 // where history ends and scenarios may begin; nil if not given
	Time        TimeSettings
	Units       []*UnitDeclaration
	Dimensions  []*Dimension
	Variables   []*Variable // in file order, lookups and data among them
	Tests       []*Test     // the file's own: those of its modules run when their files are tested
	Sources     []*Source
	Views       []*View           // pictures, as drawn: the file's own, then those of its modules
	Modules     []*Module         // in file order, each before those inside it
	Calibration *Calibration      // what weir calibrate fits to which data; nil if nothing
	Calibrated  *Calibrated       // the values that it found; nil if the model names none
	File        string            // as given to Load
	Files       map[string][]byte // every file read, by the name used in spans
	Hash        string            // SHA-256 of the model file and the data files, in hexadecimal
	Broken      bool              // reading found errors: the model has gaps and cannot be run
	Imported    *Import           // how it came from another tool's file; nil for TOML
	Groups      map[string]string // what the groups of Variables are about; groups without a word on them may be missing
	AllData     bool              // data series that no equation uses are variables, too, as they are in an imported model
}

// TimeSettings is the [time] table. Values are in Unit. The run is a whole number of
// saves long, and a save a whole number of steps, up to the rounding of decimals.
type TimeSettings struct {
	Start, Stop, Step, Save float64 // Save is Step if not given
	Unit                    string
	Method                  string // euler if not given, as in the field
	// ShortDelays makes a delay shorter than a step a warning, not an error: a fixed
	// one then takes one step, and others may oscillate, as in Vensim.
	ShortDelays bool
	Span        diagnostic.Span
	KeySpans    map[string]diagnostic.Span // of the values: "start", "stop", "step", "save", "method"
}

// A UnitDeclaration is a row of [unit].
type UnitDeclaration struct {
	Name, Plural string
	Alias        []string
	Span         diagnostic.Span
}

// A Dimension is a [dimension.x] table; Of names the parent of a subrange.
type Dimension struct {
	Name, Label string
	Elements    []string // ranges like 1..12 are written out
	Labels      map[string]string
	Ordered     bool
	Of          string
	Span        diagnostic.Span
}

// A Module is a [module.x] table: another model file as a part of this one. Its
// variables are among the model's Variables, under their full names.
type Module struct {
	Name   string // full: "teachers", inside another "city.teachers"
	File   string // as in spans, or as written if it could not be read
	Label  string // what the file calls itself, if [module.x] does not say otherwise
	About  string
	Broken bool // it could not be read: its names are not known
	Span   diagnostic.Span
	// LeftOut are the full names of the file's variables that are not among the model's:
	// they served only what the model binds to something of its own.
	LeftOut []string
	// Alone is the module's file as a model of its own, before anything is bound in it. It is
	// there only if the file names fitted values: Check compares those with the model that
	// they were fitted to. Nil otherwise.
	Alone *Model
}

// A Kind is the kind of table a variable is declared in.
type Kind string

// The kinds.
const (
	KindStock    Kind = "stock"
	KindFlow     Kind = "flow"
	KindAux      Kind = "aux"
	KindConstant Kind = "constant"
	KindDecision Kind = "decision"
	KindLookup   Kind = "lookup"
	KindData     Kind = "data"
)

// A Variable is one [stock.x], [flow.x], [aux.x], [constant.x], [decision.x],
// [lookup.x] or [data.x] table. Fields that a kind does not have stay zero.
type Variable struct {
	Name string // full: teachers.turnover for turnover of the module teachers
	// Module is the full name of the module that the variable is in, "" for the
	// model's own. Scope is where the names in its equation are looked up first: Module,
	// or that of the model that binds the variable to an expression of its own.
	Module, Scope string

	Kind  Kind
	Group string // the part of another tool's file that it stood in; a comment in TOML
	Label string // in a leader's words
	About string // one sentence
	Units string
	Over  []string
	Span  diagnostic.Span            // of the table's header
	Keys  map[string]diagnostic.Span // of the values, by key
	// Broken says that the reader has reported a gap in this table: Check stays
	// silent about what follows from it.
	Broken bool

	Equation Text                        // flow, aux; stock: initial
	At       []ElementText               // an element's own equation, value (constants) or column (data)
	Inflow   []string                    // stock
	Outflow  []string                    // stock, in order of priority
	NonNeg   bool                        // stock: limits its outflows; flow: never below 0
	Conveyor *Conveyor                   // stock: its contents move along a belt; nil if it is well mixed
	Value    []float64                   // constant, decision: one number, or one an element, row-major
	Fitted   bool                        // constant: Value was fitted to data; see Model.Calibrated
	Range    *[2]float64                 // constant, decision
	Dist     *Distribution               // constant
	Source   string                      // an id in [source], or a sentence
	Evidence string                      // measured, study, expert, assumed
	Owner    string                      // decision: who decides
	Input    Text                        // lookup
	Points   []resolved.Point            // lookup
	Tables   map[string][]resolved.Point // lookup over elements, by key as written in [lookup.x.at]
	Beyond   string                      // lookup, data: hold, extend, error, na
	Between  string                      // lookup, data: line, previous, next, exact
	Series   *Series                     // data
}

// A Conveyor is [stock.x.conveyor]: what flows in comes out after the transit time, in
// the order in which it came, less what leaks on the way. Of the stock's outflows one is
// what comes out at the end, and has no equation; the others leak, and their equations
// are the share that they take.
type Conveyor struct {
	Transit     Text                  // how long the way is for what enters now, at least a step
	Leak        []string              // outflows on the way, served in this order
	Exponential bool                  // shares are of what is there, a time unit; else of what entered, over the whole way
	Capacity    Text                  // the most that it holds; empty: no limit
	InflowLimit Text                  // the most that enters in a time unit; empty: no limit
	Arrest      Text                  // while this is not 0 everything stands still; empty: never
	Sample      Text                  // while this is 0 the transit time stays as it was; empty: never
	Zone        map[string][2]float64 // between which fractions of the way a leak leaks, from where things enter; not there: everywhere
	Start       []float64             // what comes out in the first, second … unit of time, in proportion; empty: as in a steady state
	Span        diagnostic.Span
}

// Texts are the equations of a conveyor.
func (c *Conveyor) Texts() []*Text {
	if c == nil {
		return nil
	}
	return []*Text{&c.Transit, &c.Capacity, &c.InflowLimit, &c.Arrest, &c.Sample}
}

// A Distribution says how an uncertain constant is drawn; parameters by name.
type Distribution struct {
	Name   string
	Params map[string]float64
	Span   diagnostic.Span
}

// Text is an equation with its place. Offsets in the text map to the file by At.
//
// An imported equation comes as a tree, see NewText, which the checker takes as it is:
// the spans of its nodes are byte ranges of the file Span.File, not of Text, and Map is
// nil. Whoever changes Text must drop Tree.
type Text struct {
	Text string
	Span diagnostic.Span
	Map  []int         // Map[i] is the file's byte offset of Text[i]; nil if contiguous from Span.Start
	Tree equation.Expr `json:"-"` // what Text says, if it is known already; never changed
}

// ElementText is an equation of its own for the elements that Key names, as in
// [flow.arrival.at] "k" = "…". Key is as written: "k", "district, k", "*, 9".
type ElementText struct {
	Key     string
	KeySpan diagnostic.Span
	Text    Text
	Value   *float64 // for constants and decisions
}

// A Series is where a data variable's numbers come from, and the numbers.
type Series struct {
	File        string
	TimeColumn  string
	ValueColumn string
	Where       map[string]string  // rows to take: column = value
	Points      [][]resolved.Point // one list an element, blank cells left out
	Blank       [][]float64        // times of the blank cells, one list an element
}

// A Source is a [source.x] table.
type Source struct {
	ID, Title, Where, Note string
	Span                   diagnostic.Span
}

// A Test is a [test.x] table: a run with changes, and what must hold in it.
type Test struct {
	TestRun
	About    string
	Step     float64    // 0: the model's own
	Method   string     // "": the model's own
	Stop     float64    // 0: the model's own
	Runs     []*TestRun // [test.x.run.y]: other runs, with which expectations may compare
	Expect   []Text     // expressions over the results; all must hold
	Conserve []string   // stocks whose change must equal their flows, integrated
	// ConserveSpan is the place of the key conserve, or of the test if it has none.
	ConserveSpan diagnostic.Span
	From, To     *float64 // model times within which Expect must hold; nil: the whole run
}

// A TestRun is how a run of a test differs from the model as it is.
type TestRun struct {
	Name     string
	Set      map[string]float64         // constants and decisions with another value from the start
	Change   []Change                   // constants and decisions that change on a date
	SetSpans map[string]diagnostic.Span // of the values in Set, by their keys; may be nil
	Span     diagnostic.Span            // of its table
}

// A Change moves a constant or decision on a date, at once or over a ramp, for
// good or until a date. Scenario sets and behaviour tests share it.
type Change struct {
	Variable string   // "coach_share" or "seats[charter]"
	To       *float64 // the new value, or
	Add      *float64 // what is added, or
	Times    *float64 // what it is multiplied by: exactly one of the three
	Start    float64  // model time; changes take effect at the first step boundary t with t + dt/2 > Start
	Over     float64  // length of a straight ramp, 0 for at once
	Until    *float64 // back to what it would have been, at once; nil: for good
	Span     diagnostic.Span
}

// Variable returns the declared variable of that name, or nil.
func (m *Model) Variable(name string) *Variable {
	for _, v := range m.Variables {
		if v.Name == name {
			return v
		}
	}
	return nil
}

// ByName are the variables by their names.
func (m *Model) ByName() map[string]*Variable {
	out := make(map[string]*Variable, len(m.Variables))
	for _, v := range m.Variables {
		out[v.Name] = v
	}
	return out
}

// LeaveOut notes in a variable's module that it is left out.
func (m *Model) LeaveOut(v *Variable) {
	for _, mod := range m.Modules {
		if mod.Name == v.Module {
			mod.LeftOut = append(mod.LeftOut, v.Name)
		}
	}
}

// LeftOut says why a name is no variable of the model if a module's file has it, but
// the model binds what it served; "" for any other name.
func (m *Model) LeftOut(name string) string {
	for _, mod := range m.Modules {
		if slices.Contains(mod.LeftOut, name) {
			return name + " served only what [module." + mod.Name + ".bind] takes from elsewhere, and is left out"
		}
	}
	return ""
}

// AllowsShortDelays reports whether a delay may be shorter than a step, as in other tools.
func (m *Model) AllowsShortDelays() bool { return m.Imported != nil || m.Time.ShortDelays }

// Texts are all equations of a variable; the empty ones of those that it has not.
func (v *Variable) Texts() []*Text {
	out := []*Text{&v.Equation, &v.Input}
	for i := range v.At {
		out = append(out, &v.At[i].Text)
	}
	return append(out, v.Conveyor.Texts()...)
}

// IsTable reports whether a variable is called with an argument.
func (v *Variable) IsTable() bool { return v.Kind == KindLookup || v.Kind == KindData }

// SpanOf is the place of a key's value in the variable's table, or of its header.
func (v *Variable) SpanOf(name string) diagnostic.Span {
	if at, ok := v.Keys[name]; ok {
		return at
	}
	return v.Span
}

// Clone returns a copy of the model that stays as it is when names of the original, or of
// its variables, change. Texts, numbers and files are shared.
func (m *Model) Clone() *Model {
	out := *m
	out.Variables = make([]*Variable, len(m.Variables))
	for i, v := range m.Variables {
		out.Variables[i] = v.clone()
	}
	out.Dimensions = clones(m.Dimensions)
	out.Units = clones(m.Units)
	out.Modules = clones(m.Modules)
	return &out
}

func (v *Variable) clone() *Variable {
	out := *v
	out.Inflow, out.Outflow = slices.Clone(v.Inflow), slices.Clone(v.Outflow)
	if v.Conveyor != nil {
		c := *v.Conveyor
		c.Leak = slices.Clone(c.Leak)
		out.Conveyor = &c
	}
	return &out
}

func clones[T any](list []*T) []*T {
	out := make([]*T, len(list))
	for i, x := range list {
		copied := *x
		out[i] = &copied
	}
	return out
}
