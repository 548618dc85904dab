package tangent

import (
	"math"

	functions "weir/model/numeric/maths"
	"weir/model/resolved"
)

// fixed reports whether the value of an operation is the same in a neighbourhood of almost all
// arguments: comparisons, logic and rounding.
func fixed(op resolved.Op) bool {
	switch op {
	case resolved.Lt, resolved.Le, resolved.Gt, resolved.Ge, resolved.Eq, resolved.Ne, resolved.And,
		resolved.Or, resolved.Not, resolved.Floor, resolved.Ceil, resolved.Trunc, resolved.Round:
		return true
	}
	return false
}

// slopes returns the derivatives of y = op(a, b, c) by its arguments. Where there is none, as
// of the root at 0, they are infinite or NaN.
func slopes(op resolved.Op, a, b, c, y float64) (da, db, dc float64) {
	switch op {
	case resolved.Add, resolved.Sum:
		return 1, 1, 0
	case resolved.Sub:
		return 1, -1, 0
	case resolved.Mul, resolved.Prod:
		return b, a, 0
	case resolved.Div:
		return 1 / b, -y / b, 0
	case resolved.Mod:
		// The whole times of b that the value y was made with: near a multiple, the floor of a/b,
		// which is rounded, may be one more.
		return 1, -functions.Round((a - y) / b), 0
	case resolved.Pow:
		return powSlope(a, b), powExponentSlope(a, y), 0
	case resolved.Min:
		if b < a {
			return 0, 1, 0
		}
		return 1, 0, 0
	case resolved.Max:
		if b > a {
			return 0, 1, 0
		}
		return 1, 0, 0
	case resolved.SafeDiv:
		if b == 0 {
			return 0, 0, 1
		}
		return 1 / b, -y / b, 0
	}
	return slope(op, a, y), 0, 0
}

// powSlope returns the derivative of a^b by a. That of a^0 is 0, at a = 0 as well.
func powSlope(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return float64(b * functions.Pow(a, b-1))
}

// powExponentSlope returns the derivative of y = a^b by b.
func powExponentSlope(a, y float64) float64 {
	if a <= 0 {
		return 0 // defined for whole exponents only
	}
	return float64(y * functions.Ln(a))
}

// slope returns the derivative of a function of one number with value y.
func slope(op resolved.Op, x, y float64) float64 {
	switch op {
	case resolved.Neg:
		return -1
	case resolved.Abs:
		if x < 0 {
			return -1
		}
		return 1
	case resolved.Sqrt:
		return 0.5 / y
	case resolved.Exp:
		return y
	case resolved.Ln:
		return 1 / x
	case resolved.Log10:
		return 1 / float64(x*math.Ln10)
	case resolved.Sin:
		return functions.Cos(x)
	case resolved.Cos:
		return -functions.Sin(x)
	case resolved.Tan:
		return 1 + float64(y*y)
	case resolved.Asin:
		return 1 / math.Sqrt(1-float64(x*x))
	case resolved.Acos:
		return -1 / math.Sqrt(1-float64(x*x))
	case resolved.Atan:
		return 1 / (1 + float64(x*x))
	case resolved.Sinh:
		return functions.Cosh(x)
	case resolved.Cosh:
		return functions.Sinh(x)
	case resolved.Tanh:
		return 1 - float64(y*y)
	}
	panic("tangent: no derivative of " + op.Name())
}

// read returns the value of a table at x and its slope there, that to the right at a point.
func (t *table) read(x float64) (y, slope float64) {
	p := t.points
	last := len(p) - 1
	low, high := 0, last
	switch {
	case math.IsNaN(x):
		return x, 0
	case last == 0:
		return p[0].Y, 0
	case x < p[0].X:
		if t.beyond != resolved.Extend {
			return p[0].Y, 0
		}
		high = 1
	case x >= p[last].X:
		if t.beyond != resolved.Extend {
			return p[last].Y, 0
		}
		low = last - 1
	}
	for high-low > 1 {
		if mid := (low + high) / 2; p[mid].X <= x {
			low = mid
		} else {
			high = mid
		}
	}
	p = p[low:]
	slope = (p[1].Y - p[0].Y) / (p[1].X - p[0].X)
	return p[0].Y + float64((x-p[0].X)*(p[1].Y-p[0].Y))/(p[1].X-p[0].X), slope
}
