package resolved

import (
	"math"
	"testing"
)

var nan, inf = math.NaN(), math.Inf(1)

var applied = []struct {
	what string
	op   Op
	args []float64
	want float64
}{
	{"mod follows the divisor (XMILE 3.3.1; semantics row 26)", Mod, []float64{-9.5, 3}, 2.5},
	{"mod of a negative divisor is not positive", Mod, []float64{9.5, -3}, -2.5},
	{"mod of a multiple is 0", Mod, []float64{-9, 3}, 0},
	{"mod by 0 is not a number", Mod, []float64{1, 0}, nan},
	{"int is floor (XMILE note 7; semantics row 26)", Floor, []float64{-9.9}, -10},
	{"trunc is Vensim's INTEGER (semantics row 26)", Trunc, []float64{-9.9}, -9},
	{"halves are rounded away from zero", Round, []float64{-2.5}, -3},
	{"halves are rounded away from zero", Round, []float64{2.5}, 3},
	{"safediv tests for exactly 0 (semantics row 25)", SafeDiv, []float64{1, 0, 7}, 7},
	{"a true rate of 5e-7 is not 0 (semantics row 25)", SafeDiv, []float64{1, 5e-7, 7}, 2e6},
	{"minus zero is 0", SafeDiv, []float64{1, math.Copysign(0, -1), 7}, 7},
	{"a comparison with NaN is 0", Le, []float64{nan, nan}, 0},
	{"nothing equals NaN", Eq, []float64{nan, nan}, 0},
	{"and so everything differs from it", Ne, []float64{nan, 1}, 1},
	{"min shows NaN", Min, []float64{1, nan}, nan},
	{"max shows NaN", Max, []float64{nan, 1}, nan},
	{"anything but 0 is true (semantics row 24)", And, []float64{-0.5, 2}, 1},
	{"NaN is not 0", Or, []float64{nan, 0}, 1},
	{"not of anything but 0 is 0", Not, []float64{0.1}, 0},
	{"not of 0 is 1", Not, []float64{0}, 1},
	{"root of a negative number", Sqrt, []float64{-1}, nan},
	{"logarithm of 0", Ln, []float64{0}, -inf},
	{"division by 0", Div, []float64{-1, 0}, -inf},
	{"power", Pow, []float64{2, -1}, 0.5},
}

func TestOf(t *testing.T) {
	for _, c := range applied {
		got := c.op.Of(c.args...)
		if got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s: got %v, want %v", c.what, got, c.want)
		}
	}
}

func TestEveryOperationIsDefined(t *testing.T) {
	for op := range NumOps {
		got := op.Of([]float64{0.5, 0.25, 0}[:op.Arity()]...)
		if math.IsNaN(got) {
			t.Errorf("operation %d is not defined on 0.5, 0.25", op)
		}
	}
}
