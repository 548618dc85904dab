package sensitivity

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"

	"weir/model/numeric"
	"weir/scenarios"
	"weir/scenarios/internal/statistic"
)

// The estimate of what one constant is worth.
const (
	fewestFutures = 40
	mostDegree    = 4   // of the polynomial in the constant
	perDegree     = 25  // futures for each degree
	shuffles      = 100 // of the draws, for what chance gives
	// leastWorth is the share of what knowing everything is worth below which nothing is worth
	// measuring.
	leastWorth = 0.05
)

// information returns what knowledge would be worth to a choice by the main outcome, from the
// futures of a comparison; nil if there are too few, or nothing to choose.
//
// With u the gain of each choice over the one that is best on average, knowing everything is worth
// the mean of the largest u of each future. Knowing x is worth the mean of the largest E[u | x],
// which is estimated by a regression of u on x over the futures (M. Strong, J. Oakley and A.
// Brennan, Medical Decision Making 34, 2014): here on polynomials. The largest of several
// estimates is too high on average. How much so is seen where the draws are shuffled, so that they
// say nothing; that mean stands beside the value.
func information(c *scenarios.Comparison) *scenarios.Information {
	u := c.Uncertainty
	if u == nil || u.Counted < fewestFutures {
		return nil
	}
	gains, choice := gainsOver(c)
	out := &scenarios.Information{Choice: choice, Futures: u.Counted}
	out.Perfect, out.Changes = worth(gains)
	draws := u.Draws()
	for i, s := range u.Sources {
		basis := polynomials(transformed(s, draws[i]), min(mostDegree, u.Counted/perDegree))
		x := scenarios.Worth{Constant: s.Name, Label: cmp.Or(s.Label, s.Name)}
		x.Value, x.Changes = worth(fitted(gains, basis, nil))
		random := rand.New(rand.NewPCG(u.Seed, 0x1f0))
		var chance []float64
		for range shuffles {
			y, _ := worth(fitted(gains, basis, random.Perm(u.Counted)))
			chance = append(chance, y)
		}
		x.Chance = statistic.Mean(chance)
		slices.Sort(chance)
		x.Sure = x.Value > numeric.Quantile(chance, 0.95) && x.Value-x.Chance > leastWorth*out.Perfect
		x.Value = min(x.Value, out.Perfect)
		out.Values = append(out.Values, x)
	}
	slices.SortStableFunc(out.Values, func(a, b scenarios.Worth) int { return cmp.Compare(b.Value, a.Value) })
	return out
}

// gainsOver returns how much better each choice is in each future than the one that is best on
// average, by choice and future, and that one. The best is left out: its gain is 0.
func gainsOver(c *scenarios.Comparison) ([][]float64, *scenarios.Scenario) {
	place, o := mainOutcome(c.Set)
	u := c.Uncertainty
	choices := []*scenarios.Scenario{nil}
	for _, r := range c.Runs {
		choices = append(choices, r.Scenario)
	}
	best, highest := 0, math.Inf(-1)
	for i := range choices {
		if m := toward(o, statistic.Mean(u.Levels(place, i))); m > highest {
			best, highest = i, m
		}
	}
	var out [][]float64
	for i := range choices {
		if i == best {
			continue
		}
		g := statistic.Minus(u.Levels(place, i), u.Levels(place, best))
		for m := range g {
			g[m] = toward(o, g[m])
		}
		out = append(out, g)
	}
	return out, choices[best]
}

// worth returns the mean over futures of the largest gain, at least 0, and the share of futures in
// which there is one.
func worth(gains [][]float64) (mean, changes float64) {
	if len(gains) == 0 {
		return 0, 0
	}
	n := float64(len(gains[0]))
	for m := range gains[0] {
		most := 0.0
		for _, g := range gains {
			most = max(most, g[m])
		}
		if mean += most / n; most > 0 {
			changes += 1 / n
		}
	}
	return mean, changes
}

// transformed returns draws between about -1 and 1: of a lognormal constant, their logarithms.
func transformed(s source, draws []float64) []float64 {
	out := slices.Clone(draws)
	if s.Distribution == "lognormal" && slices.Min(out) > 0 {
		for i, x := range out {
			out[i] = math.Log(x)
		}
	}
	low, high := slices.Min(out), slices.Max(out)
	for i, x := range out {
		if out[i] = 0; high > low {
			out[i] = 2*(x-low)/(high-low) - 1
		}
	}
	return out
}

// polynomials returns orthonormal polynomials of x up to a degree, each without a mean, by the
// method of Gram and Schmidt on the powers. Those that x has too few different values for are
// left out.
func polynomials(x []float64, degree int) [][]float64 {
	var basis [][]float64
	power := make([]float64, len(x))
	for i := range power {
		power[i] = 1
	}
	for range degree {
		next := make([]float64, len(x))
		for i := range x {
			power[i] = float64(power[i] * x[i])
			next[i] = power[i]
		}
		mean := statistic.Mean(next)
		for i := range next {
			next[i] -= mean
		}
		before := norm(next)
		for range 2 { // twice is enough, whatever rounding leaves of the first time
			for _, b := range basis {
				along := inner(next, b)
				for i := range next {
					next[i] -= float64(along * b[i])
				}
			}
		}
		size := norm(next)
		if !(size > 1e-9*before) || size == 0 {
			continue
		}
		for i := range next {
			next[i] /= size
		}
		basis = append(basis, next)
	}
	return basis
}

// fitted returns the regressions of gains on a basis. order, if not nil, shuffles the basis.
func fitted(gains, basis [][]float64, order []int) [][]float64 {
	at := func(i int) int {
		if order == nil {
			return i
		}
		return order[i]
	}
	out := make([][]float64, len(gains))
	for k, g := range gains {
		mean := statistic.Mean(g)
		fit := make([]float64, len(g))
		for i := range fit {
			fit[i] = mean
		}
		for _, b := range basis {
			along := 0.0
			for i, y := range g {
				along += float64((y - mean) * b[at(i)])
			}
			for i := range fit {
				fit[i] += float64(along * b[at(i)])
			}
		}
		out[k] = fit
	}
	return out
}

// inner returns the inner product of two lists.
func inner(a, b []float64) (sum float64) {
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

// norm returns the length of a list.
func norm(a []float64) float64 { return math.Sqrt(inner(a, a)) }
