package maths

import "math"

// Sinh returns the hyperbolic sine of x.
func Sinh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case size < 0x1p-30:
		return x // x + x^3/6 is nearer to x than half a unit
	case !(size <= farOut):
		return math.Copysign(halfExp(size), x)
	}
	hi, lo, _, _ := hyperbolic(size)
	return math.Copysign(0.5*(hi+lo), x)
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	size := math.Abs(x)
	if !(size <= farOut) {
		return halfExp(size)
	}
	_, _, hi, lo := hyperbolic(size)
	return 0.5 * (hi + lo)
}

// Tanh returns the hyperbolic tangent of x.
func Tanh(x float64) float64 {
	size := math.Abs(x)
	switch {
	case x != x:
		return nan
	case size < 0x1p-30:
		return x // x - x^3/3 is nearer to x than half a unit
	case size > farOut:
		return math.Copysign(1, x)
	}
	sh, sl, ch, cl := hyperbolic(size)
	hi, lo := quotient(sh, sl, ch, cl)
	return math.Copysign(hi+lo, x)
}

// From farOut on, e to the power of -x is nothing beside that of x.
const farOut = 22

// halfExp returns half of e to the power of x, for x above farOut or NaN.
func halfExp(x float64) float64 {
	switch {
	case x != x:
		return nan
	case x > 711:
		return inf
	}
	big, small, m := expParts(x)
	return scale(big+small, m-1)
}

// expParts returns e to the power of x as (big + small) 2^m, like expSum, but within 2^-59.
func expParts(x float64) (big, small float64, m int64) {
	k, r1, r2 := expReduced(x, 0)
	entry := expTable[k&127]
	return entry[0], entry[1] + float64(entry[0]*expMinus1(r1, r2)), k >> 7
}

// hyperbolic returns twice the hyperbolic sine and cosine of x, between 0 and farOut: by their
// Taylor series up to 1/4, where the sine would lose digits otherwise.
func hyperbolic(x float64) (sh, sl, ch, cl float64) {
	if x < 0.25 {
		z := float64(x * x)
		s := 1. / 1307674368000
		s = 1./6227020800 + float64(z*s)
		s = 1./39916800 + float64(z*s)
		s = 1./362880 + float64(z*s)
		s = 1./5040 + float64(z*s)
		s = 1./120 + float64(z*s)
		s = 1./6 + float64(z*s)
		c := 1. / 87178291200
		c = 1./479001600 + float64(z*c)
		c = 1./3628800 + float64(z*c)
		c = 1./40320 + float64(z*c)
		c = 1./720 + float64(z*c)
		c = 1./24 + float64(z*c)
		c = 1./2 + float64(z*c)
		sh, sl = fastTwoSum(x+x, float64(float64((x+x)*z)*s))
		ch, cl = fastTwoSum(2, float64((z+z)*c))
		return sh, sl, ch, cl
	}
	big, small, m := expParts(x)
	big, small = fastTwoSum(scale(big, m), scale(small, m))
	over, rest := quotient(1, 0, big, small)
	sh, sl = fastTwoSum(big, -over)
	ch, cl = fastTwoSum(big, over)
	return sh, sl + (small - rest), ch, cl + (small + rest)
}
