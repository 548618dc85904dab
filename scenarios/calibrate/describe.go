package calibrate

import "weir/model/numeric/maths"

// describe fills a report with the numbers of the best point.
func (s *search) describe(r *Report, best *climber) error {
	for i, x := range s.parameters {
		x.Value = rounded(x.value(best.u[i]), x.Low, x.High)
		if x.Kept {
			x.Value = x.own
		}
		x.AtBound = best.u[i] < 1e-3 || best.u[i] > 1-1e-3
	}
	before := make([]float64, len(best.u))
	for i, x := range s.parameters {
		before[i] = x.share(x.Before)
	}
	errors, err := s.evaluate([][]float64{before})
	if err != nil {
		return err
	}
	r.Before, r.After, r.Effective = squares(errors[0]), squares(best.errors), s.effective
	r.Correlation = correlations(s.covariance(best))
	r.Pairs = pairs(r.Constants, r.Correlation)
	fitted := make([]float64, len(best.u))
	for i, x := range s.parameters {
		fitted[i] = x.share(x.Value)
	}
	return s.compare(fitted)
}

// compare runs the model once and compares every series with its record.
func (s *search) compare(u []float64) error {
	to := make([]float64, len(s.names))
	s.write(u, to)
	settings := s.settings
	settings.Set = map[string]float64{}
	for i, name := range s.names {
		settings.Set[name] = to[i]
	}
	result, err := s.program.Run(s.ctx, settings)
	if err != nil {
		return err
	}
	for _, x := range s.series {
		values := x.values(result)
		x.Fit = errorsOf(values[:x.fitted], x.points[:x.fitted])
		x.Held = errorsOf(values[x.fitted:], x.points[x.fitted:])
	}
	return nil
}

// remember measures how errors go on from point to point, and how many independent points all
// of them are worth: n(1 - m)/(1 + m) of a series with memory m, as for the mean of a series of
// first order (Bayley and Hammersley 1946, The "effective" number of independent observations
// in an autocorrelated time series, Supplement to the JRSS 8). For the interval of each
// constant they are worth the number that makes the interval as wide as its inflated variance
// does.
func (s *search) remember(best *climber) error {
	first, sum := 0, 0.0
	for _, x := range s.series {
		e := best.errors[first : first+x.fitted]
		first += x.fitted
		x.Memory = memory(e)
		m := min(0.9, max(0, x.Memory))
		sum += float64(len(e)) * (1 - m) / (1 + m)
	}
	s.effective = max(1, sum)
	best.misfit = s.misfit(best.u, best.errors)
	inflation, err := s.inflation(best)
	if err != nil {
		return err
	}
	s.counts = nil
	for _, r := range inflation {
		s.counts = append(s.counts, float64(2*edge)/maths.Ln(1+float64(2*edge*r/float64(s.points()))))
	}
	return nil
}

// memory returns the correlation of errors with those before them, about zero.
func memory(e []float64) float64 {
	var with, all float64
	for i := range e {
		all += float64(e[i] * e[i])
		if i > 0 {
			with += float64(e[i] * e[i-1])
		}
	}
	if all == 0 {
		return 0
	}
	return with / all
}
