package report

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"weir/scenarios"
)

// Every future number of the headline has its range beside it, in the same rounding.
func TestHeadlineHasRanges(t *testing.T) {
	c := example(t)
	text := strings.Join(Headline(c), "\n")
	b := newBuilder(c)
	f := b.judged()[0]
	s, _ := b.outcomeSpread(f.Outcome)
	if want := "(" + f.Q.between(s.Range[0], s.Range[1]) + ")"; !strings.Contains(text, want) {
		t.Errorf("%q is not in %s", want, text)
	}
	best := b.ranked(f.Outcome)[0]
	if want := "(" + f.Q.apart(best.Range, best.Difference) + "), better in " + hundred(best.BetterShare) + " futures"; !strings.Contains(text, want) {
		t.Errorf("%q is not in %s", want, text)
	}
}

func TestRangeOfADifferenceHasSignsOnlyWhereItTurns(t *testing.T) {
	q := quantityOf("children", false, 20000)
	for _, x := range []struct {
		r    [2]float64
		d    float64
		want string
	}{{[2]float64{61, 341}, 190, "60 to 340"}, {[2]float64{-341, -61}, -190, "60 to 340"}, {[2]float64{-61, 341}, 190, "−60 to +340"}} {
		if got := q.apart(x.r, x.d); got != x.want {
			t.Errorf("%v: got %q, want %q", x.r, got, x.want)
		}
	}
}

