package sim

import (
	"math"
	"testing"

	"weir/model/method"
)

// A tree is a rooted tree; the order conditions of Runge-Kutta methods are one a tree
// (Butcher 1963; Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I,
// section II.2, theorem 2.13).
type tree []tree

func (t tree) size() int {
	n := 1
	for _, c := range t {
		n += c.size()
	}
	return n
}

// density is the size times the densities of the subtrees.
func (t tree) density() float64 {
	d := float64(t.size())
	for _, c := range t {
		d *= c.density()
	}
	return d
}

// trees lists all trees of a size, once each.
func trees(size int) []tree {
	var list []tree
	for _, f := range forests(size-1, size-1) {
		list = append(list, tree(f))
	}
	return list
}

// forests lists the multisets of trees with so many nodes together, none larger than
// the given size.
func forests(nodes, largest int) [][]tree {
	if nodes == 0 {
		return [][]tree{nil}
	}
	var list [][]tree
	for size := min(nodes, largest); size >= 1; size-- {
		same := trees(size)
		for first := range same {
			list = append(list, withFirst(same, first, nodes, size)...)
		}
	}
	return list
}

// withFirst lists the forests whose largest trees are of a size, the first of them
// being number first, and none of that size before it in the list.
func withFirst(same []tree, first, nodes, size int) [][]tree {
	var list [][]tree
	rest := nodes - size
	for _, f := range forests(rest, size-1) {
		list = append(list, append([]tree{same[first]}, f...))
	}
	for next := first; next < len(same) && rest >= size; next++ {
		for _, f := range withFirst(same, next, rest, size) {
			list = append(list, append([]tree{same[first]}, f...))
		}
	}
	return list
}

// weights is the elementary weight of a tree at each stage.
func weights(m *method.Method, t tree) []float64 {
	w := make([]float64, len(m.B))
	for i := range w {
		w[i] = 1
		for _, c := range t {
			sum := 0.0
			for j, x := range weights(m, c)[:len(m.A[i])] {
				sum += m.A[i][j] * x
			}
			w[i] *= sum
		}
	}
	return w
}

// defect is how far a method with weights b is from the condition of a tree.
func defect(m *method.Method, b []float64, t tree) float64 {
	sum := 0.0
	for i, w := range weights(m, t) {
		sum += b[i] * w
	}
	return math.Abs(sum - 1/t.density())
}

// The numbers of trees are those of sequence A000081 of the On-Line Encyclopedia of
// Integer Sequences.
func TestTrees(t *testing.T) {
	for i, want := range []int{1, 1, 2, 4, 9, 20} {
		if got := len(trees(i + 1)); got != want {
			t.Errorf("%d trees of size %d, want %d", got, i+1, want)
		}
	}
}

// conditions holds weights to all conditions up to an order, and to at least one
// failure of the next.
func conditions(t *testing.T, m *method.Method, b []float64, order int) {
	t.Helper()
	for size := 1; size <= order; size++ {
		for _, tr := range trees(size) {
			if d := defect(m, b, tr); d > 1e-14 {
				t.Errorf("%s: condition of order %d is missed by %g", m.Name, size, d)
			}
		}
	}
	missed := false
	for _, tr := range trees(order + 1) {
		missed = missed || defect(m, b, tr) > 1e-6
	}
	if !missed {
		t.Errorf("%s: the order is above %d", m.Name, order)
	}
}

func TestTableauOrder(t *testing.T) {
	for i := range method.Table {
		m := &method.Table[i]
		if m.Implicit != nil {
			continue // see TestRosenbrockOrder
		}
		conditions(t, m, m.B, m.Order)
		if m.Adaptive() {
			conditions(t, m, m.Low, m.Order-1)
		}
		for i, row := range m.A {
			sum := 0.0
			for _, x := range row {
				sum += x
			}
			if math.Abs(sum-m.C[i]) > 1e-15 {
				t.Errorf("%s: stage %d is at %g, its weights add up to %g", m.Name, i, m.C[i], sum)
			}
		}
	}
}

// The last stage of rk45 is the result, so that it can be the first of the next
// substep.
func TestFirstSameAsLast(t *testing.T) {
	for name, want := range map[string]bool{"rk45": true, "rk4": false, "euler": false} {
		if got := firstSameAsLast(method.Find(name)); got != want {
			t.Errorf("the last stage of %s is the first of the next step: %v", name, got)
		}
	}
}
