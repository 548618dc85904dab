package vensim

import (
	"math"
	"strings"
	"testing"
)

// Means and deviations of each distribution as Vensim's manual describes it, from 20,000
// draws.
func TestDistributions(t *testing.T) {
	for _, c := range []struct {
		draw            string
		mean, deviation float64
	}{
		{"RANDOM NORMAL(-100, 100, 5, 2, 0)", 5, 2},
		{"RANDOM NORMAL(0, 100, 0, 1, 0)", math.Sqrt(2 / math.Pi), math.Sqrt(1 - 2/math.Pi)},
		{"RANDOM UNIFORM(2, 5, 0)", 3.5, 3 / math.Sqrt(12)},
		{"RANDOM EXPONENTIAL(0, 1000, 1, 2, 0)", 3, 2},
		{"RANDOM EXPONENTIAL(3, 1000, 1, 2, 0)", 5, 2}, // it has no memory
		{"RANDOM WEIBULL(0, 1000, 2, 0, 3, 0)", 3, 3 * math.Sqrt(4/math.Pi-1)},
		{"RANDOM GAMMA(0, 1000, 3, 1, 2, 0)", 7, 2 * math.Sqrt(3)},
		{"RANDOM BETA(0, 1, 2, 3, 0, 1, 0)", 0.4, math.Sqrt(0.04)},
		{"RANDOM BINOMIAL(0, 100, 0.3, 10, 0, 1, 0)", 3, math.Sqrt(2.1)},
		{"RANDOM NEGATIVE BINOMIAL(0, 1000, 0.5, 4, 0, 1, 0)", 8, math.Sqrt(8)},
		{"RANDOM POISSON(0, 1000, 4, 1, 2, 0)", 9, 4},
		{"RANDOM PINK NOISE(10, 2, 3, 0)", 10, 2},
	} {
		columns := simulate(t, "D: (d1-d4000) ~~|\nx[D] = "+c.draw+" ~~|\nmean = SUM(x[D!]) / 4000 ~~|\nspread = SUM(x[D!]*x[D!]) / 4000 ~~|")
		mean, square := 0.0, 0.0
		for i := range columns["mean"] {
			mean += columns["mean"][i] / 5
			square += columns["spread"][i] / 5
		}
		if deviation := math.Sqrt(square - mean*mean); math.Abs(mean-c.mean) > 0.05*c.deviation || math.Abs(deviation-c.deviation) > 0.05*c.deviation {
			t.Errorf("%s: mean %.4f, deviation %.4f, want %.4f and %.4f", c.draw, mean, deviation, c.mean, c.deviation)
		}
	}
}

// Orders must be whole numbers that are known, for they say how many draws there are.
func TestDistributionsThatAreRefused(t *testing.T) {
	for _, draw := range []string{"RANDOM GAMMA(0, 9, Time, 0, 1, 0)", "RANDOM BETA(0, 1, 2, 101, 0, 1, 0)", "RANDOM BINOMIAL(0, 9, 0.5, 0, 0, 1, 0)"} {
		_, list := parse(t, "x = "+draw+" ~~|")
		if len(list) != 1 || !strings.Contains(list[0].Message, "a whole number from 1 to 100 that is known before the run") {
			t.Errorf("%s: %v", draw, list)
		}
	}
}
