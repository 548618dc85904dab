package calibrate

import (
	"math"

	"weir/model/numeric"
	"weir/model/numeric/maths"
)

// A restricted likelihood is that of the errors of one series, with the part taken
// out by the fit given back: the constants are known from the other series and from
// their ranges only.
type restricted struct {
	errors []float64 // as they would be with the constants that all else says
	slopes [][]float64
	others [][]float64 // the curvature of all else
	known  float64     // the logarithm of its determinant
}

// newRestricted takes the errors and slopes of a series out of the curvature h of all.
func newRestricted(e []float64, slopes, h [][]float64, free []int) *restricted {
	r := &restricted{}
	var pull []float64
	for _, k := range free {
		r.slopes = append(r.slopes, slopes[k])
		row := []float64{}
		for _, j := range free {
			row = append(row, h[k][j]-dot(slopes[k], slopes[j]))
		}
		r.others, pull = append(r.others, row), append(pull, dot(slopes[k], e))
	}
	factor := copied(r.others)
	r.errors = append(r.errors, e...)
	if !numeric.Cholesky(factor) {
		return r // the curvature of all else has no inverse by rounding only
	}
	r.known = logDeterminant(factor)
	numeric.SolveFactor(factor, pull)
	for j, list := range r.slopes {
		for i, x := range list {
			r.errors[i] += float64(x * pull[j])
		}
	}
	return r
}

// logDeterminant returns that of a matrix of which l is the factor.
func logDeterminant(l [][]float64) float64 {
	sum := 0.0
	for i := range l {
		sum += 2 * maths.Ln(l[i][i])
	}
	return sum
}

// whitened is a series without its memory: the innovations of a process of first order at each
// point, in the size of a single error.
type whitened struct {
	*restricted
	memory  float64
	square  float64     // of the errors
	with    []float64   // errors by slopes
	product [][]float64 // slopes by slopes
}

// at takes a memory out of errors and slopes.
func (r *restricted) at(memory float64) *whitened {
	e := withoutMemory(r.errors, memory)
	w := &whitened{restricted: r, memory: memory, square: dot(e, e)}
	var slopes [][]float64
	for _, list := range r.slopes {
		slopes = append(slopes, withoutMemory(list, memory))
	}
	for _, a := range slopes {
		row := []float64{}
		for _, b := range slopes {
			row = append(row, dot(a, b))
		}
		w.product, w.with = append(w.product, row), append(w.with, dot(a, e))
	}
	return w
}

// withoutMemory makes errors independent, and keeps their size (Prais and Winsten
// 1954, Trend estimators and serial correlation).
func withoutMemory(e []float64, memory float64) []float64 {
	out := make([]float64, len(e))
	news := math.Sqrt(1 - float64(memory*memory))
	for i := range e {
		if out[i] = e[i]; i > 0 {
			out[i] = (e[i] - float64(memory*e[i-1])) / news
		}
	}
	return out
}

// likelihood returns its logarithm for errors of a size, up to a constant.
func (w *whitened) likelihood(size float64) float64 {
	square := float64(size * size)
	a := copied(w.others)
	b := make([]float64, len(a))
	for i := range a {
		b[i] = w.with[i] / square
		for j := range a {
			a[i][j] += w.product[i][j] / square
		}
	}
	x := append([]float64(nil), b...)
	if !numeric.Solve(a, x) {
		return math.Inf(-1)
	}
	n := float64(len(w.errors))
	news := maths.Ln(1 - float64(w.memory*w.memory))
	return -float64(n*maths.Ln(size)) - float64((n-1)/2*news) - (logDeterminant(a)-w.known)/2 - (w.square/square-dot(b, x))/2
}
