package resolved

import (
	"math"

	"weir/model/numeric/maths"
)

// An Op is an operator or function without a state.
type Op uint8

// The operations. Comparison and logic return 0 or 1; any value but 0 is true.
const (
	Add Op = iota
	Sub
	Mul
	Div
	Mod // sign follows the divisor (XMILE 3.3.1)
	Pow
	Neg
	Lt
	Le
	Gt
	Ge
	Eq
	Ne
	And
	Or
	Not
	Abs
	Sqrt
	Exp
	Ln
	Log10
	Sin
	Cos
	Tan
	Asin
	Acos
	Atan
	Sinh
	Cosh
	Tanh
	Floor
	Ceil
	Trunc
	Round // half away from zero
	Min
	Max
	SafeDiv // a, b, c: a/b, or c where b is 0
	Sum     // in Reduce only
	Prod    // in Reduce only
	NumOps
)

// An operation is what every engine and every check must know of an Op: to add a function
// of one number, write it in package maths, and add its row here and in package function.
// Engines that translate code find it by its name in package maths.
type operation struct {
	name  string
	one   func(x float64) float64
	two   func(a, b float64) float64
	three func(a, b, c float64) float64
	// maths is the function of package maths that computes it, for engines that call it;
	// "" if it is an instruction, or written out.
	maths string
	// slope is 1 if the operation rises with every argument, -1 if it falls, else 0.
	slope int
	// low and high bound the values of a function; nil is no bound.
	low, high *float64
	// zero is where a rising function changes its sign; nil if it does not, or not once.
	zero *float64
}

var zero, one, minusOne = 0.0, 1.0, -1.0

// Products are converted, so that no machine fuses them with an addition.
var operations = [NumOps]operation{
	Add:  {name: "add", two: func(a, b float64) float64 { return a + b }, slope: 1},
	Sub:  {name: "sub", two: func(a, b float64) float64 { return a - b }},
	Mul:  {name: "mul", two: func(a, b float64) float64 { return float64(a * b) }},
	Div:  {name: "div", two: func(a, b float64) float64 { return a / b }},
	Mod:  {name: "mod", two: maths.Modulo, maths: "Modulo"},
	Pow:  {name: "pow", two: maths.Pow, maths: "Pow"},
	Neg:  {name: "neg", one: func(x float64) float64 { return -x }, slope: -1},
	Lt:   comparison("lt", func(a, b float64) bool { return a < b }),
	Le:   comparison("le", func(a, b float64) bool { return a <= b }),
	Gt:   comparison("gt", func(a, b float64) bool { return a > b }),
	Ge:   comparison("ge", func(a, b float64) bool { return a >= b }),
	Eq:   comparison("eq", func(a, b float64) bool { return a == b }),
	Ne:   comparison("ne", func(a, b float64) bool { return a != b }),
	And:  comparison("and", func(a, b float64) bool { return a != 0 && b != 0 }),
	Or:   comparison("or", func(a, b float64) bool { return a != 0 || b != 0 }),
	Not:  {name: "not", one: func(x float64) float64 { return truth(x == 0) }, low: &zero, high: &one},
	Abs:  {name: "abs", one: math.Abs, low: &zero},
	Sqrt: {name: "sqrt", one: math.Sqrt, slope: 1, low: &zero},

	Exp:   {name: "exp", one: maths.Exp, maths: "Exp", slope: 1, low: &zero},
	Ln:    {name: "ln", one: maths.Ln, maths: "Ln", slope: 1, zero: &one},
	Log10: {name: "log10", one: maths.Log10, maths: "Log10", slope: 1, zero: &one},
	Sin:   {name: "sin", one: maths.Sin, maths: "Sin", low: &minusOne, high: &one},
	Cos:   {name: "cos", one: maths.Cos, maths: "Cos", low: &minusOne, high: &one},
	Tan:   {name: "tan", one: maths.Tan, maths: "Tan"},
	Asin:  {name: "arcsin", one: maths.Asin, maths: "Asin", slope: 1, zero: &zero},
	Acos:  {name: "arccos", one: maths.Acos, maths: "Acos", slope: -1, low: &zero},
	Atan:  {name: "arctan", one: maths.Atan, maths: "Atan", slope: 1, zero: &zero},
	Sinh:  {name: "sinh", one: maths.Sinh, maths: "Sinh", slope: 1, zero: &zero},
	Cosh:  {name: "cosh", one: maths.Cosh, maths: "Cosh", low: &zero},
	Tanh:  {name: "tanh", one: maths.Tanh, maths: "Tanh", slope: 1, zero: &zero},

	Floor: {name: "floor", one: math.Floor, slope: 1},
	Ceil:  {name: "ceil", one: math.Ceil, slope: 1},
	Trunc: {name: "trunc", one: math.Trunc, slope: 1},
	Round: {name: "round", one: maths.Round, maths: "Round", slope: 1},

	Min:     {name: "min", two: func(a, b float64) float64 { return min(a, b) }, slope: 1},
	Max:     {name: "max", two: func(a, b float64) float64 { return max(a, b) }, slope: 1},
	SafeDiv: {name: "safediv", three: safeDivide},
	Sum:     {name: "sum", two: func(a, b float64) float64 { return a + b }},
	Prod:    {name: "prod", two: func(a, b float64) float64 { return float64(a * b) }},
}

