// Package box has sets of elements of an array as products of positions in its dimensions.
package box

import (
	"encoding/binary"
	"slices"
)

// A Box is a product of sets of positions: one ascending list per dimension.
type Box [][]int

// Boxes returns disjoint boxes that cover a set of elements, given as ascending row-major
// numbers in an array of some extents. Rows with the same elements share a box. In an array of 2
// rows and 3 columns the elements 0, 2, 3 and 5 are the one box {{0, 1}, {0, 2}}. Without
// dimensions the only element is the empty box. The boxes may share the slice of elements.
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

// rows are the places in the first dimension whose elements in the other dimensions agree.
type rows struct {
	at   []int
	rest []int
}

// sameRows groups the places of the first dimension by their elements in the others, in order
// of appearance.
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

// Product returns the number of elements of an array: 1 without dimensions. The caller makes sure
// that it fits an int.
func Product(extents []int) int {
	n := 1
	for _, e := range extents {
		n *= e
	}
	return n
}

// Each calls f with the row-major number of every element of a box. The order is row-major, the
// last dimension fastest. The extents are those of the whole array.
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

// Contains reports whether every element of other is in b. Both must be boxes of the same array;
// the positions must be ascending.
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

// Whole returns the box of all elements.
func Whole(extents []int) Box {
	b := make(Box, len(extents))
	for i, n := range extents {
		b[i] = Count(n)
	}
	return b
}

// Count returns 0, 1, … n-1.
func Count(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// Size returns the number of elements.
func (b Box) Size() int {
	n := 1
	for _, at := range b {
		n *= len(at)
	}
	return n
}

// At returns the place of an element in each dimension, as lists of one: a box of that element.
// Element 5 of an array of 2 rows and 3 columns is {{1}, {2}}.
func At(element int, extents []int) [][]int {
	out := make([][]int, len(extents))
	for i := len(extents) - 1; i >= 0; i-- {
		out[i] = []int{element % extents[i]}
		element /= extents[i]
	}
	return out
}
