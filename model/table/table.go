// Package table has the readings of a lookup or data series: its values, slopes, areas and
// its inverse, each again as points between which a table is straight.
package table

import (
	"math"
	"slices"

	"weir/model/resolved"
)

// Tables are always straight between two points. What holds still or jumps is made of
// points that are neighbors among floating-point numbers: there is no x between them.

// A Reading makes the points of another reading of a table. slack is by how much an x
// may miss a point and still meet it: 0 for lookups, whose x is computed by the
// modeler, and a little for data series, whose x is the clock's.
type Reading func(points []resolved.Point, slack float64) []resolved.Point

// Betweens are what a table can give between its points, by its word in the file.
var Betweens = map[string]Reading{"": Straight, "line": Straight, "previous": Previous, "next": Next,
	"exact": onlyPoints}

// farAway is beyond every x that a model reads a table at.
const farAway = 1e300

// missing is Vensim's :NA:, a missing value.
const missing = -(1 << 109)

// Straight is the table itself, with jumps where points share an x.
func Straight(points []resolved.Point, _ float64) []resolved.Point { return jumps(points) }

// below and above are the neighbors of a number.
func below(x float64) float64 { return math.Nextafter(x, math.Inf(-1)) }
func above(x float64) float64 { return math.Nextafter(x, math.Inf(1)) }

// add appends points, leaving out those that are not to the right of the one before.
func add(list []resolved.Point, points ...resolved.Point) []resolved.Point {
	for _, p := range points {
		if len(list) == 0 || list[len(list)-1].X < p.X {
			list = append(list, p)
		}
	}
	return list
}

// jumps makes points that share an x neighbors: at the x itself the last one holds.
func jumps(points []resolved.Point) []resolved.Point {
	same := func(a, b resolved.Point) bool { return a.X == b.X }
	at := -1
	for i := 1; i < len(points) && at < 0; i++ {
		if same(points[i-1], points[i]) {
			at = i
		}
	}
	if at < 0 {
		return points
	}
	var out []resolved.Point
	for i, p := range points {
		before := i > 0 && same(points[i-1], p)
		after := i+1 < len(points) && same(points[i+1], p)
		switch {
		case before && after:
		case after:
			out = add(out, resolved.Point{X: below(p.X), Y: p.Y})
		default:
			out = add(out, p)
		}
	}
	return out
}

// Previous holds every value until the next point.
func Previous(points []resolved.Point, slack float64) []resolved.Point {
	points = jumps(points)
	out := points[:1:1]
	for i, p := range points[1:] {
		x := p.X - slack
		out = add(out, resolved.Point{X: below(x), Y: points[i].Y}, resolved.Point{X: x, Y: p.Y}, p)
	}
	return out
}

// Next is already at the next point's value.
func Next(points []resolved.Point, slack float64) []resolved.Point {
	points = jumps(points)
	out := points[:1:1]
	for i, p := range points[1:] {
		x := points[i].X + slack
		if slack > 0 {
			out = add(out, resolved.Point{X: x, Y: points[i].Y})
		}
		out = add(out, resolved.Point{X: above(x), Y: p.Y}, p)
	}
	return out
}

// onlyPoints is missing everywhere but at the points.
func onlyPoints(points []resolved.Point, slack float64) []resolved.Point {
	var out []resolved.Point
	for _, p := range jumps(points) {
		out = add(out, resolved.Point{X: below(p.X - slack), Y: missing}, resolved.Point{X: p.X - slack, Y: p.Y},
			resolved.Point{X: p.X + slack, Y: p.Y}, resolved.Point{X: above(p.X + slack), Y: missing})
	}
	return NowhereElse(out, 0)
}

// NowhereElse is missing outside the points.
func NowhereElse(points []resolved.Point, slack float64) []resolved.Point {
	first, last := points[0], points[len(points)-1]
	out := add(nil, resolved.Point{X: -farAway, Y: missing}, resolved.Point{X: below(first.X - slack), Y: missing},
		resolved.Point{X: first.X - slack, Y: first.Y})
	out = add(out, points...)
	return add(out, resolved.Point{X: last.X + slack, Y: last.Y}, resolved.Point{X: above(last.X + slack),
		Y: missing}, resolved.Point{X: farAway, Y: missing})
}

