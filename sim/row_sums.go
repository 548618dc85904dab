package sim

import "math"

// exactInverse returns 1/x if x is a power of 2 and both are normal, and 0 otherwise: then a
// quotient and a product with the inverse are the same number, rounded in the same way.
func exactInverse(x float64) float64 {
	bits := math.Float64bits(x)
	if exponent := bits >> 52 & 0x7ff; bits&(1<<52-1) != 0 || exponent == 0 || exponent > 2045 {
		return 0
	}
	return 1 / x
}

// sumRows adds up rows of numbers, four at a time: each sum has its own order, from the
// left, but the processor need not wait for one before it begins the next.
func sumRows(v []float64, k *arrayCode, p [operands]int) {
	d, a, n := p[dst], p[argA], k.n
	step, row := k.rowStep[argA], k.rowStep[dst]
	rows := k.rows
	for ; rows >= 4; rows -= 4 {
		w := v[a : a+n]
		x, y, z := v[a+step:][:len(w)], v[a+2*step:][:len(w)], v[a+3*step:][:len(w)]
		var sw, sx, sy, sz float64
		for i := range w {
			sw += w[i]
			sx += x[i]
			sy += y[i]
			sz += z[i]
		}
		v[d], v[d+row], v[d+2*row], v[d+3*row] = sw, sx, sy, sz
		a, d = a+4*step, d+4*row
	}
	for ; rows > 0; rows-- {
		sum := 0.0
		for _, x := range v[a : a+n] {
			sum += x
		}
		v[d] = sum
		a, d = a+step, d+row
	}
}

// sumColumns adds rows to one row of sums, four rows at a time, each sum in the rows'
// order.
func sumColumns(v []float64, k *arrayCode, p [operands]int) {
	d, b, step := v[p[dst]:p[dst]+k.n], p[argB], k.rowStep[argB]
	rows := k.rows
	for ; rows >= 4; rows -= 4 {
		w, x, y, z := v[b:][:len(d)], v[b+step:][:len(d)], v[b+2*step:][:len(d)], v[b+3*step:][:len(d)]
		for i := range d {
			d[i] = d[i] + w[i] + x[i] + y[i] + z[i]
		}
		b += 4 * step
	}
	for ; rows > 0; rows-- {
		for i, x := range v[b : b+len(d)] {
			d[i] += x
		}
		b += step
	}
}
