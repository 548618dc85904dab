package document

import (
	"weir/model/diagnostic"
	"weir/model/resolved"
)

// A Kind is the kind of table that declares a variable.
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

// kindWords are the kinds in a modeler's words.
var kindWords = map[Kind]string{
	KindStock: "a stock", KindFlow: "a flow", KindAux: "an auxiliary", KindConstant: "a constant",
	KindDecision: "a decision", KindLookup: "a lookup", KindData: "a data series",
}

// WithArticle returns the words for a kind of variable, such as "a stock".
func WithArticle(k Kind) string { return kindWords[k] }

// A Variable is one [stock.x], [flow.x], [aux.x], [constant.x], [decision.x],
// [lookup.x] or [data.x] table. Fields that a kind does not have stay zero.
type Variable struct {
	Name string // full: teachers.turnover for turnover of the module teachers
	// Module is the full name of the variable's module, "" for the model's own variables.
	Module string
	// Scope is the module in which the names in the equation are looked up first: Module, or
	// that of the model that binds the variable to an expression of its own.
	Scope string

	Kind  Kind
	Group string // the part of another tool's file that has it; a comment in TOML
	Label string // in a leader's words
	About string // one sentence
	Units string // as written; model/unit reads it
	Over  []string
	Span  diagnostic.Span            // of the table's header
	Keys  map[string]diagnostic.Span // of the values, by key
	// Broken says that the reader has reported a gap in this table: Check stays
	// silent about its consequences.
	Broken bool

	Equation Text          // flow and aux; of a stock its initial value
	At       []ElementText // equations, values (constants) or columns (data) of single elements
	Inflow   []string      // of a stock
	Outflow  []string      // of a stock, in order of priority
	NonNeg   bool          // a stock that limits its outflows, or a flow that never runs backwards
	Conveyor *Conveyor     // of a stock whose content moves in order; nil if it is well mixed

	// Value of a constant or decision is one number for all elements, or one per element,
	// row-major: the last dimension runs fastest.
	Value    []float64
	Fitted   bool          // the value of this constant was fitted to data; see Model.Calibrated
	Range    *[2]float64   // of a constant or decision: lower and upper end; nil if not given
	Dist     *Distribution // of a constant; nil if not given
	Source   string        // an id in [source], or a sentence
	Evidence string        // measured, study, expert or assumed
	Owner    string        // of a decision: who decides

	Input   Text                        // of a lookup
	Points  []resolved.Point            // of a lookup, x never falling
	Tables  map[string][]resolved.Point // of a lookup over elements, by key of [lookup.x.at]
	Beyond  string                      // of a lookup or data series: hold, extend, error or na
	Between string                      // of a lookup or data series: line, previous, next or exact
	Shapes  []TableShape                // of a lookup: other courses that it may have
	Weight  *float64                    // of a lookup's own points among its shapes; nil: 1
	Series  *Series                     // of a data series
}

// A TableShape is another course that a lookup may have, [lookup.x.shape.y]. Its points hold for
// all elements of the lookup.
type TableShape struct {
	Name, Label, About, Source string
	Points                     []resolved.Point // x never falling; nil after a mistake
	// Weight says how likely the shape is against the lookup's own points and its other shapes,
	// as a share of the sum of all; nil: it is only read where it is named.
	Weight *float64
	Span   diagnostic.Span
}

// OwnShape is the name of a lookup's own points among its shapes.
const OwnShape = "own"

// A Conveyor is [stock.x.conveyor]: an inflow leaves after the transit time, in the order in
// which it entered, less the leakage on the way. One outflow of the stock is at the end of the
// conveyor and has no equation; the others leak, and their equations are the fractions lost.
// An empty Text is one that the table does not have.
type Conveyor struct {
	Transit Text     // transit time of the content that enters now, at least a step
	Leak    []string // leaking outflows, served in this order
	// Exponential says that leakage is a fraction of the present content per unit of time.
	// Otherwise it is a fraction of the inflow, over the whole transit.
	Exponential bool
	Capacity    Text // the largest content; empty: no limit
	InflowLimit Text // the largest inflow per unit of time; empty: no limit
	Arrest      Text // the conveyor stands still while this is not 0; empty: never
	Sample      Text // the transit time keeps its last value while this is 0; empty: never
	// Zone has the stretch in which a flow leaks, as two fractions of the way counted from
	// the entry. A flow that is not there leaks everywhere.
	Zone map[string][2]float64
	// Start has the outflow of the first, second … unit of time, in proportion. It is
	// empty for a conveyor that starts in a steady state.
	Start []float64
	Span  diagnostic.Span
}

// Texts returns the equations of a conveyor, in place; nil for a nil conveyor.
func (c *Conveyor) Texts() []*Text {
	if c == nil {
		return nil
	}
	return []*Text{&c.Transit, &c.Capacity, &c.InflowLimit, &c.Arrest, &c.Sample}
}

// A Distribution says how an uncertain constant is drawn; parameters by name. A parameter
// that is not there follows from the constant's range and value.
type Distribution struct {
	Name   string
	Params map[string]float64
	Span   diagnostic.Span
}

// An ElementText is the equation of the elements that Key names, as in
// [flow.arrival.at] "k" = "…". Key is as written: "k", "district, k", "*, 9".
type ElementText struct {
	Key     string
	KeySpan diagnostic.Span
	Text    Text
	Value   *float64 // of constants and decisions, which have no Text
}

// A Series is where the numbers of a data series come from, and the numbers. Points and Blank
// have one list per element, row-major.
type Series struct {
	File        string
	TimeColumn  string
	ValueColumn string
	Where       map[string]string  // rows to take: column = value
	Points      [][]resolved.Point // in order of time, without the blank cells
	Blank       [][]float64        // times of the blank cells
}

// Texts returns all equations of a variable, in place. Those that it does not have are empty.
func (v *Variable) Texts() []*Text {
	out := []*Text{&v.Equation, &v.Input}
	for i := range v.At {
		out = append(out, &v.At[i].Text)
	}
	return append(out, v.Conveyor.Texts()...)
}

// IsTable reports whether a variable is called with an argument.
func (v *Variable) IsTable() bool { return v.Kind == KindLookup || v.Kind == KindData }

// SpanOf returns the place of a key's value in the variable's table, or of its header if the
// table has no such key.
func (v *Variable) SpanOf(key string) diagnostic.Span {
	if at, ok := v.Keys[key]; ok {
		return at
	}
	return v.Span
}
