// Package modes takes the linear behavior of a system apart: near a state, a model is a sum of
// modes, the eigenvectors of the matrix of its slopes by its stocks. A mode with eigenvalue λ is
// multiplied by exp(λ t) in a time t.
//
// Eigenvalues are those of the strongly connected blocks of the matrix, so a wide model of many
// small blocks is cheap. gonum computes them: they describe a model and reach no number of a
// run.
package modes

import (
	"cmp"
	"math"
	"math/cmplx"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// A Matrix is square and sparse: the columns of row i are Columns[First[i]:First[i+1]], in
// order, with Values beside them.
type Matrix struct {
	First, Columns []int32
	Values         []float64
}

// Diagonal returns the number at (i, i).
func (m Matrix) Diagonal(i int) float64 {
	for k := m.First[i]; k < m.First[i+1]; k++ {
		if int(m.Columns[k]) == i {
			return m.Values[k]
		}
	}
	return 0
}

// A Mode is one eigenvalue, of a pair of conjugate ones that with the positive imaginary part.
type Mode struct {
	Value complex128 // in 1/time unit
	Block []int32    // the stocks of its block, ascending
	// Right and Left are the eigenvectors on the block, with Left·Right = 1 (not conjugated);
	// nil if the matrix has not enough eigenvectors there.
	Right, Left []complex128
	// Shares has the part of each stock of the block in the mode, from 0 to 1, in all 1: the
	// participation factors |Left[i] Right[i]| over their sum (Perez-Arriaga, Verghese and
	// Schweppe, Selective modal analysis, IEEE Trans. Power Apparatus and Systems 101,
	// 1982). Unlike those of an eigenvector they do not depend on units.
	Shares []float64
}

// Of returns the modes of the matrix, the fastest first. Blocks of more than most stocks are left
// out, and skipped has their stocks.
func Of(m Matrix, blocks [][]int32, most int) (list []Mode, skipped []int32) {
	for _, b := range blocks {
		switch {
		case len(b) > most:
			skipped = append(skipped, b...)
		case len(b) == 1:
			one := []complex128{1}
			list = append(list, Mode{complex(m.Diagonal(int(b[0])), 0), b, one, one, []float64{1}})
		default:
			found, ok := ofBlock(m, b)
			if !ok {
				skipped = append(skipped, b...)
			}
			list = append(list, found...)
		}
	}
	slices.SortStableFunc(list, func(a, b Mode) int {
		if c := cmp.Compare(cmplx.Abs(b.Value), cmplx.Abs(a.Value)); c != 0 {
			return c
		}
		return cmp.Compare(a.Block[0], b.Block[0])
	})
	return list, skipped
}

// ofBlock returns the modes of one block; ok is false if they cannot be computed.
func ofBlock(m Matrix, block []int32) (list []Mode, ok bool) {
	n := len(block)
	within := map[int32]int{}
	for i, s := range block {
		within[s] = i
	}
	a := mat.NewDense(n, n, nil)
	for i, s := range block {
		for k := m.First[s]; k < m.First[s+1]; k++ {
			if j, in := within[m.Columns[k]]; in {
				a.Set(i, j, m.Values[k])
			}
		}
	}
	var e mat.Eigen
	if !finite(a.RawMatrix().Data) || !e.Factorize(a, mat.EigenBoth) {
		return nil, false
	}
	var right, left mat.CDense
	e.VectorsTo(&right)
	e.LeftVectorsTo(&left)
	for k, value := range e.Values(nil) {
		if imag(value) < 0 {
			continue
		}
		x := Mode{Value: value, Block: block}
		x.vectors(&right, &left, k)
		list = append(list, x)
	}
	return list, true
}

// vectors takes over the k-th eigenvectors; LAPACK's left ones are conjugated.
func (x *Mode) vectors(right, left *mat.CDense, k int) {
	n := len(x.Block)
	x.Right, x.Left, x.Shares = make([]complex128, n), make([]complex128, n), make([]float64, n)
	product := complex(0, 0)
	for i := range n {
		x.Right[i], x.Left[i] = right.At(i, k), cmplx.Conj(left.At(i, k))
		product += x.Left[i] * x.Right[i]
	}
	sum := 0.0
	for i := range n {
		x.Shares[i] = cmplx.Abs(x.Left[i] * x.Right[i])
		sum += x.Shares[i]
	}
	for i := range n {
		x.Shares[i] /= sum
	}
	if cmplx.Abs(product) < defective*sum {
		x.Right, x.Left = nil, nil // a chain of equal stages: the modes are not apart
		return
	}
	for i := range n {
		x.Left[i] /= product
	}
}

// defective is the product of the eigenvectors, of length 1, below which they count as
// orthogonal: then the eigenvalue is a multiple one with fewer eigenvectors.
const defective = 1e-6

func finite(list []float64) bool {
	for _, x := range list {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
