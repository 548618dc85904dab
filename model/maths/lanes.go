package maths

import (
	"math"

	"weir/model/maths/vector"
)

// Lanes computes functions of many numbers. The bits are those of the functions of one
// number, by the same operations in the same order, but in stages: each goes through a
// block of numbers before the next, so that the processor, which takes several cycles
// for an addition but can begin one in each, always has other numbers to work on. It
// is the memory between the stages: one for each goroutine.
type Lanes struct {
	x, y   [block]float64
	n      [block]float64 // the exponent of x
	r      [block]float64 // x = 2^n (1 + r) / inverse of the table
	entry  [block]uint16  // of the table
	hi, lo [block]float64 // the logarithm, or the exponent of a power
	// exponents of powers of e, in two parts
	exponents [2][block]float64
}

const (
	// block is how many numbers a stage goes through: few enough to stay near.
	block = 64
	// four is how many numbers instructions of the processor may do at once. Fours with
	// a number that is not ordinary, and the last few, are done in Go.
	four = 4
)

// The range in which e to the power of x has an exponent far from the ends.
const (
	ordinaryLow  = -707
	ordinaryHigh = 709
	// The bits of 704: below is the size of the logarithm of a power not at the ends.
	largestPower = 0x4086000000000000
)

// Exp puts the powers of e into d. It may be the slice a itself.
func (l *Lanes) Exp(d, a []float64) {
	for n := 0; vector.Available && len(d) >= four; d, a = d[n:], a[n:] {
		if n = vector.Exp(d, a, &expTable); n < len(d) {
			end := min(n+four, len(d))
			l.exp(d[n:end], a[n:end])
			n = end
		}
	}
	l.exp(d, a)
}

// exp is Exp in plain Go.
func (*Lanes) exp(d, a []float64) {
	a = a[:len(d)]
	for i, x := range a {
		if !(x >= ordinaryLow && x <= ordinaryHigh) {
			d[i] = Exp(x)
			continue
		}
		// expSum of x and 0.
		shifted := float64(x*partsByLn2) + shift
		n := shifted - shift
		r1 := x - float64(n*ln2By1281)
		r2 := 0 - float64(n*ln2By1282)
		r := r1 + r2
		q := 1. / 120
		q = 1./24 + float64(r*q)
		q = 1./6 + float64(r*q)
		q = 1./2 + float64(r*q)
		q = float64(float64(r*r) * q)
		p := r1 + (r2 + q)
		k := math.Float64bits(shifted) - shiftBits
		entry := &expTable[k&127]
		s := entry[0] + (entry[1] + float64(entry[0]*p))
		d[i] = s * math.Float64frombits((k>>7+1023)<<52)
	}
}

// Ln puts the natural logarithms into d. It may be the slice a itself.
func (l *Lanes) Ln(d, a []float64) {
	for n := 0; vector.Available && len(d) >= four; d, a = d[n:], a[n:] {
		if n = vector.Ln(d, a, &logTable); n < len(d) {
			end := min(n+four, len(d))
			l.ln(d[n:end], a[n:end])
			n = end
		}
	}
	l.ln(d, a)
}

// ln is Ln in plain Go.
func (l *Lanes) ln(d, a []float64) {
	for len(d) > 0 {
		n := min(len(d), block)
		odd := false
		for _, v := range a[:n] {
			odd = odd || !(v >= 0x1p-1022 && v <= math.MaxFloat64)
		}
		if odd {
			for i, v := range a[:n] {
				d[i] = Ln(v)
			}
		} else {
			copy(l.x[:n], a)
			l.logSum(n)
			for i := range d[:n] {
				d[i] = l.hi[i] + l.lo[i]
			}
		}
		d, a = d[n:], a[n:]
	}
}

// Pow puts a to the power of b into d. It may be either slice itself. A slice of one
// number stands for as many as d has.
func (l *Lanes) Pow(d, a, b []float64) {
	for n := 0; vector.Available && len(d) >= four; d, a, b = d[n:], l.from(a, n), l.from(b, n) {
		fours := min(block, len(d)) &^ (four - 1)
		if n = vector.Pow(d[:fours], a, b, &logTable, &expTable, &l.exponents); n < fours {
			l.powers(d[n:n+four], l.from(a, n), l.from(b, n))
			n += four
		}
	}
	l.powers(d, a, b)
}

// from leaves out the first n, unless there is one for all.
func (*Lanes) from(a []float64, n int) []float64 {
	if len(a) == 1 {
		return a
	}
	return a[n:]
}

