package scenarios

import (
	"math"
	"testing"
)

// A course that rises by a number each year from 100, over twenty years.
func rising(by float64) []float64 {
	out := make([]float64, 21)
	for i := range out {
		out[i] = 100 + by*float64(i)
	}
	return out
}

// settling is a course that closes a gap of 50 with a time constant of 2 years. Its distance from its
// end is 1.5076 after 7 years and 0.9135 after 8: on a straight line it is 1 after 7.854.
func settling() []float64 {
	out := make([]float64, 21)
	for i := range out {
		out[i] = 150 - 50*math.Exp(-float64(i)/2)
	}
	return out
}

// A level that is not reached, and a course that still moves at its end, never get there; the
// whole time is only what they count with.
func TestNever(t *testing.T) {
	time := make([]float64, 21)
	for i := range time {
		time[i] = float64(i)
	}
	one := 1.0
	reach, settle := Measure{Kind: TimeToReach, Level: 150}, Measure{Kind: TimeToSettle, Within: &one}
	for _, c := range []struct {
		name            string
		measure         Measure
		baseline, value []float64
		never           Never
		at              float64 // the scenario's time
	}{
		{"reached with the scenario alone", reach, rising(2), rising(5), Never{1, 0}, 10},
		{"reached at the last moment", reach, rising(0), rising(2.5), Never{1, 0}, 20},
		{"reached without it", reach, rising(5), rising(0), Never{0, 1}, 20},
		{"in neither", reach, rising(0), rising(1), Never{1, 1}, 20},
		{"settled", settle, rising(0), settling(), Never{0, 0}, 7.854},
		{"still moving", settle, rising(0), rising(3), Never{0, 1}, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &Outcome{Better: Lower, Measure: c.measure}
			v := Judge(o, Contrast{Time: time, Baseline: c.baseline, Value: c.value, BaselineHalved: c.baseline,
				ValueHalved: c.value}, Window{Today: 0, Horizon: 20, YearsPerUnit: 1})
			if v.Never == nil || *v.Never != c.never || math.Abs(v.Value-c.at) > 0.005 {
				t.Errorf("never %v at %v, want %v at %v", v.Never, v.Value, c.never, c.at)
			}
			if v.NeverBaseline() != (c.never.Baseline == 1) || v.NeverValue() != (c.never.Value == 1) {
				t.Error(v.NeverBaseline(), v.NeverValue())
			}
		})
	}
	v := Judge(&Outcome{Better: Lower}, Contrast{Time: time, Baseline: rising(0), Value: rising(1), BaselineHalved: rising(0),
		ValueHalved: rising(1)}, Window{Today: 0, Horizon: 20, YearsPerUnit: 1})
	if v.Never != nil {
		t.Error("a value at a date has no time that could come")
	}
}
