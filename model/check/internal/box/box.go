package box

import (
	"encoding/binary"
	"slices"
)

// A box is a product of sets of positions, one ascending list a dimension.
type Box [][]int

// boxes covers a set of elements, given as ascending row-major numbers, by
// disjoint boxes: rows with the same elements share one.
func Boxes(elements []int, extents []int) []Box {
	if len(elements) == 0 {
		return nil
	}
	switch len(extents) {
	case 0:
		return []Box{{}}
	case 1:
		return []Box{{elements}}
	}
	var out []Box
	for _, same := range sameRows(elements, extents) {
		for _, b := range Boxes(same.rest, extents[1:]) {
			out = append(out, append(Box{same.at}, b...))
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
	stride := Product(extents[1:])
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

func Product(extents []int) int {
	n := 1
	for _, e := range extents {
		n *= e
	}
	return n
}

// each calls f with the row-major number of every element of a box.
func (b Box) Each(extents []int, f func(element int)) {
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
func (b Box) Contains(other Box) bool {
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
func Whole(extents []int) Box {
	b := make(Box, len(extents))
	for i, n := range extents {
		b[i] = Count(n)
	}
	return b
}

// count is 0, 1, … n-1.
func Count(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func (b Box) Size() int {
	n := 1
	for _, at := range b {
		n *= len(at)
	}
	return n
}

// at is the place of an element in each dimension, as lists of one.
func At(element int, extents []int) [][]int {
	out := make([][]int, len(extents))
	for i := len(extents) - 1; i >= 0; i-- {
		out[i] = []int{element % extents[i]}
		element /= extents[i]
	}
	return out
}