// Slopes is how steeply the table goes on from each x; 0 outside.
func Slopes(points []resolved.Point, _ float64) []resolved.Point {
	points = jumps(points)
	last := len(points) - 1
	steps := []resolved.Point{{X: below(points[0].X)}}
	for i, p := range points[:last] {
		steps = append(steps, resolved.Point{X: p.X, Y: (points[i+1].Y - p.Y) / (points[i+1].X - p.X)})
	}
	return Previous(append(steps, resolved.Point{X: points[last].X}), 0)
}

// AreaBefore returns the area up to the point before each x; XBefore returns the x of that
// point. Together they give the area up to x.
func AreaBefore(points []resolved.Point, _ float64) []resolved.Point {
	points = jumps(points)
	out, area := []resolved.Point{{X: points[0].X}}, 0.0
	for i, p := range points[1:] {
		area += float64((p.X - points[i].X) * (p.Y + points[i].Y) / 2)
		out = append(out, resolved.Point{X: p.X, Y: area})
	}
	return Previous(out, 0)
}

// XBefore returns the x of the point before each x.
func XBefore(points []resolved.Point, _ float64) []resolved.Point {
	out := slices.Clone(jumps(points))
	for i := range out {
		out[i].Y = out[i].X
	}
	return Previous(out, 0)
}

// Inverse returns for each y the x nearest to the first point at which the table has
// that y, looking to the right.
func Inverse(points []resolved.Point, _ float64) []resolved.Point {
	points = jumps(points)
	up, down := climb(points, 1), climb(points, -1)
	slices.Reverse(down)
	for i := range down {
		down[i].X = -down[i].X
	}
	return add(add(nil, down[:len(down)-1]...), up...)
}

// climb turns the parts of a table around that lie above all before them, or below
// if sign is -1; then y counts downwards.
func climb(points []resolved.Point, sign float64) []resolved.Point {
	top := sign * points[0].Y
	out := []resolved.Point{{X: top, Y: points[0].X}}
	for i, b := range points[1:] {
		a, y := points[i], sign*b.Y
		if y <= top {
			continue
		}
		if from := sign * a.Y; from < top || out[len(out)-1].Y != a.X {
			x := a.X + float64((top-from)*(b.X-a.X))/(y-from)
			out = add(out, resolved.Point{X: above(top), Y: x})
		}
		out, top = add(out, resolved.Point{X: y, Y: b.X}), y
	}
	return out
}

// At reads a table, straight between its points.
func At(points []resolved.Point, x float64, beyond resolved.Beyond) float64 {
	n := len(points)
	if n == 0 {
		return 0
	}
	inside := x > points[0].X && x < points[n-1].X
	switch {
	case n == 1 || beyond != resolved.Extend && x <= points[0].X:
		return points[0].Y
	case !inside && beyond != resolved.Extend:
		return points[n-1].Y
	}
	i := 1
	for i < n-1 && points[i].X < x {
		i++
	}
	a, b := points[i-1], points[i]
	return a.Y + float64((x-a.X)*(b.Y-a.Y))/(b.X-a.X)
}

// Jumps reports whether a table has a jump: two points between which there is no x.
func Jumps(points []resolved.Point) bool {
	for i := 1; i < len(points); i++ {
		if jumpsTo(points, i) {
			return true
		}
	}
	return false
}

// jumpsTo reports whether a table jumps to its i-th point from the one before.
func jumpsTo(points []resolved.Point, i int) bool {
	return points[i].X == above(points[i-1].X) && points[i].Y != points[i-1].Y
}

// FirstOfPiece returns for each x the smallest x of its piece of the table, from jump to
// jump, and LastOfPiece the largest. The first piece begins, and the last one ends, beyond
// every x.
func FirstOfPiece(points []resolved.Point, _ float64) []resolved.Point {
	return pieces(points, func(first, _ float64) float64 { return first })
}

// LastOfPiece is described at FirstOfPiece.
func LastOfPiece(points []resolved.Point, _ float64) []resolved.Point {
	return pieces(points, func(_, last float64) float64 { return last })
}

// pieces returns a table with one value for each piece.
func pieces(points []resolved.Point, value func(first, last float64) float64) []resolved.Point {
	var out []resolved.Point
	first := -farAway
	piece := func(last float64) {
		y := value(first, last)
		out = add(out, resolved.Point{X: first, Y: y}, resolved.Point{X: last, Y: y})
	}
	for i := 1; i < len(points); i++ {
		if jumpsTo(points, i) {
			piece(points[i-1].X)
			first = points[i].X
		}
	}
	piece(farAway)
	return out
}
