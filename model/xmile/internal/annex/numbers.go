package annex

import (
	"math"
	"strconv"
)

// Floats returns the finite numbers among some words. Words that are no number, infinite or
// NaN are left out, so that callers compare the lengths.
func Floats(words []string) []float64 {
	var out []float64
	for _, w := range words {
		if x, err := strconv.ParseFloat(w, 64); err == nil && x-x == 0 {
			out = append(out, x)
		}
	}
	return out
}

// Decimal returns a number as XML Schema has it.
// It is the shortest decimal that gives the same bits when it is read: 0.1, 1e+21, INF.
func Decimal(x float64) string {
	switch {
	case math.IsInf(x, 1):
		return "INF"
	case math.IsInf(x, -1):
		return "-INF"
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
