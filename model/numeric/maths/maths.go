// Package maths has the functions of equations on single numbers: the same bits on
// every machine, within one unit in the last place of the true value. Go's own
// differ between processors and are off by more at some arguments; a model's numbers
// may depend on neither.
//
// The code keeps to a small part of Go: float64 and whole-number arithmetic, branches
// and tables. Products that feed a sum are written float64(a*b), so that no compiler
// fuses them. Many functions carry a number as an unevaluated sum of a high and a low
// part (Dekker 1971, A floating-point technique for extending the available precision,
// Numerische Mathematik 18; Shewchuk 1997 for the sums).
package maths

import "math"

//go:generate go run ./internal/generate

var (
	inf = math.Inf(1)
	nan = math.NaN()
)

// twoSum returns a + b and its rounding error (Knuth, TAOCP 2, 4.2.2).
func twoSum(a, b float64) (sum, err float64) {
	sum = a + b
	back := sum - a
	return sum, (a - (sum - back)) + (b - back)
}

// fastTwoSum returns twoSum for |a| >= |b|, or a = 0.
func fastTwoSum(a, b float64) (sum, err float64) {
	sum = a + b
	return sum, b - (sum - a)
}

// top returns the first 26 bits of a; the other 27 are a - top(a).
func top(a float64) float64 { return math.Float64frombits(math.Float64bits(a) &^ (1<<27 - 1)) }

// halve splits a into two numbers of 26 bits (Veltkamp; Dekker 1971). |a| is below 2^996.
func halve(a float64) (hi, lo float64) {
	c := float64(134217729 * a) // 2^27 + 1
	hi = c - (c - a)
	return hi, a - hi
}

// twoProd returns a*b and its rounding error. Both are below 2^996 in size.
func twoProd(a, b float64) (prod, err float64) {
	prod = float64(a * b)
	ah, al := halve(a)
	bh, bl := halve(b)
	err = float64(ah*bh) - prod
	err = err + float64(ah*bl)
	err = err + float64(al*bh)
	return prod, err + float64(al*bl)
}

// quotient divides (ah+al) by (bh+bl).
func quotient(ah, al, bh, bl float64) (hi, lo float64) {
	q := ah / bh
	p, e := twoProd(q, bh)
	rest := ((ah - p) - e) + (al - float64(q*bl))
	return fastTwoSum(q, rest/bh)
}

// product multiplies (ah+al) by (bh+bl).
func product(ah, al, bh, bl float64) (hi, lo float64) {
	p, e := twoProd(ah, bh)
	return fastTwoSum(p, e+(float64(ah*bl)+float64(al*bh)))
}
