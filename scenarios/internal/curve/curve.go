// Package curve holds functions of time that are given at saved rows and read on straight
// lines between them.
package curve

import (
	"math"
	"slices"
)

// A Curve is a function of time given at saved rows and read on straight lines
// between them. t increases strictly; both slices have the same length. Methods
// never change their receiver's slices and may share them with their results.
type Curve struct{ T, Y []float64 }

// Finite reports whether no value is NaN or infinite.
func (c Curve) Finite() bool {
	return !slices.ContainsFunc(c.Y, func(y float64) bool { return math.IsNaN(y) || math.IsInf(y, 0) })
}

// At returns the value at time t, NaN outside the curve.
func (c Curve) At(t float64) float64 {
	i, exact := slices.BinarySearch(c.T, t)
	switch {
	case exact:
		return c.Y[i]
	case i == 0 || i == len(c.T):
		return math.NaN()
	}
	return between(c.T[i-1], c.Y[i-1], c.T[i], c.Y[i], t)
}

// between returns the straight line through (t0, y0) and (t1, y1) at t.
func between(t0, y0, t1, y1, t float64) float64 {
	return y0 + float64((t-t0)*((y1-y0)/(t1-t0)))
}

// Window returns the curve from one time to another, cut with interpolated ends.
// Times outside the curve stop at its ends.
func (c Curve) Window(from, to float64) Curve {
	if len(c.T) == 0 {
		return c
	}
	from, to = max(from, c.T[0]), min(to, c.T[len(c.T)-1])
	var w Curve
	for i, t := range c.T {
		if i > 0 && c.T[i-1] < from && from < t {
			w.add(from, c.At(from))
		}
		if from <= t && t <= to {
			w.add(t, c.Y[i])
		}
		if i > 0 && c.T[i-1] < to && to < t && to > from {
			w.add(to, c.At(to))
		}
	}
	return w
}

// add appends a point; t is after those before.
func (c *Curve) add(t, y float64) { c.T, c.Y = append(c.T, t), append(c.Y, y) }

// Last returns the value at the end, NaN for an empty curve.
func (c Curve) Last() float64 {
	if len(c.Y) == 0 {
		return math.NaN()
	}
	return c.Y[len(c.Y)-1]
}

// Minus returns c - other at c's times, which other must have too.
func (c Curve) Minus(other Curve) Curve {
	d := Curve{T: c.T, Y: make([]float64, len(c.Y))}
	for i := range c.Y {
		d.Y[i] = c.Y[i] - other.Y[i]
	}
	return d
}

// Times returns the curve with every value multiplied by k.
func (c Curve) Times(k float64) Curve {
	d := Curve{T: c.T, Y: make([]float64, len(c.Y))}
	for i := range c.Y {
		d.Y[i] = c.Y[i] * k
	}
	return d
}

// Flat returns the curve with every value of magnitude up to small as exactly 0.
func (c Curve) Flat(small float64) Curve {
	d := Curve{T: c.T, Y: slices.Clone(c.Y)}
	for i, y := range d.Y {
		if math.Abs(y) <= small {
			d.Y[i] = 0
		}
	}
	return d
}

// Magnitude returns the largest absolute value, 0 for an empty curve.
func (c Curve) Magnitude() float64 {
	m := 0.
	for _, y := range c.Y {
		m = max(m, math.Abs(y))
	}
	return m
}

// Highest returns the largest value, -Inf for an empty curve.
func (c Curve) Highest() float64 {
	m := math.Inf(-1)
	for _, y := range c.Y {
		m = max(m, y)
	}
	return m
}

// RMS returns the root of the mean square over the rows, 0 for an empty curve.
func (c Curve) RMS() float64 {
	m := c.Magnitude()
	if m == 0 || math.IsNaN(m) || math.IsInf(m, 0) {
		return m
	}
	sum := 0.
	for _, y := range c.Y {
		sum += float64((y / m) * (y / m))
	}
	return m * math.Sqrt(sum/float64(len(c.Y)))
}

// Integral returns the running trapezoid sum of the curve, 0 at its first row.
func (c Curve) Integral() Curve {
	s := Curve{T: c.T, Y: make([]float64, len(c.Y))}
	for i := 1; i < len(c.Y); i++ {
		s.Y[i] = s.Y[i-1] + float64((c.T[i]-c.T[i-1])*(c.Y[i-1]+c.Y[i])/2)
	}
	return s
}

// Reaches returns the first row's time at which the curve is at or above a level; ok is
// false if it never is.
func (c Curve) Reaches(level float64) (t float64, ok bool) {
	i := slices.IndexFunc(c.Y, func(y float64) bool { return y >= level })
	if i < 0 {
		return 0, false
	}
	return c.T[i], true
}

// StaysAbove returns the time of the row from which the curve is above a level until its
// end; ok is false if it ends at or below it.
func (c Curve) StaysAbove(level float64) (t float64, ok bool) {
	i := len(c.Y)
	for i > 0 && c.Y[i-1] > level {
		i--
	}
	if i == len(c.Y) {
		return 0, false
	}
	return c.T[i], true
}

// Crossing returns the time between rows i-1 and i at which the line has the level;
// the two values must not be equal.
func (c Curve) Crossing(i int, level float64) float64 {
	t0, t1, y0, y1 := c.T[i-1], c.T[i], c.Y[i-1], c.Y[i]
	return min(t1, t0+float64((t1-t0)*((level-y0)/(y1-y0))))
}

// An Excursion is a time in which a curve is below zero: from its crossing down
// to its crossing up, or to the ends of the curve. Where it leaves a stretch of
// zeros, from is the first row below: a jump there does not begin before.
type Excursion struct {
	From, To float64
	Depth    float64 // the lowest value
	At       float64 // its first time
	Area     float64 // the integral from From to To
}

// Excursions returns the times below zero, in order.
func (c Curve) Excursions() []Excursion {
	var all []Excursion
	for i := 0; i < len(c.Y); i++ {
		if !(c.Y[i] < 0) {
			continue
		}
		end := i
		for end+1 < len(c.Y) && c.Y[end+1] < 0 {
			end++
		}
		all = append(all, c.excursion(i, end))
		i = end
	}
	return all
}

// excursion returns the one whose rows below zero are first to last.
func (c Curve) excursion(first, last int) Excursion {
	e := Excursion{From: c.T[first], To: c.T[last]}
	start := e.From
	if first > 0 {
		start = c.Crossing(first, 0)
	}
	if first > 0 && c.Y[first-1] > 0 {
		e.From = start
	}
	if last+1 < len(c.T) {
		e.To = c.Crossing(last+1, 0)
	}
	for i := first; i <= last; i++ {
		if c.Y[i] < e.Depth {
			e.Depth, e.At = c.Y[i], c.T[i]
		}
	}
	e.Area = c.Window(start, e.To).Integral().Last()
	return e
}

// Crosses reports whether a line from y0 to y1 meets zero, but does not lie in it.
func Crosses(y0, y1 float64) bool {
	return y0 != y1 && (y0 <= 0 && y1 >= 0 || y0 >= 0 && y1 <= 0)
}
