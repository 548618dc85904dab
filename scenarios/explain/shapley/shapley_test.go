package shapley_test

import (
	"math"
	"math/bits"
	"testing"

	"pgregory.net/rapid"

	"weir/scenarios/explain/shapley"
)

// values returns a game's value of each coalition of a plan.
func values(p *shapley.Plan, game func(mask uint64) float64) []float64 {
	out := make([]float64, len(p.Coalitions))
	for i, mask := range p.Coalitions {
		out[i] = game(mask)
	}
	return out
}

// Glove game: players 0 and 1 have a left glove, player 2 a right one; a pair is worth 1. The
// parts are 1/6, 1/6 and 4/6 (Shapley 1953 in any textbook: of the six orders, the owner of
// the right glove completes a pair in four).
func TestGloves(t *testing.T) {
	p := shapley.Exact(3)
	got := p.Parts(values(p, func(mask uint64) float64 {
		if mask&4 != 0 && mask&3 != 0 {
			return 1
		}
		return 0
	}))
	for i, want := range []float64{1. / 6, 1. / 6, 4. / 6} {
		if math.Abs(got[i]-want) > 1e-15 {
			t.Errorf("part %d is %v, want %v", i, got[i], want)
		}
	}
}

// Airport game: runways of length 1, 2, 3 … n; a coalition costs what its longest needs. Player
// i's part is the sum over k ≤ i of 1/(n-k), counted from 0 (Littlechild and Owen, "A simple
// expression for the Shapley value in a special case", Management Science 20(3), 1973).
func TestAirport(t *testing.T) {
	const n = 12
	p := shapley.Exact(n)
	got := p.Parts(values(p, func(mask uint64) float64 { return float64(bits.Len64(mask)) }))
	want := 0.0
	for i := range n {
		want += 1 / float64(n-i)
		if math.Abs(got[i]-want) > 1e-12 {
			t.Errorf("part %d is %v, want %v", i, got[i], want)
		}
	}
}

// A sample of the airport game with 20 players: the parts add up, and nine in ten are within
// two of their stated standard errors.
func TestSample(t *testing.T) {
	const n = 20
	p := shapley.Sampled(n, 200, 7)
	v := values(p, func(mask uint64) float64 { return float64(bits.Len64(mask)) })
	got, errs := p.Parts(v), p.Errors(v)
	sum, want, near := 0.0, 0.0, 0
	for i := range n {
		want += 1 / float64(n-i)
		sum += got[i]
		if math.Abs(got[i]-want) <= 2*errs[i] {
			near++
		}
		if errs[i] <= 0 || errs[i] > 0.25 {
			t.Errorf("the error of part %d is %v", i, errs[i])
		}
	}
	if math.Abs(sum-n) > 1e-12 {
		t.Errorf("the parts add up to %v, want %d", sum, n)
	}
	if near < 18 {
		t.Errorf("%d of %d parts are within two standard errors", near, n)
	}
}

// A game that adds is sampled without error: whatever the order, each brings its own.
func TestSampleOfSum(t *testing.T) {
	p := shapley.Sampled(15, 2, 1)
	v := values(p, func(mask uint64) float64 {
		sum := 0.0
		for i := range 15 {
			sum += float64(i*i) * float64(mask>>i&1)
		}
		return sum
	})
	for i, x := range p.Parts(v) {
		if x != float64(i*i) || p.Errors(v)[i] != 0 {
			t.Errorf("part %d is %v ± %v, want %d", i, x, p.Errors(v)[i], i*i)
		}
	}
}

// Any game: the parts add up, and follow the players into another order.
func TestAnyGame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "players")
		worth := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1<<n, 1<<n).Draw(t, "worth")
		order := rapid.Permutation(seq(n)).Draw(t, "order")
		p := shapley.Exact(n)
		got := p.Parts(values(p, func(mask uint64) float64 { return worth[mask] }))
		moved := p.Parts(values(p, func(mask uint64) float64 {
			old := uint64(0)
			for i, at := range order {
				old |= (mask >> i & 1) << at
			}
			return worth[old]
		}))
		sum := 0.0
		for i, at := range order {
			sum += got[at]
			if math.Abs(moved[i]-got[at]) > 1e-8 {
				t.Fatalf("player %d has %v, in another order %v", at, got[at], moved[i])
			}
		}
		if want := worth[1<<n-1] - worth[0]; math.Abs(sum-want) > 1e-8 {
			t.Fatalf("the parts add up to %v, want %v", sum, want)
		}
	})
}

func seq(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
