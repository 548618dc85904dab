package sensitivity

import (
	"context"
	"fmt"
	"math"
	"slices"

	"weir/scenarios/words"
	"weir/sim/sampling"
)

// resamples is how often points are drawn again for the range of an estimate; fewest where there
// are many points, of which each estimate takes longer, and over time.
const resamples, fewest = 500, 100

// sobol estimates the indices of Sobol of every factor, by the design of Saltelli: n points A, n
// points B, and for each factor the points of A with the coordinates of that factor from B
// (A. Saltelli and others, Variance based sensitivity analysis of model output, Computer Physics
// Communications 181, 2010).
func (e *evaluator) sobol(ctx context.Context) error {
	n, err := e.points()
	if err != nil {
		return err
	}
	dims, factors := e.space.Dims(), e.result.Factors
	if 2*dims > sampling.MaxDims {
		return fmt.Errorf("%d uncertain numbers need %d coordinates of Sobol's sequence, and at most %d are "+
			"there: use --method morris, or name the constants that matter with --constant",
			dims, 2*dims, sampling.MaxDims)
	}
	rows := 1
	if e.question.OverTime {
		rows = int(e.rows())
	}
	if err := e.affordable(n, n*(len(factors)+2), rows, "take fewer points with --runs, or fewer constants with "+
		"--constant"); err != nil {
		return err
	}
	design, err := sampling.NewDesign(sampling.Sobol, n, 2*dims, e.result.Seed)
	if err != nil {
		return err
	}
	b := batch{Space: e.space, n: n * (len(factors) + 2),
		// Chance counts as one more factor: that of A stays with A, B has its own.
		number: func(place int) int {
			if place/n == 1 {
				return place
			}
			return place % n
		},
		at: func(place int, to []float64) {
			both := make([]float64, 2*dims)
			design.Point(place%n, both)
			copy(to, both[:dims])
			switch matrix := place / n; matrix {
			case 0:
			case 1:
				copy(to, both[dims:])
			default:
				for _, c := range factors[matrix-2].axis.Coordinates {
					to[c] = both[dims+c]
				}
			}
		}}
	e.result.Points = n
	values, err := e.run(ctx, b, e.question.OverTime)
	if err != nil {
		return err
	}
	return e.explain(ctx, values, n)
}

// points returns the number of points that was asked for, rounded up to a power of two, since a
// Sobol sequence is balanced only there. A note says so.
func (e *evaluator) points() (int, error) {
	n := e.question.Runs
	switch {
	case n == 0:
		return DefaultPoints, nil
	case n < 16 || n > mostPoints:
		return 0, fmt.Errorf("--runs is a number of points from 16 to %s, not %d", words.Grouped(mostPoints), n)
	}
	two := 16
	for two < n {
		two *= 2
	}
	if two != n {
		e.result.Notes = append(e.result.Notes, fmt.Sprintf("A Sobol sequence is balanced at powers of two, so %s "+
			"points were rounded up to %s.",
			words.Grouped(float64(n)), words.Grouped(float64(two))))
	}
	return two, nil
}

// explain fills in the indices of all outputs from the values at all points.
func (e *evaluator) explain(ctx context.Context, values [][]float64, n int) error {
	rows := 1
	if e.question.OverTime {
		rows = len(e.result.Time)
	}
	good := whole(values, n)
	if e.result.Excluded = n - len(good); len(good) < 16 {
		return fmt.Errorf("%d of %d points broke down in some run, so nothing can be estimated: weir run MODEL "+
			"--runs shows why", n-len(good), n)
	}
	times := max(fewest, min(resamples, 50_000_000/(n*len(e.result.Factors))))
	for k := range e.result.Outputs {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		o := &e.result.Outputs[k]
		if !e.question.OverTime {
			o.Indices, o.Alone = e.indices(o, sample{values[k], n, good}, times)
			continue
		}
		for row := range rows {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			at := *o
			list, alone := e.indices(&at, sample{values[k*rows+row], n, good}, fewest)
			if o.Over = append(o.Over, list); row == rows-1 {
				at.Over, at.Indices, at.Alone = o.Over, list, alone
				*o = at
			}
		}
	}
	return ctx.Err()
}

// whole returns the points of which no run broke down.
func whole(values [][]float64, n int) (good []int) {
	bad := make([]bool, n)
	for _, list := range values {
		for i, y := range list {
			if y-y != 0 {
				bad[i%n] = true
			}
		}
	}
	for i, b := range bad {
		if !b {
			good = append(good, i)
		}
	}
	return good
}

