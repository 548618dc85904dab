package syntax

import "weir/model/resolved"

// An Expr is a node of an equation: *num, *ref, *unary, *infix, *call, *str, *table or
// *held.
type Expr interface{ Pos() Span }

// Pos returns the span itself; it makes every node that has one an Expr.
func (s Span) Pos() Span { return s }

// A Num is a number. Text is as written, "" if it was computed.
type Num struct {
	Span
	Value float64 // infinite numbers are mistakes
	Text  string  // "" if it is computed
}

// A Ref is a variable, an element or a range of subscripts.
type Ref struct {
	Span
	Name string // as written
	Key  string // folded
	Subs []Sub  // nil of a scalar
}

// A Sub is one subscript: a range or an element, with ! in a reduction.
type Sub struct {
	Span
	Name, Key string // as written, folded
	Bang      bool   // every element, in a reduction
}

// An Op is an operator, written as in weir's language.
type Op string

// A Unary is -x, +x or :NOT: x.
type Unary struct {
	Span
	Op Op   // -, + or not
	X  Expr // the operand
}

// An Infix is an operator between two expressions.
type Infix struct {
	Span
	Op     Op   // as in weir's language
	OpSpan Span // of the operator alone
	X, Y   Expr // the operands
}

// A Call is a function, a macro, or a lookup with its subscripts. Outs are the further
// results of a macro.
type Call struct {
	Span
	Name, Key string // as written, folded
	NameSpan  Span   // without subscripts and arguments
	Subs      []Sub  // of a lookup
	Args      []Expr // in the order of the file
	Outs      []*Ref // of a macro: names for its further results
}

// A Str is text in single quotes.
type Str struct {
	Span
	Text string // without the quotes
}

// A Held is the value of a variable one step before; first is its value at the start.
type Held struct {
	Span
	X     *Ref // the variable itself, with its subscripts
	First Expr // at the start, when there is no step before
}

// A Table is the points of a lookup.
type Table struct {
	Span
	Points []resolved.Point // in the order of the file
}

// An equationKind is the kind of thing that an equation defines.
type equationKind uint8

const (
	EqValue     equationKind = iota // x = expression, or x == expression
	EqNumbers                       // x[a] = 1, 2, 3 or a tabbed array
	EqLookup                        // x((0,0),(1,1))
	EqData                          // x, or x := expression
	EqRange                         // a: a1, a2
	EqAlias                         // a <-> b
	EqTestInput                     // a reality check's input
	EqCondition                     // a reality check
	EqText                          // a text variable
)

// An Equation is a statement, parsed.
type Equation struct {
	*Statement
	Kind      equationKind    // by the sign behind the left side
	Name, Key string          // as written, folded
	NameSpan  Span            // of the left side, without subscripts
	Subs      []Sub           // on the left side
	Except    [][]Sub         // one list of subscripts for each exception
	Between   string          // :RAW: and the like
	Expr      Expr            // the right side; nil of numbers, points and data
	Numbers   [][]*Num        // eqNumbers, by rows
	Table     *Table          // of a lookup with points
	Items     []RangeItem     // eqRange
	Maps      []Mapping       // eqRange, eqAlias
	Alias     string          // eqAlias
	Initial   Expr            // of ACTIVE INITIAL
	Text      string          // eqText: the text, "" if it is none in quotes
	Target    *Ref            // eqTestInput: the constant that expr is for
	Condition Expr            // eqCondition: expr must hold where it does; nil: always
	Broken    bool            // reported
	Derived   bool            // made here, not in the file
	Arguments map[string]Expr // of a macro's equation: the arguments of the call, by the inputs' names
	After     string          // of a derived one: the equation of the file that it serves
}

// Unmeasured returns the equation's statement without its units: for an equation that is
// made of a part of this one, whose units the file does not say.
func (eq *Equation) Unmeasured() *Statement {
	out := *eq.Statement
	out.Units = Span{}
	return &out
}

// A RangeItem is an element or range in a range's list, or a numbered series.
type RangeItem struct {
	Span
	Name, Last string // (name-last)
}

// A Mapping says to which range a range maps; items are one for each of its elements,
// nil if they go in order.
type Mapping struct {
	Span
	To    string // the key of the range
	Name  string // as written
	Items []Sub  // elements or ranges in it, nil: in order
}

// Unwritten is the function that Vensim writes for an equation that nobody has written
// yet: a function of the variables that point to this one in the diagram.
const Unwritten = "A FUNCTION OF"

// NotAvailable is the value of :NA:.
const NotAvailable = -1 << 109

// Walk calls f for every node, parents first. It does not go below a node for which f
// is false.
func Walk(e Expr, f func(Expr) bool) {
	if e == nil || !f(e) {
		return
	}
	switch e := e.(type) {
	case *Unary:
		Walk(e.X, f)
	case *Infix:
		Walk(e.X, f)
		Walk(e.Y, f)
	case *Call:
		for _, a := range e.Args {
			Walk(a, f)
		}
	case *Held:
		Walk(e.X, f)
		Walk(e.First, f)
	}
}

// IsWritten reports whether an expression is a number as written, with or without a sign.
func IsWritten(e Expr) bool {
	if u, ok := e.(*Unary); ok {
		e = u.X
	}
	_, ok := e.(*Num)
	return ok
}
