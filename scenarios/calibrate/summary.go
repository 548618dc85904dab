package calibrate

import "math"

// strong is the absolute correlation from which two constants are reported together.
const strong = 0.7

// TypicalErrors returns the weighted root mean square error of a fitted point, as a share
// of the record: with the model's own values, and with the fitted ones.
func (r *Report) TypicalErrors() (before, after float64) {
	weights := 0.0
	for _, s := range r.Series {
		weights += float64(s.Weight * float64(s.Fit.Points))
	}
	return math.Sqrt(r.Before / weights), math.Sqrt(r.After / weights)
}

// Saturated reports whether there are no more points than constants. A good fit is then no
// evidence for the model.
func (r *Report) Saturated() bool { return r.Points <= len(r.Constants) }

// Blank returns the number of cells without a value between the dates of all series.
func (r *Report) Blank() int {
	n := 0
	for _, s := range r.Series {
		n += s.Blank
	}
	return n
}

// HasHeldOut reports whether any series has points after Options.Until.
func (r *Report) HasHeldOut() bool {
	for _, s := range r.Series {
		if s.Held.Points > 0 {
			return true
		}
	}
	return false
}

// StrongPairs returns the pairs of constants whose correlation near the fit is at least 0.7
// in size, in the order of Constants.
func (r *Report) StrongPairs() []Pair {
	var out []Pair
	for i := range r.Constants {
		for j := i + 1; j < len(r.Constants); j++ {
			if x := r.Correlation[i][j]; math.Abs(x) >= strong {
				out = append(out, Pair{A: i, B: j, Correlation: x})
			}
		}
	}
	return out
}

// Unidentified returns the constants that the data do not bound on either side: any value
// of the range fits as well. Silent ones, which have no effect on the fit, come second.
func (r *Report) Unidentified() (open, silent []*Constant) {
	for _, c := range r.Constants {
		switch {
		case c.Silent:
			silent = append(silent, c)
		case c.Unknown():
			open = append(open, c)
		}
	}
	return open, silent
}

// Finished reports whether the search converged, and the sampler too if draws were wanted.
func (r *Report) Finished() bool {
	return r.Converged && (r.Posterior == nil || r.Posterior.Converged)
}

// Unfinished returns the reason why the search or the sampler did not converge; "" if both
// did.
func (r *Report) Unfinished() string {
	switch {
	case r.Finished():
		return ""
	case r.Converged:
		return r.Posterior.Why
	}
	return r.Why
}

// Remedy returns which options, by their names on the command line, may help a report that did not
// converge.
func (r *Report) Remedy() string {
	if r.Converged { // it is the sampler that did not
		return "--steps higher, or fit fewer constants"
	}
	return "--starts or --samples higher, or fit fewer constants"
}
