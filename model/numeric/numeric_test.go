package numeric

import (
	"math"
	"testing"
)

// Of 1, 2, … 11 the value of rank 0.1*10 = 1 is 2 and that of rank 9 is 10 (definition 7);
// between ranks the quantile is on the straight line.
func TestQuantile(t *testing.T) {
	eleven := []float64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}
	for _, c := range []struct {
		values []float64
		q      float64
		want   float64
	}{
		{eleven, 0.1, 2}, {eleven, 0.5, 6}, {eleven, 0.9, 10}, {eleven, 0, 1}, {eleven, 1, 11},
		{[]float64{1, 2}, 0.25, 1.25},
		{[]float64{4}, 0.9, 4},
		{[]float64{-math.MaxFloat64, math.MaxFloat64}, 0.5, 0}, // the distance is infinite
		{nil, 0.5, math.NaN()},
		{eleven, -0.1, math.NaN()}, {eleven, 1.1, math.NaN()}, {eleven, math.NaN(), math.NaN()},
	} {
		got := Quantile(c.values, c.q)
		if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("quantile %v of %v is %v, want %v", c.q, c.values, got, c.want)
		}
	}
}

// 4x + 2y = 1 and 2x + 3y = 2 have the solution x = -1/8, y = 3/4.
func TestSolve(t *testing.T) {
	b := []float64{1, 2}
	if !Solve([][]float64{{4}, {2, 3}}, b) || math.Abs(b[0]+0.125) > 1e-15 || math.Abs(b[1]-0.75) > 1e-15 {
		t.Errorf("the solution is %v, want [-0.125 0.75]", b)
	}
}

// The inverse of [[4, 2], [2, 3]] is [[3, -2], [-2, 4]] / 8.
func TestInverse(t *testing.T) {
	got := Inverse([][]float64{{4}, {2, 3}})
	for i, row := range [][]float64{{0.375, -0.25}, {-0.25, 0.5}} {
		for j, want := range row {
			if math.Abs(got[i][j]-want) > 1e-15 {
				t.Errorf("element %d,%d is %v, want %v", i, j, got[i][j], want)
			}
		}
	}
}

// A matrix with a negative eigenvalue, a NaN or an infinity has no factor.
func TestNoFactor(t *testing.T) {
	for _, a := range [][][]float64{
		{{1}, {2, 1}},
		{{math.NaN()}},
		{{math.Inf(1)}},
		{{1}, {math.Inf(1), 1}},
	} {
		if Cholesky(a) {
			t.Errorf("a factor was found: %v", a)
		}
	}
}
