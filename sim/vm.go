package sim

import (
	"math"

	functions "weir/model/numeric/maths"
	"weir/model/resolved"
	"weir/sim/internal/native"
	"weir/sim/maths"
)

// A machine executes a program: the vector, the segments of lookups and the random numbers. It
// allocates nothing after it is made and is not safe for concurrent use.
type machine struct {
	p        *Program
	v        []float64
	segments []int32
	uses     []tableUse // by row of the directory
	counting bool       // at the start of a step: lookups are counted, numbers are drawn
	step     int
	seed     uint64
	member   uint64
	failed   int // row of a table that may not be read outside its points, or -1
	failedAt float64
	native   *machineCode // nil: the virtual machine executes all
	memory   native.Memory
	several  several // numbers of functions that are computed together
}

// newMachine returns a machine with the program's literals in place.
func newMachine(p *Program, s Settings) *machine {
	m := &machine{p: p, v: make([]float64, p.slots+native.Behind), segments: make([]int32, p.segmentCount),
		uses: make([]tableUse, len(p.tables.rows)), seed: s.Seed, member: s.Member, failed: -1}
	copy(m.v[p.literalAt:], p.literals)
	return m
}

// exec runs a phase. Every operation is rounded on its own: products are written
// float64(a * b) wherever they feed a sum, so that no processor fuses the two.
func (m *machine) exec(code []instruction) {
	v := m.v
	for i := range code {
		in := &code[i]
		switch in.op {
		case op(resolved.Add):
			v[in.d] = v[in.a] + v[in.b]
		case op(resolved.Sub):
			v[in.d] = v[in.a] - v[in.b]
		case op(resolved.Mul):
			v[in.d] = v[in.a] * v[in.b]
		case op(resolved.Div):
			v[in.d] = v[in.a] / v[in.b]
		case op(resolved.Min):
			v[in.d] = min(v[in.a], v[in.b])
		case op(resolved.Max):
			v[in.d] = max(v[in.a], v[in.b])
		case op(resolved.Neg):
			v[in.d] = -v[in.a]
		case op(resolved.Lt):
			v[in.d] = maths.Truth(v[in.a] < v[in.b])
		case op(resolved.Le):
			v[in.d] = maths.Truth(v[in.a] <= v[in.b])
		case op(resolved.Gt):
			v[in.d] = maths.Truth(v[in.a] > v[in.b])
		case op(resolved.Ge):
			v[in.d] = maths.Truth(v[in.a] >= v[in.b])
		case op(resolved.Eq):
			v[in.d] = maths.Truth(v[in.a] == v[in.b])
		case op(resolved.Ne):
			v[in.d] = maths.Truth(v[in.a] != v[in.b])
		case op(resolved.And):
			v[in.d] = maths.Truth(v[in.a] != 0 && v[in.b] != 0)
		case op(resolved.Or):
			v[in.d] = maths.Truth(v[in.a] != 0 || v[in.b] != 0)
		case op(resolved.Not):
			v[in.d] = maths.Truth(v[in.a] == 0)
		case op(resolved.Pow):
			v[in.d] = functions.Pow(v[in.a], v[in.b])
		case op(resolved.Exp):
			v[in.d] = functions.Exp(v[in.a])
		case op(resolved.Ln):
			v[in.d] = functions.Ln(v[in.a])
		case op(resolved.Sqrt):
			v[in.d] = math.Sqrt(v[in.a])
		case op(resolved.Abs):
			v[in.d] = math.Abs(v[in.a])
		case op(resolved.SafeDiv):
			v[in.d] = safeDiv(v[in.a], v[in.b], v[in.c])
		case opCopy:
			v[in.d] = v[in.a]
		case opSelect:
			if v[in.a] != 0 {
				v[in.d] = v[in.b]
			} else {
				v[in.d] = v[in.c]
			}
		case opWhen:
			if v[in.a] != 0 {
				v[in.d] = v[in.b]
			} else {
				v[in.d] = math.NaN()
			}
		case opSquare:
			v[in.d] = v[in.a] * v[in.a]
		case opReciprocal:
			v[in.d] = 1 / v[in.a]
		case opMulAdd:
			v[in.d] = float64(v[in.a]*v[in.b]) + v[in.c]
		case opMulSub:
			v[in.d] = v[in.c] - float64(v[in.a]*v[in.b])
		case opMulMul:
			v[in.d] = v[in.a] * v[in.b] * v[in.c]
		case opMulDiv:
			v[in.d] = v[in.a] * v[in.b] / v[in.c]
		case opSubMul:
			v[in.d] = (v[in.a] - v[in.b]) * v[in.c]
		case opSubDiv:
			v[in.d] = (v[in.a] - v[in.b]) / v[in.c]
		case opAddAdd:
			v[in.d] = v[in.a] + v[in.b] + v[in.c]
		case opLookup:
			site := &m.p.lookups[in.b]
			v[in.d] = m.lookup(site, site.table, site.segment, v[in.a])
		case opArray:
			m.array(&m.p.arrays[in.a])
		default:
			v[in.d] = maths.Apply(resolved.Op(in.op), v[in.a], v[in.b], v[in.c])
		}
	}
}

// lookup reads one table and counts a reading outside it.
func (m *machine) lookup(site *lookupSite, row, segment int, x float64) float64 {
	y, out := m.p.tables.read(row, x, &m.segments[segment])
	if out && m.counting {
		m.outside(row, x, site.fixed)
	}
	return y
}

// safeDiv returns a / b, or c where b is 0.
func safeDiv(a, b, c float64) float64 {
	if b == 0 {
		return c
	}
	return a / b
}
