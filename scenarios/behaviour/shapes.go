package behaviour

import (
	"math"
	"slices"
)

// The functions of shape name the modes of behaviour of Sterman (Business Dynamics, 2000, chapter 4)
// by rules on the saved rows. They see legs: stretches between two turning points. A turn counts
// only if the way back is more than ripple of the whole range, so that rounding and ripples of a
// step are none.
const (
	ripple = 0.01 // of the range: the largest move against a leg that does not end it
	still  = 1e-9 // of the largest size: a range below it is rounding, and has no leg
	slowed = 0.5  // of the steepest slope: the largest at either end of an S
	turns  = 3    // turning points from which a course oscillates: a period and a half
)

// A leg is the direction of a stretch: 1 up, -1 down.
type leg int

// legs returns the directions of a course, alternately. Size is the magnitude whose rounding
// the numbers have. It returns nil for a course that stands still or has no two numbers.
func legs(y []float64, size float64) []leg {
	if len(y) < 2 {
		return nil
	}
	span := slices.Max(y) - slices.Min(y)
	if !(span > still*size) {
		return nil
	}
	var out []leg
	low, high := y[0], y[0] // since the last turn
	for _, v := range y[1:] {
		low, high = min(low, v), max(high, v)
		now := leg(0)
		if len(out) > 0 {
			now = out[len(out)-1]
		}
		switch {
		case now != 1 && v-low > ripple*span:
			out, high = append(out, 1), v
		case now != -1 && high-v > ripple*span:
			out, low = append(out, -1), v
		}
	}
	return out
}

// largest returns the greatest magnitude of a list, 0 of an empty one.
func largest(y []float64) float64 {
	size := 0.
	for _, v := range y {
		size = max(size, math.Abs(v))
	}
	return size
}

// shape returns a function that reports, as 1 or 0, whether the course of x is of some form. It is
// NaN if a number of the course is none, or if it has fewer than two.
func shape(is func(t, y []float64) bool) func(*evaluator, *call, frame) float64 {
	return func(e *evaluator, c *call, f frame) float64 {
		t, y := e.series(c.args[0], f, e.between(c, f, 1))
		if len(y) < 2 || slices.ContainsFunc(y, notFinite) {
			return math.NaN()
		}
		if is(t, y) {
			return 1
		}
		return 0
	}
}

// notFinite reports NaN and infinities.
func notFinite(x float64) bool { return math.IsNaN(x) || math.IsInf(x, 0) }

// goes returns the form of a course that has these legs and no other.
func goes(want ...leg) func(t, y []float64) bool {
	return func(_, y []float64) bool { return slices.Equal(legs(y, largest(y)), want) }
}

// swings reports a course with three turning points or more.
func swings(_, y []float64) bool { return len(legs(y, largest(y))) > turns }

// isS reports a course that goes one way, first ever faster, then ever slower: its slope has one
// extreme, and at both ends at most half of it.
func isS(t, y []float64) bool {
	course := legs(y, largest(y))
	if len(course) != 1 {
		return false
	}
	var slopes []float64
	shortest := math.Inf(1)
	for i := 1; i < len(t); i++ {
		slopes = append(slopes, float64(course[0])*(y[i]-y[i-1])/(t[i]-t[i-1]))
		shortest = min(shortest, t[i]-t[i-1])
	}
	steepest := slices.Max(slopes)
	return slices.Equal(legs(slopes, largest(y)/shortest), []leg{1, -1}) &&
		slopes[0] <= slowed*steepest && slopes[len(slopes)-1] <= slowed*steepest
}

// whenSettled returns the first saved time from which on x stays within a distance of its
// last value: the settling time of control engineering (Ogata, Modern Control Engineering, 2010,
// section 5.3), with the last value for the final one. It is NaN if a number is none.
func whenSettled(e *evaluator, c *call, f frame) float64 {
	band := e.value(c.args[1], f)
	t, y := e.series(c.args[0], f, e.between(c, f, 2))
	if len(y) == 0 || slices.ContainsFunc(y, notFinite) || !(band >= 0) {
		return math.NaN()
	}
	first := len(y) - 1
	for first > 0 && math.Abs(y[first-1]-y[len(y)-1]) <= band {
		first--
	}
	return t[first]
}
