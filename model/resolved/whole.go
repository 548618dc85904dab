package resolved

import (
	"math"

	"weir/model/numeric/arrays"
)

// A WholeFn is a function of whole arrays: all of its result is computed at once.
type WholeFn uint8

// The functions of whole arrays. Arrays are row-major; those of one call have the same
// length unless said otherwise, and args are single numbers where a comment says so.
const (
	// Invert: a square matrix; its inverse. That of a singular one is infinite or NaN.
	Invert WholeFn = iota
	// Allocate: requests, kinds of curve, priorities, widths, and the available total, a
	// single number; what each request gets.
	Allocate
	// Price: demands, kinds of curve, priorities and widths, then the same of supplies, which
	// may be others in number; one number, the price at which both are equal.
	Price
	NumWholeFns
)

// Arrays is how many of the arguments are arrays, the first ones; the others are single
// numbers.
func (f WholeFn) Arrays() int { return [NumWholeFns]int{Invert: 1, Allocate: 4, Price: 8}[f] }

// Name is how the function is written.
func (f WholeFn) Name() string {
	return [NumWholeFns]string{Invert: "invert_matrix", Allocate: "allocate_available", Price: "market_price"}[f]
}

// Of computes the function into out. It changes no argument and keeps none.
func (f WholeFn) Of(out []float64, args ...[]float64) {
	switch f {
	case Invert:
		arrays.Invert(out, args[0], make([]float64, len(out)), Side(len(out)))
	case Allocate:
		arrays.Allocate(out, args[0], args[1], args[2], args[3], args[4][0], int32(len(out)))
	case Price:
		arrays.Price(out, args[0], args[1], args[2], args[3], args[4], args[5], args[6], args[7], int32(len(args[0])), int32(len(args[4])))
	}
}

// Side is how many rows a square matrix of n numbers has.
func Side(n int) int32 { return int32(math.Sqrt(float64(n))) }

// Size is how many numbers an argument of a Whole has.
func (s *Spread) Size() int {
	n := 1
	for _, l := range s.Loops {
		n *= len(l.At)
	}
	return n
}

// Size is how many numbers the function gives.
func (w *Whole) Size() int {
	n := 1
	for _, d := range w.Over {
		n *= len(d.Elements)
	}
	return n
}
