package maths

import "math"

// Sin returns the sine of x in radians, NaN of an infinity.
func Sin(x float64) float64 {
	if x == 0 {
		return x
	}
	s, c, n := reduce(x)
	if n&1 == 0 {
		s, c = sinSum(s, c)
	} else {
		s, c = cosSum(s, c)
	}
	if n&2 != 0 {
		return -(s + c)
	}
	return s + c
}

// Cos returns the cosine of x in radians, NaN of an infinity.
func Cos(x float64) float64 {
	s, c, n := reduce(x)
	if n&1 == 0 {
		s, c = cosSum(s, c)
	} else {
		s, c = sinSum(s, c)
	}
	if (n+1)&2 != 0 {
		return -(s + c)
	}
	return s + c
}

// Tan returns the tangent of x in radians, NaN of an infinity.
func Tan(x float64) float64 {
	if x == 0 {
		return x
	}
	r, rl, n := reduce(x)
	sh, sl := sinSum(r, rl)
	ch, cl := cosSum(r, rl)
	if n&1 == 1 {
		sh, sl, ch, cl = ch, cl, -sh, -sl
	}
	if sh < 0x1p-900 && sh > -0x1p-900 {
		return sh // the tangent of a tiny number; a product would be subnormal
	}
	hi, lo := quotient(sh, sl, ch, cl)
	return hi + lo
}

// sinSum returns the sine of r + rl, |r| <= pi/4, by its Taylor series to r^17: the first
// two terms with their errors, the rest without.
func sinSum(r, rl float64) (hi, lo float64) {
	z, zl := twoProd(r, r)
	c, cl := twoProd(z, r)
	c, cl = product(c, cl+float64(zl*r), -sixth1, -sixth2)
	p := 1. / 355687428096000
	p = -1./1307674368000 + float64(z*p)
	p = 1./6227020800 + float64(z*p)
	p = -1./39916800 + float64(z*p)
	p = 1./362880 + float64(z*p)
	p = -1./5040 + float64(z*p)
	p = 1./120 + float64(z*p)
	h, e := fastTwoSum(r, c)
	rest := float64(float64(z*z)*float64(r*p)) - float64(0.5*float64(z*rl))
	return fastTwoSum(h, e+(cl+(rl+rest)))
}

// cosSum returns the cosine of r + rl, |r| <= pi/4, by its Taylor series to r^18.
func cosSum(r, rl float64) (hi, lo float64) {
	z, zl := twoProd(r, r)
	q := -1. / 6402373705728000
	q = 1./20922789888000 + float64(z*q)
	q = -1./87178291200 + float64(z*q)
	q = 1./479001600 + float64(z*q)
	q = -1./3628800 + float64(z*q)
	q = 1./40320 + float64(z*q)
	q = -1./720 + float64(z*q)
	q = 1./24 + float64(z*q)
	w, e := fastTwoSum(1, float64(-0.5*z))
	return fastTwoSum(w, e+(float64(float64(z*z)*q)-(float64(0.5*zl)+float64(r*rl))))
}

// reduce returns x - n pi/2 as high and low part, at most pi/4 in size, and n mod 4.
// Cody and Waite (1980) with pi/2 in pieces of 33 bits up to 2^20, Payne and Hanek
// (1983, Radian reduction for trigonometric functions, ACM SIGNUM 18) above.
func reduce(x float64) (hi, lo float64, n int64) {
	size := math.Abs(x)
	if size <= 0.7853981633974483 {
		return x, 0, 0
	}
	if !(size < 0x1p20) {
		return reduceLarge(x)
	}
	k := math.Floor(float64(x*twoByPi) + 0.5)
	a := x - float64(k*split1) // exact
	a, e1 := twoSum(a, -float64(k*split2))
	a, e2 := twoSum(a, -float64(k*split3))
	hi, lo = twoSum(a, e1+(e2-float64(k*split4)))
	return hi, lo, int64(k) & 3
}

// reduceLarge multiplies the 53 bits of x by the 256 bits of 2/pi that matter: those
// before give multiples of four quarter turns, those after are too small.
func reduceLarge(x float64) (hi, lo float64, n int64) {
	bits := math.Float64bits(math.Abs(x))
	e := int64(bits>>52) - 1075 // |x| = m 2^e
	if e > 971 {
		return nan, 0, 0
	}
	m := bits&(1<<52-1) | 1<<52
	// The bits of 2/pi before this one give multiples of four quarter turns.
	first := e - 2 + 64 // the table begins with 64 zeros
	w0, w1, w2, w3 := window(first), window(first+64), window(first+128), window(first+192)
	h3, l3 := mul(m, w3)
	h2, l2 := mul(m, w2)
	h1, l1 := mul(m, w1)
	_, l0 := mul(m, w0)
	p3 := l3
	p2 := l2 + h3
	carry := less(p2, l2)
	p1 := l1 + h2
	c1 := less(p1, l1)
	p1 += carry
	c1 += less(p1, carry)
	p0 := l0 + h1 + c1
	// |x| 2/pi mod 4 is 4 p / 2^256: two bits of quarter turns, then the fraction.
	q := p0 >> 62
	f0, f1, f2 := p0<<2|p1>>62, p1<<2|p2>>62, p2<<2|p3>>62
	n = int64(q)
	negative := f0>>63 == 1 // a fraction of a half or more: the next quarter turn
	if negative {
		n = (n + 1) & 3
		f0, f1, f2 = ^f0, ^f1, ^f2
	}
	h, l := fraction(f0, f1, f2)
	hi, lo = product(h, l, piHalf1, piHalf2)
	if negative != (x < 0) {
		hi, lo = -hi, -lo
	}
	if x < 0 {
		n = -n & 3
	}
	return hi, lo, n
}

// window returns 64 bits of twoOverPi from the given bit on.
func window(bit int64) uint64 {
	i, s := bit>>6, uint64(bit&63)
	if s == 0 {
		return twoOverPi[i]
	}
	return twoOverPi[i]<<s | twoOverPi[i+1]>>(64-s)
}

// fraction returns 0.f0f1f2 as high and low part.
func fraction(f0, f1, f2 uint64) (hi, lo float64) {
	scale := 0x1p-64
	for range 2 {
		if f0 != 0 {
			break
		}
		f0, f1, f2 = f1, f2, 0
		scale *= 0x1p-64
	}
	// Shift until the top bit is set, so that each piece has all its bits.
	for f0>>63 == 0 && f0 != 0 {
		f0, f1, f2 = f0<<1|f1>>63, f1<<1|f2>>63, f2<<1
		scale *= 0.5
	}
	a := float64(f0 >> 11)                    // 53 bits
	b := float64((f0&(1<<11-1))<<42 | f1>>22) // the next 53
	return fastTwoSum(float64(a*(scale*0x1p11)), float64(b*(scale*0x1p-42)))
}

// mul returns the 128-bit product of a and b, from products of 32 bits.
func mul(a, b uint64) (hi, lo uint64) {
	const mask = 1<<32 - 1
	a0, a1, b0, b1 := a&mask, a>>32, b&mask, b>>32
	low := a0 * b0
	middle := a1*b0 + low>>32
	cross := middle&mask + a0*b1
	return a1*b1 + middle>>32 + cross>>32, a * b
}

// less returns 1 if a < b, which is the carry of a sum a that should be at least b.
func less(a, b uint64) uint64 {
	if a < b {
		return 1
	}
	return 0
}
