package sketch

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// numbers are of both signs, with zeros, over many powers of 2.
func numbers(n int, octaves float64, r *rand.Rand) []float64 {
	list := make([]float64, n)
	for i := range list {
		list[i] = math.Exp2((r.Float64() - 0.5) * octaves)
		switch r.IntN(10) {
		case 0, 1, 2:
			list[i] = -list[i]
		case 3:
			list[i] = 0
		}
	}
	return list
}

// A quantile is the number of its rank, within the error that the sketch states, and
// that error is small unless the numbers lie many powers of 2 apart.
func TestSketchQuantiles(t *testing.T) {
	for _, c := range []struct{ octaves, allowed float64 }{
		{0.5, 1. / 2048}, {1, 1. / 1024}, {6, 1. / 256}, {60, 1. / 16}, {2000, 1},
	} {
		list := numbers(10000, c.octaves, rand.New(rand.NewPCG(5, 6)))
		var s Sketch
		for _, x := range list {
			s.Add(x)
		}
		slices.Sort(list)
		if s.Error() > c.allowed {
			t.Errorf("over %v powers of 2: the error is %v, want at most %v", c.octaves, s.Error(), c.allowed)
		}
		for q := 0.0; q <= 1; q += 0.01 {
			want := list[int(q*float64(len(list)-1))]
			if got := s.Quantile(q); !(math.Abs(got-want) <= s.Error()*math.Abs(want)) {
				t.Errorf("over %v powers of 2: quantile %.2f is %v, want %v within %v", c.octaves, q, got, want, s.Error())
			}
		}
		if n := len(s.sides[0].counts) + len(s.sides[1].counts); n > buckets {
			t.Errorf("over %v powers of 2: %d buckets, want at most %d", c.octaves, n, buckets)
		}
	}
}

// The order of the numbers leaves no trace, also where buckets had to be joined.
func TestSketchForgetsOrder(t *testing.T) {
	for _, octaves := range []float64{1, 10, 100, 1000} {
		r := rand.New(rand.NewPCG(7, 8))
		list := numbers(3000, octaves, r)
		var first, second Sketch
		for _, x := range list {
			first.Add(x)
		}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for _, x := range list {
			second.Add(x)
		}
		if first.joined != second.joined || first.count != second.count || first.zeros != second.zeros ||
			first.low != second.low || first.top != second.top {
			t.Fatalf("over %v powers of 2: %d numbers joined %d times, in another order %d joined %d times",
				octaves, first.count, first.joined, second.count, second.joined)
		}
		for i := range first.sides {
			if first.sides[i].first != second.sides[i].first || !slices.Equal(first.sides[i].counts, second.sides[i].counts) {
				t.Errorf("over %v powers of 2: the buckets differ with the order", octaves)
			}
		}
	}
}

func TestSketchEdges(t *testing.T) {
	var s Sketch
	if x := s.Quantile(0.5); !math.IsNaN(x) {
		t.Errorf("the median of nothing is %v", x)
	}
	for _, x := range []float64{math.MaxFloat64, -math.MaxFloat64, 0x1p-1074, 0, math.Copysign(0, -1)} {
		s.Add(x)
	}
	for _, c := range []struct{ q, want float64 }{{0, -math.MaxFloat64}, {0.5, 0}, {1, math.MaxFloat64}} {
		if got := s.Quantile(c.q); got != c.want {
			t.Errorf("quantile %v is %v, want %v", c.q, got, c.want)
		}
	}
	for _, q := range []float64{-0.1, 1.1, math.NaN()} {
		if x := s.Quantile(q); !math.IsNaN(x) {
			t.Errorf("quantile %v is %v", q, x)
		}
	}
}
