package calibrate

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"weir/model/resolved"
)

// strew returns a flock of walkers around 0 that sample a density given by its misfit.
func strew(dims, walkers int, misfit func(x []float64) float64) *flock {
	f := &flock{random: rand.New(rand.NewPCG(1, 2)), misfits: func(at [][]float64) ([]float64, error) {
		out := make([]float64, len(at))
		for i, x := range at {
			out[i] = misfit(x)
		}
		return out, nil
	}}
	for range walkers {
		x := make([]float64, dims)
		for k := range x {
			x[k] = f.random.NormFloat64()
		}
		f.at = append(f.at, x)
	}
	f.misfit, _ = f.misfits(f.at)
	return f
}

// walk takes so many steps, with guesses as a calibration makes them if learning.
func walk(t *testing.T, f *flock, steps int, learning bool) *Posterior {
	t.Helper()
	for range steps {
		if err := f.step(); err != nil {
			t.Fatal(err)
		}
		if learning && due(len(f.history)) {
			f.learn()
		}
	}
	p, c := &Posterior{}, &course{}
	c.take(f)
	p.pool([]*course{c}, len(f.at))
	return p
}

// expect compares the mean of a function of the draws with what it should be, within five
// standard errors of so many effective draws.
func expect(t *testing.T, what string, p *Posterior, f *flock, want, sd float64, of func(x []float64) float64) {
	t.Helper()
	sum, n := 0.0, 0.0
	for _, now := range f.history[p.Left:] {
		for _, x := range now {
			sum, n = sum+of(x), n+1
		}
	}
	least := math.Inf(1)
	for _, s := range p.Size {
		least = min(least, s)
	}
	if got := sum / n; math.Abs(got-want) > 5*sd/math.Sqrt(least) {
		t.Errorf("%s: %v, want %v within %v", what, got, want, 5*sd/math.Sqrt(least))
	}
}

// Normal variables of very different sizes, strongly correlated.
func TestSamplesANormal(t *testing.T) {
	const rho, size = 0.95, 1000.0
	f := strew(2, 40, func(x []float64) float64 {
		a, b := x[0]-3, (x[1]+2)/size
		return (a*a - 2*rho*a*b + b*b) / (2 * (1 - rho*rho))
	})
	p := walk(t, f, 2000, true)
	if !p.Converged {
		t.Fatal(p.Why)
	}
	expect(t, "mean of the first", p, f, 3, 1, func(x []float64) float64 { return x[0] })
	expect(t, "mean of the second", p, f, -2, size, func(x []float64) float64 { return x[1] })
	expect(t, "variance of the first", p, f, 1, math.Sqrt2, func(x []float64) float64 { return (x[0] - 3) * (x[0] - 3) })
	expect(t, "covariance", p, f, rho*size, size*math.Sqrt(1+rho*rho), func(x []float64) float64 { return (x[0] - 3) * (x[1] + 2) })
}

// A banana: x is standard normal, and y is normal around x^2 with deviation 1/2, so that
// y has mean 1 and variance 2 + 1/4, and does not correlate with x.
func TestSamplesABanana(t *testing.T) {
	f := strew(2, 60, func(x []float64) float64 {
		d := (x[1] - x[0]*x[0]) / 0.5
		return (x[0]*x[0] + d*d) / 2
	})
	p := walk(t, f, 8000, true)
	if !p.Converged {
		t.Fatal(p.Why)
	}
	expect(t, "mean of x", p, f, 0, 1, func(x []float64) float64 { return x[0] })
	expect(t, "variance of x", p, f, 1, math.Sqrt2, func(x []float64) float64 { return x[0] * x[0] })
	expect(t, "mean of y", p, f, 1, 1.5, func(x []float64) float64 { return x[1] })
	expect(t, "variance of y", p, f, 2.25, 8, func(x []float64) float64 { return (x[1] - 1) * (x[1] - 1) })
	expect(t, "covariance", p, f, 0, 3, func(x []float64) float64 { return x[0] * (x[1] - 1) })
}

// A guess forgets sooner and changes nothing: eight exponential variables, of which the misfit is
// their sum, have mean and deviation 1 with it as without, and are worth more draws.
func TestGuessForgetsSooner(t *testing.T) {
	const dims, steps = 8, 1000
	exponential := func(x []float64) float64 {
		sum := 0.0
		for _, z := range x { // z is the logarithm of the variable
			sum += math.Exp(z) - z
		}
		return sum
	}
	plain := walk(t, strew(dims, 64, exponential), 2*steps, false)
	f := strew(dims, 64, exponential)
	p := walk(t, f, 2*steps, true)
	for k := range dims {
		expect(t, "mean", p, f, 1, 1, func(x []float64) float64 { return math.Exp(x[k]) })
		expect(t, "square", p, f, 2, math.Sqrt(20), func(x []float64) float64 { return math.Exp(2 * x[k]) })
	}
	t.Logf("worth %.0f draws with a guess, %.0f without; R-hat %.4f, %.4f", slices.Min(p.Size), slices.Min(plain.Size), slices.Max(p.RHat), slices.Max(plain.RHat))
	if least := slices.Min(p.Size); least < 2*slices.Min(plain.Size) {
		t.Errorf("worth %.0f draws with a guess, %.0f without", least, slices.Min(plain.Size))
	}
}

