package calibrate

import (
	"errors"
	"math"
	"slices"

	"weir/model/numeric"
	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
	"weir/sim/sampling"
)

// Errors of a simulation go on from point to point, so constants are known less well than
// as many independent errors would tell. The errors of each series are taken for those of
// a stationary process of first order. Its memory and size are not known: all are weighed
// by the restricted likelihood, that of errors to which the part taken out by the fit is
// given back (Cheang and Reinsel 2000, Bias reduction of autoregressive estimates in time
// series regression model through restricted maximum likelihood, JASA 95). For one memory
// and size the variance of the constants as they are fitted is a sandwich, H⁻¹ (J'VJ) H⁻¹
// with the slopes J of errors, their variance V, and the curvature H (White 1980, A
// heteroskedasticity-consistent covariance matrix estimator, Econometrica 48, where V is
// general); a 95 percent interval is that of the mixture. To H the ranges add their own
// know, so that constants of which the data say nothing take nothing out of the errors.

// Grids over which a process is averaged.
const (
	memories   = 24 // between the lowest and the highest memory, evenly
	lowMemory  = -0.5
	highMemory = 0.98
	sizes      = 14 // of a single error, in those of the fit, evenly in their logarithm
	smallest   = 0.5
	largest    = 5.0
	mixtures   = 512 // draws of the processes of all series together
)

// half is the half width of a 95 percent interval in standard deviations.
const half = 1.959964

// A process is a possible memory and size of the errors of a series, with its weight, and
// the variance that it gives each constant.
type process struct {
	weight   float64
	variance []float64
}

// inflation returns how much larger the variance of each constant, as far as it comes from errors,
// is more than that of as many independent ones.
func (s *search) inflation(best *climber) ([]float64, error) {
	around, err := s.around(best)
	if err != nil {
		return nil, err
	}
	best = around
	size := math.Sqrt(s.scale(best.errors) / float64(len(best.errors)))
	h := make([][]float64, len(best.u))
	for i, a := range best.slopes {
		for _, b := range best.slopes {
			h[i] = append(h[i], dot(a, b)/float64(size*size))
		}
		h[i][i] += 12 // the knowledge of the range
	}
	inverted := numeric.Inverse(copied(h))
	if inverted == nil {
		return nil, errors.New("the slopes of its errors are not finite")
	}
	var all [][]process
	first := 0
	for _, x := range s.series {
		if x.fitted > 0 {
			all = append(all, s.processes(best, first, first+x.fitted, size, h, inverted))
		}
		first += x.fitted
	}
	return mixed(all, leverages(best.slopes, inverted), size), nil
}

// broadly is how far out slopes are taken for inflation, in shares of a range: so far that
// a rule of the model that switches is a small part of the change.
const broadly = 0.005

// around returns a fit with slopes by differences to both of its sides.
func (s *search) around(best *climber) (*climber, error) {
	var at [][]float64
	for k := range best.u {
		for _, d := range []float64{-broadly, broadly} {
			u := slices.Clone(best.u)
			u[k] = min(1, max(0, u[k]+d))
			at = append(at, u)
		}
	}
	found, err := s.evaluate(at)
	if err != nil {
		return nil, err
	}
	out := newClimber(best.u, -1)
	out.errors = best.errors
	for k := range best.u {
		low, high := found[2*k], found[2*k+1]
		if low == nil || high == nil {
			low, high = best.errors, best.errors // a run broke down: nothing is known
		}
		out.slopes = append(out.slopes, slope(high, low, at[2*k+1][k]-at[2*k][k]))
	}
	return out, nil
}

// copied returns a matrix that shares nothing with a.
func copied(a [][]float64) [][]float64 {
	out := make([][]float64, len(a))
	for i := range a {
		out[i] = slices.Clone(a[i])
	}
	return out
}

