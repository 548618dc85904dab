package sim

import "weir/model/resolved"

// A level is a loop of the executor: so many turns, and the distance that each
// operand moves in one. Neighbouring loops through which every operand moves
// evenly are one level.
type level struct {
	n    int
	step [operands]int
}

// levelsOf joins loops, given outermost first, for operands in the order result, a,
// b, c.
func levelsOf(loops []*resolved.Loop, views []view) []level {
	var out []level
	for _, l := range loops {
		next := level{n: len(l.At)}
		for i, v := range views {
			next.step[i] = v.step(l)
		}
		if k := len(out); k > 0 && joins(out[k-1], next) {
			next.n *= out[k-1].n
			out[k-1] = next
		} else {
			out = append(out, next)
		}
	}
	return out
}

// joins reports whether each turn of outer continues where inner ends.
func joins(outer, inner level) bool {
	for i := range inner.step {
		if outer.step[i] != inner.step[i]*inner.n {
			return false
		}
	}
	return true
}

// fits reports whether an operand moves by 0 or 1 in the innermost loop, and a
// result by 1.
func fits(levels []level, operand int) bool {
	if len(levels) == 0 {
		return true
	}
	step := levels[len(levels)-1].step[operand]
	return step == 1 || step == 0 && operand != dst
}

// newDraft returns an instruction over at most three levels. Its result has no place yet.
func newDraft(o op, levels []level, args []view) draft {
	d := draft{arrayCode: arrayCode{op: o, n: 1, rows: 1, planes: 1}}
	d.unused = [operands]bool{false, true, true, true}
	for i, a := range args {
		d.at[argA+i] = a.at
		d.unused[argA+i] = false
	}
	if k := len(levels); k > 0 {
		d.n, d.step = levels[k-1].n, levels[k-1].step
		if k > 1 {
			d.rows, d.rowStep = levels[k-2].n, levels[k-2].step
		}
		if k > 2 {
			d.planes, d.planStep = levels[k-3].n, levels[k-3].step
		}
	}
	return d
}

// value identifies the computation of d, wherever its result goes.
func (d draft) value() value {
	v := value{op: d.op, site: d.site, n: d.n, rows: d.rows, planes: d.planes, at: d.at, step: d.step,
		row: d.rowStep, plan: d.planStep}
	v.at[dst] = place{}
	return v
}
