package sim

import (
	"math"

	"weir/model/resolved"
	"weir/sim/internal/vector"
)

// several holds the numbers of functions that are computed together.
type several struct {
	lanes   vector.Lanes
	d, a, b [batched]float64
	to      [batched]int32
}

// A gathered is a function of single numbers that do not depend on each other: their slots.
type gathered struct {
	op      op
	d, a, b []int32
}

// compute computes them. A power with an exponent that is 0 or a power of 2 is computed alone, since
// stages have no fast way for it.
func (g *gathered) compute(m *machine) {
	s, v, n := &m.several, m.v, 0
	for i := range g.d {
		x, y := v[g.a[i]], 0.0
		if g.op == op(resolved.Pow) {
			if y = v[g.b[i]]; math.Float64bits(y)<<12 == 0 {
				v[g.d[i]] = resolved.Pow.Of(x, y)
				continue
			}
		}
		s.a[n], s.b[n], s.to[n] = x, y, g.d[i]
		n++
	}
	all := (n + 3) &^ 3 // whole fours, which the processor's instructions want
	for i := n; i < all; i++ {
		s.a[i], s.b[i] = s.a[0], s.b[0]
	}
	rowFunctions[g.op](&s.lanes, s.d[:all], s.a[:all], s.b[:all])
	for i, to := range s.to[:n] {
		v[to] = s.d[i]
	}
}