// comparison returns the row of an operation that is 1 where it holds and 0 where not. A
// comparison with NaN does not hold, but for <>.
func comparison(name string, is func(a, b float64) bool) operation {
	two := func(a, b float64) float64 { return truth(is(a, b)) }
	return operation{name: name, two: two, low: &zero, high: &one}
}

// truth returns 1 for true, as equations count.
func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// safeDivide returns a/b, or otherwise where b is exactly 0 of either sign.
func safeDivide(a, b, otherwise float64) float64 {
	if b == 0 {
		return otherwise
	}
	return a / b
}

// Arity returns how many arguments the operation takes: 1, 2 or 3. Sum and Prod combine two
// at a time.
func (o Op) Arity() int {
	switch f := &operations[o]; {
	case f.one != nil:
		return 1
	case f.two != nil:
		return 2
	}
	return 3
}

// Of returns the result of an operation on single values; it is the definition of each,
// and len(args) must be o.Arity().
//
// Of NaN arithmetic and functions return NaN as in IEEE 754, min and max included.
// Comparisons with NaN are 0, only <> is 1. In logic NaN is true, since it is not 0.
// Division by 0 returns an infinity or NaN, mod by 0 NaN, and so do the root and the
// logarithm of a negative number; the logarithm of 0 is -Inf.
func (o Op) Of(args ...float64) float64 {
	switch f := &operations[o]; {
	case f.one != nil:
		return f.one(args[0])
	case f.two != nil:
		return f.two(args[0], args[1])
	default:
		return f.three(args[0], args[1], args[2])
	}
}

// Name returns the operation's name in listings, such as "add"; that of a function is the
// one in equations.
func (o Op) Name() string { return operations[o].name }

// Maths returns the name of the function of package maths that computes the operation, for
// engines that call it; "" if it is an instruction or written out.
func (o Op) Maths() string { return operations[o].maths }

// Slope returns 1 if the operation rises with every argument, or stays the same, -1 if it
// falls, and 0 if that depends on the arguments.
func (o Op) Slope() int { return operations[o].slope }

// Bounds returns the least and the largest value of the operation, infinite if there is
// none. NaN is within any bounds.
func (o Op) Bounds() (low, high float64) {
	low, high = math.Inf(-1), math.Inf(1)
	if f := &operations[o]; f.low != nil {
		low = *f.low
	}
	if f := &operations[o]; f.high != nil {
		high = *f.high
	}
	return low, high
}

// Zero returns where a rising function of one argument changes its sign: below it the value
// is not positive, above not negative. ok is false of any other operation.
func (o Op) Zero() (x float64, ok bool) {
	if f := &operations[o]; f.zero != nil {
		return *f.zero, true
	}
	return 0, false
}
