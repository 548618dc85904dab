package prose

import (
	"math"
)

// Between writes a range: "20,100 to 23,400".
func (q Quantity) Between(low, high float64) string {
	return q.Number(low) + " to " + q.Number(high)
}

// Apart writes the range of a difference. Where both ends go the way of the difference
// it has no signs: "60 to 340"; otherwise they stand: "−60 to +340".
func (q Quantity) Apart(r [2]float64, d float64) string {
	low, high := r[0], r[1]
	switch {
	case d > 0 && low >= 0:
		return q.Gap(low) + " to " + q.Gap(high)
	case d < 0 && high <= 0:
		return q.Gap(high) + " to " + q.Gap(low)
	}
	return q.SignedRange(r)
}

// SignedRange writes the range of a difference with signs: "+60 to +340".
func (q Quantity) SignedRange(r [2]float64) string { return q.Signed(r[0]) + " to " + q.Signed(r[1]) }

// Hundred writes a share of futures as so many of a hundred. All and none are said
// only where it is all or none.
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
