package scenarios

import (
	"math"
	"slices"
)

// A curve is a function of time given at saved rows and read on straight lines
// between them. t increases strictly; both slices have the same length. Methods
// never change their receiver's slices and may share them in what they return.
type curve struct{ t, y []float64 }

// finite reports whether no value is NaN or infinite.
func (c curve) finite() bool {
	return !slices.ContainsFunc(c.y, func(y float64) bool { return math.IsNaN(y) || math.IsInf(y, 0) })
}

// at is the value at time t, NaN outside the curve.
func (c curve) at(t float64) float64 {
	i, exact := slices.BinarySearch(c.t, t)
	switch {
	case exact:
		return c.y[i]
	case i == 0 || i == len(c.t):
		return math.NaN()
	}
	return between(c.t[i-1], c.y[i-1], c.t[i], c.y[i], t)
}

// between is the straight line through (t0, y0) and (t1, y1) at t.
func between(t0, y0, t1, y1, t float64) float64 {
	return y0 + float64((t-t0)*((y1-y0)/(t1-t0)))
}

// window is the curve from one time to another, cut with interpolated ends.
// Times outside the curve stop at its ends.
func (c curve) window(from, to float64) curve {
	if len(c.t) == 0 {
		return c
	}
	from, to = max(from, c.t[0]), min(to, c.t[len(c.t)-1])
	var w curve
	for i, t := range c.t {
		if i > 0 && c.t[i-1] < from && from < t {
			w.add(from, c.at(from))
		}
		if from <= t && t <= to {
			w.add(t, c.y[i])
		}
		if i > 0 && c.t[i-1] < to && to < t && to > from {
			w.add(to, c.at(to))
		}
	}
	return w
}

func (c *curve) add(t, y float64) { c.t, c.y = append(c.t, t), append(c.y, y) }

// last is the value at the end, NaN for an empty curve.
func (c curve) last() float64 {
	if len(c.y) == 0 {
		return math.NaN()
	}
	return c.y[len(c.y)-1]
}

// minus is c - other at c's times, which other must have too.
func (c curve) minus(other curve) curve {
	d := curve{t: c.t, y: make([]float64, len(c.y))}
	for i := range c.y {
		d.y[i] = c.y[i] - other.y[i]
	}
	return d
}

// times is the curve with every value multiplied by k.
func (c curve) times(k float64) curve {
	d := curve{t: c.t, y: make([]float64, len(c.y))}
	for i := range c.y {
		d.y[i] = c.y[i] * k
	}
	return d
}

// flat is the curve with every value of magnitude up to small as exactly 0.
func (c curve) flat(small float64) curve {
	d := curve{t: c.t, y: slices.Clone(c.y)}
	for i, y := range d.y {
		if math.Abs(y) <= small {
			d.y[i] = 0
		}
	}
	return d
}

// magnitude is the largest absolute value, 0 for an empty curve.
func (c curve) magnitude() float64 {
	m := 0.
	for _, y := range c.y {
		m = max(m, math.Abs(y))
	}
	return m
}

// highest is the largest value, -Inf for an empty curve.
func (c curve) highest() float64 {
	m := math.Inf(-1)
	for _, y := range c.y {
		m = max(m, y)
	}
	return m
}

// rms is the root of the mean square over the rows, 0 for an empty curve.
func (c curve) rms() float64 {
	m := c.magnitude()
	if m == 0 || math.IsNaN(m) || math.IsInf(m, 0) {
		return m
	}
	sum := 0.
	for _, y := range c.y {
		sum += float64((y / m) * (y / m))
	}
	return m * math.Sqrt(sum/float64(len(c.y)))
}

// integral is the running trapezoid sum of the curve, 0 at its first row.
func (c curve) integral() curve {
	s := curve{t: c.t, y: make([]float64, len(c.y))}
	for i := 1; i < len(c.y); i++ {
		s.y[i] = s.y[i-1] + float64((c.t[i]-c.t[i-1])*(c.y[i-1]+c.y[i])/2)
	}
	return s
}

// reaches is the first row's time at which the curve is at or above a level; ok is
// false if it never is.
func (c curve) reaches(level float64) (t float64, ok bool) {
	i := slices.IndexFunc(c.y, func(y float64) bool { return y >= level })
	if i < 0 {
		return 0, false
	}
	return c.t[i], true
}

// staysAbove is the time of the row from which the curve is above a level until its
// end; ok is false if it ends at or below it.
func (c curve) staysAbove(level float64) (t float64, ok bool) {
	i := len(c.y)
	for i > 0 && c.y[i-1] > level {
		i--
	}
	if i == len(c.y) {
		return 0, false
	}
	return c.t[i], true
}

// crossing is the time between rows i-1 and i at which the line has the level;
// the two values must not be equal.
func (c curve) crossing(i int, level float64) float64 {
	t0, t1, y0, y1 := c.t[i-1], c.t[i], c.y[i-1], c.y[i]
	return min(t1, t0+float64((t1-t0)*((level-y0)/(y1-y0))))
}

// An excursion is a time in which a curve is below zero: from its crossing down
// to its crossing up, or to the ends of the curve. Where it leaves a stretch of
// zeros, from is the first row below: what jumps there is not said to begin before.
type excursion struct {
	from, to float64
	depth    float64 // the lowest value
	at       float64 // its first time
	area     float64 // integral from from to to
}

// excursions are the times below zero, in order.
func (c curve) excursions() []excursion {
	var all []excursion
	for i := 0; i < len(c.y); i++ {
		if !(c.y[i] < 0) {
			continue
		}
		end := i
		for end+1 < len(c.y) && c.y[end+1] < 0 {
			end++
		}
		all = append(all, c.excursion(i, end))
		i = end
	}
	return all
}

// excursion is the one whose rows below zero are first to last.
func (c curve) excursion(first, last int) excursion {
	e := excursion{from: c.t[first], to: c.t[last]}
	start := e.from
	if first > 0 {
		start = c.crossing(first, 0)
	}
	if first > 0 && c.y[first-1] > 0 {
		e.from = start
	}
	if last+1 < len(c.t) {
		e.to = c.crossing(last+1, 0)
	}
	for i := first; i <= last; i++ {
		if c.y[i] < e.depth {
			e.depth, e.at = c.y[i], c.t[i]
		}
	}
	e.area = c.window(start, e.to).integral().last()
	return e
}
