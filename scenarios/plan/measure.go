package plan

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
// reaches the level, or has not settled at the horizon, counts with the whole time to the
// horizon, and verdicts say that it never does (see Never).
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

// Horizon returns the end of the window in which an outcome is judged.
func (m Measure) Horizon(w Window) float64 {
	if m.At != nil {
		return min(*m.At, w.Horizon)
	}
	return w.Horizon
}

// Judged returns the number by which an outcome with such values at such times is judged: its
// measure, and for a cost the sum paid; NaN if the values hold NaN.
func (o *Outcome) Judged(time, values []float64, w Window) float64 {
	return o.Measure.Of(o.Course(curve.Curve{T: time, Y: values[:len(time)]}, w))
}

// Of returns the measured number of a course; NaN if the course holds NaN, or is empty.
func (m Measure) Of(c curve.Curve) float64 {
	if len(c.Y) == 0 || !c.Finite() && !m.Dated() {
		return math.NaN()
	}
	length := c.T[len(c.T)-1] - c.T[0]
	if m.Never(c) {
		return length
	}
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
		t, _ := m.reach(c)
		return t
	case TimeToSettle:
		return m.settle(c)
	case Integral:
		return c.Integral().Last()
	}
	return c.Last()
}

// Timed reports whether the number is a time that need not come.
func (m Measure) Timed() bool { return m.Kind == TimeToReach || m.Kind == TimeToSettle }

// Never reports whether a course does not come to what a Timed measure waits for: it does not meet
// the level, or stays near its last value for less than a tenth of the time, which a course that
// still moves does as well.
func (m Measure) Never(c curve.Curve) bool {
	if !m.Timed() || len(c.Y) == 0 || !c.Finite() {
		return false
	}
	if m.Kind == TimeToReach {
		_, reached := m.reach(c)
		return !reached
	}
	length := c.T[len(c.T)-1] - c.T[0]
	return m.settle(c) > length*(1-Lasting)
}

// reach returns the time from the start of a course until it first meets the level, from
// whichever side it starts; false if it never does.
func (m Measure) reach(c curve.Curve) (float64, bool) {
	if c.Y[0] == m.Level {
		return 0, true
	}
	for i := 1; i < len(c.Y); i++ {
		if curve.Crosses(c.Y[i-1]-m.Level, c.Y[i]-m.Level) {
			return c.Crossing(i, m.Level) - c.T[0], true
		}
	}
	return 0, false
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
