package sim

import (
	"math"

	"weir/model/resolved"
)

// A directory holds all tables of a program in one pool, one row a table or element
// of an array of tables.
type directory struct {
	first []int // by Table.ID: its first row
	rows  []tableRow
	pool  []float64 // x and y of each point in turn
}

// A tableRow is one table. Its points are pool[at], pool[at+1] (x, y) and so on.
type tableRow struct {
	at, n   int
	beyond  resolved.Beyond
	table   *resolved.Table
	element int
}

// makeDirectory puts the points of all tables into one pool, x and y in turn, with a row for each element.
func makeDirectory(tables []*resolved.Table) directory {
	var d directory
	d.first = make([]int, len(tables))
	for _, t := range tables {
		d.first[t.ID] = len(d.rows)
		for e, points := range t.Points {
			d.rows = append(d.rows, tableRow{at: len(d.pool), n: len(points), beyond: t.Beyond, table: t, element: e})
			for _, p := range points {
				d.pool = append(d.pool, p.X, p.Y)
			}
		}
	}
	return d
}

// name returns the table's, as name[a,b].
func (r *tableRow) name() string { return elementName(r.table.Name, r.table.Over, r.element) }

// read returns the value of a table at x: y0 + (x-x0)*(y1-y0)/(x1-x0) between points,
// a point's own y at its x, and beyond the ends by the rule of the table; NaN for NaN.
// Segment is where the last reading was and is set to where this one is. The second
// result reports that x is outside the points.
func (d *directory) read(row int, x float64, segment *int32) (float64, bool) {
	r := &d.rows[row]
	points := d.pool[r.at : r.at+2*r.n]
	k := int(*segment)
	if 2*k+3 < len(points) && points[2*k] <= x && x < points[2*k+2] {
		return between(points[2*k:], x), false
	}
	return d.find(r, points, x, segment)
}

// between returns on the line through the first two points.
func between(points []float64, x float64) float64 {
	_ = points[3]
	x0, y0, x1, y1 := points[0], points[1], points[2], points[3]
	return y0 + float64((x-x0)*(y1-y0))/(x1-x0)
}

// find returns read without knowing where.
func (d *directory) find(r *tableRow, points []float64, x float64, segment *int32) (float64, bool) {
	last := r.n - 1
	switch {
	case math.IsNaN(x):
		return x, false
	case x == points[2*last]:
		return points[2*last+1], false
	case x < points[0]:
		return beyond(r, points, 0, x), true
	case x > points[2*last]:
		return beyond(r, points, last, x), true
	}
	low, high := 0, last // x is in [low, high)
	for high-low > 1 {
		if mid := (low + high) / 2; points[2*mid] <= x {
			low = mid
		} else {
			high = mid
		}
	}
	*segment = int32(low)
	return between(points[2*low:], x), false
}

// beyond returns the value outside the points, at their end point number end.
func beyond(r *tableRow, points []float64, end int, x float64) float64 {
	if r.beyond != resolved.Extend || r.n == 1 {
		return points[2*end+1]
	}
	return between(points[2*max(0, min(end, r.n-2)):], x)
}
