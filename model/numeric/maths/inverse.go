package maths

import "math"

// Atan returns the arc tangent of x.
func Atan(x float64) float64 {
	if x != x {
		return nan
	}
	if x == 0 {
		return x
	}
	if math.Abs(x) > 0x1p60 {
		return math.Copysign(piHalf1, x)
	}
	hi, lo := atanSum(math.Abs(x), 0)
	return math.Copysign(hi+lo, x)
}

// Asin returns the arc sine of x, NaN outside -1 to 1.
func Asin(x float64) float64 {
	size := math.Abs(x)
	switch {
	case !(size <= 1):
		return nan
	case size < 0x1p-30:
		return x // x + x^3/6 is nearer to x than half a unit
	case size == 1:
		return math.Copysign(piHalf1, x)
	}
	ch, cl := otherSide(size)
	hi, lo := quotient(size, 0, ch, cl)
	hi, lo = atanSum(hi, lo)
	return math.Copysign(hi+lo, x)
}

// Acos returns the arc cosine of x, NaN outside -1 to 1.
func Acos(x float64) float64 {
	size := math.Abs(x)
	switch {
	case !(size <= 1):
		return nan
	case x == 1:
		return 0
	case x == -1:
		return pi1
	case size < 0x1p-60:
		return piHalf1
	}
	sh, sl := otherSide(size)
	hi, lo := quotient(sh, sl, size, 0)
	hi, lo = atanSum(hi, lo)
	if x > 0 {
		return hi + lo
	}
	a, e := fastTwoSum(pi1, -hi)
	return a + (e + (pi2 - lo))
}

// otherSide returns sqrt(1 - x^2) = sqrt((1-x)(1+x)) for 0 <= x < 1.
func otherSide(x float64) (hi, lo float64) {
	ah, al := fastTwoSum(1, -x)
	bh, bl := fastTwoSum(1, x)
	ph, pl := product(ah, al, bh, bl)
	root := math.Sqrt(ph)
	q, e := twoProd(root, root)
	return fastTwoSum(root, (((ph-q)-e)+pl)/(2*root))
}

// atanSum returns the arc tangent of hi + lo >= 0: of the inverse above 1, and from the
// nearest sixteenth c on, atan x = atan c + atan((x - c)/(1 + c x)).
func atanSum(hi, lo float64) (float64, float64) {
	if hi > 1 {
		h, l := quotient(1, 0, hi, lo)
		h, l = atanSum(h, l)
		a, e := fastTwoSum(piHalf1, -h)
		return fastTwoSum(a, e+(piHalf2-l))
	}
	j := int64(float64(hi*16) + 0.5)
	if j == 0 {
		return fastTwoSum(hi, lo+atanTail(hi))
	}
	c := float64(float64(j) * (1. / 16))
	nh, nl := twoSum(hi-c, lo) // hi - c is exact
	ph, pl := twoProd(hi, c)
	dh, dl := fastTwoSum(1, ph)
	dl = dl + (pl + float64(c*lo))
	t, tl := quotient(nh, nl, dh, dl)
	entry := atanTable[j]
	h, e := fastTwoSum(entry[0], t)
	return fastTwoSum(h, e+(tl+(atanTail(t)+entry[1])))
}

// atanTail returns atan t - t by its Taylor series, for |t| <= 1/32.
func atanTail(t float64) float64 {
	z := float64(t * t)
	p := -1. / 11
	p = 1./9 + float64(z*p)
	p = -1./7 + float64(z*p)
	p = 1./5 + float64(z*p)
	p = -1./3 + float64(z*p)
	return float64(float64(z*t) * p)
}
