package maths

import "weir/model/numeric/maths"

// A Stream names one random number: nothing about it depends on which numbers were
// drawn before, so adding a variable or an intervention never shifts another draw.
type Stream struct {
	Seed    uint64 // of the run
	Key     uint64 // the variable and the place of the call in its equation
	Element uint32 // of an array, row-major
	Step    uint32 // of the clock
	Member  uint64 // of the ensemble
}

// Uniform returns a number in the open interval (0, 1); try numbers further independent
// draws of the same stream.
func (s Stream) Uniform(try uint32) float64 {
	u, _ := s.pair(try)
	return u
}

// Normal has mean 0 and standard deviation 1.
func (s Stream) Normal() float64 { return maths.Normal(s.pair(0)) }

// Triangular returns between the given corners. Corners out of order give NaN; equal ones
// their value.
func (s Stream) Triangular(low, mode, high float64) float64 {
	return maths.Triangular(s.Uniform(0), low, mode, high)
}

// Poisson returns a whole number with the given mean, NaN if the mean is negative or not
// finite.
func (s Stream) Poisson(mean float64) float64 {
	return maths.Poisson(mean, s.Seed, s.Key, s.Member, s.Step, s.Element)
}

// pair returns two uniform numbers of one attempt; a method that rejects the first tries the next.
func (s Stream) pair(try uint32) (u, w float64) {
	return maths.Pair(s.Seed, s.Key, s.Member, s.Step, s.Element, try)
}
