package maths

import "math"

// Exp returns e to the power of x: +Inf above 709.78, 0 below -745.13, NaN of NaN.
func Exp(x float64) float64 {
	if x != x {
		return nan
	}
	return expSum(x, 0)
}

// shift is so large that a number below 2^50 added to it is rounded to a whole one,
// which is then in its last bits.
const (
	shift     = 0x1.8p52
	shiftBits = 0x4338000000000000
)

// expSum returns e to the power of hi + lo, |lo| below 2^-24 |hi|, by the table method of
// Tang (1989, Table-driven implementation of the exponential function in IEEE
// floating-point arithmetic, ACM TOMS 15): hi + lo = (128 m + j) ln2/128 + r.
func expSum(hi, lo float64) float64 {
	if hi > 709.8 {
		return inf
	}
	if hi < -745.2 {
		return 0
	}
	k, r1, r2 := expReduced(hi, lo)
	entry := expTable[k&127]
	s := entry[0] + (entry[1] + float64(entry[0]*expMinus1(r1, r2)))
	return scale(s, k>>7)
}

// expReduced returns k = 128 m + j, and r = r1 + r2.
func expReduced(hi, lo float64) (k int64, r1, r2 float64) {
	return reduced(hi, lo, partsByLn2, shift, ln2By1281, ln2By1282)
}

// reduced is expReduced with its constants as parameters: in a loop over many numbers the
// compiler keeps variables in registers, but reads constants again for each number.
func reduced(hi, lo, parts, shift, part1, part2 float64) (k int64, r1, r2 float64) {
	shifted := float64(hi*parts) + shift
	n := shifted - shift
	return int64(math.Float64bits(shifted) - shiftBits), hi - float64(n*part1), lo - float64(n*part2)
}

// expMinus1 returns e to the power of r1 + r2, less 1, for |r1 + r2| <= ln2/256. The Taylor
// series is below 2^-60 after the fifth power.
func expMinus1(r1, r2 float64) float64 { return expSeries(r1, r2, 1./120, 1./24, 1./6, 1./2) }

// expSeries is expMinus1 with its constants as parameters, see reduced.
func expSeries(r1, r2, c5, c4, c3, c2 float64) float64 {
	r := r1 + r2
	q := c4 + float64(r*c5)
	q = c3 + float64(r*q)
	q = c2 + float64(r*q)
	q = float64(float64(r*r) * q)
	return r1 + (r2 + q)
}

// scale returns s times 2^m for s between 1/2 and 4, correct also where the result is
// subnormal.
func scale(s float64, m int64) float64 {
	switch {
	case m > 1023:
		return float64(float64(s*math.Float64frombits(2046<<52)) * 2)
	case m < -1021:
		return float64(float64(s*math.Float64frombits(uint64(m+1023+100)<<52)) * 0x1p-100)
	}
	return float64(s * math.Float64frombits(uint64(m+1023)<<52))
}