// powers is Pow in plain Go.
func (l *Lanes) powers(d, a, b []float64) {
	for at := 0; at < len(d); at += block {
		n := min(len(d)-at, block)
		l.take(l.x[:n], a, at)
		l.take(l.y[:n], b, at)
		l.pow(d[at : at+n])
	}
}

// take copies numbers from a place on, or the only one.
func (*Lanes) take(to, from []float64, at int) {
	if len(from) > 1 {
		copy(to, from[at:])
		return
	}
	for i := range to {
		to[i] = from[0]
	}
}

// pow is one block, of x and y: one by one if any of them is not ordinary.
func (l *Lanes) pow(d []float64) {
	if l.plainly(len(d)) {
		l.expSum(d)
		return
	}
	for i := range d {
		d[i] = Pow(l.x[i], l.y[i])
	}
}

// plainly puts the exponents of n powers of e into hi and lo, and reports whether all
// are in the ordinary range.
func (l *Lanes) plainly(n int) bool {
	x, y := l.x[:n], l.y[:n]
	for i := range x {
		if !l.plain(x[i], y[i]) {
			return false
		}
	}
	l.logSum(n)
	odd := uint64(0)
	hi, lo := l.hi[:n], l.lo[:n]
	for i, b := range hi {
		// powPositive.
		a := y[i]
		ah, bh := top(a), top(b)
		t := float64(ah * bh)
		hi[i], lo[i] = t, float64((a-ah)*bh)+float64(a*((b-bh)+lo[i]))
		odd |= largestPower - 1 - math.Float64bits(t)&^(1<<63) // below 0 out of range
	}
	return odd>>63 == 0
}

// plain reports whether a power is computed by the logarithm, or may be: x is positive,
// normal and finite; y is finite and not one of the powers of 2 that Pow treats by
// themselves, for which no power of 2 is let through.
func (*Lanes) plain(x, y float64) bool {
	xBits, yBits := math.Float64bits(x), math.Float64bits(y)&^(1<<63)
	return xBits-1<<52 < 0x7fe<<52 && (yBits&(1<<52-1) != 0 || yBits == 0) && yBits < 0x7ff<<52
}

// logSum is logSum of n numbers x.
func (l *Lanes) logSum(n int) {
	x, r := l.x[:n], l.r[:n]
	entries, exponents := l.entry[:n], l.n[:n]
	for i, v := range x {
		bits := math.Float64bits(v)
		fraction := bits & (1<<52 - 1)
		// z above 1.4140625 is halved.
		half := (0x6a00000000000 - fraction) >> 63
		z := math.Float64frombits(fraction | (1023-half)<<52)
		exponents[i] = float64(int64(bits>>52) - 1023 + int64(half))
		j := int64(float64(z*512)+0.5) - logFirst
		entries[i] = uint16(j)
		inverse := logTable[j][0]
		zh := top(z)
		r[i] = (float64(zh*inverse) - 1) + float64((z-zh)*inverse)
	}
	hi, lo := l.hi[:n], l.lo[:n]
	for i, r := range r {
		rh := top(r)
		half := float64(0.5 * float64(rh*rh))
		rest := float64(0.5 * float64((r+rh)*(r-rh)))
		t := -1. / 8
		t = 1./7 + float64(r*t)
		t = -1./6 + float64(r*t)
		t = 1./5 + float64(r*t)
		t = -1./4 + float64(r*t)
		t = 1./3 + float64(r*t)
		t = float64(float64(float64(r*r)*r) * t)
		h, low := fastTwoSum(r, -half)
		low = low + (t - rest)
		entry, n := &logTable[entries[i]], exponents[i]
		a, e := fastTwoSum(float64(n*ln21)+entry[1], h)
		hi[i], lo[i] = fastTwoSum(a, e+(low+(float64(n*ln22)+entry[2])))
	}
}

// expSum is expSum of hi and lo, in the ordinary range.
func (l *Lanes) expSum(d []float64) {
	hi, lo := l.hi[:len(d)], l.lo[:len(d)]
	for i, x := range hi {
		shifted := float64(x*partsByLn2) + shift
		n := shifted - shift
		r1 := x - float64(n*ln2By1281)
		r2 := lo[i] - float64(n*ln2By1282)
		r := r1 + r2
		q := 1. / 120
		q = 1./24 + float64(r*q)
		q = 1./6 + float64(r*q)
		q = 1./2 + float64(r*q)
		q = float64(float64(r*r) * q)
		p := r1 + (r2 + q)
		k := math.Float64bits(shifted) - shiftBits
		entry := &expTable[k&127]
		s := entry[0] + (entry[1] + float64(entry[0]*p))
		d[i] = s * math.Float64frombits((k>>7+1023)<<52)
	}
}
