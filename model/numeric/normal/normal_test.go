package normal

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"weir/model/numeric/internal/exact"
)

// Gonum has the probability from the error function of FreeBSD's library, and the
// quantile from Cephes: other methods than those here.
func TestAgainstGonum(t *testing.T) {
	worst := 0.0
	for z := -37.5; z < 9; z += 0.001 {
		got, want := Probability(z), distuv.UnitNormal.CDF(z)
		// Gonum divides z by the root of 2; that rounding is worth z squared.
		off := math.Abs(got-want) / want / (1 + z*z)
		if worst = max(worst, off); !(off < 1e-15) {
			t.Fatalf("below %v: probability %v, want %v", z, got, want)
		}
	}
	t.Logf("probability: largest relative difference %.2g", worst)
	worst = 0
	for e := -300.0; e < -0.01; e += 0.01 {
		p := math.Pow(10, e)
		for _, p := range []float64{p, 1 - p} {
			got, want := Quantile(p), distuv.UnitNormal.Quantile(p)
			off := math.Abs(got-want) / max(1e-3, math.Abs(want))
			if math.IsInf(want, 0) && got == want {
				off = 0
			}
			if worst = max(worst, off); !(off < 1e-12) {
				t.Fatalf("quantile of %v is %v, want %v", p, got, want)
			}
		}
	}
	t.Logf("quantile: largest relative difference %.2g", worst)
}

// Far out, the probability is the density over Laplace's continued fraction (Abramowitz
// and Stegun, Handbook of Mathematical Functions, 1964, 26.2.14).
func TestProbabilityFarOut(t *testing.T) {
	for z := 3.0; z < 37.5; z += 0.37 {
		below := 0.0
		for k := 400.0; k > 0; k-- {
			below = k / (z + below)
		}
		square := exact.New(z)
		square.Mul(square, square).Mul(square, exact.New(-0.5))
		e, _ := exact.Exp(square).Float64()
		want := e / math.Sqrt(2*math.Pi) / (z + below)
		if got := Probability(-z); math.Abs(got/want-1) > 1e-14 {
			t.Errorf("below %v: %v, want %v", -z, got, want)
		}
	}
}

// The quantile undoes the probability.
func TestQuantileUndoesProbability(t *testing.T) {
	for z := -37.0; z < 5; z += 0.01 {
		// A unit in the last place of p moves the quantile by that over the density.
		p := Probability(z)
		unit := 0x1p-53 * max(1, p*math.Sqrt(2*math.Pi)*math.Exp(z*z/2))
		if got := Quantile(p); math.Abs(got-z) > 1e-14*max(1, math.Abs(z))+8*unit {
			t.Errorf("the quantile of the probability of %v is %v", z, got)
		}
	}
}

func TestAtTheEnds(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct{ got, want float64 }{
		{Quantile(0), -inf}, {Quantile(1), inf}, {Quantile(0.5), 0}, {Quantile(-0.1), nan}, {Quantile(1.1), nan}, {Quantile(nan), nan},
		{Probability(-inf), 0}, {Probability(inf), 1}, {Probability(0), 0.5}, {Probability(nan), nan}, {Probability(-50), 0}, {Probability(50), 1},
	} {
		if c.got != c.want && !(c.got != c.got && c.want != c.want) {
			t.Errorf("%v, want %v", c.got, c.want)
		}
	}
}
