// Package resolved is a checked model as an engine sees it: every name is a
// pointer, every subscript a table of positions, every stateful function a stock or a
// delay state, and the equations are in an order of evaluation. There is no text to
// parse and nothing that can be wrong; model.Check makes it, sim compiles it, and the
// reference evaluator walks it.
//
// Its types are the only seam between the checker and the engines. Op.Of and
// ArrayFunction.Of define the operations, and every engine must compute the same bits.
package resolved

import "weir/model/diagnostic"

// A Model is a checked model. It never changes after Check.
type Model struct {
	Name      string
	Time      Time
	Variables []*Variable // declared ones in file order, then those that expansion added
	Tables    []*Table
	Init      []Assign // in order: everything that initial values need, and the initial values
	Flows     []Assign // in order: every flow and auxiliary, once an evaluation
	Limits    []Limit
	Guards    []Guard
	// Dimensions are those declared, for names such as seats[upper]; a model built by
	// hand may leave them out.
	Dimensions []*Dimension
	Loops      []*NamedLoop // those that the model names
	Channels   []*Channel   // through which effects may pass
}

// A Channel is variables through which effects may pass, with a name. Higher and Lower are
// clauses that say what happens where they are higher or lower; "" if there are none.
type Channel struct {
	Name, Label   string
	Higher, Lower string
	Variables     []*Variable // declared ones
}

// A NamedLoop is a feedback loop that the model gives a name: it passes the variables in order, the
// last one acts on the first.
type NamedLoop struct {
	Name, Label string
	Through     []*Variable // declared ones
}

// Time is the clock, in the model's time unit. A row i is at Start + i*Step.
type Time struct {
	Start, Stop, Step, Save float64
	Unit                    string
	Method                  string // of package method
	// Relative and Absolute are the tolerances of a method that chooses its own steps; 0 is
	// the engine's own.
	Relative, Absolute float64
}

// A Kind is the way in which a variable gets its value.
type Kind uint8

// The kinds of variable.
const (
	Constant   Kind = iota // an assumption: Parts hold Const
	Decision               // a lever: Parts hold Const; a run may change it over time
	Stock                  // Parts give the initial value; changed by Inflows and Outflows
	Flow                   // Parts give the value
	Aux                    // Parts give the value
	Initial                // Parts are evaluated once, while initial values are computed: init(x)
	DelayState             // changes at step boundaries only: previous and delay_fixed; see Input
)

// A Variable is a scalar or an array, row-major over its dimensions.
type Variable struct {
	ID      int // position in Model.Variables
	Name    string
	Label   string // plain words; Name if the model has none
	Unit    string // as printed, "" if the model has none
	Kind    Kind
	Hidden  bool      // made by expansion; Owner is the declared variable whose equation needed it
	Owner   *Variable // nil unless Hidden
	Over    []*Dimension
	Parts   []*Part // disjoint, together covering every element
	Inflows []*Variable
	// Outflows are in the order of priority in which a non-negative stock serves them.
	Outflows    []*Variable
	NonNegative bool
	// Input of a DelayState is evaluated at each step boundary, with the values at the
	// start of the step, and is its value Delay later. Delay is read once, at the start, in
	// time units; the number of steps is round-half-up(delay/step), at least 1. A nil Delay
	// means one step. Until the first input arrives the value is the initial one.
	Input []*Part
	Delay []*Part
	// Range of a constant or decision; HasRange is false if the model has none.
	Range    [2]float64
	HasRange bool
	Span     diagnostic.Span
}

// Size is the number of elements, 1 for a scalar.
func (v *Variable) Size() int {
	n := 1
	for _, d := range v.Over {
		n *= len(d.Elements)
	}
	return n
}

// A Dimension is a named list of elements. A subrange has its parent in Of.
type Dimension struct {
	Name     string
	Elements []string
	Ordered  bool
	Conveyor bool // its elements are the places of a conveyor, the end first
	Of       *Dimension
}

// A Part is an equation for a box of elements: the product of its Loops, one a
// dimension of the variable.
type Part struct {
	Loops []*Loop
	Expr  Expr
	Span  diagnostic.Span // of the equation's text
	Text  string          // as written, for messages
}

// A Loop runs over some elements of a dimension. Its i-th iteration is element At[i].
// Loops are compared by identity: a Pos that names a loop means this one.
type Loop struct {
	Dim *Dimension
	At  []int
}

// An Expr is a node of a resolved expression: *Const, *Clock, *Ref, *Apply, *If,
// *Reduce, *Lookup, *Draw or *ArrayCall.
type Expr interface{ expr() }

// Const is a number.
type Const struct{ Value float64 }

