package calibrate

import (
	"context"
	"math"

	"weir/model/numeric/maths"
	"weir/sim"
)

// nothingness is the error of a point that counts as none: without it, the misfit of data
// that the model itself made would have no lowest point.
const nothingness = 1e-7

// The most runs of one ensemble, and the most numbers that it keeps.
const (
	mostAtOnce = 1 << 14
	mostKept   = 1 << 23
)

// A search is a problem that is being solved.
type search struct {
	*problem
	ctx       context.Context
	options   Options
	runs      int
	effective float64   // how many independent points there are
	counts    []float64 // the same for the interval of each constant
	failure   *sim.MemberFailure
}

// evaluate runs the model at points and gives the weighted errors of each; nil where a
// run broke down.
func (s *search) evaluate(at [][]float64) ([][]float64, error) {
	var out [][]float64
	atOnce := max(64, min(mostAtOnce, mostKept/(s.rows*len(s.series))))
	for len(at) > 0 {
		n := min(len(at), atOnce)
		part, err := s.ensemble(at[:n])
		if err != nil {
			return nil, err
		}
		out, at = append(out, part...), at[n:]
	}
	return out, nil
}

// ensemble is evaluate for as many points as are run at once.
func (s *search) ensemble(at [][]float64) ([][]float64, error) {
	s.runs += len(at)
	e := sim.EnsembleSettings{Settings: s.settings, Runs: len(at), Vary: s.names, Workers: s.options.Workers,
		Values: func(member int, to []float64) { s.write(at[member], to) }}
	for _, x := range s.series {
		e.Keep = append(e.Keep, x.column)
	}
	result, err := s.program.Ensemble(s.ctx, e)
	if err != nil {
		return nil, err
	}
	if len(result.NonFinite) > 0 && s.failure == nil {
		s.failure = &result.NonFinite[0]
	}
	out := make([][]float64, len(at))
	for i := range out {
		out[i] = make([]float64, s.points())
	}
	first := 0
	for _, x := range s.series {
		x.read(result, first, out)
		first += x.fitted
	}
	for i, r := range out {
		for _, e := range r {
			if e-e != 0 {
				out[i] = nil
				break
			}
		}
	}
	return out, nil
}

// squares returns the weighted sum of squares of errors, +Inf of a run that broke down.
func squares(errors []float64) float64 {
	if errors == nil {
		return math.Inf(1)
	}
	sum := 0.0
	for _, e := range errors {
		sum += float64(e * e)
	}
	return sum
}

// misfit returns the negative log posterior at a point, up to a constant: see the package.
func (s *search) misfit(u, errors []float64) float64 {
	return s.misfitOf(s.effective, u, errors)
}

// misfitOf returns the misfit if there are so many independent points.
func (s *search) misfitOf(points float64, u, errors []float64) float64 {
	if errors == nil {
		return math.Inf(1)
	}
	return float64(points/2*maths.Ln(s.scale(errors))) + s.unlikeliness(u)
}

// scale returns the sum of squares, of which nothing less than nothingness a point counts.
func (s *search) scale(errors []float64) float64 {
	return squares(errors) + float64(nothingness*nothingness*float64(len(errors)))
}

// unlikeliness returns the negative logarithm of the priors at a point.
func (s *search) unlikeliness(u []float64) float64 {
	sum := 0.0
	for i, x := range s.parameters {
		sum += x.unlikeliness(u[i])
	}
	return sum
}

// misfits runs the model at points.
func (s *search) misfits(at [][]float64) ([]float64, error) {
	errors, err := s.evaluate(at)
	if err != nil {
		return nil, err
	}
	out := make([]float64, len(at))
	for i, u := range at {
		out[i] = s.misfit(u, errors[i])
	}
	return out, nil
}
