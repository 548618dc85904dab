// Package combine chooses which combinations of some things are tried: all of them where they
// are few, otherwise each alone, each pair, and from the best for their cost on.
package combine

import (
	"math"
	"math/bits"
	"slices"
)

// A Space is the combinations of K things, as bits of a mask. It never changes.
type Space struct {
	K     int      // things, at most 63
	Most  int      // things in a combination; 0: any number
	Apart []uint64 // pairs that no combination may hold
	// Out are things that keep every combination off the frontier: a search adds none of them.
	Out uint64
}

// most returns the largest number of things in a combination.
func (s Space) most() int {
	if s.Most <= 0 || s.Most > s.K {
		return s.K
	}
	return s.Most
}

// Size returns how many combinations there are, those with a pair apart among them.
func (s Space) Size() float64 {
	all := 0.0
	for n := range s.most() + 1 {
		all += Choose(s.K, n)
	}
	return all
}

// All returns the combinations, the smallest first, without those that hold a pair apart. left
// is how many do. The space must be small: see Size.
func (s Space) All() (masks []uint64, left int) { return s.upTo(s.most()) }

// upTo returns the combinations of at most so many things.
func (s Space) upTo(most int) (masks []uint64, left int) {
	for n := range most + 1 {
		for _, m := range Of(s.K, n) {
			if s.Allows(m) {
				masks = append(masks, m)
			} else {
				left++
			}
		}
	}
	return masks, left
}

// Allows reports whether a combination is in the space.
func (s Space) Allows(mask uint64) bool {
	return bits.OnesCount64(mask) <= s.most() &&
		!slices.ContainsFunc(s.Apart, func(pair uint64) bool { return mask&pair == pair })
}

// Choose returns the number of ways to take n of k.
func Choose(k, n int) float64 {
	x := 1.0
	for i := range n {
		x = x * float64(k-i) / float64(i+1)
	}
	return math.Round(x)
}

// Of returns the sets of n of k things, as bits, in the order of their first, then their second
// thing, and so on.
func Of(k, n int) []uint64 {
	if n == 0 {
		return []uint64{0}
	}
	var out []uint64
	for first := range k {
		for _, rest := range Of(k-first-1, n-1) {
			out = append(out, 1<<first|rest<<(first+1))
		}
	}
	return out
}
