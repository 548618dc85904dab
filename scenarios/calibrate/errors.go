package calibrate

import (
	"math"

	"weir/model/resolved"
	"weir/scenarios"
)

// errorsOf compares values with points.
func errorsOf(values []float64, points []resolved.Point) Errors {
	e := Errors{Points: len(points), MAPE: math.NaN(), RMSE: math.NaN(), Bias: math.NaN(),
		Worst: math.NaN(), WorstAt: math.NaN(), Mean: math.NaN(), Swing: math.NaN(), Timing: math.NaN()}
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

// shares sets Theil's shares from the means and the mean square error. Without an error they
// stay NaN.
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
