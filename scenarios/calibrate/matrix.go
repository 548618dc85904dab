package calibrate

import "math"

// Small symmetric matrices, in a fixed order of operations, so that results do not depend
// on the processor.

// factorize makes the lower triangle of a the Cholesky factor of it (Golub and Van Loan,
// Matrix Computations, section 4.2). It is false if a is not positive definite.
func factorize(a [][]float64) bool {
	for i := range a {
		for j := 0; j <= i; j++ {
			sum := a[i][j]
			for k := range j {
				sum -= float64(a[i][k] * a[j][k])
			}
			if i != j {
				a[i][j] = sum / a[j][j]
				continue
			}
			if !(sum > 0) || math.IsInf(sum, 0) {
				return false
			}
			a[i][i] = math.Sqrt(sum)
		}
	}
	return true
}

// solve replaces b by the x of a x = b, and a by its factor. It is false, with b spoiled,
// if a is not positive definite.
func solve(a [][]float64, b []float64) bool {
	if !factorize(a) {
		return false
	}
	back(a, b)
	return true
}

// back solves for a factor.
func back(l [][]float64, b []float64) {
	for i := range b {
		for k := range i {
			b[i] -= float64(l[i][k] * b[k])
		}
		b[i] /= l[i][i]
	}
	for i := len(b) - 1; i >= 0; i-- {
		for k := i + 1; k < len(b); k++ {
			b[i] -= float64(l[k][i] * b[k])
		}
		b[i] /= l[i][i]
	}
}

// inverse is that of a positive definite matrix, which it spoils; nil of any other.
func inverse(a [][]float64) [][]float64 {
	if !factorize(a) {
		return nil
	}
	out := make([][]float64, len(a))
	for i := range out {
		out[i] = make([]float64, len(a))
		out[i][i] = 1
		back(a, out[i])
	}
	return out
}
