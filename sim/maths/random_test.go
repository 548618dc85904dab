package maths

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

const draws = 20000

// sample draws along one of the coordinates that name a stream.
func sample(along func(s *Stream, i int), draw func(Stream) float64) []float64 {
	list := make([]float64, draws)
	for i := range list {
		s := Stream{Seed: 2027, Key: 0x5eed}
		along(&s, i)
		list[i] = draw(s)
	}
	return list
}

// coordinates are what neighbouring draws of one model differ in.
var coordinates = map[string]func(s *Stream, i int){
	"step":    func(s *Stream, i int) { s.Step = uint32(i) },
	"element": func(s *Stream, i int) { s.Element = uint32(i) },
	"member":  func(s *Stream, i int) { s.Member = uint64(i) },
	"far":     func(s *Stream, i int) { s.Member = uint64(i) << 32 },
	"key":     func(s *Stream, i int) { s.Key = uint64(i) },
	"seed":    func(s *Stream, i int) { s.Seed = uint64(i) },
}

// ksLimit is the distance that a true sample exceeds once in 10,000: Kolmogorov's
// distribution, 2 exp(-2 x²) = 1e-4, divided by the root of the size.
var ksLimit = math.Sqrt(math.Log(2e4)/2) / math.Sqrt(draws)

// distance is Kolmogorov and Smirnov's between a sample and a distribution.
func distance(list []float64, cdf func(float64) float64) float64 {
	slices.Sort(list)
	most := 0.0
	for i, x := range list {
		p := cdf(x)
		most = max(most, math.Abs(p-float64(i)/draws), math.Abs(p-float64(i+1)/draws))
	}
	return most
}

func TestContinuousDistributions(t *testing.T) {
	triangle := distuv.NewTriangle(1, 5, 2, nil)
	for name, along := range coordinates {
		for _, c := range []struct {
			name string
			draw func(Stream) float64
			cdf  func(float64) float64
		}{
			{"uniform", func(s Stream) float64 { return s.Uniform(0) }, func(x float64) float64 { return x }},
			{"second try", func(s Stream) float64 { return s.Uniform(1) }, func(x float64) float64 { return x }},
			{"normal", Stream.Normal, distuv.UnitNormal.CDF},
			{"triangular", func(s Stream) float64 { return s.Triangular(1, 2, 5) }, triangle.CDF},
		} {
			if d := distance(sample(along, c.draw), c.cdf); d > ksLimit {
				t.Errorf("%s along %s: distance %.4f, above %.4f", c.name, name, d, ksLimit)
			}
		}
	}
}

// The test can fail: a normal with a mean off by 0.05 does.
func TestDistanceSeesAnError(t *testing.T) {
	off := distuv.Normal{Mu: 0.05, Sigma: 1}
	if d := distance(sample(coordinates["step"], Stream.Normal), off.CDF); d < ksLimit {
		t.Errorf("distance %.4f to a distribution that is off, not above %.4f", d, ksLimit)
	}
}

// chiLimit is the 0.9999 quantile of the squared deviations of n cells.
func chiLimit(n int) float64 { return distuv.ChiSquared{K: float64(n - 1)}.Quantile(0.9999) }

// Both methods of Poisson, on either side of the change between them.
func TestPoisson(t *testing.T) {
	for _, mean := range []float64{0.3, 4, 29.9, 30, 400} {
		p := distuv.Poisson{Lambda: mean}
		counts := map[float64]int{}
		for _, k := range sample(coordinates["step"], func(s Stream) float64 { return s.Poisson(mean) }) {
			counts[k]++
		}
		chi, cells, rest, restWant := 0.0, 0, draws, float64(draws)
		for k := 0.0; k < mean+20*math.Sqrt(mean)+20; k++ {
			want := draws * p.Prob(k)
			if want < 10 {
				continue // these go to the rest
			}
			d := float64(counts[k]) - want
			chi += d * d / want
			rest, restWant = rest-counts[k], restWant-want
			cells++
		}
		if restWant > 10 {
			chi += (float64(rest) - restWant) * (float64(rest) - restWant) / restWant
			cells++
		}
		if chi > chiLimit(cells) {
			t.Errorf("mean %g: squared deviations %.1f in %d cells, above %.1f", mean, chi, cells, chiLimit(cells))
		}
	}
}

// Neighbours do not know of each other: correlations are within four standard errors.
func TestNeighboursAreIndependent(t *testing.T) {
	limit := 4 / math.Sqrt(draws)
	for name, along := range coordinates {
		x := sample(along, func(s Stream) float64 { return s.Uniform(0) - 0.5 })
		for lag := 1; lag <= 3; lag++ {
			sum := 0.0
			for i := lag; i < draws; i++ {
				sum += x[i] * x[i-lag]
			}
			if r := sum / draws * 12; math.Abs(r) > limit {
				t.Errorf("along %s, %d apart: correlation %.4f", name, lag, r)
			}
		}
	}
}

// Each coordinate matters: no two streams that differ in one give the same number.
func TestStreamsDiffer(t *testing.T) {
	seen := map[float64]Stream{}
	for _, along := range coordinates {
		for i := 1; i < 1000; i++ {
			s := Stream{Seed: 1 << 50, Key: 1 << 50}
			along(&s, i)
			u := s.Uniform(0)
			if other, ok := seen[u]; ok {
				t.Fatalf("%+v and %+v give the same number", s, other)
			}
			seen[u] = s
		}
	}
}

func TestDrawsAtTheEdges(t *testing.T) {
	var s Stream
	nan := math.NaN()
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"poisson of 0", s.Poisson(0), 0},
		{"poisson below 0", s.Poisson(-1), nan},
		{"poisson of NaN", s.Poisson(nan), nan},
		{"poisson of infinity", s.Poisson(math.Inf(1)), nan},
		{"triangle without width", s.Triangular(3, 3, 3), 3},
		{"triangle out of order", s.Triangular(3, 2, 4), nan},
	} {
		if c.got != c.want && !(math.IsNaN(c.got) && math.IsNaN(c.want)) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}
