package sim

import (
	"math"

	functions "weir/model/maths"
	"weir/model/resolved"
	"weir/sim/maths"
)

// array executes an array instruction: its planes and rows, innermost loop by loop.
func (m *machine) array(in *arrayCode) {
	plane := in.at
	for range in.planes {
		at := plane
		for range in.rows {
			m.row(in, at)
			for k := range at {
				at[k] += in.rowStep[k]
			}
		}
		for k := range plane {
			plane[k] += in.planStep[k]
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
	}
	d := v[at[dst] : at[dst]+n]
	a, b := in.operand(v, at, argA), in.operand(v, at, argB)
	switch {
	case in.step[argA] == 1 && in.step[argB] == 1:
		if walkBoth(in.op, d, a, b) {
			return
		}
	case in.step[argB] == 1:
		if walkB(in.op, d, a[0], b) {
			return
		}
	default:
		if walkA(in.op, d, a, b[0], in.step[argA]) {
			return
		}
	}
	general(in, d, a, b, in.operand(v, at, argC))
}

// operand is the slots that an operand takes up in the innermost loop.
func (in *arrayCode) operand(v []float64, at [operands]int, k int) []float64 {
	return v[at[k] : at[k]+(in.n-1)*in.step[k]+1]
}

// walkBoth is d = a op b. It reports whether it knows the operation.
func walkBoth(o op, d, a, b []float64) bool {
	a, b = a[:len(d)], b[:len(d)]
	switch o {
	case op(resolved.Add):
		for i := range d {
			d[i] = a[i] + b[i]
		}
	case op(resolved.Sub):
		for i := range d {
			d[i] = a[i] - b[i]
		}
	case op(resolved.Mul):
		for i := range d {
			d[i] = a[i] * b[i]
		}
	case op(resolved.Div):
		for i := range d {
			d[i] = a[i] / b[i]
		}
	case op(resolved.Min):
		for i := range d {
			d[i] = min(a[i], b[i])
		}
	case op(resolved.Max):
		for i := range d {
			d[i] = max(a[i], b[i])
		}
	default:
		return false
	}
	return true
}

// walkB is d = a op b with one a.
func walkB(o op, d []float64, a float64, b []float64) bool {
	b = b[:len(d)]
	switch o {
	case op(resolved.Add):
		for i := range d {
			d[i] = a + b[i]
		}
	case op(resolved.Sub):
		for i := range d {
			d[i] = a - b[i]
		}
	case op(resolved.Mul):
		for i := range d {
			d[i] = a * b[i]
		}
	case op(resolved.Div):
		for i := range d {
			d[i] = a / b[i]
		}
	default:
		return false
	}
	return true
}

// walkA is d = a op b with one b, or an operation on a alone.
func walkA(o op, d, a []float64, b float64, step int) bool {
	if step == 0 {
		if o != opCopy {
			return false
		}
		for i := range d {
			d[i] = a[0]
		}
		return true
	}
	a = a[:len(d)]
	switch o {
	case opCopy:
		copy(d, a)
	case op(resolved.Add):
		for i := range d {
			d[i] = a[i] + b
		}
	case op(resolved.Sub):
		for i := range d {
			d[i] = a[i] - b
		}
	case op(resolved.Mul):
		for i := range d {
			d[i] = a[i] * b
		}
	case op(resolved.Div):
		for i := range d {
			d[i] = a[i] / b
		}
	case op(resolved.Max):
		for i := range d {
			d[i] = max(a[i], b)
		}
	case op(resolved.Min):
		for i := range d {
			d[i] = min(a[i], b)
		}
	case op(resolved.Exp):
		for i := range d {
			d[i] = functions.Exp(a[i])
		}
	case op(resolved.Pow):
		for i := range d {
			d[i] = functions.Pow(a[i], b)
		}
	case opSquare:
		for i := range d {
			d[i] = a[i] * a[i]
		}
	default:
		return false
	}
	return true
}

// general executes what has no loop of its own, one element at a time.
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
	case opSquare:
		for i := range d {
			d[i] = a[i*sa] * a[i*sa]
		}
	case opCopy:
		for i := range d {
			d[i] = a[i*sa]
		}
	default:
		for i := range d {
			d[i] = maths.Apply(resolved.Op(in.op), a[i*sa], b[i*sb], c[i*sc])
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
		d[i] = m.lookup(site, row, site.memory+i, a[i*in.step[argA]])
	}
}
