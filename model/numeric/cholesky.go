package numeric

import "math"

// Cholesky replaces the lower triangle of a symmetric matrix by its Cholesky factor L,
// of which a = L Lᵀ: G. H. Golub and C. F. Van Loan, Matrix Computations, section 4.2.
// Row i needs i+1 elements at least; elements above the diagonal are neither read nor
// changed. It reports false, with a spoiled, if a is not positive definite or if an
// element is NaN or infinite.
func Cholesky(a [][]float64) bool {
	for i, row := range a {
		for j := 0; j <= i; j++ {
			x := row[j]
			for k := range j {
				x -= float64(row[k] * a[j][k])
			}
			if j < i {
				row[j] = x / a[j][j]
				continue
			}
			if !(x > 0) || math.IsInf(x, 0) {
				return false
			}
			row[i] = math.Sqrt(x)
		}
	}
	return true
}

// SolveFactor replaces b by the x of L Lᵀ x = b, where l is a factor that Cholesky made
// and b is as long as l.
func SolveFactor(l [][]float64, b []float64) {
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

// Solve replaces b by the x of a x = b, and a by its factor. It reports false, with both
// spoiled, if a is not positive definite.
func Solve(a [][]float64, b []float64) bool {
	if !Cholesky(a) {
		return false
	}
	SolveFactor(a, b)
	return true
}

// Inverse returns the inverse of a positive definite matrix, and nil of any other. It
// replaces a by its factor.
func Inverse(a [][]float64) [][]float64 {
	if !Cholesky(a) {
		return nil
	}
	out := make([][]float64, len(a))
	for i := range out {
		out[i] = make([]float64, len(a))
		out[i][i] = 1
		SolveFactor(a, out[i])
	}
	return out
}
