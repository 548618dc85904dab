package sampling

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"
)

// No two dimensions of a Sobol design go together: of 60, each pair of which would be
// correlated by 1/sqrt(n) if points were random, none is by more than a quarter.
func TestSobolDimensionsAreUnlike(t *testing.T) {
	const n, dims = 512, 60
	for seed := range uint64(3) {
		columns := make([][]float64, dims)
		for _, u := range points(t, Sobol, n, dims, seed) {
			for k, x := range u {
				columns[k] = append(columns[k], x)
			}
		}
		sum := 0.0
		for i := range columns {
			for j := range i {
				r := stat.Correlation(columns[i], columns[j], nil)
				if sum += r * r; math.Abs(r) > 0.25 {
					t.Errorf("seed %d: dimensions %d and %d have a correlation of %.2f", seed, j, i, r)
				}
			}
		}
		if rms := math.Sqrt(sum / (dims * (dims - 1) / 2)); rms > 0.6/math.Sqrt(n) {
			t.Errorf("seed %d: the root mean square of correlations is %.4f, of random points %.4f", seed, rms, 1/math.Sqrt(n))
		}
	}
}
