package arrays

import "math"

// Invert puts the inverse of an n × n matrix into out, by Gauss-Jordan elimination with
// the largest pivot of each column (Golub and Van Loan, Matrix Computations, section
// 3.4). That of a singular one is infinite or NaN. Scratch has n*n numbers, and matrix
// stays as it is.
func Invert(out, matrix, scratch []float64, n int32) {
	for i := range n * n {
		out[i] = 0
		scratch[i] = matrix[i]
	}
	for i := range n {
		out[i*n+i] = 1
	}
	for k := range n {
		if p := pivot(scratch, n, k); p != k {
			swapRows(scratch, n, p, k)
			swapRows(out, n, p, k)
		}
		d := scratch[k*n+k]
		for j := k * n; j < k*n+n; j++ {
			scratch[j] /= d
			out[j] /= d
		}
		for i := range n {
			if i != k {
				f := scratch[i*n+k]
				subtractRow(scratch[i*n:], scratch[k*n:], n, f)
				subtractRow(out[i*n:], out[k*n:], n, f)
			}
		}
	}
}

// pivot returns the row from k on with the largest number in column k.
func pivot(a []float64, n, k int32) int32 {
	best := k
	for i := k + 1; i < n; i++ {
		if math.Abs(a[i*n+k]) > math.Abs(a[best*n+k]) {
			best = i
		}
	}
	return best
}

// swapRows exchanges rows i and k of a matrix of n columns that is stored row by row.
func swapRows(a []float64, n, i, k int32) {
	for j := range n {
		x := a[i*n+j]
		a[i*n+j] = a[k*n+j]
		a[k*n+j] = x
	}
}

// subtractRow takes f times a row of n numbers off another one.
func subtractRow(to, row []float64, n int32, f float64) {
	if f == 0 {
		return
	}
	for j := range n {
		to[j] -= float64(f * row[j])
	}
}
