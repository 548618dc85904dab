package prose

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
		a := ValueAxis(c.low, c.high, Quantity{})
		if a.Cut != c.cut || a.Cut == (a.Min <= 0 && a.Max >= 0) {
			t.Errorf("%v to %v: scale from %v to %v, cut %v", c.low, c.high, a.Min, a.Max, a.Cut)
		}
	}
}

func TestScalesHoldWhatIsDrawnWithRoundTicks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		low := rapid.Float64Range(-1e7, 1e7).Draw(t, "low")
		high := low + rapid.Float64Range(1e-3, 1e7).Draw(t, "width")
		a := ValueAxis(low, high, Quantity{})
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
		q       Quantity
		v, step float64
		want    string
	}{
		{Quantity{}, 25000, 5000, "25,000"},
		{Quantity{Kind: Share}, 0.2, 0.05, "20%"},
		{Quantity{Kind: Index}, 0.9, 0.1, "0.9"},
		{Quantity{Kind: Money, Millions: true}, 2.5e6, 5e5, "$2.5m"},
		{Quantity{Kind: Money}, -200, 100, "−$200"},
		{Quantity{Signs: true}, 200, 100, "+200"},
	} {
		if got := c.q.Tick(c.v, c.step); got != c.want {
			t.Errorf("the tick at %v reads %q, want %q", c.v, got, c.want)
		}
	}
}
