package prose

import (
	"math"
	"strings"
)

// Between returns a range: "20,100 to 23,400".
func (q Quantity) Between(low, high float64) string {
	return q.Number(low) + " to " + q.Number(high)
}

// Apart returns the range r of a difference d. If both ends have the sign of d, the range
// is written without signs: "60 to 340"; otherwise with them: "−60 to +340".
func (q Quantity) Apart(r [2]float64, d float64) string {
	low, high := r[0], r[1]
	switch {
	case d > 0 && low >= 0:
		return onceUnit(q.Gap(low), q.Gap(high))
	case d < 0 && high <= 0:
		return onceUnit(q.Gap(high), q.Gap(low))
	}
	return q.SignedRange(r)
}

// SignedRange returns the range of a difference with signs: "+60 to +340".
func (q Quantity) SignedRange(r [2]float64) string { return onceUnit(q.Signed(r[0]), q.Signed(r[1])) }

// onceUnit joins the ends of a range of shares with their unit at the end only: "+1 to +2.7
// points".
func onceUnit(low, high string) string {
	if number, ok := strings.CutSuffix(low, pointsUnit); ok {
		low = number
	} else {
		low = strings.TrimSuffix(low, " point")
	}
	return low + " to " + high
}

// Hundred returns a share of futures, 0 to 1, as a count of a hundred. 0 and 100 are
// written only if the share is exactly 0 or 1. Halves are rounded to even, so that two
// shares of one whole add up.
func Hundred(share float64) string {
	n := math.RoundToEven(share * 100) // halves to even, so that two shares of one whole add up
	switch {
	case n == 100 && share < 1:
		n = 99
	case n == 0 && share > 0:
		n = 1
	}
	return Decimals(n) + " of 100"
}
