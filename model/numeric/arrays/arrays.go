// Package arrays has the functions of equations on whole arrays: all of a result is
// computed at once. Like package maths it gives the same bits on every machine and keeps
// to a small part of Go, from which modules are made: a slice is an address there, so its
// length is an argument of its own. Arrays are row-major and must have that length.
package arrays

import "math"

var (
	inf = math.Inf(1)
	nan = math.NaN()
)
