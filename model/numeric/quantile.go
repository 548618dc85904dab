package numeric

import "math"

// Quantile returns the number below which a share q of the sorted values lies, on a
// straight line between neighbours: definition 7 of R. J. Hyndman and Y. Fan, Sample
// Quantiles in Statistical Packages, The American Statistician 50 (1996). Of n values it
// is the one with rank q*(n-1), counted from 0.
//
// The values must be finite and in ascending order; they are not changed. The result
// always lies between the two neighbours. It is NaN if there are no values or if q is
// not between 0 and 1.
func Quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 || !(q >= 0 && q <= 1) {
		return math.NaN()
	}
	rank := float64(q * float64(len(sorted)-1))
	k := int(rank)
	if k+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	low, high := sorted[k], sorted[k+1]
	share := rank - float64(k)
	if distance := high - low; !math.IsInf(distance, 0) {
		return min(high, low+float64(share*distance))
	}
	return float64((1-share)*low) + float64(share*high) // the distance overflows, the parts do not
}
