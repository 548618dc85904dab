package maths

import "math"

// Lanes computes functions of many numbers. The bits are those of the functions of one
// number, by the same operations in the same order, but in stages: each goes through a
// block of numbers before the next, so that the processor, which takes several cycles
// for an addition but can begin one in each, always has other numbers to work on. It
// is the memory between the stages: one for each goroutine.
type Lanes struct {
	n      [block]float64 // the exponent of x
	r      [block]float64 // x = 2^n (1 + r) / inverse of the table
	entry  [block]uint16  // of the table
	tail   [block]float64 // ln(1 + r) from the third power of r on
	hi, lo [block]float64 // the logarithm, or the remainder of an exponent
	k      [block]int64   // 128 m + j of a power of e
	shared [block]float64 // a base that all powers have
}

// block is how many numbers a stage goes through: few enough to stay in the nearest cache.
const block = 64

// The bits of the largest numbers, but for their sign, whose powers of e have an exponent
// far from the ends, and of the logarithm of such a power.
const (
	largestExp   = 0x4086180000000000 // 707
	largestPower = 0x4086000000000000 // below 704
)

// Exp puts the powers of e of a into d, which is as long and may be a itself.
func (l *Lanes) Exp(d, a []float64) {
	for len(d) > 0 {
		n := min(len(d), block)
		if l.reduceNumbers(a[:n]) {
			l.powersOfE(d[:n])
		} else {
			for i, x := range a[:n] {
				d[i] = Exp(x)
			}
		}
		d, a = d[n:], a[n:]
	}
}

// reduceNumbers is expReduced of numbers and 0. It reports whether all are finite and normal.
func (l *Lanes) reduceNumbers(a []float64) bool {
	k, hi, lo := l.k[:len(a)], l.hi[:len(a)], l.lo[:len(a)]
	parts, shift, part1, part2 := reducedBy[0], reducedBy[1], reducedBy[2], reducedBy[3]
	odd := uint64(0)
	for i, x := range a {
		odd |= largestExp - math.Float64bits(x)&^(1<<63) // below 0 out of range
		k[i], hi[i], lo[i] = reduced(x, 0, parts, shift, part1, part2)
	}
	return odd>>63 == 0
}

// Ln puts the natural logarithms of a into d, which is as long and may be a itself.
func (l *Lanes) Ln(d, a []float64) {
	for len(d) > 0 {
		n := min(len(d), block)
		if l.logSum(a[:n]) {
			for i, hi := range l.hi[:n] {
				d[i] = hi + l.lo[i]
			}
		} else {
			for i, x := range a[:n] {
				d[i] = Ln(x)
			}
		}
		d, a = d[n:], a[n:]
	}
}

// Pow puts a to the power of b into d, which may be either slice itself. A slice of one
// number stands for as many as d has.
func (l *Lanes) Pow(d, a, b []float64) {
	for len(d) > 0 {
		n := min(len(d), block)
		x := a
		if len(a) == 1 && n > 1 {
			x = l.shared[:n]
			for i := range x {
				x[i] = a[0]
			}
		}
		l.pow(d[:n], x[:n], b)
		d, a, b = d[n:], l.rest(a, n), l.rest(b, n)
	}
}

// rest returns an argument of Pow without its first n numbers; one number for all stays.
func (*Lanes) rest(a []float64, n int) []float64 {
	if len(a) == 1 {
		return a
	}
	return a[n:]
}

// pow is one block: one by one if any of the numbers is not finite or subnormal.
func (l *Lanes) pow(d, x, y []float64) {
	if l.logSum(x) && l.reducePowers(len(d), y) {
		l.powersOfE(d)
		return
	}
	for i := range d {
		d[i] = Pow(x[i], y[min(i, len(y)-1)])
	}
}

