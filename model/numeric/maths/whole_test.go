package maths

import (
	"math"
	"math/rand/v2"
	"testing"
)

// edges are arguments at which functions of whole numbers go wrong.
var edges = []float64{0, math.Copysign(0, -1), 0.5, 1.5, 2.5, -0.5, -2.5, 0.49999999999999994, 1, -1, 3, -9.9, 4503599627370495.5,
	4503599627370497, 0x1p52, 0x1p53, 0x1p63, 5e-324, -5e-324, 0x1p-1022, 0x1.fffffffffffffp-1023, math.MaxFloat64, inf, -inf, nan}

// eachNumber calls f with edges and with numbers of every size.
func eachNumber(f func(x float64)) {
	for _, x := range edges {
		f(x)
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		f(math.Float64frombits(random.Uint64()))
		f(random.NormFloat64() * 10)
	}
}

func same(a, b float64) bool {
	return math.Float64bits(a) == math.Float64bits(b) || a != a && b != b
}

// Round is the standard library's, which is exact.
func TestRound(t *testing.T) {
	eachNumber(func(x float64) {
		if got, want := Round(x), math.Round(x); !same(got, want) {
			t.Fatalf("Round(%g) = %g, want %g", x, got, want)
		}
	})
}

// Remainder is the standard library's, which is exact.
func TestRemainder(t *testing.T) {
	last := 1.0
	eachNumber(func(x float64) {
		for _, y := range []float64{last, 1, -3, 0.1, 5e-324, 0x1p-1022, inf, 0, nan} {
			if got, want := Remainder(x, y), math.Mod(x, y); !same(got, want) {
				t.Fatalf("Remainder(%g, %g) = %g, want %g", x, y, got, want)
			}
		}
		last = x
	})
}

// The sign is the divisor's (XMILE 1.0, 3.3.1).
func TestModulo(t *testing.T) {
	for _, x := range []struct{ a, b, want float64 }{{7, 3, 1}, {-7, 3, 2}, {7, -3, -2}, {-7, -3, -1}, {-6, 3, 0}, {5.5, 2, 1.5}, {1, inf, 1}} {
		if got := Modulo(x.a, x.b); got != x.want {
			t.Errorf("Modulo(%g, %g) = %g, want %g", x.a, x.b, got, x.want)
		}
	}
}