// processes returns the possible ones of the errors from first to last.
func (s *search) processes(best *climber, first, last int, size float64, h, inverted [][]float64) []process {
	e := scaled(best.errors[first:last], size)
	var slopes [][]float64
	for k := range best.u {
		slopes = append(slopes, scaled(best.slopes[k][first:last], size))
	}
	r := newRestricted(e, slopes, h, s.free(best))
	leverage := leverages(slopes, inverted)
	var out []process
	for i := range memories {
		m := lowMemory + float64((highMemory-lowMemory)*(float64(i)+0.5)/memories)
		w := r.at(m)
		spread := make([]float64, len(leverage))
		for k, a := range leverage {
			spread[k] = correlated(a, m)
		}
		for j := range sizes {
			z := float64(smallest * maths.Exp(float64(maths.Ln(largest/smallest)*(float64(j)+0.5)/sizes)))
			out = append(out, process{w.likelihood(z), scaled(spread, 1/float64(z*z))})
		}
	}
	return weighed(out)
}

// scaled returns a list divided by a number.
func scaled(list []float64, by float64) []float64 {
	out := make([]float64, len(list))
	for i, x := range list {
		out[i] = x / by
	}
	return out
}

// free returns the coordinates of a fit that are inside the cube, not at its sides.
func (s *search) free(best *climber) (free []int) {
	for k, u := range best.u {
		if u > 1e-3 && u < 1-1e-3 {
			free = append(free, k)
		}
	}
	return free
}

// leverages returns how a constant moves with each error: J H⁻¹.
func leverages(slopes, inverted [][]float64) [][]float64 {
	out := make([][]float64, len(slopes))
	for k := range out {
		out[k] = make([]float64, len(slopes[0]))
		for j, list := range slopes {
			for i, x := range list {
				out[k][i] += float64(x * inverted[j][k])
			}
		}
	}
	return out
}

// correlated returns a'Ra for the correlations of a process of first order.
func correlated(a []float64, memory float64) float64 {
	sum, before := 0.0, 0.0
	for _, x := range a {
		sum += float64(x * (x + float64(2*memory*before)))
		before = x + float64(memory*before)
	}
	return sum
}

// weighed turns logarithms of likelihoods into weights that add up to 1.
func weighed(list []process) []process {
	top := math.Inf(-1)
	for _, p := range list {
		top = max(top, p.weight)
	}
	sum := 0.0
	for i := range list {
		list[i].weight = maths.Exp(list[i].weight - top)
		sum += list[i].weight
	}
	for i := range list {
		list[i].weight /= sum
	}
	return list
}

// mixed returns the inflation of all constants by the processes of all series together.
func mixed(all [][]process, leverage [][]float64, size float64) []float64 {
	design, err := sampling.NewDesign(sampling.LatinHypercube, mixtures, len(all), 0)
	if err != nil {
		panic(err) // such a design is always possible
	}
	n := len(leverage)
	variances := make([][]float64, n)
	point := make([]float64, len(all))
	for i := range mixtures {
		design.Point(i, point)
		for k := range n {
			variances[k] = append(variances[k], 0)
		}
		for j, list := range all {
			for k, v := range picked(list, point[j]).variance {
				variances[k][i] += v
			}
		}
	}
	out := make([]float64, n)
	for k := range out {
		out[k] = 1
		if one := dot(leverage[k], leverage[k]) / float64(size*size); one > 0 {
			h := halfWidth(variances[k])
			out[k] = float64(h*h) / float64(half*half*one)
		}
	}
	return out
}

// picked returns the process at a share of the weights.
func picked(list []process, share float64) process {
	for _, p := range list {
		if share -= p.weight; share < 0 {
			return p
		}
	}
	return list[len(list)-1]
}

// halfWidth returns the half width within which 95 percent of a mixture of normal distributions
// about 0 lie.
func halfWidth(variances []float64) float64 {
	low, high := 0.0, float64(4*math.Sqrt(slices.Max(variances)))
	for range 50 {
		middle, inside := (low+high)/2, 0.0
		for _, v := range variances {
			inside += normal.Probability(middle/math.Sqrt(v)) / float64(len(variances))
		}
		if inside < 0.975 {
			low = middle
		} else {
			high = middle
		}
	}
	return high
}
