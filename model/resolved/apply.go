package resolved

import (
	"math"

	"weir/model/numeric/maths"
)

// Arity returns how many arguments the operation takes: 1, 2 or 3. Sum and Prod combine two
// at a time.
func (o Op) Arity() int {
	switch {
	case o == SafeDiv:
		return 3
	case unary[o] != nil:
		return 1
	}
	return 2
}

// Of returns the result of an operation on single values; it is the definition of each,
// and len(args) must be o.Arity().
//
// Of NaN arithmetic and functions return NaN as in IEEE 754, min and max included.
// Comparisons with NaN are 0, only <> is 1. In logic NaN is true, since it is not 0.
// Division by 0 returns an infinity or NaN, mod by 0 NaN, and so do the root and the
// logarithm of a negative number; the logarithm of 0 is -Inf.
func (o Op) Of(args ...float64) float64 {
	switch o.Arity() {
	case 1:
		return unary[o](args[0])
	case 3:
		return safeDivide(args[0], args[1], args[2])
	}
	return binary[o](args[0], args[1])
}

var unary = [NumOps]func(x float64) float64{
	Neg:   func(x float64) float64 { return -x },
	Not:   func(x float64) float64 { return truth(x == 0) },
	Abs:   math.Abs,
	Sqrt:  math.Sqrt,
	Exp:   maths.Exp,
	Ln:    maths.Ln,
	Log10: maths.Log10,
	Sin:   maths.Sin,
	Cos:   maths.Cos,
	Tan:   maths.Tan,
	Asin:  maths.Asin,
	Acos:  maths.Acos,
	Atan:  maths.Atan,
	Sinh:  maths.Sinh,
	Cosh:  maths.Cosh,
	Tanh:  maths.Tanh,
	Floor: math.Floor,
	Ceil:  math.Ceil,
	Trunc: math.Trunc,
	Round: maths.Round,
}

// Products are converted, so that no machine fuses them with an addition.
var binary = [NumOps]func(a, b float64) float64{
	Add:  func(a, b float64) float64 { return a + b },
	Sum:  func(a, b float64) float64 { return a + b },
	Sub:  func(a, b float64) float64 { return a - b },
	Mul:  func(a, b float64) float64 { return float64(a * b) },
	Prod: func(a, b float64) float64 { return float64(a * b) },
	Div:  func(a, b float64) float64 { return a / b },
	Mod:  maths.Modulo,
	Pow:  maths.Pow,
	Lt:   func(a, b float64) float64 { return truth(a < b) },
	Le:   func(a, b float64) float64 { return truth(a <= b) },
	Gt:   func(a, b float64) float64 { return truth(a > b) },
	Ge:   func(a, b float64) float64 { return truth(a >= b) },
	Eq:   func(a, b float64) float64 { return truth(a == b) },
	Ne:   func(a, b float64) float64 { return truth(a != b) },
	And:  func(a, b float64) float64 { return truth(a != 0 && b != 0) },
	Or:   func(a, b float64) float64 { return truth(a != 0 || b != 0) },
	Min:  func(a, b float64) float64 { return min(a, b) },
	Max:  func(a, b float64) float64 { return max(a, b) },
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func safeDivide(a, b, otherwise float64) float64 {
	if b == 0 {
		return otherwise
	}
	return a / b
}
