// Package rosenbrock integrates stiff systems with a Rosenbrock method whose steps are controlled
// by their error. Its linear algebra is its own, not gonum's: the numbers reach results, which
// have the same bits on every processor, and gonum's kernels differ between processors.
package rosenbrock

import (
	"math"
	"slices"

	"weir/model/graph"
)

// A Matrix is square and sparse: the columns of row i are Columns[First[i]:First[i+1]], in
// order, with Values beside them.
type Matrix struct {
	First, Columns []int32
	Values         []float64
}

// A Plan is the order in which systems with matrices of one pattern are solved: the strongly
// connected blocks of unknowns, each after those that it needs (block triangular form; Duff,
// Erisman and Reid, Direct Methods for Sparse Matrices, 2nd ed. 2017, chapter 6). It never
// changes.
type Plan struct {
	blocks [][]int32 // unknowns, ascending
	block  []int32   // of each unknown
	within []int32   // its position there
	first  []int     // of each block among the numbers of all
	size   int       // numbers of all blocks
}

// NewPlan returns the plan of a pattern.
func NewPlan(m Matrix) *Plan {
	n := len(m.First) - 1
	needs := func(i int) []int {
		list := make([]int, 0, m.First[i+1]-m.First[i])
		for _, j := range m.Columns[m.First[i]:m.First[i+1]] {
			list = append(list, int(j))
		}
		return list
	}
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	p := &Plan{block: make([]int32, n), within: make([]int32, n)}
	for _, nodes := range graph.Components(all, n, needs) { // each after those that it leads to
		list := make([]int32, len(nodes))
		for i, x := range nodes {
			list[i] = int32(x)
		}
		slices.Sort(list)
		for i, x := range list {
			p.block[x], p.within[x] = int32(len(p.blocks)), int32(i)
		}
		p.blocks = append(p.blocks, list)
		p.first = append(p.first, p.size)
		p.size += len(list) * len(list)
	}
	return p
}

// Largest returns the number of unknowns of the largest block.
func (p *Plan) Largest() int {
	most := 0
	for _, b := range p.blocks {
		most = max(most, len(b))
	}
	return most
}

// Factors are the matrix shift*I - m in factors, block by block.
type factors struct {
	plan   *Plan
	m      Matrix
	shift  float64
	lu     []float64 // of all blocks, row-major
	pivots []int32   // by block and row
}

// newFactors returns room for the factors of a plan's matrix, which factor fills again and again.
func newFactors(p *Plan) *factors {
	return &factors{plan: p, lu: make([]float64, p.size), pivots: make([]int32, len(p.block))}
}

// factor prepares solve. It returns false for a singular matrix, and one that is not finite.
func (f *factors) factor(m Matrix, shift float64) bool {
	f.m, f.shift = m, shift
	clear(f.lu)
	at := 0
	for b, list := range f.plan.blocks {
		n := len(list)
		a := f.lu[f.plan.first[b]:][:n*n]
		for i, row := range list {
			a[i*n+i] = shift
			for k := m.First[row]; k < m.First[row+1]; k++ {
				if j := m.Columns[k]; f.plan.block[j] == int32(b) {
					a[i*n+int(f.plan.within[j])] -= m.Values[k]
				}
			}
		}
		if !decompose(a, n, f.pivots[at:at+n]) {
			return false
		}
		at += n
	}
	return true
}

// decompose is Gaussian elimination with partial pivoting (Golub and Van Loan, Matrix
// Computations, 4th ed. 2013, algorithm 3.4.1). Rows with a 0 in the column are passed over.
func decompose(a []float64, n int, pivots []int32) bool {
	for k := range n {
		best := k
		for i := k + 1; i < n; i++ {
			if math.Abs(a[i*n+k]) > math.Abs(a[best*n+k]) {
				best = i
			}
		}
		pivots[k] = int32(best)
		pivot := a[best*n+k]
		if pivot == 0 || pivot-pivot != 0 {
			return false
		}
		upper := a[k*n : k*n+n]
		if best != k {
			for j, x := range a[best*n : best*n+n] {
				a[best*n+j], upper[j] = upper[j], x
			}
		}
		for i := k + 1; i < n; i++ {
			row := a[i*n : i*n+n]
			if row[k] == 0 {
				continue
			}
			by := row[k] / pivot
			row[k] = by
			for j := k + 1; j < n; j++ {
				row[j] -= float64(by * upper[j])
			}
		}
	}
	return true
}

// solve replaces x by the solution with the right-hand side x.
func (f *factors) solve(x, scratch []float64) {
	at := 0
	for b, list := range f.plan.blocks {
		n := len(list)
		y := scratch[:n]
		for i, row := range list {
			sum := x[row]
			for k := f.m.First[row]; k < f.m.First[row+1]; k++ {
				if j := f.m.Columns[k]; f.plan.block[j] != int32(b) {
					sum += float64(f.m.Values[k] * x[j])
				}
			}
			y[i] = sum
		}
		substitute(f.lu[f.plan.first[b]:][:n*n], n, f.pivots[at:at+n], y)
		for i, row := range list {
			x[row] = y[i]
		}
		at += n
	}
}

// substitute solves with the factors of decompose.
func substitute(a []float64, n int, pivots []int32, y []float64) {
	for k, p := range pivots {
		y[k], y[p] = y[p], y[k]
	}
	for i := range n {
		for j, by := range a[i*n : i*n+i] {
			y[i] -= float64(by * y[j])
		}
	}
	for i := n - 1; i >= 0; i-- {
		for j := i + 1; j < n; j++ {
			y[i] -= float64(a[i*n+j] * y[j])
		}
		y[i] /= a[i*n+i]
	}
}

// Blocks returns the unknowns of each block, each after those that it needs. They belong to the
// plan.
func (p *Plan) Blocks() [][]int32 { return p.blocks }
