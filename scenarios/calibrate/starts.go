package calibrate

import (
	"math"
	"slices"

	"weir/sim/sampling"

	"gonum.org/v1/gonum/optimize"
)

// starts returns the best points of a scrambled Sobol sample over the ranges, and the model's
// own values. Each next one keeps its distance from those before it.
func (s *search) starts(r *Report) ([]*climber, error) {
	n := len(s.parameters)
	design, err := sampling.NewDesign(sampling.Sobol, s.options.Samples, n, s.options.Seed)
	if err != nil {
		return nil, err
	}
	at := make([][]float64, s.options.Samples+1)
	for i := range at {
		at[i] = make([]float64, n)
		if i > 0 {
			design.Point(i-1, at[i])
			continue
		}
		for k, x := range s.parameters {
			at[0][k] = x.share(x.own)
		}
	}
	var misfits []float64
	const block = 256
	for i := 0; i < len(at); i += block {
		s.options.Progress("looking around", 0.1*float64(i)/float64(len(at)))
		more, err := s.misfits(at[i:min(i+block, len(at))])
		if err != nil {
			return nil, err
		}
		misfits = append(misfits, more...)
	}
	return s.choose(at, misfits)
}

// choose takes the points with the least misfit that keep their distance from those before;
// nearer ones only if too few are left.
func (s *search) choose(at [][]float64, misfits []float64) ([]*climber, error) {
	order := make([]int, len(at))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case misfits[a] < misfits[b]:
			return -1
		case misfits[a] > misfits[b]:
			return 1
		}
		return 0
	})
	var list []*climber
	for _, apart := range []float64{0.2, 0} {
		for _, i := range order {
			if len(list) == s.options.Starts || math.IsInf(misfits[i], 1) {
				break
			}
			if !slices.ContainsFunc(list, func(c *climber) bool { return distance(c.u, at[i]) <= apart }) {
				c := newClimber(at[i], -1)
				c.enough = roughly
				list = append(list, c)
			}
		}
	}
	if len(list) == 0 {
		return nil, errNothingRuns
	}
	return list, nil
}

// distance returns the root mean square difference of coordinates.
func distance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64((a[i] - b[i]) * (a[i] - b[i]))
	}
	return math.Sqrt(sum / float64(len(a)))
}

// polish looks around a fit without slopes, by the simplex of Nelder and Mead (1965, A
// simplex method for function minimization, Computer Journal 7), which a kink of the
// model does not stop, and descends from what it finds. Coordinates go through a sine,
// which keeps them in the cube (James and Roos 1975, Minuit).
func (s *search) polish(best *climber) (*climber, error) {
	for range 3 {
		v, err := s.simplex(best.u)
		if err != nil {
			return nil, err
		}
		next := newClimber(v, -1)
		if err := s.descend([]*climber{next}, mostDescent, nil); err != nil {
			return nil, err
		}
		won := best.misfit - next.misfit
		if won > 0 || !best.ended && next.ended && won > -hardly {
			best = next
		}
		if won < alike/10 {
			break
		}
	}
	return best, nil
}

// simplex returns the lowest point that a simplex search around u finds, u itself if it finds
// none.
func (s *search) simplex(u []float64) ([]float64, error) {
	n := len(u)
	z := make([]float64, n)
	for i, x := range u {
		z[i] = math.Asin(2*x - 1)
	}
	inside := func(z []float64) []float64 {
		v := make([]float64, n)
		for i, x := range z {
			v[i] = min(1, max(0, (1+math.Sin(x))/2))
		}
		return v
	}
	var failed error
	p := optimize.Problem{Func: func(z []float64) float64 {
		f, err := s.misfits([][]float64{inside(z)})
		if err != nil {
			failed = err
			return math.Inf(1)
		}
		return f[0]
	}, Status: func() (optimize.Status, error) { return optimize.NotTerminated, failed }}
	result, err := optimize.Minimize(p, z, &optimize.Settings{
		FuncEvaluations: 60*n + 100,
		Converger:       &optimize.FunctionConverge{Absolute: 1e-4, Iterations: 10 * (n + 1)},
	}, &optimize.NelderMead{SimplexSize: 0.02})
	if failed != nil {
		return nil, failed
	}
	if err != nil || result == nil {
		return u, nil
	}
	return inside(result.X), nil
}
