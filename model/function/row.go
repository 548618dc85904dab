// Package function is the one table of weir's functions. The checker, the unit check, the
// suggestions and the manual all read its rows; nothing else names a function. Functions
// with a state are data too: a row holds the stocks behind them, as equations over the
// parameters.
//
// To add a function that can be written with others, add a row of Kind Defined, its unit
// rule and an example. A test runs the example by the reference evaluator.
package function

import (
	"strconv"
	"strings"

	"weir/model/equation"
	"weir/model/resolved"
)

// A Kind is the way in which a call is resolved.
type Kind uint8

// The kinds.
const (
	Operation  Kind = iota // Op on the arguments
	Reduction              // Op over the elements of one array; divided by their number if Mean
	Defined                // equations over the parameters, by Expand
	DelayState             // a resolved.DelayState, see Row.Recall
	Initial                // the argument's value while initial values are computed
	Draw                   // a random number, by Dist
	Reading                // a lookup or data series, which the first argument names, read by Read
	Array                  // a function of the elements of its array arguments, by Array
	Clock                  // a value of the run itself, by Clock; written without parentheses
	Pipeline               // a delay whose time, Recall.Delay, may change, by Pipe
	Literal                // Number; written without parentheses
)

// MaxOrder is the longest chain of stages: smooth_n and delay_n take an order
// from 1 to MaxOrder.
const MaxOrder = 100

// A Param is a parameter. Default is an equation over the other parameters, which is the
// argument where none is given.
type Param struct {
	Name     string
	Optional bool
	Default  string
	Array    bool // runs over the elements of arrays, like the argument of a sum
	Order    bool // a whole number from 1 to MaxOrder, written as a literal
}

// A State is a stock behind a function. Initial and Net are equations over the
// parameters, the states and the functions of the table; Net is the net flow, in the unit
// of the state per unit of time.
type State struct {
	Name, Initial, Net string
	// Kept makes the state a delay state instead: its value is that of Net one step ago, or
	// Delay ago if that is not empty.
	Kept  bool
	Delay string
}

// A Chain is a series of equal stages. Its texts may also use before (the outflow of the
// stage before, or the first parameter), stage (this stage's stock) and order (the number
// of stages).
type Chain struct {
	Order        int    // 0: the value of the parameter that is an Order
	Initial, Net string // of each stage
	Out          string // the outflow of a stage
}

// A Reader is a way to read a table: other than by the line between two points.
type Reader uint8

// The ways to read a table. Next and Previous are the points after and before; Extended
// goes on beyond the points; Slope, Inverse and Area are of the curve.
const (
	Next Reader = iota
	Previous
	Extended
	Slope
	Inverse
	Area
)

// An ArrayFunction combines the elements of arrays, or returns an array.
type ArrayFunction uint8

// The functions of arrays. From Rank on they return a number for each element.
const (
	Size ArrayFunction = iota
	Deviation
	Position
	Element
	Select
	MarketPrice // of demands and supplies, the first and the last four arguments
	Rank
	SortOrder
	InvertMatrix
	AllocateAvailable
	AllocateByPriority
)

// A PipeKind is the rule for values on their way in a Pipeline.
type PipeKind uint8

// The rules: a later input that is due earlier replaces those before it, and the last
// output is held (Information); inputs that are due at the same time come out together
// (Material); so they do, less a fraction that leaks on the way (Conveyor).
const (
	Information PipeKind = iota
	Material
	Conveyor
)

// A Recall is the input of a resolved.DelayState, its initial value and its delay; an empty
// Delay means one step. All are equations over the parameters.
type Recall struct{ Input, Initial, Delay string }

// A Row is one function, or one name of the run's own such as dt.
type Row struct {
	Name    string // lower case
	Aliases []string
	Params  []Param // none: written without parentheses
	// Variadic: the last parameter takes any number of arguments.
	Variadic bool
	// Reduces: an Operation with a single argument combines the elements of that array,
	// like a Reduction.
	Reduces bool
	// Free: a model may use this name for a variable of its own. A lookup of that name
	// then takes precedence over the function.
	Free bool
	// Units is the unit rule, such as "a, time, a -> a". A letter is an unknown unit, the
	// same at each place in the rule; time is the model's time unit; 1 is a plain number.
	Units  string
	Help   string // one line
	Source string // the standard or manual that defines it

	Kind   Kind
	Op     resolved.Op // Operation, Reduction
	Mean   bool        // Reduction
	Number float64     // Literal
	Define string      // Defined: the value, over the parameters and the states
	State  []State     // Defined
	Chain  *Chain      // Defined, instead of Define and State
	Recall Recall      // DelayState, Pipeline
	Pipe   PipeKind    // Pipeline
	Dist   resolved.Dist
	Read   Reader        // Reading
	Array  ArrayFunction // Array
	Clock  resolved.ClockKind
	// StageTime is the time that must not be shorter than a step, over the parameters
	// (and order, in a Chain); empty if there is none.
	StageTime string

	// Example is an equation and Value its value at time 10 of a run by Euler's method from
	// 0 to 10 with a step of 1, where x[*] holds 1, 2 and 3 and t is the lookup
	// [[0, 0], [1, 10], [2, 15]]. If the function returns a number for each element, Value
	// is that of the third, and if it returns a matrix that of the first.
	Example string
	Value   float64
}