// Chains of first order with correlation r are worth (1 - r)/(1 + r) of their number.
func TestEffectiveSize(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, rho := range []float64{0, 0.5, 0.9} {
		chains := make([][]float64, 20)
		for i := range chains {
			x := r.NormFloat64()
			for range 5000 {
				chains[i] = append(chains[i], x)
				x = rho*x + math.Sqrt(1-rho*rho)*r.NormFloat64()
			}
		}
		want := 20 * 5000 * (1 - rho) / (1 + rho)
		if got := effectiveSize(chains); math.Abs(got/want-1) > 0.1 {
			t.Errorf("correlation %v: size %v, want %v", rho, got, want)
		}
		if got := splitRHat(chains); math.Abs(got-1) > 0.01 {
			t.Errorf("correlation %v: R-hat %v", rho, got)
		}
	}
}

// Two groups of chains a standard deviation apart: the variance between is a quarter of
// that within, so R-hat is the root of 1.25. A drift shows between the halves.
func TestSplitRHat(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	apart, drift := make([][]float64, 40), make([][]float64, 40)
	for i := range apart {
		for k := range 2000 {
			apart[i] = append(apart[i], float64(i%2)+r.NormFloat64())
			drift[i] = append(drift[i], float64(k/1000)+r.NormFloat64())
		}
	}
	for name, chains := range map[string][][]float64{"apart": apart, "drift": drift} {
		if got := splitRHat(chains); math.Abs(got-math.Sqrt(1.25)) > 0.01 {
			t.Errorf("%s: R-hat %v, want %v", name, got, math.Sqrt(1.25))
		}
	}
}

// Errors by hand: a model of 11, 22, 27 against a record of 10, 20, 30.
func TestErrors(t *testing.T) {
	e := errorsOf([]float64{11, 22, 27}, []resolved.Point{{X: 1, Y: 10}, {X: 2, Y: 20}, {X: 3, Y: 30}})
	near := func(what string, got, want float64) {
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("%s %v, want %v", what, got, want)
		}
	}
	near("MAPE", e.MAPE, 0.1)
	near("RMSE", e.RMSE, math.Sqrt(14./3))
	near("bias", e.Bias, 0)
	near("worst", e.Worst, 0.1)
	// deviations: sqrt(134/3) of the model, sqrt(200/3) of the record
	swing := math.Sqrt(134./3) - math.Sqrt(200./3)
	near("share of the mean", e.Mean, 0)
	near("share of the swing", e.Swing, swing*swing/(14./3))
	near("sum of shares", e.Mean+e.Swing+e.Timing, 1)
}

// The memory of a series that keeps its sign is near 1, of one that changes it near -1.
func TestMemory(t *testing.T) {
	if got := memory([]float64{1, 1, 1, 1}); got != 0.75 {
		t.Errorf("the same error four times: %v", got)
	}
	if got := memory([]float64{1, -1, 1, -1}); got != -0.75 {
		t.Errorf("up and down: %v", got)
	}
}

// Samplers that each agree with themselves and not with one another are no sample: two flocks around
// 0 and 3 of deviation 1 have a split R-hat of sqrt(1 + 1.5^2), since half of the chains lie 1.5 on
// each side of their mean. Two around 0 are one.
func TestSamplersThatDisagree(t *testing.T) {
	normal := func(mean float64, steps int) *course {
		f := strew(1, 64, func(x []float64) float64 { return (x[0] - mean) * (x[0] - mean) / 2 })
		for range steps {
			if err := f.step(); err != nil {
				t.Fatal(err)
			}
		}
		c := &course{}
		c.take(f)
		return c
	}
	p := &Posterior{}
	p.pool([]*course{normal(0, 4000), normal(3, 3000)}, 64)
	if want := math.Sqrt(1 + 1.5*1.5); p.Converged || math.Abs(p.RHat[0]/want-1) > 0.05 {
		t.Errorf("R-hat %v, want %v", p.RHat[0], want)
	}
	if p.pool([]*course{normal(0, 4000), normal(0, 3000)}, 64); !p.Converged || p.Walkers != 128 || p.Samplers != 2 || p.Steps != 4000 {
		t.Errorf("two samplers of one density: %+v", p)
	}
}

// Draws are taken alike from courses of 40 and 30 steps of two walkers: of seven, four from the first,
// ten steps apart, and three from the second, as far apart.
func TestDrawsAreSpread(t *testing.T) {
	numbered := func(id float64, steps int) *course {
		c := &course{}
		for i := range steps {
			c.counted = append(c.counted, [][]float64{{id, float64(i), 0}, {id, float64(i), 1}})
		}
		return c
	}
	list := []*course{numbered(1, 40), numbered(2, 30)}
	want := [][]float64{{1, 0, 0}, {2, 0, 0}, {1, 10, 1}, {2, 10, 1}, {1, 20, 0}, {2, 20, 0}, {1, 30, 1}}
	if got := spread(list, 7); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := len(spread(list, 1000)); got != 120 {
		t.Errorf("%d draws, want the 60 states of the shorter course from each", got)
	}
}
