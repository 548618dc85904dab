package statistic

import (
	"math"
	"slices"
	"testing"
)

// Of 1, 2, … 11 the 10th percentile is 2 and the 90th is 10 (definition 7).
func TestTenths(t *testing.T) {
	low, median, high := Tenths([]float64{11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1})
	if low != 2 || median != 6 || high != 10 {
		t.Errorf("%v, %v, %v", low, median, high)
	}
}

// Ranks of equal values are shared. Spearman's example of closed form: with no ties,
// 1 - 6 Σd²/(n(n²-1)).
func TestRankCorrelation(t *testing.T) {
	if got := CentredRanks([]float64{10, 30, 10, 50}); !slices.Equal(got, []float64{-1, 0.5, -1, 1.5}) {
		t.Errorf("centred ranks are %v", got)
	}
	x := CentredRanks([]float64{86, 97, 99, 100, 101, 103, 106, 110, 112, 113})
	y := CentredRanks([]float64{2, 20, 28, 27, 50, 29, 7, 17, 6, 12}) // squared rank differences add up to 194
	near(t, "Spearman's rho", Correlation(x, y), 1-6*194./990)
	near(t, "a constant", Correlation(x, CentredRanks(make([]float64, 10))), 0)
}

// y = 2a + b with a and b orthogonal and of equal size: a explains 4/5.
func TestExplainedVariance(t *testing.T) {
	a := []float64{1, 1, -1, -1} // b is 1, -1, 1, -1
	r := NewRegression([]float64{3, 1, -1, -3})
	near(t, "nothing", r.Explained(), 0)
	part, partial := r.Own(a)
	near(t, "correlation with a", partial, 2/math.Sqrt(5))
	r.Take(part)
	near(t, "a", r.Explained(), 0.8)
	if part, _ := r.Own([]float64{2, 2, -2, -2}); part != nil {
		t.Errorf("twice a has a part of its own: %v", part)
	}
	part, partial = r.Own([]float64{2, 0, 0, -2}) // a + b
	near(t, "what is left and b", partial, 1)
	r.Take(part)
	near(t, "a and b", r.Explained(), 1)
	near(t, "of nothing", NewRegression(make([]float64, 4)).Explained(), 0)
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
