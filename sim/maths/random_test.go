package maths

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// The known answers for Philox4x32-10 of Salmon, Moraes, Dror and Shaw, from the file
// kat_vectors of their library Random123 1.14.
func TestPhiloxKnownAnswers(t *testing.T) {
	const full = 0xffffffff
	for _, c := range []struct {
		counter [4]uint32
		k0, k1  uint32
		want    [4]uint32
	}{
		{[4]uint32{}, 0, 0, [4]uint32{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
		{[4]uint32{full, full, full, full}, full, full, [4]uint32{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
		{[4]uint32{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0, [4]uint32{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}},
	} {
		if got := philox(c.counter, c.k0, c.k1); got != c.want {
			t.Errorf("%08x, want %08x", got, c.want)
		}
	}
}

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

func TestLogFactorial(t *testing.T) {
	for k := range 300 {
		want, _ := math.Lgamma(float64(k) + 1)
		if got := logFactorial(float64(k)); math.Abs(got-want) > 1e-10*max(1, want) {
			t.Errorf("log of %d!: %v, want %v", k, got, want)
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
