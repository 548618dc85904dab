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

// A scenario that is unclear at the end still says where nine in ten futures agreed on the way, at
// the largest such difference; not where they disagree, before today, or by under a thousandth.
func TestClearOnTheWayToAnUnclearEnd(t *testing.T) {
	c := *fixture.Example(t)
	v := c.Verdicts[0]
	v.Distinguishable, v.Unsure, v.Worse, v.Swings = false, true, nil, nil
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	p := &c.Panels[0]
	n := len(p.Time)
	band := &scenarios.Band{Low: make([]float64, n), Median: make([]float64, n), High: make([]float64, n)}
	p.DifferenceBands = append([]*scenarios.Band{band}, p.DifferenceBands[1:]...)
	level := math.Abs(p.Baseline[n-1])
	at := func(year, low, median, high float64) {
		for row, t := range p.Time {
			if t == year {
				band.Low[row], band.Median[row], band.High[row] = low*level, median*level, high*level
			}
		}
	}
	at(c.Today-2, -0.9, -0.8, -0.7)       // before today
	at(c.Today+2, -0.4, -0.2, 0.1)        // unclear
	at(c.Today+6, 0.00001, 0.0002, 0.001) // slight
	b := made(&c)
	if s := b.OnTheWay(v); s != nil {
		t.Errorf("clear at %v by %v", s.Time, s.Difference)
	}
	at(c.Today+3, -0.3, -0.1, -0.05)
	at(c.Today+4, 0.01, 0.05, 0.1)
	s := b.OnTheWay(v)
	if s == nil || s.Time != c.Today+3 || s.Difference != -0.1*level {
		t.Fatalf("clear at %+v", s)
	}
	if words, want := b.OnTheWayWords(v), " in "+b.Cal.Date(c.Today+3); !strings.HasSuffix(words, want) {
		t.Errorf("said %q", words)
	}
	v.Distinguishable = true
	if b.OnTheWay(v) != nil {
		t.Error("a clear end needs no way")
	}
}
