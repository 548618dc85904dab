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
		if in.kernel != nil {
			in.kernel(m.v, in, plane)
		} else {
			m.rows(in, plane)
		}
		for k := range plane {
			plane[k] += in.planStep[k]
		}
	}
}

// exactInverse returns 1/x if x is a power of 2 and both are normal, and 0 otherwise: then a
// quotient and a product with the inverse are the same number, rounded in the same way.
func exactInverse(x float64) float64 {
	bits := math.Float64bits(x)
	if exponent := bits >> 52 & 0x7ff; bits&(1<<52-1) != 0 || exponent == 0 || exponent > 2045 {
		return 0
	}
	return 1 / x
}

// sumRows adds up rows of numbers, four at a time: each sum has its own order, from the
// left, but the processor need not wait for one before it begins the next.
func sumRows(v []float64, k *arrayCode, p [operands]int) {
	d, a, n := p[dst], p[argA], k.n
	step, row := k.rowStep[argA], k.rowStep[dst]
	rows := k.rows
	for ; rows >= 4; rows -= 4 {
		w := v[a : a+n]
		x, y, z := v[a+step:][:len(w)], v[a+2*step:][:len(w)], v[a+3*step:][:len(w)]
		var sw, sx, sy, sz float64
		for i := range w {
			sw += w[i]
			sx += x[i]
			sy += y[i]
			sz += z[i]
		}
		v[d], v[d+row], v[d+2*row], v[d+3*row] = sw, sx, sy, sz
		a, d = a+4*step, d+4*row
	}
	for ; rows > 0; rows-- {
		sum := 0.0
		for _, x := range v[a : a+n] {
			sum += x
		}
		v[d] = sum
		a, d = a+step, d+row
	}
}

// sumColumns adds rows to one row of sums, four rows at a time, each sum in the rows'
// order.
func sumColumns(v []float64, k *arrayCode, p [operands]int) {
	d, b, step := v[p[dst]:p[dst]+k.n], p[argB], k.rowStep[argB]
	rows := k.rows
	for ; rows >= 4; rows -= 4 {
		w, x, y, z := v[b:][:len(d)], v[b+step:][:len(d)], v[b+2*step:][:len(d)], v[b+3*step:][:len(d)]
		for i := range d {
			d[i] = d[i] + w[i] + x[i] + y[i] + z[i]
		}
		b += 4 * step
	}
	for ; rows > 0; rows-- {
		for i, x := range v[b : b+len(d)] {
			d[i] += x
		}
		b += step
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

// operand returns the slots that an operand takes up in the innermost loop.
func (in *arrayCode) operand(v []float64, at [operands]int, k int) []float64 {
	return v[at[k] : at[k]+(in.n-1)*in.step[k]+1]
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

func gather(d, v []float64, base int, index []int32) {
	index = index[:len(d)]
	for i := range d {
		d[i] = v[base+int(index[i])]
	}
}

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
