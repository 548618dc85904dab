package maths

import "math"

// Pow returns x to the power of y, with the edges of IEEE 754-2008's pow: 1 if y is 0 or x
// is 1, whatever the other; NaN for a negative x to a power that is not whole. Powers of
// 2, 0.5 and -1 are the product, the root and the inverse, to the last bit.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case y == 2:
		return float64(x * x)
	case y == 0.5:
		return math.Sqrt(x)
	case y == -1:
		return 1 / x
	case x != x || y != y:
		return nan
	case x > 0 && x < inf && y-y == 0:
		return powPositive(x, y)
	}
	return powEdge(x, y)
}

// powPositive returns e to the power of y ln x, the logarithm in two parts.
func powPositive(x, y float64) float64 {
	hi, lo := logSum(x)
	t := float64(y * hi)
	if t > 710 || t < -746 {
		return expSum(t, 0)
	}
	if t < 0x1p-60 && t > -0x1p-60 {
		return 1 + t
	}
	return expSum(timesLog(y, top(y), hi, lo))
}

// timesLog returns y times the logarithm hi + lo, in two parts. High is top(y).
func timesLog(y, high, hi, lo float64) (p, rest float64) {
	h := top(hi)
	return float64(high * h), float64((y-high)*h) + float64(y*((hi-h)+lo))
}

// powEdge returns the power where x is not positive or one of the two is infinite.
func powEdge(x, y float64) float64 {
	odd := y-y == 0 && math.Floor(y) == y && math.Abs(y) < 0x1p53 && int64(y)&1 == 1
	size := math.Abs(x)
	switch {
	case y-y != 0 && size == 1:
		return 1
	case y-y != 0:
		if (size > 1) == (y > 0) {
			return inf
		}
		return 0
	case size == 0 || size == inf:
		r := 0.0
		if (size == 0) == (y < 0) {
			r = inf
		}
		if odd {
			return math.Copysign(r, x)
		}
		return r
	case math.Floor(y) != y:
		return nan
	}
	r := powPositive(size, y)
	if odd {
		return -r
	}
	return r
}
