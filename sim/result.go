package sim

// A Result is what a run found. It belongs to the caller and never changes.
type Result struct {
	Columns []Column
	Time    []float64 // of the saved rows, in time units; Time[i] = start + i*save
	rows    []float64 // row-major, len(Time) × width
	width   int

	Method      string
	Step        float64
	Limits      []LimitUse  // what non-negative stocks turned away, in model order
	Lookups     []LookupUse // tables read outside their points, in model order
	NonFinite   *NonFinite  // the first NaN or infinity, nil if there was none; rows from there on are left as computed
	Complete    bool        // false if the run was cancelled; the rows are those up to then
	Evaluations int         // of the flow equations
}

// A Column is one saved number a row: a variable, or an element of an array.
type Column struct {
	Variable string   // name
	Elements []string // nil for a scalar
	Label    string
	Unit     string
}

// A LimitUse is an outflow that a non-negative stock held back.
type LimitUse struct {
	Stock, Flow string  // with elements, as name[a,b]
	First       float64 // time of the first step at which it happened
	Steps       int     // how many steps
	Amount      float64 // turned away in all, in the stock's unit
}

// A LookupUse is a table that was read outside its points at the start of a step.
type LookupUse struct {
	Table     string  // name[a,b]
	Data      bool    // a data series
	First     float64 // time of the first such step
	Steps     int
	Low, High float64 // the lowest and highest input seen
	From, To  float64 // the table's own first and last x
}

// NonFinite is the first number that was not one.
type NonFinite struct {
	Variable  string // name[a,b]
	Time      float64
	Value     float64   // NaN or an infinity
	Operation string    // as "instruction / students", in the modeler's names
	Operands  []Operand // what went in
}

// An Operand is an input to the operation that failed.
type Operand struct {
	Name  string
	Value float64
}

// A Difference is how far a run with half the step departs from a run, at the same
// saved times: how wrong the step alone makes it.
type Difference struct {
	Column   string  // where the largest relative difference is, as name[a,b]
	Relative float64 // its size, relative to the largest magnitude in that column
	At       float64 // its time
	// ByColumn is the largest absolute difference of each column of the run.
	ByColumn []float64
}
