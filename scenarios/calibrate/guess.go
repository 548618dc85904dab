package calibrate

import (
	"math"
	"slices"

	"weir/model/numeric"
	"weir/model/numeric/maths"
	"weir/model/numeric/normal"
)

// freedom is the degrees of freedom of a guess: tails heavier than those of a posterior, so that
// no walker is caught where the guess is too thin. It is even, for draws by logarithms.
const freedom = 6

// A guess is what a flock has seen of the posterior so far: a multivariate t distribution with the
// mean and covariance of its walkers. Moves to draws of it do not depend on where a walker
// is (Tierney 1994, Markov chains for exploring posterior distributions, Annals of Statistics
// 22, section 2.3.3), and so forget at once as far as it is right.
type guess struct {
	mean   []float64
	factor [][]float64 // Cholesky factor of the covariance
}

// due reports whether to learn after so many steps: at powers of two of a block, so that the half
// of the steps that counts is drawn by two guesses at most.
func due(steps int) bool {
	blocks := steps / block
	return steps%block == 0 && blocks&(blocks-1) == 0
}

// learn replaces the guess by what the latter half of the history says. It keeps the old one if the
// walkers span no volume yet.
func (f *flock) learn() {
	seen := f.history[len(f.history)/2:]
	dims := len(f.at[0])
	n := float64(len(seen) * len(f.at))
	g := &guess{mean: make([]float64, dims)}
	for _, now := range seen {
		for _, x := range now {
			for k := range g.mean {
				g.mean[k] += x[k] / n
			}
		}
	}
	g.factor = make([][]float64, dims)
	for i := range g.factor {
		g.factor[i] = make([]float64, dims)
	}
	for _, now := range seen {
		for _, x := range now {
			for i := range dims {
				for k := 0; k <= i; k++ {
					g.factor[i][k] += float64((x[i] - g.mean[i]) * (x[k] - g.mean[k]) / n)
				}
			}
		}
	}
	if numeric.Cholesky(g.factor) {
		f.guess = g
	}
}

// draw returns a draw: a normal one over the root of a chi square, which is the sum of the
// logarithms of freedom/2 uniform numbers, times -2.
func (g *guess) draw(f *flock) []float64 {
	z := make([]float64, len(g.mean))
	for k := range z {
		z[k] = normal.Quantile(f.uniform())
	}
	chi := 0.0
	for range freedom / 2 {
		chi -= 2 * maths.Ln(f.uniform())
	}
	size := math.Sqrt(freedom / chi)
	x := slices.Clone(g.mean)
	for i, row := range g.factor {
		for k := 0; k <= i; k++ {
			x[i] += float64(size * row[k] * z[k])
		}
	}
	return x
}

// density returns the logarithm of the density at a point, up to a constant.
func (g *guess) density(x []float64) float64 {
	z, square := make([]float64, len(x)), 0.0
	for i, row := range g.factor {
		z[i] = x[i] - g.mean[i]
		for k := range i {
			z[i] -= float64(row[k] * z[k])
		}
		z[i] /= row[i]
		square += float64(z[i] * z[i])
	}
	return float64(-(freedom + float64(len(x))) / 2 * maths.Ln(1+square/freedom))
}
