// Package normal has the normal distribution with mean 0 and standard deviation 1, with
// the same bits on every processor.
package normal

import (
	"math"

	"weir/model/numeric/maths"
)

// Quantile returns the number below which a normal variable lies with probability p: -Inf at
// 0, +Inf at 1, NaN outside. It is algorithm AS 241, PPND16: M. J. Wichura, The
// Percentage Points of the Normal Distribution, Applied Statistics 37 (1988); relative
// error about 1e-15.
func Quantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q * ratio(&quantileMiddle, r))
	}
	r := math.Sqrt(-maths.Ln(min(p, 1-p)))
	if r <= 5 {
		r = ratio(&quantileSides, r-1.6)
	} else {
		r = ratio(&quantileEnds, r-5)
	}
	return math.Copysign(r, q)
}

// Probability returns that of a normal variable to be below z, NaN of NaN. The relative error
// is below 1e-14 as long as the result is not subnormal.
func Probability(z float64) float64 {
	const root = 0.70710678118654752440
	x := float64(math.Abs(z) * root)
	if x <= 0.46875 {
		return 0.5 + float64(0.5*float64(float64(z*root)*ratio(&erfMiddle, float64(x*x))))
	}
	tail := float64(0.5 * erfTail(x, math.Abs(z)))
	if z > 0 {
		return 1 - tail
	}
	return tail
}

// erfTail returns the complementary error function of x = z/√2 above 0.46875: W. J. Cody,
// Rational Chebyshev Approximations for the Error Function, Mathematics of Computation
// 23 (1969). The square in the exponent is taken of z, in two parts, so that the
// rounding of x does not matter.
func erfTail(x, z float64) float64 {
	switch {
	case x != x:
		return math.NaN()
	case x > 27.3:
		return 0
	}
	short := float64(math.Floor(float64(z*16)) * 0.0625)
	e := float64(maths.Exp(float64(-0.5*float64(short*short))) * maths.Exp(float64(-0.5*float64((z-short)*(z+short)))))
	if x <= 4 {
		return float64(e * ratio(&erfSides, x))
	}
	const inverseRootPi = 0.56418958354775628695
	y := 1 / float64(x*x)
	return float64(e*(inverseRootPi-float64(y*ratio(&erfEnds, y)))) / x
}

// A rational is two polynomials, the highest power first.
type rational struct{ above, below [9]float64 }

// ratio returns the quotient of two polynomials of one degree, by Horner's rule from the highest
// power down.
func ratio(f *rational, x float64) float64 {
	a, b := 0.0, 0.0
	for i, c := range f.above {
		a = float64(a*x) + c
		b = float64(b*x) + f.below[i]
	}
	return a / b
}

// The coefficients of Wichura.
var (
	quantileMiddle = rational{
		[9]float64{0, 2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4,
			4.5921953931549871457e4,
			1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080},
		[9]float64{0, 5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4,
			2.1213794301586595867e4,
			5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1},
	}
	quantileSides = rational{
		[9]float64{0, 7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
			1.27045825245236838258,
			3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734},
		[9]float64{0, 1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
			1.48103976427480074590e-1,
			6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1},
	}
	quantileEnds = rational{
		[9]float64{0, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
			2.65321895265761230930e-2,
			2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720},
		[9]float64{0, 2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
			7.86869131145613259100e-4,
			1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1},
	}
)

// The coefficients of Cody.
var (
	erfMiddle = rational{
		[9]float64{0, 0, 0, 0, 1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2,
			3.77485237685302021e2, 3.20937758913846947e3},
		[9]float64{0, 0, 0, 0, 1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3,
			2.84423683343917062e3},
	}
	erfSides = rational{
		[9]float64{2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
			2.98635138197400131e2,
			8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3},
		[9]float64{1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
			3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3},
	}
	erfEnds = rational{
		[9]float64{0, 0, 0, 1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1,
			1.25781726111229246e-1,
			1.60837851487422766e-2, 6.58749161529837803e-4},
		[9]float64{0, 0, 0, 1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1,
			6.05183413124413191e-2, 2.33520497626869185e-3},
	}
)