// A sample is the values of one output: of A, of B, then of A with each factor from B.
type sample struct {
	y    []float64
	n    int
	good []int // points that count
}

// of returns the value of point i in a matrix.
func (s sample) of(matrix, i int) float64 { return s.y[matrix*s.n+i] }

// indices estimates the indices of one output, and sets its mean and standard deviation. It
// returns nil if the output is the same at all points. Each index has two estimators, of which
// the one with the smaller range over resampled points counts; see estimate.
func (e *evaluator) indices(o *Output, s sample, times int) ([]Index, Estimate) {
	m := momentsOf(s, s.good)
	o.Mean, o.SD = m.mean, math.Sqrt(m.variance)
	if o.Constant = m.flat(); o.Constant {
		return nil, Estimate{}
	}
	k := len(e.result.Factors)
	var all [4][][]float64 // by estimator, resample and factor; the first resample is all points
	random := resampler(e.result.Seed)
	for t := range times + 1 {
		at := s.good
		if t > 0 {
			at = random(s.good)
		}
		for kind, list := range estimate(s, at, k) {
			all[kind] = append(all[kind], list)
		}
	}
	out, sums := make([]Index, k), make([]float64, times+1)
	for i := range out {
		var first []float64
		first, out[i].First = closer(column(all[0], i), column(all[1], i))
		_, out[i].Total = closer(column(all[2], i), column(all[3], i))
		for t, x := range first {
			sums[t] += x
		}
	}
	return out, ranged(sums)
}

// column returns the numbers of a factor, by resample.
func column(list [][]float64, factor int) []float64 {
	out := make([]float64, len(list))
	for t := range list {
		out[t] = list[t][factor]
	}
	return out
}

// closer returns which of two estimators has the smaller range, with its estimate.
func closer(a, b []float64) ([]float64, Estimate) {
	x, y := ranged(slices.Clone(a)), ranged(slices.Clone(b))
	if y.High-y.Low < x.High-x.Low {
		return b, y
	}
	return a, x
}

// moments are those of the values at A and B.
type moments struct{ mean, variance, low, high float64 }

// momentsOf returns the moments of a sample at some points. The variance is of the population.
func momentsOf(s sample, at []int) moments {
	m := moments{low: math.Inf(1), high: math.Inf(-1)}
	n := float64(2 * len(at))
	for matrix := range 2 {
		for _, i := range at {
			y := s.of(matrix, i)
			m.mean += y
			m.low, m.high = min(m.low, y), max(m.high, y)
		}
	}
	m.mean /= n
	for matrix := range 2 {
		for _, i := range at {
			d := s.of(matrix, i) - m.mean
			m.variance += float64(d * d)
		}
	}
	m.variance /= n
	return m
}

// flat reports whether all values are equal but for rounding.
func (m moments) flat() bool {
	return m.high-m.low <= 1e-11*max(abs(m.high), abs(m.low))
}

// estimate returns two estimators of the first-order and two of the total indices of k factors
// from some points. With y the values at A, B and A with factor i from B, less the mean of A and
// B, and V the variance,
//
//	first  Σ B (AB_i - A) / (n V)          (Saltelli and others 2010, table 2, b)
//	first  1 - Σ (B - AB_i)² / (2 n V)     (M. Jansen, Computer Physics Communications 117, 1999)
//	total  Σ (A - AB_i)² / (2 n V)         (Jansen)
//	total  1 - Σ A (AB_i - B) / (n V)      (the first line, for all other factors together)
//
// AB_i is near A where a factor hardly matters, and near B where hardly another does. So of each
// pair one has a small error for a small index, the other for a large one. Taking off the mean
// changes no expectation, and takes away most of the error where the mean is large.
func estimate(s sample, at []int, k int) (out [4][]float64) {
	m := momentsOf(s, at)
	for kind := range out {
		out[kind] = make([]float64, k)
	}
	if m.variance == 0 {
		return out
	}
	n := float64(len(at))
	for f := range k {
		var small, left, other, rest float64
		for _, i := range at {
			a, b, ab := s.of(0, i), s.of(1, i), s.of(f+2, i)
			small += float64((b - m.mean) * (ab - a))
			left += float64((b - ab) * (b - ab))
			other += float64((a - ab) * (a - ab))
			rest += float64((a - m.mean) * (ab - b))
		}
		out[0][f], out[1][f] = small/(n*m.variance), 1-left/(2*n*m.variance)
		out[2][f], out[3][f] = other/(2*n*m.variance), 1-rest/(n*m.variance)
	}
	return out
}
