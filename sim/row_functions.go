package sim

import (
	"weir/model/resolved"
	"weir/sim/internal/vector"
)

// A rowFunction computes one row, in stages of many numbers. An argument of one number stands for all.
type rowFunction func(l *vector.Lanes, d, a, b []float64)

var rowFunctions = [numOps]rowFunction{
	op(resolved.Exp): func(l *vector.Lanes, d, a, _ []float64) { l.Exp(d, a) },
	op(resolved.Ln):  func(l *vector.Lanes, d, a, _ []float64) { l.Ln(d, a) },
	op(resolved.Pow): (*vector.Lanes).Pow,
}

// fewNumbers is how long a row is at least for which stages are faster than one number after the
// other.
const fewNumbers = 8

// functionRows computes a function of each row of a plane.
func (a *arrayCode) functionRows(l *vector.Lanes, v []float64, at [operands]int) {
	for range a.rows {
		a.function(l, v[at[dst]:at[dst]+a.n], a.operand(v, at, argA), a.operand(v, at, argB))
		for k := range at {
			at[k] += a.rowStep[k]
		}
	}
}

// operand returns the slots that an operand takes up in the innermost loop.
func (in *arrayCode) operand(v []float64, at [operands]int, k int) []float64 {
	return v[at[k] : at[k]+(in.n-1)*in.step[k]+1]
}
