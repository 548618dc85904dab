package sim

import "weir/sim/internal/vector"

// chooseVector picks the processor's instructions for an operation on lanes, nil if it
// has none. An argument must be where the result is, or apart from it; size is how many
// numbers there are.
func (l *laneLoops) chooseVector(size int) vector.Row {
	if !l.op.elementwise() {
		return nil
	}
	for k := range operands {
		if low, high := l.extent(k); low < 0 || high >= size {
			return nil
		}
	}
	for k := argA; k < argA+ops[l.op].args; k++ {
		if l.step[k] != 0 && !l.sameAs(k) && !l.apart(k) {
			return nil
		}
	}
	return vector.Find(ops[l.op].name)
}

// sameAs reports whether an argument is the result's own place, in every turn.
func (l *laneLoops) sameAs(k int) bool {
	return l.at[k] == l.at[dst] && l.step[k] == l.step[dst] && l.rowStep[k] == l.rowStep[dst] &&
		l.planStep[k] == l.planStep[dst] && l.outerStep[k] == l.outerStep[dst]
}

// apart reports whether an argument and the result have no place in common.
func (l *laneLoops) apart(k int) bool {
	low, high := l.extent(k)
	first, last := l.extent(dst)
	return high < first || last < low
}

// extent returns the lowest and the highest place of an operand.
func (l *laneLoops) extent(k int) (low, high int) {
	low, high = l.at[k], l.at[k]
	for _, x := range []struct{ n, step int }{{l.n, l.step[k]}, {l.rows, l.rowStep[k]},
		{l.planes, l.planStep[k]}, {l.turns, l.outerStep[k]}} {
		if d := (x.n - 1) * x.step; d < 0 {
			low += d
		} else {
			high += d
		}
	}
	return low, high
}

// vectorRows are the rows of a plane by the processor's instructions. No operand
// leaves the vector, which chooseVector has made sure of.
func (l *laneLoops) vectorRows(v []float64, at [operands]int) {
	d, a, b, c := at[dst], at[argA], at[argB], at[argC]
	aStep, bStep, cStep := vector.Walks*l.step[argA], vector.Walks*l.step[argB], vector.Walks*l.step[argC]
	for range l.rows {
		l.vector(&v[d], &v[a], &v[b], &v[c], aStep, bStep, cStep, l.n)
		d += l.rowStep[dst]
		a += l.rowStep[argA]
		b += l.rowStep[argB]
		c += l.rowStep[argC]
	}
}

// The operations that move stocks, nil if the processor has no instructions for them.
var (
	vectorAdd    = vector.Find("add")
	vectorSub    = vector.Find("sub")
	vectorMul    = vector.Find("mul")
	vectorMulAdd = vector.Find("muladd")
)

// followVector is net.follow.
func (n *netFlow) followVector(v []float64, h float64, to []float64) {
	y := v[n.stock : n.stock+n.n]
	k := n.slopes(to[:n.n], v, byVector)
	vectorMulAdd(&y[0], &k[0], &h, &y[0], vector.Walks, 0, vector.Walks, len(y))
}

// byVector are the sums by the processor's instructions.
var byVector = rowSums{
	add: func(d, a, b []float64) { vectorAdd(&d[0], &a[0], &b[0], nil, vector.Walks, vector.Walks, 0, len(d)) },
	sub: func(d, a, b []float64) { vectorSub(&d[0], &a[0], &b[0], nil, vector.Walks, vector.Walks, 0, len(d)) },
}

// combineVector is combine.
func combineVector(y, y0 []float64, slopes [][]float64, h float64, weights []float64) {
	first := true
	for j, w := range weights {
		if w == 0 {
			continue
		}
		k := slopes[j][:len(y)]
		if first {
			vectorMul(&y[0], &k[0], &w, nil, vector.Walks, 0, 0, len(y))
		} else {
			vectorMulAdd(&y[0], &k[0], &w, &y[0], vector.Walks, 0, vector.Walks, len(y))
		}
		first = false
	}
	y0 = y0[:len(y)]
	vectorMulAdd(&y[0], &y[0], &h, &y0[0], vector.Walks, 0, vector.Walks, len(y))
}
