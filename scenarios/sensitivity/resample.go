package sensitivity

import (
	"math/rand/v2"
	"slices"

	"weir/model/numeric"
)

// resampler returns a function that draws as many points as there are, with repetition: the
// bootstrap (B. Efron, The Annals of Statistics 7, 1979). The same seed gives the same draws.
func resampler(seed uint64) func(points []int) []int {
	random := rand.New(rand.NewPCG(seed, 0x5eed))
	var out []int
	return func(points []int) []int {
		out = slices.Grow(out[:0], len(points))
		for range points {
			out = append(out, points[random.IntN(len(points))])
		}
		return out
	}
}

// ranged returns the first of a list of estimates with the range of the others: the 2.5 and the
// 97.5 percentile of the resampled ones. It sorts them. A low-discrepancy sample is better than
// independent points, so that the range is wide rather than narrow.
func ranged(list []float64) Estimate {
	e := Estimate{Value: list[0], Low: list[0], High: list[0]}
	if again := list[1:]; len(again) > 0 {
		slices.Sort(again)
		e.Low, e.High = numeric.Quantile(again, 0.025), numeric.Quantile(again, 0.975)
	}
	return e
}
