// Package code is the form in which package sim hands its programs to translators, such
// as package wasm. It has data only; a copy belongs to the caller.
package code

import "weir/model/resolved"

// A Program is a program as another machine can run it: instructions on one vector of
// float64, and everything around them. It is a copy made for translators such as
// package wasm; it belongs to the caller. Positions are slots of the vector.
type Program struct {
	Slots     int    // length of the vector
	Stocks    [2]int // the stocks, half-open
	Values    [2]int // constants and decisions, half-open
	Literals  []float64
	LiteralAt int // slots after them are temporaries

	// Const, Init and Start are run once, in that order; Flows at each evaluation;
	// Inputs at each step boundary after it; Delays once, after the first evaluation.
	Const, Init, Start, Flows, Inputs, Delays []Instruction

	Indexes     [][]int32 // of gather and scatter
	Lookups     []Lookup
	Draws       []Draw
	Wholes      []Whole
	Tables      []Table
	Series      []Series
	Nets        []Net
	DelayStates []DelayState
	Guards      []Block   // delay times that must not be shorter than a step after the first evaluation
	Segments    []Segment // the parts of a saved row
	Width       int       // numbers in a saved row
}

// The operands of a Instruction, by position in its arrays.
const (
	Result = iota
	A
	B
	C
	Operands
)

// A Instruction works on Planes × Rows × N elements, row-major; a scalar one has
// one element. In the innermost loop an operand walks (Step 1) or stays (Step 0).
type Instruction struct {
	Op                            string // as Dump prints it; reductions begin with "reduce"
	Args                          int    // how many of the operands A, B, C count
	Keep                          bool   // reductions: the result takes part first
	N, Rows, Planes               int
	At, Step, RowStep, PlanesStep [Operands]int
	Site                          int // lookup, draw, gather, scatter, whole: its row in the code's list
}

// A Lookup is one place where tables are read: Table, or Table + Pick[i] for
// element i. Segment is the first of N numbers that hold the segments read last.
type Lookup struct {
	Table, Segment, N int
	Pick              []int
}

// A Draw is one call of a distribution.
type Draw struct {
	Dist    resolved.Dist
	Key     uint64
	Element []uint32
}

// A Whole is one call of a function of whole arrays, for each of so many turns: in A
// the arguments of a turn lie one after the other, so many numbers each, and Out numbers
// of a turn are in the result.
type Whole struct {
	Fn    resolved.ArrayFunction
	Args  []int
	Out   int
	Turns int
}

// Width returns how many numbers all arguments of a turn have.
func (w *Whole) Width() (n int) {
	for _, a := range w.Args {
		n += a
	}
	return n
}

// A Table is one table, or one of an array of them.
type Table struct {
	Name   string
	Points []resolved.Point
	Beyond resolved.Beyond
}

// A Series is a table over time whose value is saved in each row.
type Series struct{ Table, Slot int }

// A Net is how N stocks change: the inflows added up in their order, less the
// outflows in theirs.
type Net struct {
	Stock, N int
	In, Out  []int
}

// A DelayState puts out at At, later, the numbers it takes in from Input. Delay holds the
// time between, read once; -1 means one step.
type DelayState struct {
	Name                string
	At, N, Input, Delay int
}

// A Block is N slots.
type Block struct {
	Name  string
	At, N int
}

// A Segment is N slots that are copied to a saved row, from Column on. Those of an open one
// may be infinite or NaN.
type Segment struct {
	Slot, Column, N int
	Open            bool
}

// A Value is a constant or decision, or an element of one.
type Value struct {
	Name     string // name[a,b]
	Slot     int
	Value    float64 // of the model
	Decision bool
	Varying  bool // a change may move it while running
}

// A Change is a change of one slot: how and when its value moves, as sim.Change.
type Change struct {
	Slot                       int
	Kind                       int32 // of package change
	Amount, Start, Over, Until float64
}

// A Clock is the times of a run in whole steps.
type Clock struct {
	Start, Stop, Step, Save float64
	Steps, Every            int // steps between saved rows
}
