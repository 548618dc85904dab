// Package pair has instructions on two numbers at once. Each function here is one instruction of
// WebAssembly (vector instructions, Core Specification 2.0, section 5.4.9), which the page's
// modules use; in Go they do the same, number by number. Each number is rounded on its own.
//
// A mask is a pair whose numbers have all bits, for true, or none.
package pair

import "math"

// A Pair is two numbers. Functions named for bits take each for a whole number of 64 bits.
type Pair [2]float64

// bits returns both numbers as bits.
func bits(a Pair) (first, second uint64) { return math.Float64bits(a[0]), math.Float64bits(a[1]) }

// of returns the pair with the given bits.
func of(first, second uint64) Pair {
	return Pair{math.Float64frombits(first), math.Float64frombits(second)}
}

// mask returns the mask of two truths.
func mask(first, second bool) Pair {
	m := [2]uint64{}
	for i, is := range []bool{first, second} {
		if is {
			m[i] = ^uint64(0)
		}
	}
	return of(m[0], m[1])
}

// Both returns x twice, BothBits the number with the given bits.
func Both(x float64) Pair { return Pair{x, x} }

// BothBits returns the number with the given bits twice.
func BothBits(x uint64) Pair { return of(x, x) }

// First and Second return one number of a pair.
func First(a Pair) float64 { return a[0] }

// Second returns the second number.
func Second(a Pair) float64 { return a[1] }

// FirstBits returns the bits of the first number.
func FirstBits(a Pair) int64 { return int64(math.Float64bits(a[0])) }

// SecondBits returns the bits of the second number.
func SecondBits(a Pair) int64 { return int64(math.Float64bits(a[1])) }

// With returns a with x as its second number.
func With(a Pair, x float64) Pair { return Pair{a[0], x} }

// Row returns the two numbers of a row of a table.
func Row(r [2]float64) Pair { return r }

// Begin returns the first two numbers of a row of four.
func Begin(r [4]float64) Pair { return Pair{r[0], r[1]} }

// Finish returns the last two numbers of a row of four.
func Finish(r [4]float64) Pair { return Pair{r[2], r[3]} }

// Firsts returns the first numbers of two pairs.
func Firsts(a, b Pair) Pair { return Pair{a[0], b[0]} }

// Seconds returns the second numbers of two pairs.
func Seconds(a, b Pair) Pair { return Pair{a[1], b[1]} }

// Add returns a + b.
func Add(a, b Pair) Pair { return Pair{a[0] + b[0], a[1] + b[1]} }

// Sub returns a - b.
func Sub(a, b Pair) Pair { return Pair{a[0] - b[0], a[1] - b[1]} }

// Mul returns a b.
func Mul(a, b Pair) Pair { return Pair{float64(a[0] * b[0]), float64(a[1] * b[1])} }

// Div returns a / b.
func Div(a, b Pair) Pair { return Pair{a[0] / b[0], a[1] / b[1]} }

// Neg returns -a.
func Neg(a Pair) Pair { return Pair{-a[0], -a[1]} }

// Abs returns the sizes of the numbers.
func Abs(a Pair) Pair { return Pair{math.Abs(a[0]), math.Abs(a[1])} }

// Less returns the mask of a < b; false for NaN, as all comparisons but NotEqual.
func Less(a, b Pair) Pair { return mask(a[0] < b[0], a[1] < b[1]) }

// Greater returns the mask of a > b.
func Greater(a, b Pair) Pair { return mask(a[0] > b[0], a[1] > b[1]) }

// AtMost returns the mask of a <= b.
func AtMost(a, b Pair) Pair { return mask(a[0] <= b[0], a[1] <= b[1]) }

// AtLeast returns the mask of a >= b.
func AtLeast(a, b Pair) Pair { return mask(a[0] >= b[0], a[1] >= b[1]) }

// NotEqual returns the mask of a != b; true for NaN.
func NotEqual(a, b Pair) Pair { return mask(a[0] != b[0], a[1] != b[1]) }

// And returns the bits that both have.
func And(a, b Pair) Pair {
	a0, a1 := bits(a)
	b0, b1 := bits(b)
	return of(a0&b0, a1&b1)
}

// Or returns the bits that one of the two has.
func Or(a, b Pair) Pair {
	a0, a1 := bits(a)
	b0, b1 := bits(b)
	return of(a0|b0, a1|b1)
}

// Choose returns the bits of a where the mask has ones, else those of b.
func Choose(a, b, mask Pair) Pair {
	a0, a1 := bits(a)
	b0, b1 := bits(b)
	m0, m1 := bits(mask)
	return of(a0&m0|b0&^m0, a1&m1|b1&^m1)
}

// All reports whether both numbers have bits: whether a mask is true for both.
func All(a Pair) bool {
	first, second := bits(a)
	return first != 0 && second != 0
}

// AddBits returns the sums of the numbers as whole ones.
func AddBits(a, b Pair) Pair {
	a0, a1 := bits(a)
	b0, b1 := bits(b)
	return of(a0+b0, a1+b1)
}

// SubBits returns the differences of the numbers as whole ones.
func SubBits(a, b Pair) Pair {
	a0, a1 := bits(a)
	b0, b1 := bits(b)
	return of(a0-b0, a1-b1)
}

// Left returns the bits n places higher.
func Left(a Pair, n int32) Pair {
	first, second := bits(a)
	return of(first<<n, second<<n)
}

// Right returns the bits n places lower, with copies of the sign in front.
func Right(a Pair, n int32) Pair {
	return of(uint64(FirstBits(a)>>n), uint64(SecondBits(a)>>n))
}
