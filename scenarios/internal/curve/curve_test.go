package curve

import (
	"math"
	"slices"
	"testing"
)

// A line from (0, 0) over (2, 4) to (4, 0).
var tent = Curve{[]float64{0, 2, 4}, []float64{0, 4, 0}}

func TestWindowCutsBetweenRows(t *testing.T) {
	for _, row := range []struct {
		from, to float64
		t, y     []float64
	}{
		{1, 3, []float64{1, 2, 3}, []float64{2, 4, 2}},
		{-9, 9, []float64{0, 2, 4}, []float64{0, 4, 0}},
		{2, 2, []float64{2}, []float64{4}},
		{0.5, 1.5, []float64{0.5, 1.5}, []float64{1, 3}},
		{5, 9, nil, nil},
	} {
		w := tent.Window(row.from, row.to)
		if !slices.Equal(w.T, row.t) || !slices.Equal(w.Y, row.y) {
			t.Errorf("from %v to %v: %v, want %v and %v", row.from, row.to, w, row.t, row.y)
		}
	}
}

func TestValueBetweenRows(t *testing.T) {
	for _, row := range [][2]float64{{0, 0}, {1, 2}, {3, 2}, {4, 0}} {
		near(t, "value", tent.At(row[0]), row[1])
	}
	if !math.IsNaN(tent.At(-1)) || !math.IsNaN(tent.At(5)) {
		t.Error("a value outside the curve")
	}
}

func TestIntegral(t *testing.T) { near(t, "area of the tent", tent.Integral().Last(), 8) }

// RMS of 3, 4, 0, 0 is the root of 25/4; sizes near the largest float do not overflow.
func TestRMS(t *testing.T) {
	c := Curve{[]float64{0, 1, 2, 3}, []float64{3, 4, 0, 0}}
	near(t, "rms", c.RMS(), 2.5)
	near(t, "rms of large numbers", c.Times(1e300).RMS()/1e300, 2.5)
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-9*max(1, math.Abs(want))) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}
