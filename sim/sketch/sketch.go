// Package sketch counts numbers so that quantiles can be reported later, in bounded
// memory and whatever the order in which the numbers came, and merged exactly.
package sketch

import (
	"math"
	"slices"
)

// A Sketch counts numbers in buckets so that quantiles can be reported later, in bounded
// memory and without regard to the order in which they came: DDSketch of Masson, Rim
// and Lee (2019, DDSketch: a fast and fully-mergeable quantile sketch with
// relative-error guarantees, PVLDB 12), with buckets that are linear between powers of
// 2, so that a number's bucket is the beginning of its bits. If the buckets in use
// would be more than buckets, they are joined in pairs, all of them (Epicoco,
// Melle, Cafaro, Pulimeno and Morleo 2020, UDDSketch: accurate tracking of quantiles in
// data streams, IEEE Access 8). How often depends on the numbers alone, not on their
// order.
//
// The zero value is an empty sketch. Numbers are finite.
type Sketch struct {
	count    uint64
	zeros    uint64 // numbers below 2^-1022 in size
	joined   uint   // how often buckets were joined
	low, top float64
	sides    [2]side // of positive and negative numbers, by size
}

// side are the buckets from first on.
type side struct {
	first  uint64
	counts []uint32
}

const (
	// buckets is the most there are, for both signs together.
	buckets = 2048
	// bitsAtFirst of the mantissa tell the bucket at first: a quantile is within
	// 2^-(bitsAtFirst+1), 0.05 per cent.
	bitsAtFirst = 10
	// Bytes is the most memory that a sketch takes.
	Bytes = 4*buckets + 128
)

// Add counts a number.
func (s *Sketch) Add(x float64) {
	if x-x != 0 { // NaN or infinite: no value
		return
	}
	if s.count == 0 {
		s.low, s.top = x, x
	}
	s.count++
	s.low, s.top = min(s.low, x), max(s.top, x)
	bits := math.Float64bits(x)
	of := &s.sides[bits>>63]
	bits &^= 1 << 63
	if bits < 1<<52 {
		s.zeros++
		return
	}
	k := bits >> (52 - bitsAtFirst) >> s.joined
	if i := k - of.first; i < uint64(len(of.counts)) {
		of.counts[i]++
		return
	}
	s.reach(of, k)
	k = bits >> (52 - bitsAtFirst) >> s.joined
	of.counts[k-of.first]++
}

// reach makes a side reach bucket k, and joins buckets until there are not too many.
func (s *Sketch) reach(of *side, k uint64) {
	other := &s.sides[0]
	if of == other {
		other = &s.sides[1]
	}
	for {
		first, end := k, k+1
		if len(of.counts) > 0 {
			first, end = min(first, of.first), max(end, of.first+uint64(len(of.counts)))
		}
		if end-first+uint64(len(other.counts)) <= buckets {
			grown := make([]uint32, end-first)
			copy(grown[max(of.first, first)-first:], of.counts)
			of.first, of.counts = first, grown
			return
		}
		s.joined++
		k >>= 1
		of.join()
		other.join()
	}
}

// join makes one bucket of two.
func (s *side) join() {
	if len(s.counts) == 0 {
		return
	}
	first := s.first >> 1
	out := make([]uint32, (s.first+uint64(len(s.counts))-1)>>1-first+1)
	for i, n := range s.counts {
		out[(s.first+uint64(i))>>1-first] += n
	}
	s.first, s.counts = first, out
}

// Error returns the largest relative error of a quantile.
func (s *Sketch) Error() float64 { return math.Ldexp(1, int(s.joined)-bitsAtFirst-1) }

// Quantile returns the number below which a share q of the numbers is, NaN if there are
// none: the number of rank q*(count-1), rounded down, within error of itself.
func (s *Sketch) Quantile(q float64) float64 {
	if s.count == 0 || !(q >= 0 && q <= 1) {
		return math.NaN()
	}
	rank := uint64(q * float64(s.count-1))
	switch {
	case rank == 0:
		return s.low
	case rank == s.count-1:
		return s.top
	}
	return min(max(s.bucketOf(rank), s.low), s.top)
}

// bucketOf returns the middle of the bucket with the number of a rank.
func (s *Sketch) bucketOf(rank uint64) float64 {
	seen := uint64(0)
	negative, positive := &s.sides[1], &s.sides[0]
	for i, n := range slices.Backward(negative.counts) {
		if seen += uint64(n); seen > rank {
			return -s.middle(negative.first + uint64(i))
		}
	}
	if seen += s.zeros; seen > rank {
		return 0
	}
	for i, n := range positive.counts {
		if seen += uint64(n); seen > rank {
			return s.middle(positive.first + uint64(i))
		}
	}
	return s.top
}

// middle returns the number with the same relative distance to both ends of a bucket.
func (s *Sketch) middle(k uint64) float64 {
	shift := 52 - bitsAtFirst + s.joined
	low, high := math.Float64frombits(k<<shift), math.Float64frombits(min((k+1)<<shift, 0x7fefffffffffffff))
	return low / (low/2 + high/2) * high
}
