package calibrate

import (
	"cmp"
	"math"
	"slices"

	"weir/model/numeric"
)

// Bounds for statements about constants that go together.
const (
	apart   = 0.95 // a correlation beyond which two constants cannot be told apart
	partner = 0.3  // one beyond which a constant can make up for another
	wide    = 0.5  // of a range: an interval at least as wide is not much knowledge
	vague   = 0.25 // of a range: a standard deviation alone beyond which data say nothing
)

// covariance returns that of the constants near a fit, in shares of their ranges: the inverse
// of the curvature, to which ranges add their own knowledge: the variance of a uniform
// distribution, 1/12.
func (s *search) covariance(c *climber) [][]float64 {
	curvature, _ := s.quadratic(c)
	for i := range curvature {
		curvature[i][i] += 12
	}
	if out := numeric.Inverse(curvature); out != nil {
		return out
	}
	out := make([][]float64, len(curvature))
	for i := range out {
		out[i] = make([]float64, len(curvature))
		out[i][i] = 1.0 / 12
	}
	return out
}

// correlations returns those of a covariance matrix, whose diagonal is above 0.
func correlations(covariance [][]float64) [][]float64 {
	out := make([][]float64, len(covariance))
	for i := range out {
		out[i] = make([]float64, len(covariance))
		for j := range out {
			out[i][j] = covariance[i][j] / math.Sqrt(covariance[i][i]*covariance[j][j])
		}
	}
	return out
}

// companions names, for each constant that the data do not tell, those that can make up
// for it.
func (s *search) companions(best *climber, covariance [][]float64) {
	curvature, _ := s.quadratic(best)
	c := correlations(covariance)
	for i, x := range s.parameters {
		x.With = nil
		x.Silent = x.Kept && x.Unknown() && curvature[i][i] < 1
		if !x.broad() || 1/math.Sqrt(max(curvature[i][i], 1e-300)) > vague {
			continue // known, or without an effect of its own
		}
		others := make([]int, 0, len(c))
		for j := range c {
			if j != i && math.Abs(c[i][j]) > partner {
				others = append(others, j)
			}
		}
		slices.SortStableFunc(others, func(a, b int) int { return cmp.Compare(math.Abs(c[i][b]), math.Abs(c[i][a])) })
		for _, j := range others[:min(3, len(others))] {
			x.With = append(x.With, s.parameters[j].Name)
		}
	}
}

// pairs returns the constants that cannot be told apart.
func pairs(list []*Constant, correlation [][]float64) []Pair {
	var out []Pair
	for i, a := range list {
		for j := i + 1; j < len(list); j++ {
			if math.Abs(correlation[i][j]) >= apart && a.broad() && list[j].broad() {
				out = append(out, Pair{i, j, correlation[i][j]})
			}
		}
	}
	return out
}
