// Package clock decides when two times of a run are equal and when one time is a whole
// multiple of another, in one way for all packages.
//
// Times are decimal numbers in files and binary ones in the machine: 0.3/0.1 is
// 2.9999999999999996, and start + i*step misses a date by some rounding. Tolerance is far
// above such errors and far below any difference that a modeler meant.
package clock

import "math"

// Tolerance is the largest relative difference of two times, or of a ratio of times from
// a whole number, that counts as rounding.
const Tolerance = 1e-9

// Slack returns the largest difference at which a time counts as equal to t, in the unit
// of t: Tolerance times the size of t, or Tolerance where t is below 1. It is NaN for NaN.
func Slack(t float64) float64 { return float64(Tolerance * max(1, math.Abs(t))) }

// Equal reports whether a time is at t but for rounding. NaN is equal to nothing.
func Equal(time, t float64) bool { return time == t || math.Abs(time-t) <= Slack(t) }

// NotBefore reports whether a time is at t or later.
func NotBefore(time, t float64) bool { return time >= t-Slack(t) }

// NotAfter reports whether a time is at t or earlier.
func NotAfter(time, t float64) bool { return time <= t+Slack(t) }

// Between reports whether a time lies from one time to another, ends included.
func Between(time, from, to float64) bool { return NotBefore(time, from) && NotAfter(time, to) }

// Whole returns the whole number that x is but for rounding. It reports false, with the
// nearest whole number, if x is none; NaN and infinities are none.
func Whole(x float64) (n float64, ok bool) {
	n = math.Round(x)
	return n, math.Abs(x-n) <= Slack(n)
}

// Multiple returns how many times b fits into a, if that is a whole number but for
// rounding, and reports whether it is. The number is not an int because it may be beyond
// any; callers bound it.
func Multiple(a, b float64) (n float64, ok bool) { return Whole(a / b) }
