package scenarios

import (
	"math"

	"weir/scenarios/internal/curve"
)

// A swap is a passage from beyond one level to beyond its negative.
type swap struct {
	at float64 // the last zero before the far side is reached
	up bool
}

// swaps returns the passages of a curve between above level and below -level.
func swaps(c curve.Curve, level float64) []swap {
	var list []swap
	side, zero := 0., 0.
	for i, y := range c.Y {
		if i > 0 && curve.Crosses(c.Y[i-1], y) {
			zero = c.Crossing(i, 0)
		}
		if !(math.Abs(y) > level) {
			continue
		}
		now := math.Copysign(1, y)
		if side != 0 && now != side {
			list = append(list, swap{at: zero, up: now > 0})
		}
		side = now
	}
	return list
}
