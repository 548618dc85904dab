package combine

import (
	"errors"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

// The binomial theorem: the combinations of all sizes are 2^k, each once.
func TestOf(t *testing.T) {
	seen := map[uint64]bool{}
	for n := range 7 {
		list := Of(6, n)
		if float64(len(list)) != Choose(6, n) {
			t.Errorf("%d of 6: %d, want %v", n, len(list), Choose(6, n))
		}
		if !slices.IsSortedFunc(list, compare) {
			t.Errorf("%d of 6 are not in their order: %b", n, list)
		}
		for _, m := range list {
			seen[m] = true
		}
	}
	if len(seen) != 64 {
		t.Errorf("%d combinations of 6, want 64", len(seen))
	}
}

// By hand: a costs 2 and gains 5, b costs 1 and gains 1, c costs 3 and gains 5, d is out.
func TestFront(t *testing.T) {
	points := []Point{{0, 0, false}, {2, 5, false}, {1, 1, false}, {3, 5, false}, {0, 9, true}, {1, math.NaN(), false}}
	if got, want := Front(points, 0), []bool{true, true, true, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got, want := Front(points, 1), []bool{true, true, false, false, false, false}; !slices.Equal(got, want) {
		t.Errorf("at least 1 more: %v, want %v", got, want)
	}
}

// Against all combinations, of many random sets of nine things with pairs that help or harm each
// other: a search that is not stopped finds each gain of the frontier at its cost to within a
// tenth of the whole gain, and nearly always exactly. How often it is exact is asserted as well:
// a search that only knew singles and pairs would fail it.
func TestSearchAgainstAll(t *testing.T) {
	const k, rounds = 9, 200
	exact, tried := 0, 0
	for round := range rounds {
		r := rand.New(rand.NewPCG(7, uint64(round)))
		judge := someThings(r, k)
		s := Space{K: k, Apart: []uint64{1<<2 | 1<<5}}
		found, err := s.Search(Way{Thorough: true, Limit: 1 << k}, judge)
		if err != nil || found.Stopped {
			t.Fatal(err, found.Stopped)
		}
		tried += len(found.Masks)
		masks, left := s.All()
		if left != 1<<(k-2) {
			t.Fatalf("%d hold the pair apart, want a fourth", left)
		}
		points, _ := judge(masks)
		whole := Front(points, 0)
		behind := 0.0 // of the gain at the same cost
		top := 0.0
		for i := range points {
			if whole[i] {
				top = max(top, points[i].Gain)
				behind = max(behind, points[i].Gain-bestAt(found, points[i].Cost))
			}
		}
		if behind == 0 {
			exact++
		}
		if behind > top/10 {
			t.Errorf("round %d: the search is %v behind of %v", round, behind, top)
		}
	}
	if exact < rounds*9/10 || tried > rounds<<k/2 {
		t.Errorf("the frontier was exact in %d of %d rounds, after %d of %d combinations", exact, rounds, tried, rounds<<k)
	}
}

// someThings returns the judge of k random things that cost and gain; pairs act on each other.
func someThings(r *rand.Rand, k int) func([]uint64) ([]Point, error) {
	cost, gain := make([]float64, k), make([]float64, k)
	pair := make([][]float64, k)
	for i := range k {
		cost[i], gain[i], pair[i] = 1+9*r.Float64(), 1+9*r.Float64(), make([]float64, k)
		for j := range i {
			pair[i][j] = 2 * r.NormFloat64()
		}
	}
	return func(masks []uint64) ([]Point, error) {
		out := make([]Point, len(masks))
		for x, m := range masks {
			for i := range k {
				if m&(1<<i) == 0 {
					continue
				}
				out[x].Cost += cost[i]
				out[x].Gain += gain[i]
				for j := range i {
					if m&(1<<j) != 0 {
						out[x].Gain += pair[i][j]
					}
				}
			}
		}
		return out, nil
	}
}

// bestAt returns the largest gain found for a cost.
func bestAt(f *Found, cost float64) float64 {
	best := math.Inf(-1)
	for _, p := range f.Points {
		if p.Cost <= cost {
			best = max(best, p.Gain)
		}
	}
	return best
}

// Nothing is asked twice, nothing over Most or with a pair apart, and the limit holds.
func TestSearchKeepsItsBounds(t *testing.T) {
	s := Space{K: 12, Most: 4, Apart: []uint64{3}}
	asked := map[uint64]bool{}
	judge := someThings(rand.New(rand.NewPCG(1, 1)), 12)
	found, err := s.Search(Way{Thorough: true, Limit: 100, Begin: []uint64{3, 4}}, func(masks []uint64) ([]Point, error) {
		for _, m := range masks {
			if asked[m] || bits.OnesCount64(m) > 4 || m&3 == 3 {
				t.Errorf("%b is asked again or not in the space", m)
			}
			asked[m] = true
		}
		return judge(masks)
	})
	if err != nil || !found.Stopped || len(found.Masks) > 100 || len(found.Masks) < 1+12+66-1 {
		t.Errorf("%v, stopped %v after %d", err, found.Stopped, len(found.Masks))
	}
	if !slices.IsSortedFunc(found.Masks, compare) {
		t.Error("not in order")
	}
	broken := errors.New("broken")
	if _, err := s.Search(Way{Limit: 100}, func([]uint64) ([]Point, error) { return nil, broken }); err != broken {
		t.Errorf("%v", err)
	}
}
