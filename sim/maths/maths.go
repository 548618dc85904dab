// Package maths is the one place where the engine computes a function that the
// processor does not: the executor, constant folding, the explanation of a failed
// number and, later, the emitted WebAssembly all come here, so that they agree.
//
// For now most functions call the standard library, whose last bits depend on the
// processor. This package is the seam at which functions of our own replace them;
// nothing else in the engine may call math.Exp and its like.
package maths

import (
	"math"

	"weir/model/maths"
)

// Exp is e to the x. It is +Inf where the result overflows.
func Exp(x float64) float64 { return maths.Exp(x) }

// Ln is the natural logarithm: -Inf at 0, NaN below.
func Ln(x float64) float64 { return maths.Ln(x) }

// Log10 is the decimal logarithm: -Inf at 0, NaN below.
func Log10(x float64) float64 { return maths.Log10(x) }

// Sqrt is the square root, correctly rounded, NaN below 0.
func Sqrt(x float64) float64 { return math.Sqrt(x) }

// Sin is the sine of x in radians, NaN for an infinity.
func Sin(x float64) float64 { return maths.Sin(x) }

// Cos is the cosine of x in radians, NaN for an infinity.
func Cos(x float64) float64 { return maths.Cos(x) }

// Tan is the tangent of x in radians, NaN for an infinity.
func Tan(x float64) float64 { return maths.Tan(x) }

// Asin is the inverse sine in radians, NaN outside [-1, 1].
func Asin(x float64) float64 { return maths.Asin(x) }

// Acos is the inverse cosine in radians, NaN outside [-1, 1].
func Acos(x float64) float64 { return maths.Acos(x) }

// Atan is the inverse tangent in radians.
func Atan(x float64) float64 { return maths.Atan(x) }

// Pow is x to the y, NaN for a negative x and a fraction y, and 1 for y = 0
// whatever x is (IEEE 754-2019, section 9.2.1). The exponents 1, 2, 0.5 and -1 are exact
// to the last bit, so that an executor may use a cheaper instruction for them.
func Pow(x, y float64) float64 {
	switch y {
	case 1:
		return x
	case 2:
		return x * x
	case 0.5:
		return math.Sqrt(x)
	case -1:
		return 1 / x
	}
	return maths.Pow(x, y)
}

// Mod is the remainder of x / y with the sign of y (XMILE 1.0, 3.3.1), NaN for y = 0.
func Mod(x, y float64) float64 {
	m := math.Mod(x, y)
	if m != 0 && (m < 0) != (y < 0) {
		m += y
	}
	return m
}

// Round is the nearest whole number, halves away from zero.
func Round(x float64) float64 { return math.Round(x) }

// SafeDiv is x / y, or otherwise where y is exactly 0.
func SafeDiv(x, y, otherwise float64) float64 {
	if y == 0 {
		return otherwise
	}
	return x / y
}

// Truth is 1 for true and 0 for false.
func Truth(b bool) float64 {
	var n int32
	if b {
		n = 1
	}
	return float64(n)
}
