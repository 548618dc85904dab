package prose

import (
	"testing"
)

func TestRangeOfADifferenceHasSignsOnlyWhereItTurns(t *testing.T) {
	q := QuantityOf("children", false, 20000)
	for _, x := range []struct {
		r    [2]float64
		d    float64
		want string
	}{{[2]float64{61, 341}, 190, "60 to 340"}, {[2]float64{-341, -61}, -190, "60 to 340"}, {[2]float64{-61, 341}, 190, "−60 to +340"}} {
		if got := q.Apart(x.r, x.d); got != x.want {
			t.Errorf("%v: got %q, want %q", x.r, got, x.want)
		}
	}
}

// The unit of shares is said once, and one point is one.
func TestUnitOfARangeOfShares(t *testing.T) {
	q := Quantity{Kind: Share, Finest: 0.1}
	for got, want := range map[string]string{
		q.SignedRange([2]float64{-0.001, 0.007}): "−0.1 to +0.7 points", q.SignedRange([2]float64{0, 0}): "0 to 0 points",
		q.Apart([2]float64{0.01, 0.027}, 0.02): "1 to 2.7 points", q.Gap(0.01): "1 point", q.Signed(-0.01): "−1 point",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestAllAndNoneOfTheFuturesAreSaidOnlyWhereItIsSo(t *testing.T) {
	for share, want := range map[float64]string{0: "0 of 100", 0.001: "1 of 100", 0.934: "93 of 100", 0.999: "99 of 100", 1: "100 of 100"} {
		if got := Hundred(share); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}
