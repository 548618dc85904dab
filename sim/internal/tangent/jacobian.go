package tangent

import (
	"fmt"
	"math/bits"
	"slices"
)

// A Sum is the slope of one stock: the numbers in some slots less those in others.
type Sum struct{ In, Out []int }

// A Pattern is where the matrix of slopes by moving slots may differ from 0, and how to compute
// it with as few directions as possible: columns that no row shares are one direction (Curtis,
// Powell and Reid, On the estimation of sparse Jacobian matrices, 1974). It never changes.
type Pattern struct {
	// First and Columns list the columns of each row, in order: those of row i are
	// Columns[First[i]:First[i+1]]. Column j is the model's Moving[j].
	First, Columns []int32
	directions     int
	direction      []int32       // of each column
	place          map[int]int32 // of slots that move: their position among the tangents
	slots          int
	sums           []Sum
	tape           *Tape
	// Of the leaves and targets of the tape, the position of their slots: no map is read while a
	// matrix is computed.
	leaves, targets []int32
	seeds           []int32 // by column: the position of its slot
}

// MostTangents bounds the numbers of a pattern in bits and of a Jacobian in float64: 160 MB.
const MostTangents = 20_000_000

// Pattern returns the pattern of sums by the slots moving, which the tape's model had as Moving.
// The error says that the matrix would take too much memory.
func (t *Tape) Pattern(moving []int, sums []Sum) (*Pattern, error) {
	p := &Pattern{tape: t, sums: sums, place: map[int]int32{}}
	words := (len(moving) + 63) / 64
	if (len(t.rows)+len(moving))*words > MostTangents {
		return nil, fmt.Errorf("%d moving numbers and %d stocks are too many for the matrix of their slopes",
			len(t.rows), len(moving))
	}
	var masks [][]uint64
	at := func(slot int) int32 {
		k, ok := p.place[slot]
		if !ok {
			k = int32(len(masks))
			p.place[slot] = k
			masks = append(masks, make([]uint64, words))
		}
		return k
	}
	for j, s := range moving {
		k := at(s)
		p.seeds = append(p.seeds, k)
		masks[k][j/64] |= 1 << (j % 64)
	}
	for i := range t.rows {
		r := &t.rows[i]
		to := at(r.target)
		p.targets = append(p.targets, to)
		for _, l := range t.leaves[r.leaves:r.leafEnd] {
			from := at(int(l.slot))
			p.leaves = append(p.leaves, from)
			merge(masks[to], masks[from])
		}
	}
	p.slots = len(masks)
	p.rows(masks, words)
	p.color(len(moving))
	if p.slots*p.directions > MostTangents {
		return nil, fmt.Errorf("%d moving numbers times %d directions are too many for the matrix of their slopes",
			p.slots, p.directions)
	}
	return p, nil
}

// merge adds the columns of one row to those of another.
func merge(to, from []uint64) {
	for i, x := range from {
		to[i] |= x
	}
}

// rows lists the columns of each sum.
func (p *Pattern) rows(masks [][]uint64, words int) {
	p.First = append(p.First, 0)
	row := make([]uint64, words)
	for _, s := range p.sums {
		clear(row)
		for _, slot := range slices.Concat(s.In, s.Out) {
			if k, ok := p.place[slot]; ok {
				merge(row, masks[k])
			}
		}
		for i, x := range row {
			for ; x != 0; x &= x - 1 {
				p.Columns = append(p.Columns, int32(64*i+bits.TrailingZeros64(x)))
			}
		}
		p.First = append(p.First, int32(len(p.Columns)))
	}
}

// color gives each column the first direction that no column has with which it shares a row.
func (p *Pattern) color(columns int) {
	rowsOf := make([][]int32, columns)
	for i := range p.sums {
		for _, j := range p.Columns[p.First[i]:p.First[i+1]] {
			rowsOf[j] = append(rowsOf[j], int32(i))
		}
	}
	p.direction = make([]int32, columns)
	for j := range p.direction {
		p.direction[j] = -1
	}
	taken := make([]int32, columns+1) // by direction: the last column that could not take it
	for j := range p.direction {
		for _, i := range rowsOf[j] {
			for _, other := range p.Columns[p.First[i]:p.First[i+1]] {
				if d := p.direction[other]; d >= 0 {
					taken[d] = int32(j + 1)
				}
			}
		}
		d := int32(0)
		for taken[d] == int32(j+1) {
			d++
		}
		p.direction[j] = d
		p.directions = max(p.directions, int(d)+1)
	}
}

// A Jacobian computes the matrix of a pattern.
type Jacobian struct {
	p        *Pattern
	tangents []float64 // by slot and direction
	sum      []float64
}

// Jacobian returns scratch space for the pattern.
func (p *Pattern) Jacobian() *Jacobian {
	return &Jacobian{p: p, tangents: make([]float64, p.slots*p.directions), sum: make([]float64, p.directions)}
}

// Into computes the matrix from the partials of a sweep, row by row as in Columns. A partial
// that is not finite counts as 0: the equation has no slope there.
func (j *Jacobian) Into(values []float64, partials []float64) {
	p, n := j.p, j.p.directions
	clear(j.tangents)
	for c, k := range p.seeds {
		j.tangents[int(k)*n+int(p.direction[c])] = 1
	}
	next := 0
	for i := range p.tape.rows {
		r := &p.tape.rows[i]
		to := j.tangents[int(p.targets[i])*n:][:n]
		for range r.leafEnd - r.leaves {
			if by := partials[next]; by != 0 && by-by == 0 {
				addScaled(to, by, j.tangents[int(p.leaves[next])*n:][:n])
			}
			next++
		}
	}
	for i, s := range p.sums {
		clear(j.sum)
		for _, slot := range s.In {
			j.flow(slot, 1)
		}
		for _, slot := range s.Out {
			j.flow(slot, -1)
		}
		for k := p.First[i]; k < p.First[i+1]; k++ {
			values[k] = j.sum[p.direction[p.Columns[k]]]
		}
	}
}

// flow adds the tangent of a flow to that of a stock's slope. One that does not move has none.
func (j *Jacobian) flow(slot int, sign float64) {
	if k, ok := j.p.place[slot]; ok {
		addScaled(j.sum, sign, j.tangents[int(k)*j.p.directions:][:j.p.directions])
	}
}

func addScaled(to []float64, by float64, from []float64) {
	for i, x := range from {
		to[i] += float64(by * x)
	}
}
