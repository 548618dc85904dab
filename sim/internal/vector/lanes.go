package vector

import "weir/model/numeric/maths"

// Lanes computes functions of many numbers with the bits of package maths: by the
// processor's instructions where there are such, otherwise in Go. It holds the memory
// between the stages of a computation, so each goroutine has its own.
type Lanes struct {
	maths     maths.Lanes
	exponents [2][atOnce]float64 // of powers of e, as high and low part
}

const (
	// four is how many numbers an instruction computes. Fours with a number that is not
	// finite or subnormal, and the last few numbers of a row, are computed in Go.
	four = 4
	// atOnce is how many powers Pow computes in one go.
	atOnce = 64
)

var expTable, logTable = (*maths.Lanes)(nil).Tables()

// Exp puts the powers of e of a into d, which is as long and may be a itself.
func (l *Lanes) Exp(d, a []float64) {
	for n := 0; Available && len(d) >= four; d, a = d[n:], a[n:] {
		if n = Exp(d, a, expTable); n < len(d) {
			end := min(n+four, len(d))
			l.maths.Exp(d[n:end], a[n:end])
			n = end
		}
	}
	l.maths.Exp(d, a)
}

// Ln puts the natural logarithms of a into d, which is as long and may be a itself.
func (l *Lanes) Ln(d, a []float64) {
	for n := 0; Available && len(d) >= four; d, a = d[n:], a[n:] {
		if n = Ln(d, a, logTable); n < len(d) {
			end := min(n+four, len(d))
			l.maths.Ln(d[n:end], a[n:end])
			n = end
		}
	}
	l.maths.Ln(d, a)
}

// Pow puts a to the power of b into d, which may be either slice itself. A slice of one
// number stands for as many as d has.
func (l *Lanes) Pow(d, a, b []float64) {
	for n := 0; Available && len(d) >= four; d, a, b = d[n:], rest(a, n), rest(b, n) {
		fours := min(atOnce, len(d)) &^ (four - 1)
		if n = Pow(d[:fours], a, b, logTable, expTable, &l.exponents); n < fours {
			l.maths.Pow(d[n:n+four], rest(a, n), rest(b, n))
			n += four
		}
	}
	l.maths.Pow(d, a, b)
}

// rest returns an argument of Pow without its first n numbers; one number for all stays.
func rest(a []float64, n int) []float64 {
	if len(a) == 1 {
		return a
	}
	return a[n:]
}
