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
// other. The thorough search finds the whole frontier in nine of ten sets and stays a tenth of the
// largest gain behind in none; steps of one thing, which try half as many, find it in four of
// five, and stay so far behind in one of a hundred. A search that ended with the pairs would
// meet neither.
func TestSearchAgainstAll(t *testing.T) {
	const k, rounds = 9, 200
	for _, c := range []struct {
		way           Way
		exact, behind int // sets at least, sets at most
		tried         int // combinations at most, of all sets
	}{
		{Way{Thorough: true, Limit: 1 << k}, rounds * 9 / 10, 0, rounds << k / 2},
		{Way{Limit: 1 << k}, rounds * 4 / 5, rounds / 100, rounds << k / 4},
	} {
		exact, behind, tried := 0, 0, 0
		for round := range rounds {
			s := Space{K: k, Apart: []uint64{1<<2 | 1<<5}}
			judge := someThings(rand.New(rand.NewPCG(7, uint64(round))), k)
			found, err := s.Search(c.way, judge)
			if err != nil || found.Stopped {
				t.Fatal(err, found.Stopped)
			}
			masks, left := s.All()
			if left != 1<<(k-2) {
				t.Fatalf("%d hold the pair apart, want a fourth", left)
			}
			points, _ := judge(masks)
			gap, top := 0.0, 0.0
			for i, on := range Front(points, 0) {
				if on {
					top, gap = max(top, points[i].Gain), max(gap, points[i].Gain-bestAt(found, points[i].Cost))
				}
			}
			tried += len(found.Masks)
			if gap == 0 {
				exact++
			} else if gap > top/10 {
				behind++
			}
		}
		if exact < c.exact || behind > c.behind || tried > c.tried {
			t.Errorf("thorough %v: exact in %d of %d sets, far behind in %d, after %d of %d combinations", c.way.Thorough, exact, rounds,
				behind, tried, rounds<<k)
		}
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
