package combine

import (
	"cmp"
	"math/bits"
	"slices"
)

// A Found is the outcome of a search.
type Found struct {
	// Masks are the combinations that were tried, the smallest first, those of one size in the
	// order of their things. Points has one for each.
	Masks  []uint64
	Points []Point
	Front  []bool // of Masks: best for its cost among those tried
	// Stopped reports that the limit ended the search: a neighbour of the frontier may do better.
	Stopped bool
}

// A Way says how far a search goes. The zero value tries singles, and steps of one thing.
type Way struct {
	Begin []uint64 // combinations to try at once; those that are not in the space are left out
	// Thorough tries each pair at once, and exchanges one thing for another.
	Thorough bool
	Limit    int     // combinations in all; a round that would pass it is not begun
	Least    float64 // see Front
}

// Search tries each thing alone, and those to begin with; then, again and again, the neighbours of
// the frontier: each combination on it with one thing more or one less. It ends where the
// neighbours of all that stands on the frontier are tried. No single step from a combination on
// the frontier then does better, though several at once may: a local search, not a proof.
//
// judge returns the points of combinations, one for each; it is never asked twice for one. The
// error is judge's.
func (s Space) Search(w Way, judge func([]uint64) ([]Point, error)) (*Found, error) {
	f, known := &Found{}, map[uint64]bool{}
	first := 1
	if w.Thorough {
		first = 2
	}
	next, _ := s.upTo(min(first, s.most()))
	for _, m := range w.Begin {
		if s.Allows(m) {
			next = append(next, m)
		}
	}
	slices.SortFunc(next, compare)
	next = slices.Compact(next)
	for len(next) > 0 {
		points, err := judge(next)
		if err != nil {
			return nil, err
		}
		for _, m := range next {
			known[m] = true
		}
		f.Masks, f.Points = append(f.Masks, next...), append(f.Points, points...)
		f.sort()
		f.Front = Front(f.Points, w.Least)
		if next = s.neighbours(f, known, w.Thorough); len(f.Masks)+len(next) > w.Limit && len(next) > 0 {
			f.Stopped, next = true, nil
		}
	}
	return f, nil
}

// neighbours returns the untried combinations that are one step from one on the frontier, in order.
func (s Space) neighbours(f *Found, known map[uint64]bool, exchange bool) []uint64 {
	var out []uint64
	for i, m := range f.Masks {
		if !f.Front[i] {
			continue
		}
		see := func(n uint64) {
			if !known[n] && n&s.Out == 0 && s.Allows(n) {
				out = append(out, n)
			}
		}
		for thing := range s.K {
			see(m ^ 1<<thing)
			for other := range thing {
				if exchange && m>>thing&1 != m>>other&1 { // one in the place of the other
					see(m ^ 1<<thing ^ 1<<other)
				}
			}
		}
	}
	slices.SortFunc(out, compare)
	return slices.Compact(out)
}

// compare orders combinations by size, then by their things.
func compare(a, b uint64) int {
	return cmp.Or(cmp.Compare(bits.OnesCount64(a), bits.OnesCount64(b)),
		// The one with the earlier thing comes first: the lowest bit in which the two differ is its.
		-cmp.Compare(a&(a^b)&-(a^b), b&(a^b)&-(a^b)))
}

// sort puts what was tried in order.
func (f *Found) sort() {
	at := make([]int, len(f.Masks)) // the place before the sort, by the place after it
	for i := range at {
		at[i] = i
	}
	slices.SortFunc(at, func(i, j int) int { return compare(f.Masks[i], f.Masks[j]) })
	masks, points := make([]uint64, len(at)), make([]Point, len(at))
	for i, k := range at {
		masks[i], points[i] = f.Masks[k], f.Points[k]
	}
	f.Masks, f.Points = masks, points
}