// logSum is logSum of numbers. It reports whether all are positive, normal and finite.
func (l *Lanes) logSum(x []float64) bool {
	r, entries, exponents := l.r[:len(x)], l.entry[:len(x)], l.n[:len(x)]
	odd := uint64(0)
	for i, v := range x {
		bits := math.Float64bits(v)
		above := bits - 1<<52
		odd |= above | (0x7fe<<52 - 1 - above)
		fraction := bits & (1<<52 - 1)
		// z above 1.4140625 is halved.
		half := (0x6a00000000000 - fraction) >> 63
		zBits := fraction | (1023-half)<<52
		z := math.Float64frombits(zBits)
		exponents[i] = float64(int64(bits>>52) - 1023 + int64(half))
		j := int64(float64(z*512)+0.5) - logFirst
		entries[i] = uint16(j)
		inverse := logTable[j][0]
		zh := math.Float64frombits(zBits &^ (1<<27 - 1)) // top(z)
		r[i] = (float64(zh*inverse) - 1) + float64((z-zh)*inverse)
	}
	l.logTails(len(x))
	tail, hi, lo := l.tail[:len(x)], l.hi[:len(x)], l.lo[:len(x)]
	for i, r := range r {
		rh := top(r)
		half := float64(0.5 * float64(rh*rh))
		rest := float64(0.5 * float64((r+rh)*(r-rh)))
		h, low := fastTwoSum(r, -half)
		low = low + (tail[i] - rest)
		entry, n := &logTable[entries[i]], exponents[i]
		a, e := fastTwoSum(float64(n*ln21)+entry[1], h)
		hi[i], lo[i] = fastTwoSum(a, e+(low+(float64(n*ln22)+entry[2])))
	}
	return odd>>63 == 0
}

// The constants of logSeries, expSeries and reduced.
var (
	logSeriesBy = [...]float64{-1. / 8, 1. / 7, -1. / 6, 1. / 5, -1. / 4, 1. / 3}
	expSeriesBy = [...]float64{1. / 120, 1. / 24, 1. / 6, 1. / 2}
	reducedBy   = [...]float64{partsByLn2, shift, ln2By1281, ln2By1282}
)

// logTails is logSeries of n numbers r.
func (l *Lanes) logTails(n int) {
	tail, c := l.tail[:n], logSeriesBy
	c8, c7, c6, c5, c4, c3 := c[0], c[1], c[2], c[3], c[4], c[5]
	for i, r := range l.r[:n] {
		tail[i] = logSeries(r, c8, c7, c6, c5, c4, c3)
	}
}

// reducePowers is expReduced of n logarithms times y, which may be one for all. It
// reports whether all powers are finite and normal.
func (l *Lanes) reducePowers(n int, y []float64) bool {
	k, hi, lo := l.k[:n], l.hi[:n], l.lo[:n]
	parts, shift, part1, part2 := reducedBy[0], reducedBy[1], reducedBy[2], reducedBy[3]
	odd := uint64(0)
	if len(y) == 1 {
		a := y[0]
		high := top(a)
		for i, b := range hi {
			p, rest := timesLog(a, high, b, lo[i])
			odd |= largestPower - 1 - math.Float64bits(p)&^(1<<63) // below 0 out of range
			k[i], hi[i], lo[i] = reduced(p, rest, parts, shift, part1, part2)
		}
		return odd>>63 == 0 && plainPower(a)
	}
	plain := true
	for i, a := range y[:n] {
		plain = plain && plainPower(a)
		p, rest := timesLog(a, top(a), hi[i], lo[i])
		odd |= largestPower - 1 - math.Float64bits(p)&^(1<<63)
		k[i], hi[i], lo[i] = reduced(p, rest, parts, shift, part1, part2)
	}
	return odd>>63 == 0 && plain
}

// plainPower reports whether y is finite and not one of the powers of 2 that Pow treats
// by themselves, for which no power of 2 is let through.
func plainPower(y float64) bool {
	bits := math.Float64bits(y) &^ (1 << 63)
	return (bits&(1<<52-1) != 0 || bits == 0) && bits < 0x7ff<<52
}

// powersOfE is the rest of expSum, after expReduced.
func (l *Lanes) powersOfE(d []float64) {
	k, hi, lo, c := l.k[:len(d)], l.hi[:len(d)], l.lo[:len(d)], expSeriesBy
	c5, c4, c3, c2 := c[0], c[1], c[2], c[3]
	for i, r1 := range hi {
		hi[i] = expSeries(r1, lo[i], c5, c4, c3, c2)
	}
	for i, p := range hi {
		entry := &expTable[k[i]&127]
		s := entry[0] + (entry[1] + float64(entry[0]*p))
		d[i] = s * math.Float64frombits(uint64(k[i]>>7+1023)<<52)
	}
}

// Tables returns the tables of powers and of logarithms that Exp, Ln and Pow read, for
// packages that compute the same functions in other instructions. Nobody may change them.
func (*Lanes) Tables() (exps *[len(expTable)][2]float64, logs *[len(logTable)][4]float64) {
	return &expTable, &logTable
}
