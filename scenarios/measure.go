package scenarios

import (
	"math"

	"weir/scenarios/internal/curve"
)

// A Measure says which number of an outcome's course from today to the horizon is judged.
type Measure struct {
	Kind MeasureKind
	// At is the date, in model time, at which an AtEnd outcome is judged; nil: the horizon.
	At *float64
	// Level is the value that a TimeToReach outcome has to reach, in the outcome's unit.
	Level float64
	// Within is the distance from the last value, in the outcome's unit, in which a
	// TimeToSettle outcome has to stay; nil: a fiftieth of the largest distance from it.
	Within *float64
}

// A MeasureKind is one way of making a number of a course; "" is AtEnd.
type MeasureKind string

// The measures. Times are counted from today in the model's time unit; a run that never
// reaches the level counts with the whole time to the horizon.
const (
	AtEnd        MeasureKind = "end"            // the value at the horizon, or at a date
	Mean         MeasureKind = "mean"           // over time, by the trapezoid rule
	Minimum      MeasureKind = "minimum"        // the lowest value
	Maximum      MeasureKind = "maximum"        // the highest value
	TimeToReach  MeasureKind = "time_to_reach"  // until the course first meets a level
	TimeToSettle MeasureKind = "time_to_settle" // until it stays near its last value
	Integral     MeasureKind = "integral"       // the sum over time
)

// measureKinds are the words of the set's file.
var measureKinds = []string{string(AtEnd), string(Mean), string(Minimum), string(Maximum),
	string(TimeToReach), string(TimeToSettle), string(Integral)}

// settled is the share of the largest distance from the last value within which a course
// has settled: the two per cent of control engineering.
const settled = 0.02

// Dated reports whether the number is the value at one date, so that it can be named with
// the date.
func (m Measure) Dated() bool { return m.Kind == AtEnd || m.Kind == "" }

// horizon returns the end of the window in which an outcome is judged.
func (m Measure) horizon(w Window) float64 {
	if m.At != nil {
		return min(*m.At, w.Horizon)
	}
	return w.Horizon
}

// Judged returns the number by which an outcome with such values at such times is judged: its
// measure, and for a cost the sum paid; NaN if the values hold NaN.
func (o *Outcome) Judged(time, values []float64, w Window) float64 {
	return o.Measure.of(o.judged(curve.Curve{T: time, Y: values[:len(time)]}, w))
}

// of returns the measured number of a course; NaN if the course holds NaN, or is empty.
func (m Measure) of(c curve.Curve) float64 {
	if len(c.Y) == 0 || !c.Finite() && !m.Dated() {
		return math.NaN()
	}
	length := c.T[len(c.T)-1] - c.T[0]
	switch m.Kind {
	case Mean:
		if length == 0 {
			return c.Last()
		}
		return c.Integral().Last() / length
	case Minimum:
		return -c.Times(-1).Highest()
	case Maximum:
		return c.Highest()
	case TimeToReach:
		return m.reach(c, length)
	case TimeToSettle:
		return m.settle(c)
	case Integral:
		return c.Integral().Last()
	}
	return c.Last()
}

// reach returns the time from the start of a course until it first meets the level, from
// whichever side it starts; the whole length if it never does.
func (m Measure) reach(c curve.Curve, length float64) float64 {
	if c.Y[0] == m.Level {
		return 0
	}
	for i := 1; i < len(c.Y); i++ {
		if crosses(c.Y[i-1]-m.Level, c.Y[i]-m.Level) {
			return c.Crossing(i, m.Level) - c.T[0]
		}
	}
	return length
}

// settle returns the time from the start of a course from which it stays near its last
// value.
func (m Measure) settle(c curve.Curve) float64 {
	end := c.Last()
	near := 0.0
	if m.Within != nil {
		near = *m.Within
	} else {
		for _, y := range c.Y {
			near = max(near, settled*math.Abs(y-end))
		}
	}
	for i := len(c.Y) - 1; i > 0; i-- {
		if d := c.Y[i-1] - end; math.Abs(d) > near {
			return c.Crossing(i, end+math.Copysign(near, d)) - c.T[0]
		}
	}
	return 0
}
