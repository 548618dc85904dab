package sketch

import (
	"encoding/json"
	"errors"
	"slices"
)

// Merge counts the numbers of another sketch, too. The sketch is then the one that all numbers
// would have made by Add, bit for bit, whichever sketch counted which: buckets are joined as often
// as the span of all numbers needs, and counts are whole numbers. The other sketch stays as it is.
func (s *Sketch) Merge(other *Sketch) {
	if other.count == 0 {
		return
	}
	if s.count == 0 {
		s.low, s.top = other.low, other.top
	}
	s.low, s.top = min(s.low, other.low), max(s.top, other.top)
	s.count, s.zeros = s.count+other.count, s.zeros+other.zeros
	from := other.sides
	for joined := other.joined; joined < s.joined; joined++ {
		from[0].join()
		from[1].join()
	}
	for s.joined < other.joined {
		s.joinAll()
	}
	for s.sides[0].union(from[0]).width+s.sides[1].union(from[1]).width > buckets {
		s.joinAll()
		from[0].join()
		from[1].join()
	}
	for i := range s.sides {
		s.sides[i].add(from[i])
	}
}

// joinAll makes one bucket of two on both sides.
func (s *Sketch) joinAll() {
	s.joined++
	s.sides[0].join()
	s.sides[1].join()
}

// A span is a range of buckets.
type span struct{ first, width uint64 }

// union returns the buckets that two sides use together.
func (s side) union(other side) span {
	a, b := span{s.first, uint64(len(s.counts))}, span{other.first, uint64(len(other.counts))}
	switch {
	case a.width == 0:
		return b
	case b.width == 0:
		return a
	}
	first := min(a.first, b.first)
	return span{first, max(a.first+a.width, b.first+b.width) - first}
}

// add adds the counts of another side, whose buckets are as wide.
func (s *side) add(other side) {
	all := s.union(other)
	grown := make([]uint32, all.width)
	for _, from := range []side{*s, other} {
		for i, n := range from.counts {
			grown[from.first-all.first+uint64(i)] += n
		}
	}
	if s.first, s.counts = all.first, grown; all.width == 0 {
		s.first, s.counts = 0, nil
	}
}

// A file is a sketch as JSON: the numbers counted, those that count as zero, how often buckets were
// joined, the smallest and largest number, and the counts of the buckets of either sign from the
// first on.
type file struct {
	Count    uint64   `json:"count"`
	Zeros    uint64   `json:"zeros,omitempty"`
	Joined   uint     `json:"joined,omitempty"`
	Low      float64  `json:"low"`
	Top      float64  `json:"top"`
	Positive sideFile `json:"positive,omitzero"`
	Negative sideFile `json:"negative,omitzero"`
}

type sideFile struct {
	First  uint64   `json:"first"`
	Counts []uint32 `json:"counts"`
}

// file returns a side as it is written.
func (s side) file() sideFile { return sideFile{s.first, s.counts} }

// IsZero reports whether a side has no buckets.
func (s sideFile) IsZero() bool { return len(s.Counts) == 0 }

// MarshalJSON returns the sketch as JSON; equal sketches have equal bytes.
func (s *Sketch) MarshalJSON() ([]byte, error) {
	return json.Marshal(file{Count: s.count, Zeros: s.zeros, Joined: s.joined, Low: s.low, Top: s.top,
		Positive: s.sides[0].file(), Negative: s.sides[1].file()})
}

// errSketch is the error about counts that no numbers have.
var errSketch = errors.New("the counts of a quantile sketch do not agree with each other")

// UnmarshalJSON replaces the sketch by one that MarshalJSON wrote. The error says that it is none.
func (s *Sketch) UnmarshalJSON(text []byte) error {
	var f file
	if err := json.Unmarshal(text, &f); err != nil {
		return err
	}
	sum, width := f.Zeros, len(f.Positive.Counts)+len(f.Negative.Counts)
	for _, n := range slices.Concat(f.Positive.Counts, f.Negative.Counts) {
		sum += uint64(n)
	}
	end := uint64(0x7ff0000000000000)>>(52-bitsAtFirst)>>min(f.Joined, 63) + 1 // above the largest number's bucket
	outside := func(s sideFile) bool { return s.First > end || s.First+uint64(len(s.Counts)) > end }
	if sum != f.Count || width > buckets || f.Joined > 52 || !(f.Low <= f.Top) ||
		outside(f.Positive) || outside(f.Negative) {
		return errSketch
	}
	*s = Sketch{count: f.Count, zeros: f.Zeros, joined: f.Joined, low: f.Low, top: f.Top,
		sides: [2]side{{f.Positive.First, f.Positive.Counts}, {f.Negative.First, f.Negative.Counts}}}
	return nil
}

// Count returns how many numbers were counted.
func (s *Sketch) Count() uint64 { return s.count }
