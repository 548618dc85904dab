package report

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestZeroIsOnTheScaleOrItsAbsenceIsMarked(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		cut       bool
	}{
		{20000, 35000, true}, {100, 1000, false}, {-5, 5, false}, {-300, -200, true}, {0, 0.3, false},
	} {
		a := valueAxis(c.low, c.high, quantity{})
		if a.Cut != c.cut || a.Cut == (a.Min <= 0 && a.Max >= 0) {
			t.Errorf("%v to %v: scale from %v to %v, cut %v", c.low, c.high, a.Min, a.Max, a.Cut)
		}
	}
}

func TestScalesHoldWhatIsDrawnWithRoundTicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e7, 1e7).Draw(t, "low")
		high := low + rapid.Float64Range(1e-3, 1e7).Draw(t, "width")
		a := valueAxis(low, high, quantity{})
		slack := 1e-6 * (math.Abs(low) + math.Abs(high))
		if a.Min > low+slack || a.Max < high-slack {
			t.Fatalf("%v to %v does not fit on %v to %v", low, high, a.Min, a.Max)
		}
		if n := len(a.Ticks); n < 2 || n > 9 || n != len(a.Words) {
			t.Fatalf("%d ticks, %d words", n, len(a.Words))
		}
	})
}

func TestTicksInWords(t *testing.T) {
	for _, c := range []struct {
		q       quantity
		v, step float64
		want    string
	}{
		{quantity{}, 25000, 5000, "25,000"},
		{quantity{kind: share}, 0.2, 0.05, "20%"},
		{quantity{kind: index}, 0.9, 0.1, "0.9"},
		{quantity{kind: money, millions: true}, 2.5e6, 5e5, "$2.5m"},
		{quantity{kind: money}, -200, 100, "−$200"},
		{quantity{signs: true}, 200, 100, "+200"},
	} {
		if got := c.q.tick(c.v, c.step); got != c.want {
			t.Errorf("the tick at %v reads %q, want %q", c.v, got, c.want)
		}
	}
}

func TestLabelsDoNotCoverEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		labels := make([]label, rapid.IntRange(1, 8).Draw(t, "n"))
		for i := range labels {
			labels[i] = label{at: rapid.Float64Range(0, 300).Draw(t, "at"), words: []string{"21,800"}}
		}
		spread(labels, 0, 300)
		for i := range labels {
			if labels[i].top < -1e-9 || labels[i].top+labels[i].height() > 300+1e-9 {
				t.Fatalf("label %d stands at %v, outside", i, labels[i].top)
			}
			for k := range i {
				if gap := math.Abs(labels[i].top - labels[k].top); gap < labels[i].height()-1e-9 {
					t.Fatalf("labels %d and %d are %v apart", i, k, gap)
				}
			}
		}
	})
}
