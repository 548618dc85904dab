package sampling

import (
	"math"
	"testing"
)

// The density is one over the slope of the quantiles; LogDensity is its logarithm but for a
// constant, which a difference of two takes out.
func TestLogDensity(t *testing.T) {
	for name, d := range map[string]Distribution{
		"uniform":        {Shape: Uniform, Low: 2, High: 5},
		"triangular":     {Shape: Triangular, Low: 2, Mode: 3, High: 7},
		"normal, cut":    {Shape: Normal, Low: -1, High: 4, Mean: 1, SD: 2},
		"lognormal, cut": {Shape: LogNormal, Low: 0.5, High: 6, Mean: 0.3, SD: 0.7},
	} {
		log := func(u float64) float64 {
			const h = 1e-5
			return -math.Log((d.Quantile(u+h) - d.Quantile(u-h)) / (2 * h))
		}
		base := log(0.37) - d.LogDensity(d.Quantile(0.37))
		for _, u := range []float64{0.05, 0.18, 0.5, 0.71, 0.93} {
			if got, want := d.LogDensity(d.Quantile(u))+base, log(u); math.Abs(got-want) > 1e-5 {
				t.Errorf("%s at %v: %v, want %v", name, u, got, want)
			}
		}
		if got := d.LogDensity(d.High + 1); !math.IsInf(got, -1) {
			t.Errorf("%s outside: %v", name, got)
		}
	}
}
