package wasm

import (
	"encoding/binary"
	"math"
)

// A memory is the beginning of the module's memory, as it is laid out.
type memory struct {
	bytes []byte
	known map[string]int // contents of whole numbers to their address: equal ones are shared
}

// reserve returns the address of n bytes of zeros.
func (m *memory) reserve(n int) int {
	at := (len(m.bytes) + 7) &^ 7
	m.bytes = append(m.bytes, make([]byte, at+n-len(m.bytes))...)
	return at
}

// wholes returns the address of numbers of 32 bits.
func (m *memory) wholes(list []int32) int {
	var b []byte
	for _, x := range list {
		b = binary.LittleEndian.AppendUint32(b, uint32(x))
	}
	if at, ok := m.known[string(b)]; ok {
		return at
	}
	at := m.reserve(len(b))
	copy(m.bytes[at:], b)
	m.known[string(b)] = at
	return at
}

// words returns the address of numbers of 64 bits.
func (m *memory) words(list []uint64) int {
	at := m.reserve(bytesAFloat * len(list))
	for i, x := range list {
		binary.LittleEndian.PutUint64(m.bytes[at+bytesAFloat*i:], x)
	}
	return at
}

// setFloat writes a number at a byte offset.
func (m *memory) setFloat(at int, x float64) {
	binary.LittleEndian.PutUint64(m.bytes[at:], math.Float64bits(x))
}

// setWhole writes an integer of 32 bits at a byte offset.
func (m *memory) setWhole(at, x int) {
	binary.LittleEndian.PutUint32(m.bytes[at:], uint32(int32(x)))
}
