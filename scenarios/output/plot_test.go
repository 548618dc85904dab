package output

import (
	"math"
	"strings"
	"testing"
)

// A straight line of 40 dots in height and 40 in width is the diagonal: in each character of a row its
// dots climb from the left foot to the right top.
func TestPlotOfALine(t *testing.T) {
	times, values := []float64{2000, 2010}, []float64{0, 39}
	got := Plot(times, values, 20+len("39")+2)
	lines := strings.Split(strings.TrimRight(got, "\n"), "\n")
	if len(lines) != plotHeight+1 || !strings.HasPrefix(lines[0], "39 ┤") || !strings.HasPrefix(lines[plotHeight-1], " 0 ┤") {
		t.Fatalf("\n%s", got)
	}
	if want := "    2000            2010"; lines[plotHeight] != want {
		t.Errorf("%q, want %q", lines[plotHeight], want)
	}
	for i, line := range lines[:plotHeight] {
		chart := strings.TrimLeft(strings.SplitN(line, "┤", 2)[1], " ")
		// Each row of four dots in height has the four dots in width of two characters.
		if chart != "⡠⠊" {
			t.Errorf("row %d is %q", i, chart)
		}
		if at := len([]rune(line)) - len("39 ┤") + len("┤") - 1; at != 20-2*i {
			t.Errorf("row %d ends at %d", i, at)
		}
	}
}

// A hole stays empty, a line that never moves is in the middle, and no number at all is no chart.
func TestPlotOfOddLines(t *testing.T) {
	hole := Plot([]float64{0, 1, 2, 3}, []float64{1, math.NaN(), math.NaN(), 1}, 40)
	if n := strings.Count(hole, "\n"); n != plotHeight+1 {
		t.Errorf("%d lines", n)
	}
	for _, c := range []struct {
		values []float64
		dotted int
	}{{[]float64{5, 5, 5}, 1}, {[]float64{0, math.Inf(1), 0}, 0}} {
		rows := 0
		for _, line := range strings.Split(Plot([]float64{0, 1, 2}, c.values, 40), "\n") {
			if strings.IndexFunc(line, func(r rune) bool { return r > 0x2800 && r < 0x2900 }) >= 0 {
				rows++
			}
		}
		if rows > 1 || c.dotted == 1 && rows != 1 {
			t.Errorf("%v has dots in %d rows", c.values, rows)
		}
	}
	if got := Plot([]float64{0, 1}, []float64{math.NaN(), math.Inf(1)}, 40); got != "" {
		t.Errorf("a chart of nothing:\n%s", got)
	}
	if got := Plot([]float64{0}, []float64{3}, 40); got == "" {
		t.Error("no chart of one moment")
	}
	if got := Plot([]float64{0, 1}, []float64{0, 1}, 8); got != "" {
		t.Errorf("a chart without room:\n%s", got)
	}
}
