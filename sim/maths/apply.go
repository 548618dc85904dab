package maths

import (
	"math"

	"weir/model/resolved"
)

// Apply is the meaning of an operation on its arguments; b and c are ignored where
// the operation has fewer. It is used where speed does not matter: in folding
// constants and in explaining a number that failed. The executor's loops spell out
// the same expressions, and a test holds the two together.
func Apply(op resolved.Op, a, b, c float64) float64 {
	switch op {
	case resolved.Add:
		return a + b
	case resolved.Sub:
		return a - b
	case resolved.Mul:
		return a * b
	case resolved.Div:
		return a / b
	case resolved.Mod:
		return Mod(a, b)
	case resolved.Pow:
		return Pow(a, b)
	case resolved.Neg:
		return -a
	case resolved.Min:
		return min(a, b)
	case resolved.Max:
		return max(a, b)
	case resolved.SafeDiv:
		return SafeDiv(a, b, c)
	case resolved.Lt, resolved.Le, resolved.Gt, resolved.Ge, resolved.Eq, resolved.Ne,
		resolved.And, resolved.Or, resolved.Not:
		return Truth(holds(op, a, b))
	}
	return unary(op, a)
}

// holds is the truth of a comparison or a logical operation. Anything but 0 is
// true, NaN too; a comparison with NaN is false, <> excepted.
func holds(op resolved.Op, a, b float64) bool {
	switch op {
	case resolved.Lt:
		return a < b
	case resolved.Le:
		return a <= b
	case resolved.Gt:
		return a > b
	case resolved.Ge:
		return a >= b
	case resolved.Eq:
		return a == b
	case resolved.Ne:
		return a != b
	case resolved.And:
		return a != 0 && b != 0
	case resolved.Or:
		return a != 0 || b != 0
	}
	return a == 0
}

func unary(op resolved.Op, a float64) float64 {
	switch op {
	case resolved.Abs:
		return math.Abs(a)
	case resolved.Sqrt:
		return Sqrt(a)
	case resolved.Exp:
		return Exp(a)
	case resolved.Ln:
		return Ln(a)
	case resolved.Log10:
		return Log10(a)
	case resolved.Sin:
		return Sin(a)
	case resolved.Cos:
		return Cos(a)
	case resolved.Tan:
		return Tan(a)
	case resolved.Asin:
		return Asin(a)
	case resolved.Acos:
		return Acos(a)
	case resolved.Atan:
		return Atan(a)
	case resolved.Floor:
		return math.Floor(a)
	case resolved.Ceil:
		return math.Ceil(a)
	case resolved.Trunc:
		return math.Trunc(a)
	case resolved.Round:
		return Round(a)
	}
	panic("maths: not an operation on numbers")
}
