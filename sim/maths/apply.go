// Package maths has the operations on single numbers that processors lack: the engine's
// own operations: the meaning of an operation where speed does not matter, and random
// numbers that depend on nothing but their name.
package maths

import "weir/model/resolved"

// Apply returns op.Of with three arguments, of which the operation takes its first ones.
func Apply(op resolved.Op, a, b, c float64) float64 {
	args := [3]float64{a, b, c}
	return op.Of(args[:op.Arity()]...)
}

// Truth returns 1 for true and 0 for false.
func Truth(b bool) float64 {
	var n int32
	if b {
		n = 1
	}
	return float64(n)
}
