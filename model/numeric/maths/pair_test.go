package maths

import (
	"math"
	"math/rand/v2"
	"testing"

	"weir/model/numeric/pair"
)

// besideEdges are numbers at which a function of two numbers may go another way than at others.
func besideEdges() []float64 {
	list := []float64{0, 1, 0.5, 2, 1.4140625, 1.4140624999999998, 704, 706.9999, 707, 707.0000001, 709.782712893384,
		745.2, normal, 0x1.fffffffffffffp-1023, 5e-324, math.MaxFloat64, math.Inf(1), 0x1p-60, 0x1p-61,
		0.9999999999999999, 1.0000000000000002, 3, 1e-300, 1e300}
	for _, x := range list {
		list = append(list, -x)
	}
	random := rand.New(rand.NewPCG(3, 9))
	for range 300 {
		list = append(list, math.Ldexp(random.NormFloat64(), random.IntN(60)-30), math.Exp(3*random.NormFloat64()))
	}
	return append(list, math.NaN())
}

// sameAs fails the test unless two numbers have the same bits, or both are NaN.
func sameAs(t *testing.T, what string, got, want float64, args ...float64) {
	t.Helper()
	if math.Float64bits(got) != math.Float64bits(want) && (got == got || want == want) {
		t.Fatalf("%s of %v is %v, want %v", what, args, got, want)
	}
}

// A function of two numbers has the bits of the one of each, whatever stands beside it.
func TestPairsHaveTheBitsOfOne(t *testing.T) {
	list := besideEdges()
	random := rand.New(rand.NewPCG(4, 9))
	for _, x := range list {
		for _, beside := range []float64{2.5, 0.75, list[random.IntN(len(list))]} {
			for _, p := range []pair.Pair{{x, beside}, {beside, x}} {
				e, l := ExpPair(p), LnPair(p)
				for i := range p {
					sameAs(t, "exp", e[i], Exp(p[i]), p[i])
					sameAs(t, "ln", l[i], Ln(p[i]), p[i])
				}
				for range 40 {
					y := pair.Pair{list[random.IntN(len(list))], list[random.IntN(len(list))]}
					w := PowPair(p, y)
					for i := range p {
						sameAs(t, "pow", w[i], Pow(p[i], y[i]), p[i], y[i])
					}
				}
			}
		}
	}
}
