package check

import (
	"encoding/binary"
	"slices"
)

// A box is a product of sets of positions, one ascending list a dimension.
type box [][]int

// boxes covers a set of elements, given as ascending row-major numbers, by
// disjoint boxes: rows with the same elements share one.
func boxes(elements []int, extents []int) []box {
	if len(elements) == 0 {
		return nil
	}
	switch len(extents) {
	case 0:
		return []box{{}}
	case 1:
		return []box{{elements}}
	}
	var out []box
	for _, same := range sameRows(elements, extents) {
		for _, b := range boxes(same.rest, extents[1:]) {
			out = append(out, append(box{same.at}, b...))
		}
	}
	return out
}

// rows are the places in the first dimension whose elements in the others agree.
type rows struct {
	at   []int
	rest []int
}

func sameRows(elements []int, extents []int) []*rows {
	stride := product(extents[1:])
	found := map[string]*rows{}
	var out []*rows
	for len(elements) > 0 {
		at := elements[0] / stride
		n, _ := slices.BinarySearch(elements, (at+1)*stride)
		rest := make([]int, n)
		key := make([]byte, 0, 4*n)
		for i, e := range elements[:n] {
			rest[i] = e % stride
			key = binary.LittleEndian.AppendUint32(key, uint32(rest[i]))
		}
		if found[string(key)] == nil {
			found[string(key)] = &rows{rest: rest}
			out = append(out, found[string(key)])
		}
		found[string(key)].at = append(found[string(key)].at, at)
		elements = elements[n:]
	}
	return out
}

func product(extents []int) int {
	n := 1
	for _, e := range extents {
		n *= e
	}
	return n
}

// each calls f with the row-major number of every element of a box.
func (b box) each(extents []int, f func(element int)) {
	var walk func(dim, number int)
	walk = func(dim, number int) {
		if dim == len(b) {
			f(number)
			return
		}
		for _, at := range b[dim] {
			walk(dim+1, number*extents[dim]+at)
		}
	}
	walk(0, 0)
}

// contains reports whether every element of other is in b.
func (b box) contains(other box) bool {
	for i := range b {
		for _, at := range other[i] {
			if _, ok := slices.BinarySearch(b[i], at); !ok {
				return false
			}
		}
	}
	return true
}

// whole is the box of all elements.
func whole(extents []int) box {
	b := make(box, len(extents))
	for i, n := range extents {
		b[i] = count(n)
	}
	return b
}

// count is 0, 1, … n-1.
func count(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}
