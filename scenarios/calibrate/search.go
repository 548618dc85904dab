package calibrate

// run solves a problem. The posterior is sampled only from a fit that converged: a sample around
// another point would look as good and mean nothing. The error is one of a run or a cancelled
// context.
func (s *search) run() (*Report, error) {
	s.effective = float64(s.points())
	r := &Report{Model: s.m, Resolved: s.plain, Options: s.options, Points: s.points()}
	for _, x := range s.parameters {
		r.Constants = append(r.Constants, &x.Constant)
	}
	r.Series = s.series
	best, err := s.fit(r)
	if err != nil {
		return nil, err
	}
	if err := s.describe(r, best); err != nil {
		return nil, err
	}
	if s.options.Draws > 0 && r.Converged {
		if r.Posterior, err = s.sample(best); err != nil {
			return nil, err
		}
	}
	r.Runs = s.runs
	return r, nil
}

// fit returns the best point, with the intervals around it. The steps are a wide search from many
// starts, a polish of the best, and the profiles that give the intervals.
func (s *search) fit(r *Report) (*climber, error) {
	list, err := s.starts(r)
	if err != nil {
		return nil, err
	}
	if err := s.descend(list, mostDescent, func(x float64) { s.options.Progress("searching", 0.1+0.3*x) }); err != nil {
		return nil, err
	}
	best := lowest(list)
	for range 3 { // each profile may find something better, and says so
		if best, err = s.polish(best); err != nil {
			return nil, err
		}
		if err := s.remember(best); err != nil {
			return nil, err
		}
		// remember may change how many independent points the data are worth, so the fit goes on
		// from there.
		if best, err = s.again(best); err != nil {
			return nil, err
		}
		// Constants go back before the intervals are made, so that these are around the values
		// reported.
		if err = s.restore(best); err != nil {
			return nil, err
		}
		better, err := s.profile(best)
		if err != nil {
			return nil, err
		}
		if better == nil {
			s.judge(r, best, list)
			return best, nil
		}
		best, list = better, append(list, better)
	}
	s.judge(r, best, list)
	r.Converged, r.Why = false, "better fits turned up again and again while the intervals were made"
	return best, nil
}

// judge says whether the search came to an end. A search of a single start has nothing to agree
// with and may converge. The report is changed, nothing else.
func (s *search) judge(r *Report, best *climber, list []*climber) {
	errors := best.errors
	for _, c := range list {
		if c.errors != nil && s.misfit(c.u, c.errors) < s.misfit(best.u, errors)+alike {
			r.Agreed++
		}
	}
	switch {
	case !best.ended:
		r.Why = "the best start was still improving when its steps ran out"
	case r.Agreed < 2 && len(list) > 1:
		r.Why = "only one start came to the best fit, so there may be a better one"
	default:
		r.Converged = true
	}
}
