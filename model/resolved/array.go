package resolved

import (
	"math"

	"weir/model/numeric/arrays"
)

// An ArrayFunction is a function whose result is an array, computed all at once.
type ArrayFunction uint8

// The array functions. Arrays are row-major; those of one call have the same length unless
// a comment says otherwise, and so it does where an argument is a single number.
const (
	// Invert of a square matrix returns its inverse. That of a singular one is infinite or
	// NaN.
	Invert ArrayFunction = iota
	// Allocate of requests, kinds of curve, priorities, widths and the available total, a
	// single number, returns the share of each request.
	Allocate
	// Price of demands, kinds of curve, priorities and widths, then the same of supplies,
	// which may be others in number, returns one number: the price at which both are equal.
	Price
	NumArrayFunctions
)

// Arrays returns how many of the arguments are arrays, the first ones; the others are
// single numbers.
func (f ArrayFunction) Arrays() int {
	return [NumArrayFunctions]int{Invert: 1, Allocate: 4, Price: 8}[f]
}

// Name returns the function's name in equations.
func (f ArrayFunction) Name() string {
	return [NumArrayFunctions]string{
		Invert: "invert_matrix", Allocate: "allocate_available", Price: "market_price",
	}[f]
}

// Of computes the function into out, which has as many elements as its result. It changes
// no argument and keeps none. NaN in an argument makes the elements NaN that depend on it.
func (f ArrayFunction) Of(out []float64, args ...[]float64) {
	switch f {
	case Invert:
		arrays.Invert(out, args[0], make([]float64, len(out)), Side(len(out)))
	case Allocate:
		arrays.Allocate(out, args[0], args[1], args[2], args[3], args[4][0], int32(len(out)))
	case Price:
		arrays.Price(out, args[0], args[1], args[2], args[3], args[4], args[5], args[6], args[7],
			int32(len(args[0])), int32(len(args[4])))
	}
}

// Side returns how many rows a square matrix of n numbers has.
func Side(n int) int32 { return int32(math.Sqrt(float64(n))) }

// Size returns how many numbers the argument has.
func (s *ArrayArgument) Size() int {
	n := 1
	for _, l := range s.Loops {
		n *= len(l.At)
	}
	return n
}

// Size returns how many numbers the result has.
func (w *ArrayCall) Size() int {
	n := 1
	for _, d := range w.Over {
		n *= len(d.Elements)
	}
	return n
}
