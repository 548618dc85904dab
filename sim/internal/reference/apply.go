package reference

import (
	"math"

	"weir/model/resolved"
)

// apply computes one operation.
func apply(op resolved.Op, x []float64) float64 {
	switch op {
	case resolved.SafeDiv:
		if x[1] == 0 {
			return x[2]
		}
		return x[0] / x[1]
	case resolved.Not:
		return truth(x[0] == 0)
	}
	if f := one[op]; f != nil {
		return f(x[0])
	}
	return two[op](x[0], x[1])
}

// truth is 1 or 0.
func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

var one = map[resolved.Op]func(float64) float64{
	resolved.Neg:   func(x float64) float64 { return -x },
	resolved.Abs:   math.Abs,
	resolved.Sqrt:  math.Sqrt,
	resolved.Exp:   math.Exp,
	resolved.Ln:    math.Log,
	resolved.Log10: math.Log10,
	resolved.Sin:   math.Sin,
	resolved.Cos:   math.Cos,
	resolved.Tan:   math.Tan,
	resolved.Asin:  math.Asin,
	resolved.Acos:  math.Acos,
	resolved.Atan:  math.Atan,
	resolved.Floor: math.Floor,
	resolved.Ceil:  math.Ceil,
	resolved.Trunc: math.Trunc,
	resolved.Round: math.Round, // half away from zero
}

var two = map[resolved.Op]func(a, b float64) float64{
	resolved.Add: func(a, b float64) float64 { return a + b },
	resolved.Sub: func(a, b float64) float64 { return a - b },
	resolved.Mul: func(a, b float64) float64 { return a * b },
	resolved.Div: func(a, b float64) float64 { return a / b },
	resolved.Mod: modulo,
	resolved.Pow: math.Pow,
	resolved.Lt:  func(a, b float64) float64 { return truth(a < b) },
	resolved.Le:  func(a, b float64) float64 { return truth(a <= b) },
	resolved.Gt:  func(a, b float64) float64 { return truth(a > b) },
	resolved.Ge:  func(a, b float64) float64 { return truth(a >= b) },
	resolved.Eq:  func(a, b float64) float64 { return truth(a == b) },
	resolved.Ne:  func(a, b float64) float64 { return truth(a != b) },
	resolved.And: func(a, b float64) float64 { return truth(a != 0 && b != 0) },
	resolved.Or:  func(a, b float64) float64 { return truth(a != 0 || b != 0) },
	resolved.Min: func(a, b float64) float64 { return min(a, b) },
	resolved.Max: func(a, b float64) float64 { return max(a, b) },
}

// modulo has the sign of the divisor: -9.9 mod 3 is 2.1.
func modulo(a, b float64) float64 {
	m := math.Mod(a, b)
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m
}
