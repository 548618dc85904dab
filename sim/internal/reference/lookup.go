package reference

import (
	"fmt"
	"math"

	"weir/model/resolved"
)

// lookup reads one table at x, and counts if x is beyond its points.
func (r *run) lookup(t *resolved.Table, element int, x float64) float64 {
	points := t.Points[element]
	if x < points[0].X || x > points[len(points)-1].X {
		r.outside(t, element, x)
	}
	return read(t, element, x)
}

// read returns the value of a table at x.
func read(t *resolved.Table, element int, x float64) float64 {
	points := t.Points[element]
	first, last := points[0], points[len(points)-1]
	switch {
	case math.IsNaN(x):
		return x
	case x == last.X:
		return last.Y
	case (x < first.X || x > last.X) && t.Beyond != resolved.Extend:
		return nearer(first, last, x)
	case len(points) == 1:
		return first.Y
	}
	i := 0
	for i < len(points)-2 && points[i+1].X <= x {
		i++
	}
	return between(points[i], points[i+1], x)
}

// nearer returns the first or the last value, whichever x is beyond.
func nearer(first, last resolved.Point, x float64) float64 {
	if x < first.X {
		return first.Y
	}
	return last.Y
}

// between returns the straight line through two points.
func between(a, b resolved.Point, x float64) float64 {
	return a.Y + float64((x-a.X)*(b.Y-a.Y))/(b.X-a.X)
}

// outside counts a reading beyond a table's points, once a step.
func (r *run) outside(t *resolved.Table, element int, x float64) {
	name := ElementName(t.Name, t.Over, element)
	if r.stage {
		return
	}
	if t.Beyond == resolved.Fail && r.failed == nil {
		r.failed = fmt.Errorf("reference: %s was read at %v", name, x)
	}
	u := r.tables[name]
	if u == nil {
		u = &Use{First: r.begin, Low: x, High: x, step: -1}
		r.tables[name] = u
	}
	u.Low, u.High = min(u.Low, x), max(u.High, x)
	if u.step != r.step {
		u.step = r.step
		u.Steps++
	}
}
