package calibrate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
)

// Bounds of the sampler's diagnostics.
const (
	// MostRHat is the highest split R-hat at which the sample counts as converged
	// (Gelman and others 2013, section 11.4, ask for this). Every walker is a chain.
	MostRHat = 1.1
	// LeastSize is the least effective sample size (Vehtari, Gelman, Simpson, Carpenter
	// and Bürkner 2021, Rank-normalization, folding, and localization, Bayesian Analysis 16).
	LeastSize = 400
)

// A Posterior is a sample of the constants that fit the data about as well as chance
// allows: of all but the silent ones, which keep their values.
type Posterior struct {
	Constants  []*Constant // other slices by constant are in this order
	Walkers    int
	Steps      int     // of every walker
	Left       int     // steps at the beginning that do not count
	Acceptance float64 // share of proposals taken; 0.2 to 0.5 is usual
	RHat       []float64
	Size       []float64   // effective sample sizes
	Draws      [][]float64 // by draw, in the units of the constants
	Mean, SD   []float64
	Low, High  []float64 // 2.5th and 97.5th percentile
	// Correlation of the draws.
	Correlation [][]float64
	Converged   bool
	Why         string // if not
}

// stretch is the parameter a of the stretch move; 2 is its authors' choice.
const stretch = 2

// block is how many steps are taken between looks at the diagnostics.
const block = 250

// A flock is an affine-invariant ensemble of walkers (Goodman and Weare 2010, Ensemble
// samplers with affine invariance, Communications in Applied Mathematics and Computational
// Science 5), of which each half moves by turns along lines through the other, so that
// half of them are run side by side (Foreman-Mackey, Hogg, Lang and Goodman 2013, emcee).
// A point's misfit is the negative logarithm of its density.
type flock struct {
	misfits  func(at [][]float64) ([]float64, error)
	random   *rand.Rand
	at       [][]float64
	misfit   []float64
	history  [][][]float64 // by step and walker
	taken    int
	proposed int
}

// sample draws from the posterior, starting around the fit.
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
	f := &flock{random: rand.New(rand.NewPCG(s.options.Seed, 0x77656972))}
	f.misfits = func(at [][]float64) ([]float64, error) { return s.unbounded(at, best.u, free) }
	p.Walkers = max(64, 4*len(free))
	u, covariance := make([]float64, len(free)), make([][]float64, len(free))
	all := s.covariance(best)
	for i, k := range free {
		u[i] = best.u[k]
		for _, j := range free {
			covariance[i] = append(covariance[i], all[k][j])
		}
	}
	if err := f.settle(u, covariance, p.Walkers); err != nil {
		return nil, err
	}
	for len(f.history) < s.options.Steps {
		for range min(block, s.options.Steps-len(f.history)) {
			s.options.Progress("sampling the posterior", 0.7+0.3*float64(len(f.history))/float64(s.options.Steps))
			if err := f.step(); err != nil {
				return nil, err
			}
		}
		p.diagnose(f)
		if p.Converged {
			break
		}
	}
	p.keep(f, s.options.Draws)
	return p, nil
}

// unbounded are the misfits at points of all of space, from which the logistic function
// leads into the cube: so no proposal is lost at its sides. The Jacobian keeps densities.
// Coordinates that are not free stay as in u.
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

func logistic(z []float64) []float64 {
	u := make([]float64, len(z))
	for i, x := range z {
		u[i] = 1 / (1 + maths.Exp(-x))
	}
	return u
}

// settle puts walkers where the posterior would be if it were normal, inside the cube.
func (f *flock) settle(u []float64, covariance [][]float64, walkers int) error {
	l := make([][]float64, len(covariance))
	for i := range l {
		l[i] = slices.Clone(covariance[i])
	}
	if !factorize(l) {
		return fmt.Errorf("the curvature at the fit is not that of a lowest point")
	}
	f.at, f.misfit = make([][]float64, walkers), make([]float64, walkers)
	for i := range f.misfit {
		f.misfit[i] = math.Inf(1)
	}
	for size := 1.0; size > 1e-6; size /= 2 {
		var missing []int
		var at [][]float64
		for i := range f.at {
			if math.IsInf(f.misfit[i], 1) {
				missing, at = append(missing, i), append(at, f.near(u, l, size))
			}
		}
		if len(missing) == 0 {
			return nil
		}
		misfits, err := f.misfits(at)
		if err != nil {
			return err
		}
		for k, i := range missing {
			f.at[i], f.misfit[i] = at[k], misfits[k]
		}
	}
	return errNothingRuns
}

