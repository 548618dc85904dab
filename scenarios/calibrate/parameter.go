package calibrate

import "strconv"

// values writes the numbers that a run sets for a value x and returns how many there are. A
// constant with elements that vary together sets all of them. to must be long enough for that.
func (p *parameter) values(x float64, to []float64) int {
	if p.source == nil {
		to[0] = x
		return 1
	}
	return p.source.Spread(x, to)
}

// value returns a constant at a share u of its range. u is from 0 to 1. Rounding never takes the
// value out of its range.
func (x *parameter) value(u float64) float64 {
	return min(x.High, max(x.Low, x.Low+float64((x.High-x.Low)*u)))
}

// share returns the reverse of value. A value outside the range has the share of the nearer end.
func (x *parameter) share(value float64) float64 {
	return min(1, max(0, (value-x.Low)/(x.High-x.Low)))
}

// unlikeliness returns the negative logarithm of one prior, 0 without one. It is that of the value,
// not of its share: a constant factor between them does not matter.
func (x *parameter) unlikeliness(u float64) float64 {
	if x.prior == nil {
		return 0
	}
	return -x.prior.LogDensity(x.value(u))
}

// bend returns the first and second derivative of unlikeliness, the second at least 0. Derivatives
// are by the share, by differences that stay inside the range. A second derivative below 0 would
// lead a step away from the best point.
func (x *parameter) bend(u float64) (first, second float64) {
	if x.prior == nil {
		return 0, 0
	}
	const h = 1e-4
	m := min(1-2*h, max(2*h, u))
	a, b, c := x.unlikeliness(m-h), x.unlikeliness(m), x.unlikeliness(m+h)
	return (c - a) / (2 * h), max(0, (a-2*b+c)/(h*h))
}

// rounded returns x with digits figures, unless that lies outside a range.
func rounded(x, low, high float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil || y < low || y > high {
		return x
	}
	return y
}

// digits are those of numbers that are written: more would be noise.
const digits = 6

// short returns x with the digits that read back to the same bits.
func short(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
