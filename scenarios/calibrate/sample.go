package calibrate

import (
	"math"
	"math/rand/v2"
	"slices"

	"weir/model/numeric"
	"weir/model/numeric/maths"
)

// sample draws from the posterior, starting around the fit. Constants about which the data say
// nothing stay at their fitted values. It ends early, after a block, once the diagnostics are good;
// otherwise after all steps. The seed alone decides the draws. Several flocks may sample, none of which
// knows of the others.
func (s *search) sample(best *climber) (*Posterior, error) {
	p := &Posterior{}
	var free []int
	for k, x := range s.parameters {
		if !x.Silent {
			free = append(free, k)
			p.Constants = append(p.Constants, &x.Constant)
		}
	}
	if len(free) == 0 {
		p.Why = "the data say nothing about any of the constants"
		return p, nil
	}
	// A flock needs clearly more walkers than dimensions.
	walkers := max(64, 4*len(free))
	list, err := s.courses(best, free, walkers)
	if err != nil {
		return nil, err
	}
	p.pool(list, walkers)
	p.keep(list, s.options.Draws)
	return p, nil
}

// walk samples with the flock of a number: from around the fit until the diagnostics of the flock
// alone are good, or for all steps. The number and the seed alone decide the draws.
func (s *search) walk(best *climber, free []int, walkers, number int) (*course, error) {
	f := &flock{random: rand.New(rand.NewPCG(s.options.Seed, 0x77656972+uint64(number)<<32))}
	// The flock moves in all of space and knows nothing of the ranges.
	f.misfits = func(at [][]float64) ([]float64, error) { return s.unbounded(at, best.u, free) }
	u, covariance := make([]float64, len(free)), make([][]float64, len(free))
	all := s.covariance(best)
	for i, k := range free {
		u[i] = best.u[k]
		for _, j := range free {
			covariance[i] = append(covariance[i], all[k][j])
		}
	}
	if err := f.settle(u, covariance, walkers); err != nil {
		return nil, err
	}
	c := &course{}
	for len(f.history) < s.options.Steps {
		for range min(block, s.options.Steps-len(f.history)) {
			share := (float64(number) + float64(len(f.history))/float64(s.options.Steps)) / float64(s.options.Samplers)
			s.options.Progress("sampling the posterior", 0.7+0.3*share)
			if err := f.step(); err != nil {
				return nil, err
			}
		}
		c.take(f)
		alone := &Posterior{}
		if alone.diagnose([]*course{c}); alone.Converged {
			break
		}
		if due(len(f.history)) {
			f.learn()
		}
	}
	return c, nil
}

// unbounded returns the misfits at points of all of space, from which the logistic function
// leads into the cube: so no proposal is lost at its sides. The Jacobian keeps densities.
// Coordinates that are not free stay as in u. A misfit is a negative logarithm, so that of the
// Jacobian is added with its sign turned.
func (s *search) unbounded(at [][]float64, u []float64, free []int) ([]float64, error) {
	inside := make([][]float64, len(at))
	for i, z := range at {
		inside[i] = slices.Clone(u)
		for k, x := range logistic(z) {
			inside[i][free[k]] = x
		}
	}
	misfits, err := s.misfits(inside)
	for i, z := range at {
		for _, x := range z {
			if err == nil {
				misfits[i] += math.Abs(x) + 2*maths.Ln(1+maths.Exp(-math.Abs(x)))
			}
		}
	}
	return misfits, err
}

// logistic maps a point of all of space into the unit cube. 0 is the middle of the cube:
// logistic([0]) is [0.5].
func logistic(z []float64) []float64 {
	u := make([]float64, len(z))
	for i, x := range z {
		u[i] = 1 / (1 + maths.Exp(-x))
	}
	return u
}

// keep takes draws from all courses and sums them up.
func (p *Posterior) keep(list []*course, draws int) {
	for _, at := range spread(list, draws) {
		u := logistic(at)
		draw := make([]float64, len(u))
		for k, x := range p.Constants {
			draw[k] = rounded(x.p.value(u[k]), x.Low, x.High)
		}
		p.Draws = append(p.Draws, draw)
	}
	p.summarize(len(p.Constants))
}

// summarize computes the moments of the draws of each constant. Low and High are the 2.5 and 97.5
// percentiles. The covariance is divided by n, not n-1.
func (p *Posterior) summarize(constants int) {
	n := float64(len(p.Draws))
	covariance := make([][]float64, constants)
	columns := make([][]float64, constants)
	for k := range constants {
		for _, d := range p.Draws {
			columns[k] = append(columns[k], d[k])
		}
		mean := 0.0
		for _, x := range columns[k] {
			mean += x / n
		}
		sorted := slices.Sorted(slices.Values(columns[k]))
		p.Mean = append(p.Mean, mean)
		p.Low, p.High = append(p.Low, numeric.Quantile(sorted, 0.025)), append(p.High, numeric.Quantile(sorted, 0.975))
	}
	for i := range constants {
		covariance[i] = make([]float64, constants)
		for j := range constants {
			for k := range p.Draws {
				covariance[i][j] += float64((columns[i][k] - p.Mean[i]) * (columns[j][k] - p.Mean[j]) / n)
			}
		}
		p.SD = append(p.SD, math.Sqrt(covariance[i][i]))
	}
	p.Correlation = correlations(covariance)
}
