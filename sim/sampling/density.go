package sampling

import (
	"math"

	"weir/model/numeric/maths"
)

// LogDensity returns the natural logarithm of how likely x is, up to a constant that does not
// depend on x; minus infinity outside Low to High. The distribution has passed Check.
func (d Distribution) LogDensity(x float64) float64 {
	if !(x >= d.Low && x <= d.High) {
		return math.Inf(-1)
	}
	switch d.Shape {
	case Triangular:
		return maths.Ln(d.height(x))
	case Normal:
		z := (x - d.Mean) / d.SD
		return float64(-z * z / 2)
	case LogNormal:
		if x <= 0 {
			return math.Inf(-1)
		}
		z := (maths.Ln(x) - d.Mean) / d.SD
		return float64(-z*z/2) - maths.Ln(x)
	}
	return 0
}

// height returns how high a triangle of height 1 is at x.
func (d Distribution) height(x float64) float64 {
	switch {
	case x < d.Mode:
		return (x - d.Low) / (d.Mode - d.Low)
	case x > d.Mode:
		return (d.High - x) / (d.High - d.Mode)
	}
	return 1
}
