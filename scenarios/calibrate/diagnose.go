package calibrate

import (
	"fmt"
	"math"
	"slices"
)

// diagnose says whether the walkers of all courses have forgotten where they began, and agree.
func (p *Posterior) diagnose(list []*course) {
	p.RHat, p.Size = nil, nil
	for k := range list[0].counted[0][0] {
		var all [][]float64
		size := 0.0
		for _, c := range list {
			chains := c.chains(k)
			all, size = append(all, chains...), size+effectiveSize(chains)
		}
		p.RHat, p.Size = append(p.RHat, splitRHat(all)), append(p.Size, size)
	}
	p.Steps = 0
	for _, c := range list {
		p.Steps = max(p.Steps, c.steps)
	}
	p.Converged, p.Why = true, ""
	if worst := slices.Max(p.RHat); !(worst <= MostRHat) {
		p.Converged, p.Why = false, fmt.Sprintf("after %d steps the walkers still differ: R-hat is %.3f, more than %v", p.Steps, worst, MostRHat)
	} else if least := slices.Min(p.Size); !(least >= LeastSize) {
		p.Converged, p.Why = false, fmt.Sprintf("after %d steps the draws are worth %.0f independent ones, fewer than %v", p.Steps, least, LeastSize)
	}
}

// splitRHat returns the ratio of the variation of all chains to that within their halves: 1 if they
// are the same (Gelman and others 2013, section 11.4). Chains may differ in length; the factor for
// their length is then that of the mean.
func splitRHat(chains [][]float64) float64 {
	var means, variances []float64
	all := 0
	for _, c := range chains {
		n := len(c) / 2
		all += n
		for _, half := range [][]float64{c[:n], c[len(c)-n:]} {
			m, v := moments(half)
			means, variances = append(means, m), append(variances, v)
		}
	}
	within, _ := moments(variances)
	_, between := moments(means)
	if within == 0 {
		return math.NaN()
	}
	n := float64(all) / float64(len(chains))
	return math.Sqrt((n-1)/n + between/within)
}

// moments returns mean and variance, over n - 1.
func moments(x []float64) (mean, variance float64) {
	for _, v := range x {
		mean += v / float64(len(x))
	}
	for _, v := range x {
		variance += float64((v - mean) * (v - mean) / float64(len(x)-1))
	}
	return mean, variance
}

// effectiveSize returns how many independent draws the chains are worth: their number over the
// integrated autocorrelation time, summed up to five times itself (Sokal 1997, Monte Carlo
// methods in statistical mechanics; Goodman and Weare 2010, section 4).
func effectiveSize(chains [][]float64) float64 {
	n := len(chains[0])
	var all []float64
	for _, c := range chains {
		all = append(all, c...)
	}
	mean, variance := moments(all)
	if variance == 0 {
		return math.NaN()
	}
	time := 1.0
	for lag := 1; lag < n/2; lag++ {
		sum := 0.0
		for _, c := range chains {
			for i := lag; i < n; i++ {
				sum += float64((c[i] - mean) * (c[i-lag] - mean))
			}
		}
		time += 2 * sum / float64(len(chains)*(n-lag)) / variance
		if float64(lag) >= 5*time {
			break
		}
	}
	return float64(len(all)) / max(1, time)
}
