package resolved

import "math"

// invert puts the inverse of a square matrix into out, by Gauss-Jordan elimination with
// the largest pivot of each column (Golub and Van Loan, Matrix Computations, section 3.4).
func invert(out, matrix []float64) {
	n := int(math.Sqrt(float64(len(matrix))))
	a := append([]float64(nil), matrix...)
	for i := range out {
		out[i] = 0
	}
	for i := range n {
		out[i*n+i] = 1
	}
	for k := range n {
		if p := pivot(a, n, k); p != k {
			swapRows(a, n, p, k)
			swapRows(out, n, p, k)
		}
		d := a[k*n+k]
		for j := range n {
			a[k*n+j] /= d
			out[k*n+j] /= d
		}
		for i := range n {
			if i != k {
				f := a[i*n+k]
				subtractRow(a, n, i, k, f)
				subtractRow(out, n, i, k, f)
			}
		}
	}
}

// pivot is the row from k on with the largest number in column k.
func pivot(a []float64, n, k int) int {
	best := k
	for i := k + 1; i < n; i++ {
		if math.Abs(a[i*n+k]) > math.Abs(a[best*n+k]) {
			best = i
		}
	}
	return best
}

func swapRows(a []float64, n, i, k int) {
	for j := range n {
		a[i*n+j], a[k*n+j] = a[k*n+j], a[i*n+j]
	}
}

// subtractRow takes f times row k off row i.
func subtractRow(a []float64, n, i, k int, f float64) {
	if f == 0 {
		return
	}
	for j := range n {
		a[i*n+j] -= float64(f * a[k*n+j])
	}
}