// near is a normal draw around u, by the factor of its covariance.
func (f *flock) near(u []float64, l [][]float64, size float64) []float64 {
	z := make([]float64, len(u))
	for i := range z {
		z[i] = normal.Quantile(f.uniform())
	}
	v := make([]float64, len(u))
	for i := range u {
		x := u[i]
		for k := 0; k <= i; k++ {
			x += float64(size * l[i][k] * z[k])
		}
		if x <= 0 || x >= 1 { // a place in the range, however narrow the draw
			x = u[i] + float64((f.uniform()-u[i])*0.1*size)
		}
		x = min(1-1e-9, max(1e-9, x))
		v[i] = maths.Ln(x / (1 - x))
	}
	return v
}

// uniform is a number between 0 and 1, neither of them.
func (f *flock) uniform() float64 { return (float64(f.random.Uint64()>>12) + 0.5) * 0x1p-52 }

// step moves both halves once.
func (f *flock) step() error {
	half := len(f.at) / 2
	for _, first := range []int{0, half} {
		if err := f.move(first, half); err != nil {
			return err
		}
	}
	f.history = append(f.history, slices.Clone(f.at))
	return nil
}

// move proposes a stretch to every walker of one half, and takes or leaves it.
func (f *flock) move(first, half int) error {
	var at [][]float64
	logs := make([]float64, half)
	for i := range half {
		v, log := f.propose(f.at[first+i], f.at[len(f.at)-half-first:][:half])
		at, logs[i] = append(at, v), log-maths.Ln(f.uniform())
	}
	f.proposed += half
	misfits, err := f.misfits(at)
	if err != nil {
		return err
	}
	for i := range half {
		if logs[i] >= misfits[i]-f.misfit[first+i] {
			f.at[first+i], f.misfit[first+i] = at[i], misfits[i]
			f.taken++
		}
	}
	return nil
}

// propose gives where a walker may go, by the walkers of the other half, and what the
// logarithm of the acceptance gains by the shape of the move. Every other move, by chance,
// goes along a difference of two of them instead (ter Braak 2006, A Markov chain Monte
// Carlo version of the genetic algorithm differential evolution, Statistics and Computing
// 16), which is affine-invariant, too, and forgets sooner where there are many constants.
func (f *flock) propose(u []float64, others [][]float64) (v []float64, log float64) {
	v = make([]float64, len(u))
	if f.random.Uint64()&1 == 0 {
		a, b := f.random.IntN(len(others)), f.random.IntN(len(others)-1)
		if b >= a {
			b++
		}
		by := float64(2.38 / math.Sqrt(2*float64(len(u))) * (0.8 + float64(0.4*f.uniform())))
		for k := range v {
			v[k] = u[k] + float64(by*(others[a][k]-others[b][k]))
		}
		return v, 0
	}
	other := others[f.random.IntN(len(others))]
	z := 1 + float64((stretch-1)*f.uniform())
	z = float64(z*z) / stretch
	for k := range v {
		v[k] = other[k] + float64(z*(u[k]-other[k]))
	}
	return v, float64(float64(len(u)-1) * maths.Ln(z))
}

// keep takes draws, evenly over walkers and steps, and sums them up.
func (p *Posterior) keep(f *flock, draws int) {
	counted := f.history[p.Left:]
	all := len(counted) * p.Walkers
	n := min(draws, all)
	for i := range n {
		// Walkers go on from draw to draw, so that all of them are seen.
		step := i * len(counted) / n
		u := logistic(counted[step][i%p.Walkers])
		draw := make([]float64, len(u))
		for k, x := range p.Constants {
			draw[k] = rounded(x.p.value(u[k]), x.Low, x.High)
		}
		p.Draws = append(p.Draws, draw)
	}
	p.summarize(len(p.Constants))
}

// summarize computes what the draws say of each constant.
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
		p.Low, p.High = append(p.Low, quantile(sorted, 0.025)), append(p.High, quantile(sorted, 0.975))
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

func quantile(sorted []float64, q float64) float64 {
	at := float64(q * float64(len(sorted)-1))
	k := int(at)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	part := at - float64(k)
	return float64((1-part)*sorted[k]) + float64(part*sorted[k+1])
}
