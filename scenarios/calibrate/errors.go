package calibrate

import (
	"math"

	"weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/scenarios"
	"weir/sim"
)

// Errors say how far a series is from its record over some points. Numbers are in the
// unit of the data unless they are shares.
type Errors struct {
	Points   int
	From, To float64 // of the first and last point
	MAPE     float64 // mean of |model/record - 1|; NaN if a record is 0
	RMSE     float64 // root mean square of model - record
	Bias     float64 // mean of model - record
	Worst    float64 // the largest model/record - 1, with its sign
	WorstAt  float64
	// Theil's shares of the mean square error (Theil 1966, Applied Economic Forecasting;
	// Sterman 1984, Appropriate summary statistics for evaluating the historical fit of
	// system dynamics models, Dynamica 10): of a difference of means, of swings of another
	// size, and of swings at another time. They add up to 1; NaN without an error.
	Mean, Swing, Timing float64
}

// errorsOf compares values with points.
func errorsOf(values []float64, points []resolved.Point) Errors {
	e := Errors{Points: len(points), MAPE: math.NaN(), RMSE: math.NaN(), Bias: math.NaN(), Worst: math.NaN(), WorstAt: math.NaN(), Mean: math.NaN(), Swing: math.NaN(), Timing: math.NaN()}
	n := float64(len(points))
	if n == 0 {
		return e
	}
	e.From, e.To = points[0].X, points[len(points)-1].X
	var times []float64
	var square, meanModel, meanRecord float64
	for i, q := range points {
		times = append(times, q.X)
		d := values[i] - q.Y
		square += float64(d * d)
		meanModel += values[i] / n
		meanRecord += q.Y / n
	}
	f := scenarios.FitOf(times, values, points)
	e.Worst, e.WorstAt = f.Worst, f.WorstAt
	if f.Points == len(points) {
		e.MAPE = f.MAPE
	}
	square /= n
	e.RMSE, e.Bias = math.Sqrt(square), meanModel-meanRecord
	e.shares(values, points, meanModel, meanRecord, square)
	return e
}

func (e *Errors) shares(values []float64, points []resolved.Point, meanModel, meanRecord, square float64) {
	if square == 0 {
		return
	}
	var a, b float64
	n := float64(len(points))
	for i, q := range points {
		a += float64((values[i] - meanModel) * (values[i] - meanModel) / n)
		b += float64((q.Y - meanRecord) * (q.Y - meanRecord) / n)
	}
	swing := math.Sqrt(a) - math.Sqrt(b)
	e.Mean = float64(e.Bias*e.Bias) / square
	e.Swing = float64(swing*swing) / square
	e.Timing = max(0, 1-e.Mean-e.Swing)
}

// describe fills a report with what the best point gives.
func (s *search) describe(r *Report, best *climber) error {
	for i, x := range s.parameters {
		x.Value = rounded(x.value(best.u[i]), x.Low, x.High)
		if x.Kept {
			x.Value = x.Before
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

// values are the series at all of its points.
func (s *Series) values(result *sim.Result) []float64 {
	series := result.Series(s.column)
	out := make([]float64, len(s.points))
	for i, q := range s.points {
		row, part := rowOf(result.Time, q.X)
		if row >= len(series) {
			out[i] = math.NaN()
			continue
		}
		out[i] = series[row]
		if part > 0 && row+1 < len(series) {
			out[i] = float64((1-part)*series[row]) + float64(part*series[row+1])
		}
	}
	return out
}

// remember measures how errors go on from point to point, and how many independent points
// all of them are worth: n(1 - m)/(1 + m) of a series with memory m, as for the mean of a
// series of first order (Bayley and Hammersley 1946, The "effective" number of
// independent observations in an autocorrelated time series, Supplement to the JRSS 8).
// For the interval of each constant they are worth what makes the interval as wide as its
// inflated variance does.
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

// memory is the correlation of errors with those before them, about zero.
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
