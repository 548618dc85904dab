package maths

import "math"

// Round returns the whole number nearest to x, away from zero at a half.
func Round(x float64) float64 {
	n := math.Trunc(x)
	if math.Abs(x-n) >= 0.5 {
		return n + math.Copysign(1, x)
	}
	return n
}

// Modulo returns the remainder of a after whole times b, with the sign of b (XMILE 1.0,
// 3.3.1): -9.9 mod 3 is 2.1, where a truncating remainder gives -0.9. The remainder is
// exact before its sign is put right. NaN if b is 0 or a infinite.
func Modulo(a, b float64) float64 {
	m := Remainder(a, b)
	if m != 0 && (m < 0) != (b < 0) {
		m += b
	}
	return m
}

// Remainder returns a - b*trunc(a/b), exact, with the sign of a; NaN if b is 0 or a
// infinite. The mantissas are divided as whole numbers, eleven bits at a time.
func Remainder(a, b float64) float64 {
	if b == 0 || a-a != 0 || b != b {
		return nan
	}
	size, by := math.Abs(a), math.Abs(b)
	if size < by {
		return a
	}
	ma, ea := whole(size)
	mb, eb := whole(by)
	rest := ma % mb
	for e := ea - eb; e > 0; e -= 11 {
		rest = rest << uint64(min11(e)) % mb
	}
	return math.Copysign(float64(float64(rest)*powerOfTwo(eb)), a)
}

// whole writes a finite x >= 0 as m 2^e with a whole m below 2^53.
func whole(x float64) (m uint64, e int64) {
	bits := math.Float64bits(x)
	e = int64(bits >> 52)
	m = bits & (1<<52 - 1)
	if e == 0 {
		return m, -1074
	}
	return m | 1<<52, e - 1075
}

// min11 returns e, or 11 if it is larger.
func min11(e int64) int64 {
	if e < 11 {
		return e
	}
	return 11
}

// powerOfTwo returns 2^e for e from -1074 to 971.
func powerOfTwo(e int64) float64 {
	if e < -1022 {
		return math.Float64frombits(1 << uint64(e+1074))
	}
	return math.Float64frombits(uint64(e+1023) << 52)
}
