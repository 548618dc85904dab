package sim

import (
	"math"

	"weir/model/resolved"
	"weir/sim/maths"
)

// array executes an array instruction: its planes and rows, innermost loop by loop.
func (m *machine) array(in *arrayCode) {
	plane := in.at
	for range in.planes {
		if in.function != nil && in.n >= fewNumbers {
			in.functionRows(&m.several.lanes, m.v, plane)
		} else if in.kernel != nil {
			in.kernel(m.v, in, plane)
		} else {
			m.rows(in, plane)
		}
		for k := range plane {
			plane[k] += in.planStep[k]
		}
	}
}

// rows executes the two inner loops of an instruction, from the given slots on.
func (m *machine) rows(in *arrayCode, at [operands]int) {
	for range in.rows {
		m.row(in, at)
		for k := range at {
			at[k] += in.rowStep[k]
		}
	}
}

// row executes the innermost loop of an instruction with its operands at the given
// slots.
func (m *machine) row(in *arrayCode, at [operands]int) {
	n, v := in.n, m.v
	switch in.op {
	case opReduceSum, opReduceProd, opReduceMin, opReduceMax:
		v[at[dst]] = reduceRow(in, v[at[dst]], v[at[argA]:], n)
		return
	case opLookup:
		m.lookupRow(in, at)
		return
	case opGather:
		gather(v[at[dst]:at[dst]+n], v, at[argA], m.p.indexes[in.site])
		return
	case opScatter:
		scatter(v, at[dst], v[at[argA]:at[argA]+n], m.p.indexes[in.site])
		return
	case opDraw:
		m.drawRow(in, at)
		return
	case opWhole:
		m.p.wholes[in.site].call(v[at[dst]:], v[at[argA]:])
		return
	}
	d := v[at[dst] : at[dst]+n]
	general(in, d, in.operand(v, at, argA), in.operand(v, at, argB), in.operand(v, at, argC))
}

// general executes operations without loops of their own, one element at a time.
func general(in *arrayCode, d, a, b, c []float64) {
	sa, sb, sc := in.step[argA], in.step[argB], in.step[argC]
	switch in.op {
	case opSelect:
		for i := range d {
			if a[i*sa] != 0 {
				d[i] = b[i*sb]
			} else {
				d[i] = c[i*sc]
			}
		}
	case opWhen:
		for i := range d { // d may be b
			x := math.NaN()
			if a[i*sa] != 0 {
				x = b[i*sb]
			}
			d[i] = x
		}
	case opReciprocal:
		for i := range d {
			d[i] = 1 / a[i*sa]
		}
	case op(resolved.SafeDiv):
		for i := range d {
			d[i] = safeDiv(a[i*sa], b[i*sb], c[i*sc])
		}
	case op(resolved.Lt), op(resolved.Le), op(resolved.Gt), op(resolved.Ge),
		op(resolved.Eq), op(resolved.Ne), op(resolved.And), op(resolved.Or):
		compareRow(in.op, d, a, b, sa, sb)
	default:
		for i := range d {
			d[i] = maths.Apply(resolved.Op(in.op), a[i*sa], b[i*sb], c[i*sc])
		}
	}
}

// compareRow executes comparisons and logic.
func compareRow(o op, d, a, b []float64, sa, sb int) {
	switch o {
	case op(resolved.Lt):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] < b[i*sb])
		}
	case op(resolved.Le):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] <= b[i*sb])
		}
	case op(resolved.Gt):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] > b[i*sb])
		}
	case op(resolved.Ge):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] >= b[i*sb])
		}
	case op(resolved.Eq):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] == b[i*sb])
		}
	case op(resolved.Ne):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] != b[i*sb])
		}
	case op(resolved.And):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] != 0 && b[i*sb] != 0)
		}
	case op(resolved.Or):
		for i := range d {
			d[i] = maths.Truth(a[i*sa] != 0 || b[i*sb] != 0)
		}
	}
}

// reduceRow combines n numbers, from the left.
func reduceRow(in *arrayCode, d float64, a []float64, n int) float64 {
	step := in.step[argA]
	a = a[:(n-1)*step+1]
	switch in.op {
	case opReduceSum:
		sum := 0.0
		if in.keep {
			sum = d
		}
		if step == 1 {
			for _, x := range a {
				sum += x
			}
			return sum
		}
		for range n {
			sum += a[0]
		}
		return sum
	case opReduceProd:
		prod := 1.0
		if in.keep {
			prod = d
		}
		for i := range n {
			prod *= a[i*step]
		}
		return prod
	case opReduceMin:
		least := math.Inf(1)
		if in.keep {
			least = d
		}
		for i := range n {
			least = min(least, a[i*step])
		}
		return least
	}
	most := math.Inf(-1)
	if in.keep {
		most = d
	}
	for i := range n {
		most = max(most, a[i*step])
	}
	return most
}

// gather reads the elements that an index names, from a base on.
func gather(d, v []float64, base int, index []int32) {
	index = index[:len(d)]
	for i := range d {
		d[i] = v[base+int(index[i])]
	}
}

// scatter writes into the elements that an index names, from a base on. Each is named once.
func scatter(v []float64, base int, a []float64, index []int32) {
	index = index[:len(a)]
	for i := range a {
		v[base+int(index[i])] = a[i]
	}
}

// lookupRow reads a table, or one table an element.
func (m *machine) lookupRow(in *arrayCode, at [operands]int) {
	site := &m.p.lookups[in.site]
	d, a := m.v[at[dst]:at[dst]+in.n], in.operand(m.v, at, argA)
	row := site.table
	for i := range d {
		if site.pick != nil {
			row = site.table + site.pick[i]
		}
		d[i] = m.lookup(site, row, site.segment+i, a[i*in.step[argA]])
	}
}
