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
