package scan

import (
	"sort"

	"weir/model/diagnostic"
)

// Sources are the texts that a model is read from, one behind the other, so that a place
// in any of them is one number.
type Sources struct {
	names  []string
	starts []int
	Size   int
}

// Add appends a text, and says where it begins.
func (s *Sources) Add(name string, size int) int {
	start := s.Size
	s.names, s.starts, s.Size = append(s.names, name), append(s.starts, start), start+size+1
	return start
}

// of returns the number of the text that holds an offset.
func (s *Sources) of(offset int) int {
	return max(0, sort.SearchInts(s.starts, offset+1)-1)
}

// Span returns a place in the file that it begins in.
func (s *Sources) Span(start, end int) diagnostic.Span {
	k := s.of(start)
	return diagnostic.Span{File: s.names[k], Start: start - s.starts[k], End: end - s.starts[k]}
}
