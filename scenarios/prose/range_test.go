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

func TestAllAndNoneOfTheFuturesAreSaidOnlyWhereItIsSo(t *testing.T) {
	for share, want := range map[float64]string{0: "0 of 100", 0.001: "1 of 100", 0.934: "93 of 100", 0.999: "99 of 100", 1: "100 of 100"} {
		if got := Hundred(share); got != want {
			t.Errorf("%v: got %q, want %q", share, got, want)
		}
	}
}
