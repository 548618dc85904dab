package scenarios

import (
	"math"
	"testing"

	"weir/model/resolved"
)

// Records 100, 200, (none in 2011), 100 in 2012 against 110, 190, -, 100: errors
// of 10 %, -5 % and 0 %.
func TestFit(t *testing.T) {
	time := []float64{2009, 2010, 2011, 2012}
	f := FitOf(time, []float64{110, 190, 7, 100}, []resolved.Point{{X: 2009, Y: 100}, {X: 2010, Y: 200}, {X: 2012, Y: 100}})
	near(t, "MAPE", f.MAPE, 0.15/3)
	near(t, "worst", f.Worst, 0.10)
	if f.Points != 3 || f.From != 2009 || f.To != 2012 || f.WorstAt != 2009 {
		t.Errorf("fit %+v", f)
	}
	if f.Directions != 2 || f.DirectionsRight != 2 {
		t.Errorf("directions %d of %d, want 2 of 2", f.DirectionsRight, f.Directions)
	}
}

// Points outside the run and records of zero have no relative error; a point
// between two rows is compared with the straight line between them.
func TestFitTakesWhatItCan(t *testing.T) {
	points := []resolved.Point{{X: 2000, Y: 1}, {X: 2009.5, Y: 100}, {X: 2010, Y: 0}, {X: 2030, Y: 1}}
	f := FitOf([]float64{2009, 2010}, []float64{100, 120}, points)
	near(t, "MAPE", f.MAPE, 0.1)
	if f.Points != 1 {
		t.Errorf("%d points, want 1", f.Points)
	}
}

func TestFitOfNothing(t *testing.T) {
	if f := FitOf(nil, nil, []resolved.Point{{X: 1, Y: 1}}); !math.IsNaN(f.MAPE) || f.Points != 0 {
		t.Errorf("fit %+v", f)
	}
}
