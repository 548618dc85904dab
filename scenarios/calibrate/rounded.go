package calibrate

import "strconv"

// digits are those of numbers that are written: more would be noise.
const digits = 6

// rounded is x with digits figures, unless that lies outside a range.
func rounded(x, low, high float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', digits, 64), 64)
	if err != nil || y < low || y > high {
		return x
	}
	return y
}