// An Expansion is a call of a Defined row written out: states, and the value over them.
// The texts use the names of parameters and states, and the table's functions.
type Expansion struct {
	States    []State
	Value     string
	StageTime string // "" if nothing limits the step
}

// Find returns the row with that name or alias, in any case, or nil.
func Find(name string) *Row { return rows[strings.ToLower(name)] }

var rows = index(Table)

// index returns the rows by name and alias. A name that two rows claim is a mistake of the
// program, which a test finds.
func index(table []Row) map[string]*Row {
	m := map[string]*Row{}
	for i := range table {
		for _, name := range table[i].names() {
			m[name] = &table[i]
		}
	}
	return m
}

// names returns the name and the aliases of a row.
func (r *Row) names() []string { return append([]string{r.Name}, r.Aliases...) }

// Names returns every name and alias, in the table's order.
func Names() []string {
	var out []string
	for i := range Table {
		out = append(out, Table[i].names()...)
	}
	return out
}

// Arity returns the smallest and largest number of arguments; most is -1 if there is no
// largest.
func (r *Row) Arity() (least, most int) {
	most = len(r.Params)
	for _, p := range r.Params {
		if !p.Optional {
			least++
		}
	}
	if r.Reduces {
		least = 1
	}
	if r.Variadic {
		most = -1
	}
	return least, most
}

// Param returns the parameter of argument i, which is the last one for the
// further arguments of a Variadic row.
func (r *Row) Param(i int) *Param { return &r.Params[min(i, len(r.Params)-1)] }

// Vector reports whether the function returns a number for each element of an array.
func (r *Row) Vector() bool {
	return r.Kind == Array && r.Array >= Rank
}

// OrderParam returns the position of the parameter that is a chain's order, or -1.
func (r *Row) OrderParam() int {
	for i, p := range r.Params {
		if p.Order {
			return i
		}
	}
	return -1
}

// Signature returns the call of the function with its parameters' names, those that may
// be left out with a question mark: "smooth_n(input, averaging_time, n, initial?)".
func (r *Row) Signature() string {
	if len(r.Params) == 0 {
		return r.Name
	}
	var names []string
	for _, p := range r.Params {
		if p.Optional {
			p.Name += "?"
		}
		names = append(names, p.Name)
	}
	if r.Variadic {
		names = append(names, "…")
	}
	return r.Name + "(" + strings.Join(names, ", ") + ")"
}

// Expand returns the equations behind a Defined row. order is the value of the argument
// that is an Order; other rows ignore it.
func (r *Row) Expand(order int) Expansion {
	if r.Chain == nil {
		return Expansion{r.State, r.Define, r.StageTime}
	}
	if r.Chain.Order > 0 {
		order = r.Chain.Order
	}
	return r.chain(order)
}

// chain returns the stages of a delay or smooth of an order as definitions, each fed by the one
// before, the first by the input.
func (r *Row) chain(order int) Expansion {
	var e Expansion
	before := r.Params[0].Name
	for i := 1; i <= order; i++ {
		put := stage{"stage" + strconv.Itoa(i), before, strconv.Itoa(order)}
		e.States = append(e.States, State{
			Name: put.stage, Initial: put.in(r.Chain.Initial), Net: put.in(r.Chain.Net),
		})
		e.Value = put.in(r.Chain.Out)
		e.StageTime = put.in(r.StageTime)
		before = "(" + e.Value + ")"
	}
	return e
}

// A stage holds the replacements of the words stage, before and order in a Chain's text.
type stage struct{ stage, before, order string }

// in returns a template with the words that stand for stages replaced by this stage's names.
func (s stage) in(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool { return !isWord(r) })
	var b strings.Builder
	for _, w := range words {
		i := strings.Index(text, w)
		b.WriteString(text[:i])
		b.WriteString(s.word(w))
		text = text[i+len(w):]
	}
	return b.String() + text
}

// word returns the name that a word of a template stands for in this stage, or the word itself.
func (s stage) word(w string) string {
	switch w {
	case "stage":
		return s.stage
	case "before":
		return s.before
	case "order":
		return s.order
	}
	return w
}

// isWord reports whether a character may be in a word of a template.
func isWord(r rune) bool { return r == '_' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' }

// Draws reports whether an expression calls a function that draws a random number, other than one that
// holds the draw of a step.
func Draws(e equation.Expr) bool {
	found := false
	equation.Walk(e, func(e equation.Expr) bool {
		if call, ok := e.(*equation.Call); ok {
			row := Find(call.Func)
			found = found || row != nil && row.Kind == Draw && row.Dist != resolved.Held
		}
		return !found
	})
	return found
}
