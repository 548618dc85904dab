package chart

import (
	"math"
	"strings"
	"testing"

	"weir/scenarios"
	"weir/scenarios/report/internal/fixture"
	"weir/scenarios/report/internal/wire"
)

// The static picture has the band of the baseline and of one scenario, not of all.
func TestStaticPictureHasTwoBands(t *testing.T) {
	b := made(fixture.Example(t))
	if n := strings.Count(string(b.Figs[0].Picture), `class="band `); n != 2 {
		t.Errorf("%d bands in the main picture", n)
	}
	if n := strings.Count(string(b.Figs[0].Picture), `class="future `); n <= scenarios.ThinFutures || n > 2*scenarios.ThinFutures {
		t.Errorf("%d single futures of two lines", n) // one that is never on the scale has no line
	}
	if n := strings.Count(string(b.Difference.Picture), `class="band `); n != 1 {
		t.Errorf("%d bands in the picture of differences", n)
	}
}

// What is packed for the script comes back: the ends to six figures, single futures within a
// four-thousandth of the chart's height.
func TestPackedBandsAreTheBands(t *testing.T) {
	f := made(fixture.Example(t)).Figs[0]
	band := f.Lines[0].Band
	data := f.bandData(band)
	for i, v := range band.High[f.Now:] {
		if got := *data.High[i]; math.Abs(got-v) > 1e-5*math.Abs(v) {
			t.Errorf("row %d ends at %v, want %v", i, got, v)
		}
	}
	rows := data.Futures
	for i, series := range band.Futures[:2] {
		part := 0
		for k, v := range series[f.Now:] {
			if rows[i][k] == nil {
				continue
			}
			part += *rows[i][k]
			if got := f.Y.Min + float64(part)/wire.Fineness*(f.Y.Max-f.Y.Min); math.Abs(got-v) > 0.51/wire.Fineness*(f.Y.Max-f.Y.Min) {
				t.Fatalf("row %d is %v, want %v", k, got, v)
			}
		}
	}
}

// A future that runs away does not flatten a chart: its line breaks off, and that is said.
func TestRunawayFutureIsCutOff(t *testing.T) {
	c := *fixture.Example(t)
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	wild := *c.Panels[0].BaselineBand
	wild.Futures = append([][]float64(nil), wild.Futures...)
	wild.Futures[0] = append([]float64(nil), wild.Futures[0]...)
	wild.Futures[0][len(wild.Futures[0])-1] = 1e12
	c.Panels[0].BaselineBand = &wild
	b, before := made(&c), made(fixture.Example(t))
	if b.Figs[0].Y.Max != before.Figs[0].Y.Max {
		t.Errorf("the scale went to %v", b.Figs[0].Y.Max)
	}
	if !strings.Contains(b.BandLegend(), "breaks off") {
		t.Error("nothing says that a line breaks off")
	}
}

// A band that runs away leaves the lines their height; its words say where it goes.
func TestRunawayBandLeavesTheChart(t *testing.T) {
	c := *fixture.Example(t)
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	wild := *c.Panels[0].BaselineBand
	wild.High = append([]float64(nil), wild.High...)
	last := len(wild.High) - 1
	wild.High[last] = 1e12
	c.Panels[0].BaselineBand = &wild
	f, before := made(&c).Figs[0], made(fixture.Example(t)).Figs[0]
	if f.Y.Max > 4*before.Y.Max || !f.CutOff {
		t.Errorf("the scale goes to %v, was %v; cut off: %v", f.Y.Max, before.Y.Max, f.CutOff)
	}
	data := f.bandData(f.Lines[0].Band)
	end := len(data.Words) - 1
	if *data.High[end] != 1e12 || !strings.Contains(data.Words[end], "trillion") {
		t.Errorf("the band ends at %v, in words %s", *data.High[end], data.Words[end])
	}
}
