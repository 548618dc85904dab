package sampling

import (
	"fmt"
	"math"

	"weir/model/numeric"
	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
)

// A Distribution says how one constant is drawn. Low and High bound every one of
// them; they may be infinite for Normal and LogNormal.
type Distribution struct {
	Shape     Shape
	Low, High float64
	Mode      float64 // Triangular
	Mean, SD  float64 // Normal; LogNormal: of the logarithm
}

// A Shape is a family of distributions.
type Shape uint8

// The shapes. Normal and LogNormal are cut at Low and High and stretched again.
const (
	Uniform Shape = iota
	Triangular
	Normal
	LogNormal
)

// Check reports parameters that no distribution can have.
func (d Distribution) Check() error {
	switch {
	case !(d.Low <= d.High):
		return fmt.Errorf("the lower end %g is above the upper end %g", d.Low, d.High)
	case (d.Shape == Uniform || d.Shape == Triangular) && (math.IsInf(d.Low, 0) || math.IsInf(d.High, 0)):
		return fmt.Errorf("the range from %g to %g has no end", d.Low, d.High)
	case d.Shape == Triangular && !(d.Low <= d.Mode && d.Mode <= d.High):
		return fmt.Errorf("the mode %g is outside the range from %g to %g", d.Mode, d.Low, d.High)
	case (d.Shape == Normal || d.Shape == LogNormal) && !(d.SD > 0 && d.SD-d.SD == 0 && d.Mean-d.Mean == 0):
		return fmt.Errorf("mean %g and standard deviation %g are not those of a distribution", d.Mean, d.SD)
	case d.Shape == LogNormal && d.High <= 0:
		return fmt.Errorf("a lognormal value is above 0, and the range ends at %g", d.High)
	case d.Shape >= Normal && d.Low < d.High && !(d.probability(d.High)-d.probability(d.Low) > 1e-12):
		return fmt.Errorf("practically nothing of the distribution with mean %g and standard deviation %g lies between %g and %g", d.Mean, d.SD, d.Low, d.High)
	}
	return nil
}

// Quantile returns the value below which a share u, 0 < u < 1, of the draws lies. The
// distribution has passed Check.
func (d Distribution) Quantile(u float64) float64 {
	if d.Low == d.High {
		return d.Low
	}
	switch d.Shape {
	case Uniform:
		return min(d.High, d.Low+float64((d.High-d.Low)*u))
	case Triangular:
		return min(d.High, max(d.Low, maths.Triangular(u, d.Low, d.Mode, d.High)))
	}
	low, high := d.probability(d.Low), d.probability(d.High)
	z := normal.Quantile(inside(low + float64((high-low)*u)))
	x := d.Mean + float64(d.SD*z)
	if d.Shape == LogNormal {
		x = maths.Exp(x)
	}
	return min(d.High, max(d.Low, x))
}

// probability returns the share below x, before the ends are cut off.
func (d Distribution) probability(x float64) float64 {
	if d.Shape == LogNormal {
		if x <= 0 {
			return 0
		}
		x = maths.Ln(x)
	}
	return normal.Probability((x - d.Mean) / d.SD)
}

// A Correlation binds constants i and j, by position, with a coefficient from -1 to 1.
type Correlation struct {
	I, J        int
	Coefficient float64
}

// A Copula makes independent coordinates depend on each other as normal variables of
// the given correlations would (a Gaussian copula; R. B. Nelsen, An Introduction to
// Copulas, 2006, section 4). Rank correlations come out slightly smaller than the
// coefficients. The zero value leaves coordinates as they are.
type Copula struct {
	lower [][]float64 // row i has i+1 numbers
}

// NewCopula makes a copula over dims constants. The error says that no variables can
// be correlated so.
func NewCopula(dims int, list []Correlation) (*Copula, error) {
	if len(list) == 0 {
		return &Copula{}, nil
	}
	m := make([][]float64, dims)
	for i := range m {
		m[i] = make([]float64, i+1)
		m[i][i] = 1
	}
	for _, c := range list {
		if !(math.Abs(c.Coefficient) <= 1) {
			return nil, fmt.Errorf("a correlation is between -1 and 1, not %g", c.Coefficient)
		}
		m[max(c.I, c.J)][min(c.I, c.J)] = c.Coefficient
	}
	if !numeric.Cholesky(m) {
		return nil, fmt.Errorf("these correlations contradict each other: no constants can have all of them at once")
	}
	return &Copula{lower: m}, nil
}

// Bind replaces the coordinates of a point, using scratch of the same length.
func (c *Copula) Bind(u, scratch []float64) {
	if c.lower == nil {
		return
	}
	for i, x := range u {
		scratch[i] = normal.Quantile(x)
	}
	for i := range u {
		z := 0.0
		for j := 0; j <= i; j++ {
			z += float64(c.lower[i][j] * scratch[j])
		}
		u[i] = inside(normal.Probability(z))
	}
}
