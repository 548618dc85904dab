// Package vector has operations on rows of numbers in AVX2 instructions, four numbers
// at a time. The bits are those of the same operations in Go: nothing is fused, and
// each step is rounded. Where a processor has no such instructions there are none of
// them, and callers use Go.
package vector

//go:generate go run ./constants
//go:generate sh -c "cd asm && go run . -out ../rows_amd64.s -stubs ../rows_amd64.go -pkg vector"

// A Row puts an operation on n numbers from a, b and c on into d. A step is Walks, or
// 0 for one number that stands for all; arguments that the operation does not have are
// not read. d may be an argument itself; otherwise they have nothing in common.
type Row func(d, a, b, c *float64, aStep, bStep, cStep, n int)

// Walks is the distance of neighbours, in bytes, times the four of a step.
const Walks = 32

// The tables of package maths, of powers of e and of logarithms.
type (
	ExpTable = [128][2]float64
	LogTable = [363][4]float64
)
