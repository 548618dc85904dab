// Package sampling chooses the values of uncertain constants for the members of an
// ensemble. Every point is computed from its own number, so that a million members
// need no more memory than one, and no point depends on which others are asked for.
package sampling

import (
	"fmt"
	"sort"
)

// A Method is a way to spread points over the unit cube.
type Method string

// The methods.
const (
	Random         Method = "random"          // independent
	LatinHypercube Method = "latin_hypercube" // one point in each of n slices of every axis
	Sobol          Method = "sobol"           // a scrambled low-discrepancy sequence
	Grid           Method = "grid"            // the same number of levels on every axis, all combinations
)

// Methods are the names of the methods, for messages.
var Methods = []string{string(Random), string(LatinHypercube), string(Sobol), string(Grid)}

// A Design is n points in the open unit cube of some dimensions. It never changes and
// may be used from any number of goroutines.
type Design struct {
	method  Method
	n, dims int
	seed    uint64
	levels  int        // Grid
	columns [][]uint64 // Sobol: direction numbers of each dimension
}

// MaxDims is the largest number of dimensions of a Sobol design.
const MaxDims = 1024

// NewDesign makes a design of n > 0 points in dims dimensions; see Possible for the error.
func NewDesign(method Method, n, dims int, seed uint64) (*Design, error) {
	d := &Design{method: method, n: n, dims: dims, seed: seed}
	if err := d.possible(); err != nil {
		return nil, err
	}
	if method == Sobol {
		d.columns = directions(dims)
	}
	return d, nil
}

// Possible returns the error of NewDesign, without the work of making a design. A grid needs n to be a
// whole number of levels to the power of dims; the error says which numbers do.
func Possible(method Method, n, dims int) error {
	return (&Design{method: method, n: n, dims: dims}).possible()
}

// possible returns why there is no such design, and finds the levels of a grid.
func (d *Design) possible() error {
	switch {
	case d.n < 1:
		return fmt.Errorf("an ensemble has at least one run, not %d", d.n)
	case d.method == Random || d.method == LatinHypercube:
	case d.method == Sobol && d.dims > MaxDims:
		return fmt.Errorf("a Sobol sequence has at most %d dimensions here, and %d constants are uncertain: use latin_hypercube",
			MaxDims, d.dims)
	case d.method == Sobol && uint64(d.n) > 1<<sobolBits:
		return fmt.Errorf("a Sobol sequence has at most %d points", uint64(1)<<sobolBits)
	case d.method == Sobol:
	case d.method == Grid:
		return d.setLevels()
	default:
		return fmt.Errorf("there is no sampling method %q", d.method)
	}
	return nil
}

// setLevels finds how many levels a grid has.
func (d *Design) setLevels() error {
	if d.dims == 0 {
		d.levels = 1
		return nil
	}
	d.levels = 1 + sort.Search(d.n, func(k int) bool { return power(k+2, d.dims) > float64(d.n) })
	if power(d.levels, d.dims) == float64(d.n) && d.levels > 1 {
		return nil
	}
	low := d.levels
	if low < 2 || power(low+1, d.dims)-float64(d.n) < float64(d.n)-power(low, d.dims) {
		low++
	}
	return fmt.Errorf("a grid of %d constants takes %.0f runs with %d levels each and %.0f with %d, not %d: change runs, or draw fewer constants",
		d.dims, power(low, d.dims), low, power(low+1, d.dims), low+1, d.n)
}

// power returns a whole power, up to infinity.
func power(base, n int) float64 {
	p := 1.0
	for range n {
		p = float64(p * float64(base))
	}
	return p
}

// Size returns the number of points.
func (d *Design) Size() int { return d.n }

// Point writes the coordinates of a point, 0 <= member < Size, each in (0, 1), into
// to, whose length is the number of dimensions.
func (d *Design) Point(member int, to []float64) {
	switch d.method {
	case Random:
		for k := range to {
			to[k] = unit(hash(d.seed, uint64(k), uint64(member)))
		}
	case LatinHypercube:
		for k := range to {
			cell := permute(uint64(member), uint64(d.n), hash(d.seed, uint64(k), 1<<63))
			to[k] = inside((float64(cell) + unit(hash(d.seed, uint64(k), uint64(member)))) / float64(d.n))
		}
	case Sobol:
		for k := range to {
			to[k] = scrambled(d.columns[k], uint64(member), hash(d.seed, uint64(k), 1<<62))
		}
	case Grid:
		rest := member
		for k := len(to) - 1; k >= 0; k-- {
			to[k] = (float64(rest%d.levels) + 0.5) / float64(d.levels)
			rest /= d.levels
		}
	}
}

// inside keeps a coordinate off the ends, where rounding could put it.
func inside(u float64) float64 { return min(max(u, 0x1p-53), 1-0x1p-53) }

// unit returns the middle of one of 2^52 cells of (0, 1).
func unit(x uint64) float64 { return float64((float64(x>>12) + 0.5) * 0x1p-52) }

// hash mixes three numbers into one, by the finalizer of SplitMix64 (Steele, Lea and
// Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
func hash(a, b, c uint64) uint64 {
	return mix(mix(mix(a+0x9e3779b97f4a7c15)+b) + c)
}

// mix is the finalizer of SplitMix64 (Steele, Lea and Flood 2014).
func mix(z uint64) uint64 {
	z += 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// permute returns where i goes in a permutation of 0 to n-1 that the key picks: a Feistel
// network of four rounds (Luby and Rackoff 1988) on the next power of four, walked on
// until it comes back below n (Black and Rogaway 2002, Ciphers with Arbitrary Finite
// Domains).
func permute(i, n, key uint64) uint64 {
	half := uint(1)
	for 1<<(2*half) < n {
		half++
	}
	mask := uint64(1)<<half - 1
	for {
		left, right := i>>half, i&mask
		for round := range uint64(4) {
			left, right = right, left^hash(key, round, right)&mask
		}
		i = left<<half | right
		if i < n {
			return i
		}
	}
}
