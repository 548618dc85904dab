package tangent

import (
	"math"
	"testing"

	"weir/model/resolved"
)

// The derivative of each operation is the slope of a short chord, where it has one.
func TestSlopesOfOperations(t *testing.T) {
	for op := range resolved.NumOps {
		n := op.Arity()
		for _, at := range [][3]float64{{0.4, 0.7, 2}, {0.9, 0.35, 1}, {0.05, 3, -1}} {
			x := at
			y := op.Of(x[:n]...)
			var got [3]float64
			if fixed(op) {
				got = [3]float64{}
			} else {
				got[0], got[1], got[2] = slopes(op, x[0], x[1], x[2], y)
			}
			for k := range n {
				const h = 1e-6
				up, down := x, x
				up[k], down[k] = x[k]+h, x[k]-h
				want := (op.Of(up[:n]...) - op.Of(down[:n]...)) / (2 * h)
				if !(math.Abs(got[k]-want) <= 1e-7*max(1, math.Abs(want))) {
					t.Errorf("%s%v by argument %d: %g, want %g", op.Name(), at[:n], k, got[k], want)
				}
			}
		}
	}
}

// Between points a table has the slope of its segment, at a point that to the right, and outside
// none unless it is extended.
func TestSlopesOfTables(t *testing.T) {
	points := []resolved.Point{{X: 0, Y: 1}, {X: 1, Y: 3}, {X: 3, Y: 2}}
	held, extended := table{points, resolved.Hold}, table{points, resolved.Extend}
	for _, c := range []struct{ x, y, slope, beyond float64 }{
		{-1, 1, 0, 2}, {0, 1, 2, 2}, {0.5, 2, 2, 2}, {1, 3, -0.5, -0.5}, {2, 2.5, -0.5, -0.5}, {3, 2, 0, -0.5}, {4, 2, 0, -0.5},
	} {
		if y, slope := held.read(c.x); y != c.y || slope != c.slope {
			t.Errorf("at %g: %g rising by %g, want %g and %g", c.x, y, slope, c.y, c.slope)
		}
		if _, slope := extended.read(c.x); slope != c.beyond {
			t.Errorf("extended at %g: rises by %g, want %g", c.x, slope, c.beyond)
		}
	}
}

// Beside a multiple the slope of mod by its divisor is that of the value: 0.03, three times 0.01 before
// rounding, is 2 times 0.01 and 0.01 less 2e-18, although the quotient rounds to 3.
func TestSlopeOfModBesideAMultiple(t *testing.T) {
	a, b := 0.03, 0.01
	if math.Floor(a/b) != 3 || math.Mod(a, b) < 0.0099 {
		t.Fatal("0.03 is no longer such a number")
	}
	if _, by, _ := slopes(resolved.Mod, a, b, 0, resolved.Mod.Of(a, b)); by != -2 {
		t.Errorf("%g, want -2", by)
	}
}
