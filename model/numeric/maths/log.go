package maths

import "math"

// Ln returns the natural logarithm of x: -Inf of 0, NaN below 0 and of NaN.
func Ln(x float64) float64 {
	if !(x > 0) || x == inf {
		return logEdge(x)
	}
	hi, lo := logSum(x)
	return hi + lo
}

// Log10 returns the logarithm of x to base 10, with the edges of Ln.
func Log10(x float64) float64 {
	if !(x > 0) || x == inf {
		return logEdge(x)
	}
	hi, lo := logSum(x)
	hi, lo = product(hi, lo, log10e1, log10e2)
	return hi + lo
}

// logEdge returns the logarithm where the polynomial does not hold: -Inf of 0, +Inf of +Inf, NaN
// of a negative number and of NaN.
func logEdge(x float64) float64 {
	switch {
	case x == 0:
		return -inf
	case x > 0:
		return inf
	}
	return nan
}

// logSum returns the natural logarithm of a positive finite x as high and low part, with
// a relative error below 2^-66. After Tang (1990, Table-driven implementation of the
// logarithm function in IEEE floating-point arithmetic, ACM TOMS 16), with a table of
// short inverses so that the reduced argument is exact.
func logSum(x float64) (hi, lo float64) {
	k := int64(-1023)
	bits := math.Float64bits(x)
	if bits < 1<<52 { // subnormal
		bits = math.Float64bits(x * 0x1p54)
		k -= 54
	}
	k += int64(bits >> 52)
	z := math.Float64frombits(bits&(1<<52-1) | 1023<<52) // in [1, 2)
	if z > 1.4140625 {
		z = float64(z * 0.5)
		k++
	}
	entry := logTable[int64(float64(z*512)+0.5)-logFirst]
	// r = z * inverse - 1 without an error: the inverse has nine bits, |r| is below 2^-8.
	zh := top(z)
	r := (float64(zh*entry[0]) - 1) + float64((z-zh)*entry[0])
	// ln(1 + r) = r - r^2/2 + r^3/3 - …, the square with its error.
	rh := top(r)
	half := float64(0.5 * float64(rh*rh))
	rest := float64(0.5 * float64((r+rh)*(r-rh)))
	h, low := fastTwoSum(r, -half)
	low = low + (logSeries(r, -1./8, 1./7, -1./6, 1./5, -1./4, 1./3) - rest)
	n := float64(k)
	a, e := fastTwoSum(float64(n*ln21)+entry[1], h)
	return fastTwoSum(a, e+(low+(float64(n*ln22)+entry[2])))
}

// logSeries returns the series of ln(1 + r) from the third power of r to the eighth, with its
// constants, see reduced.
func logSeries(r, c8, c7, c6, c5, c4, c3 float64) float64 {
	t := c7 + float64(r*c8)
	t = c6 + float64(r*t)
	t = c5 + float64(r*t)
	t = c4 + float64(r*t)
	t = c3 + float64(r*t)
	return float64(float64(float64(r*r)*r) * t)
}
