package calibrate

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"weir/model/numeric"
	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
)

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
	guess    *guess        // nil until learn
	taken    int
	proposed int
}

// settle puts walkers where the posterior would be if it were normal, inside the cube.
func (f *flock) settle(u []float64, covariance [][]float64, walkers int) error {
	l := make([][]float64, len(covariance))
	for i := range l {
		l[i] = slices.Clone(covariance[i])
	}
	if !numeric.Cholesky(l) {
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

// near returns a normal draw around u, by the factor of its covariance.
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

// uniform returns a number between 0 and 1, neither of them.
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

// propose returns a place for a walker, by the walkers of the other half, and the gain of the
// logarithm of the acceptance gains by the shape of the move. Every other move, by chance,
// goes along a difference of two of them instead (ter Braak 2006, A Markov chain Monte
// Carlo version of the genetic algorithm differential evolution, Statistics and Computing
// 16), which is affine-invariant, too, and forgets sooner where there are many constants. Once
// there is a guess, half of the moves are draws of it.
func (f *flock) propose(u []float64, others [][]float64) (v []float64, log float64) {
	if f.guess != nil && f.random.Uint64()&1 == 0 {
		v = f.guess.draw(f)
		return v, f.guess.density(u) - f.guess.density(v)
	}
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