// A Clock is a value that the run itself supplies.
type Clock struct{ Kind ClockKind }

// A ClockKind is one of the values that the run supplies.
type ClockKind uint8

// The clocks. Now moves inside a step when a Runge-Kutta method tries a stage;
// StepStart does not: functions of it change at step boundaries only.
const (
	Now       ClockKind = iota // time
	StepStart                  // time at the start of the present step
	StepSize                   // dt
	StartTime
	StopTime
)

// A Ref is an element of a variable. At has one Pos a dimension of the variable.
type Ref struct {
	Var *Variable
	At  []Pos
}

// A Pos picks a position in a dimension: Fixed if Loop is nil, otherwise Map[i]
// in the loop's i-th iteration.
type Pos struct {
	Loop  *Loop
	Map   []int
	Fixed int
}

// Apply is an operator or a function without a state on its arguments.
type Apply struct {
	Op   Op
	Args []Expr
}

// If takes one of two values. Only the taken branch matters; both are free of
// side effects, so an engine may compute both.
type If struct{ Cond, Then, Else Expr }

// Reduce combines X over all iterations of its loops, row-major, by Sum, Prod, Min or Max.
type Reduce struct {
	Op    Op
	Loops []*Loop
	X     Expr
}

// Lookup reads a table at X. At picks one table of an array of tables, like a Ref.
type Lookup struct {
	Table *Table
	At    []Pos
	X     Expr
}

// A Draw is a random number, sampled at each step boundary and held within the step. It is
// keyed by (seed, Key, element, step): Key comes from the variable's name and the place of
// the call in its equation, so that adding a variable never shifts another one's draws. The
// element is the positions of Loops in their dimensions at the present iteration, row-major.
type Draw struct {
	Dist  Dist
	Args  []Expr
	Key   uint64
	Loops []*Loop
}

// An ArrayCall is one element of the result of an array function: At picks it among the
// dimensions of the result. An engine computes the whole result at once.
type ArrayCall struct {
	Fn   ArrayFunction
	Args []*ArrayArgument
	Over []*Dimension
	At   []Pos
}

// An ArrayArgument is an argument of an ArrayCall: X for all iterations of the loops,
// row-major. Without loops it is a single number.
type ArrayArgument struct {
	Loops []*Loop
	X     Expr
}

// A Dist is a distribution. Arguments are in the order of the comments.
type Dist uint8

// The distributions.
const (
	Uniform    Dist = iota // low, high
	Normal                 // mean, standard deviation
	LogNormal              // mean and standard deviation of the logarithm
	Triangular             // low, mode, high
	Poisson                // mean
	Held                   // a value: no chance, but like a draw it keeps it for the whole step
)

func (*Const) expr()     {}
func (*Clock) expr()     {}
func (*Ref) expr()       {}
func (*Apply) expr()     {}
func (*If) expr()        {}
func (*Reduce) expr()    {}
func (*Lookup) expr()    {}
func (*Draw) expr()      {}
func (*ArrayCall) expr() {}

// A Table is a lookup, an array of lookups (row-major over Over), or a data series
// over time. It is linear between points.
type Table struct {
	ID     int
	Name   string
	Over   []*Dimension
	Points [][]Point // one list an element, x strictly increasing, at least one point
	Beyond Beyond
	Data   bool // a data series: reading it outside its years is counted apart
	Span   diagnostic.Span
}

// A Point is a corner of a table.
type Point struct{ X, Y float64 }

// Beyond is the rule for a table outside its points. Every such use is counted.
type Beyond uint8

// The rules outside a table's points.
const (
	Hold   Beyond = iota // the first or last value
	Extend               // the first or last line, extended
	Fail                 // the run stops with an error
)

// An Assign sets one part of a variable. Part may be a narrowed copy of one of
// Var.Parts (or Var's initial value), where the order of evaluation runs between
// the elements of one equation.
type Assign struct {
	Var  *Variable
	Part *Part
}

// A Limit is a flow that a non-negative stock holds back: an outflow, or an inflow that runs
// backwards. Flow is the flow itself, Wanted its value without this limit, Limited its value
// with it, and TurnedAway a hidden stock that accumulates the difference. Limited is Flow,
// but for an outflow that is limited at its other end, too: then it is hidden, and Flow has
// a second limit. Of the two, that of the inflow comes first.
type Limit struct {
	Stock, Flow, Wanted, Limited, TurnedAway *Variable
}

// A Guard is a delay whose time must not be shorter than a step at the start: Time
// is a hidden variable with the time of one stage.
type Guard struct {
	Time  *Variable
	Owner *Variable
	What  string // "delay3", for the message
	Span  diagnostic.Span
}