func TestAllAndNoneOfTheFuturesAreSaidOnlyWhereItIsSo(t *testing.T) {
	for share, want := range map[float64]string{0: "0 of 100", 0.001: "1 of 100", 0.934: "93 of 100", 0.999: "99 of 100", 1: "100 of 100"} {
		if got := hundred(share); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}

// Where the futures are divided the table says so, with the range and both shares.
func TestDividedFuturesAreNotDistinguishable(t *testing.T) {
	c := *example(t)
	b := newBuilder(&c)
	f := b.judged()[0]
	v := b.verdict(c.Runs[0].Scenario, f.Outcome)
	v.Unsure, v.Distinguishable, v.Improves, v.Slight = true, false, false, false
	v.Range, v.BetterShare, v.WorseShare = [2]float64{-60, 340}, 0.62, 0.3
	cell := b.differenceCell(f, v)
	want := []string{f.quantityFor().signedRange(v.Range), "better in 62 of 100, worse in 30 of 100 futures"}
	if cell.Under != "not distinguishable" || strings.Join(cell.More, "|") != strings.Join(want, "|") {
		t.Errorf("got %+v", cell)
	}
}

// The static picture has the band of the baseline and of one scenario, not of all.
func TestStaticPictureHasTwoBands(t *testing.T) {
	b := newBuilder(example(t))
	if n := strings.Count(string(b.figs[0].Picture), `class="band `); n != 2 {
		t.Errorf("%d bands in the main picture", n)
	}
	if n := strings.Count(string(b.figs[0].Picture), `class="future `); n <= scenarios.ThinFutures || n > 2*scenarios.ThinFutures {
		t.Errorf("%d single futures of two lines", n) // one that is never on the scale has no line
	}
	if n := strings.Count(string(b.difference.Picture), `class="band `); n != 1 {
		t.Errorf("%d bands in the picture of differences", n)
	}
}

// What is packed for the script comes back within a four-thousandth of the chart's height.
func TestPackedBandsAreTheBands(t *testing.T) {
	f := newBuilder(example(t)).figs[0]
	band := f.Lines[0].Band
	rows := f.packed(band)
	for i, series := range [][]float64{band.Low, band.High} {
		part := 0
		for k, v := range series[f.Now:] {
			part += *rows[i][k]
			if got := f.Y.Min + float64(part)/fineness*(f.Y.Max-f.Y.Min); math.Abs(got-v) > 0.51/fineness*(f.Y.Max-f.Y.Min) {
				t.Fatalf("row %d is %v, want %v", k, got, v)
			}
		}
	}
}

// A future that runs away does not flatten a chart: its line breaks off, and that is said.
func TestRunawayFutureIsCutOff(t *testing.T) {
	c := *example(t)
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	wild := *c.Panels[0].BaselineBand
	wild.Futures = append([][]float64(nil), wild.Futures...)
	wild.Futures[0] = append([]float64(nil), wild.Futures[0]...)
	wild.Futures[0][len(wild.Futures[0])-1] = 1e12
	c.Panels[0].BaselineBand = &wild
	b, before := newBuilder(&c), newBuilder(example(t))
	if b.figs[0].Y.Max != before.figs[0].Y.Max {
		t.Errorf("the scale went to %v", b.figs[0].Y.Max)
	}
	if !strings.Contains(b.bandLegend(), "breaks off") {
		t.Error("nothing says that a line breaks off")
	}
}

// A band that runs away leaves the lines their height; its words say where it goes.
func TestRunawayBandLeavesTheChart(t *testing.T) {
	c := *example(t)
	c.Panels = append([]scenarios.Panel(nil), c.Panels...)
	wild := *c.Panels[0].BaselineBand
	wild.High = append([]float64(nil), wild.High...)
	last := len(wild.High) - 1
	wild.High[last] = 1e12
	c.Panels[0].BaselineBand = &wild
	f, before := newBuilder(&c).figs[0], newBuilder(example(t)).figs[0]
	if f.Y.Max > 4*before.Y.Max || !f.CutOff {
		t.Errorf("the scale goes to %v, was %v; cut off: %v", f.Y.Max, before.Y.Max, f.CutOff)
	}
	packed, words := f.packed(f.Lines[0].Band), f.ranges(f.Lines[0].Band)
	at := 0
	for _, step := range packed[1] {
		at += *step
	}
	if at != fineness || !strings.Contains(words[len(words)-1], "trillion") {
		t.Errorf("the band ends at %d of %d of the height, in words %s", at, fineness, words[len(words)-1])
	}
}

func TestHowSureSaysWhatDrivesAndWhatIsNotInTheRange(t *testing.T) {
	c := example(t)
	s := newBuilder(c).sure()
	if len(s.Drivers) != 2 || len(s.Drivers[0].Bars) == 0 {
		t.Fatalf("%d lists of drivers", len(s.Drivers))
	}
	for _, x := range s.Drivers[0].Bars {
		if x.Label == "" || x.Grade == "" || x.Width <= 0 || x.Width > 100 {
			t.Errorf("bar %+v", x)
		}
	}
	if got, want := len(s.Regret.Rows), len(c.Runs)+1; got != want {
		t.Errorf("%d rows of regret, want %d", got, want)
	}
	if len(s.Outside) == 0 {
		t.Error("nothing is said to be outside the range")
	}
}

func TestExcludedFuturesAreSaid(t *testing.T) {
	c := *example(t)
	u := *c.Uncertainty
	u.Counted, u.Excluded = u.Counted-1, 1
	u.Failures = []scenarios.Failure{{Member: 3, Variable: "x", Time: 2030}}
	c.Uncertainty = &u
	if s := newBuilder(&c).sure(); !strings.EqualFold(s.Excluded.String(), u.Note()+".") || u.Note() == "" {
		t.Errorf("got %q", s.Excluded)
	}
}

// A comparison without [uncertainty] is the page it was: no bands, no ranges.
func TestWithoutFuturesNothingPretends(t *testing.T) {
	var out bytes.Buffer
	if err := write(&out, madeUp(), "0"); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{`id="sure"`, `id="bands"`, `class="band `, "futures"} {
		if strings.Contains(out.String(), word) {
			t.Errorf("%s is on the page", word)
		}
	}
	if !strings.Contains(out.String(), "The range around it has not been computed") {
		t.Error("the page does not say that there is no range")
	}
}

func TestPickedBandIsShown(t *testing.T) {
	b := open(t, example(t))
	shown := func(key string) string {
		return `[...document.querySelectorAll("#chart-1 .chart path")].filter((p) => p.getAttribute("fill") === "var(--` + key + `)").length`
	}
	b.wait(shown("s0") + ` === 1`)
	eval[bool](b, `(() => { const s = document.getElementById("band"); s.value = "s2"; s.dispatchEvent(new Event("change")); return true })()`)
	b.wait(shown("s2") + ` === 1`)
	b.is("no other scenario's band", shown("s1")+` + `+shown("s3")+` === 0`)
	b.point("#chart-1 .plot", 0.7, 0.5)
	b.wait(`document.querySelectorAll(".tip").length === 1`)
	b.is("the tooltip has the range", `/\d to .*\d\)/.test(document.querySelector(".tip").textContent)`)
	b.quiet()
}
