package items

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
)

// A sum hashes rows as they come, and then the head of the part that they make.
type sum struct {
	hash hash.Hash
	row  []byte
	rows int64
}

// newSum returns the sum of no rows.
func newSum() *sum { return &sum{hash: sha256.New()} }

// add counts a row: its item and the bits of its numbers.
func (s *sum) add(item int, numbers []float64) {
	s.row = binary.LittleEndian.AppendUint64(s.row[:0], uint64(item))
	for _, x := range numbers {
		s.row = binary.LittleEndian.AppendUint64(s.row, math.Float64bits(x))
	}
	s.hash.Write(s.row)
	s.rows++
}

// of returns the sum of the rows under a head, whose own sum does not count, as hexadecimal digits.
func (s *sum) of(h Head) string {
	h.Sum = ""
	for _, c := range h.Columns {
		s.hash.Write(append([]byte(c), 0))
	}
	s.hash.Write(h.text())
	return hex.EncodeToString(s.hash.Sum(nil))
}
