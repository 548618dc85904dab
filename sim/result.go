package sim

import (
	"math"
	"slices"
	"strings"

	clocks "weir/model/numeric/clock"
)

// A Result has the numbers of a run and what a reader of them needs. It belongs to the caller
// and never changes.
type Result struct {
	Columns []Column
	Time    []float64 // of the saved rows, in time units; Time[i] = start + i*save
	rows    []float64 // row-major, len(Time) × width
	width   int
	columns *columns

	Method      string
	Step        float64
	Limits      []LimitUse  // outflows that non-negative stocks held back, in model order
	Lookups     []LookupUse // tables read outside their points, in model order
	NonFinite   *NonFinite  // the first NaN or infinity, nil if there was none; the rows end before it
	Complete    bool        // false if the run was cancelled or stopped early; the rows are those up to then
	Evaluations int         // of the flow equations
	// Substeps is how many a method that chooses its own steps took; 0 for other methods.
	Substeps int
	// Tightened reports a run by RunHalved that has a tenth of the tolerances, since its method
	// chooses its own steps.
	Tightened bool

	// Held names the parts of the model that kept the whole step in a run by RunHalved,
	// because half a step would change their meaning: see the constants. It is nil for a
	// run by Run.
	Held []string
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
	Operands  []Operand // the inputs of the operation
}

// An Operand is an input to the operation that failed.
type Operand struct {
	Name  string
	Value float64
}

// Name returns the variable's name, with its element as name[a,b].
func (c Column) Name() string {
	if c.Elements == nil {
		return c.Variable
	}
	return c.Variable + "[" + strings.Join(c.Elements, ",") + "]"
}

// Index returns the position of a column, "x" or "x[a,b]" (spaces and case do not matter),
// or -1 if there is none.
func (r *Result) Index(name string) int {
	if i, ok := r.columns.index[name]; ok {
		return i
	}
	base, subscripts := splitName(name)
	return slices.IndexFunc(r.Columns, func(c Column) bool {
		return strings.EqualFold(c.Variable, base) && slices.EqualFunc(c.Elements, subscripts, strings.EqualFold)
	})
}

// Series returns a column over the saved times, nil if there is none of that name. The
// caller owns it.
func (r *Result) Series(name string) []float64 {
	i := r.Index(name)
	if i < 0 {
		return nil
	}
	out := make([]float64, len(r.Time))
	for k := range out {
		out[k] = r.rows[k*r.width+i]
	}
	return out
}

// Row returns a saved row, one number a column. It is a view: do not change it.
func (r *Result) Row(i int) []float64 { return r.rows[i*r.width : (i+1)*r.width : (i+1)*r.width] }

// At returns the value of a column at the saved row at time t, or the nearest below; NaN
// before the first row, after the last, and for an unknown name. A time that is off
// a row's by rounding counts as that row's.
func (r *Result) At(name string, t float64) float64 {
	i, n := r.Index(name), len(r.Time)
	if i < 0 || n == 0 {
		return math.NaN()
	}
	slack := float64(clocks.Tolerance * max(math.Abs(t), r.Step))
	k, _ := slices.BinarySearch(r.Time, t+slack)
	if k < n && r.Time[k] <= t+slack {
		k++
	}
	if k == 0 || k == n && t > r.Time[n-1]+slack || math.IsNaN(t) {
		return math.NaN()
	}
	return r.rows[(k-1)*r.width+i]
}

// Span returns the lowest and the highest value of a variable, or of one element, "x" or
// "x[a,b]", over the saved times; ok is false for an unknown name and where there is
// no row, or a value that is not finite.
func (r *Result) Span(name string) (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	of, known := r.columns.of[name]
	if !known {
		one := r.Index(name)
		if one < 0 {
			return low, high, false
		}
		of = span{one, one + 1}
	}
	for k := range r.Time {
		for _, x := range r.Row(k)[of.from:of.to] {
			if x-x != 0 {
				return 0, 0, false
			}
			low, high, ok = min(low, x), max(high, x), true
		}
	}
	return low, high, ok
}
