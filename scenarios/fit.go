package scenarios

import (
	"math"

	"weir/model/resolved"
	"weir/scenarios/internal/curve"
)

// FitOf compares a series with recorded points, at the recorded times between the
// first and the last saved row; in between rows the series is read on a straight
// line. A relative error is model/record - 1. Outcome and Data stay empty. time and
// series have equal length; points are in order of time. NaN in the series goes
// into MAPE.
func FitOf(time, series []float64, points []resolved.Point) Fit {
	c := curve.Curve{T: time, Y: series}
	f := Fit{MAPE: math.NaN()}
	sum, previous := 0., -1
	for i, p := range points {
		y := c.At(p.X)
		if p.Y == 0 || len(time) == 0 || p.X < time[0] || p.X > time[len(time)-1] {
			continue
		}
		f.take(p, y/p.Y-1)
		sum += math.Abs(y/p.Y - 1)
		if previous >= 0 {
			f.direction(p.Y-points[previous].Y, y-c.At(points[previous].X))
		}
		previous = i
	}
	if f.Points > 0 {
		f.MAPE = sum / float64(f.Points)
	}
	return f
}

// take counts a point with its relative error.
func (f *Fit) take(p resolved.Point, err float64) {
	if f.Points == 0 {
		f.From = p.X
	}
	f.To = p.X
	f.Points++
	if math.Abs(err) > math.Abs(f.Worst) || f.Points == 1 {
		f.Worst, f.WorstAt = err, p.X
	}
}

// direction counts a step of the record and of the model.
func (f *Fit) direction(record, model float64) {
	if record == 0 {
		return
	}
	f.Directions++
	if record*model > 0 {
		f.DirectionsRight++
	}
}
