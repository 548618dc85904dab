package driver

import "weir/model/numeric/pair"

// The values of a table beyond its points.
const (
	hold = iota
	extend
	fail
)

// Lookup reads a table at x. Segment is the address of where in its points the last
// reading was, in bytes.
func Lookup(table, segment int32, x float64) float64 {
	points, at := loadI(table), loadI(segment)
	if at+16 < loadI(table+4) && loadF(points+at) <= x && x < loadF(points+at+16) {
		return between(points+at, x)
	}
	return find(table, segment, x)
}

// LookupPair is Lookup of two runs; each has the address of where its last reading was. Where
// both are there again, they are read together. The points of a table with one are followed by
// other numbers, which do not count.
func LookupPair(table, first, second int32, x pair.Pair) pair.Pair {
	points := loadI(table)
	a, b := points+loadI(first), points+loadI(second)
	p, q, r, s := loadP(a), loadP(b), loadP(a+16), loadP(b+16)
	x0, x1 := pair.Firsts(p, q), pair.Firsts(r, s)
	if pair.All(pair.And(pair.AtMost(x0, x), pair.Less(x, x1))) && loadI(table+4) > 16 {
		y0 := pair.Seconds(p, q)
		return pair.Add(y0, pair.Div(pair.Mul(pair.Sub(x, x0), pair.Sub(pair.Seconds(r, s), y0)), pair.Sub(x1, x0)))
	}
	return pair.With(pair.Both(Lookup(table, first, pair.First(x))), Lookup(table, second, pair.Second(x)))
}

// between returns on the line through two points.
func between(p int32, x float64) float64 {
	x0, y0 := loadF(p), loadF(p+8)
	return y0 + float64((x-x0)*(loadF(p+24)-y0))/(loadF(p+16)-x0)
}

// find returns Lookup without knowing where.
func find(table, segment int32, x float64) float64 {
	points := loadI(table)
	last := points + loadI(table+4) - 16
	switch {
	case x != x:
		return x
	case x == loadF(last):
		return loadF(last + 8)
	case x < loadF(points):
		return beyond(table, points, points, x)
	case x > loadF(last):
		return beyond(table, last, last-16, x)
	}
	low, high := int32(0), (last-points)/16
	for high-low > 1 {
		middle := (low + high) / 2
		if loadF(points+16*middle) <= x {
			low = middle
		} else {
			high = middle
		}
	}
	storeI(segment, 16*low)
	return between(points+16*low, x)
}

// beyond returns the value outside the points, at an end; line is where the segment there
// begins.
func beyond(table, end, line int32, x float64) float64 {
	kind := loadI(table + 8)
	if kind == fail && loadI(Counting) == 1 && loadI(Status) == Running {
		storeI(Status, Outside)
		storeI(Where, loadI(table+12))
	}
	if kind != extend || loadI(table+4) == 16 {
		return loadF(end + 8)
	}
	return between(line, x)
}
