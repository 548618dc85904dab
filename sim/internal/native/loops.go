package native

import (
	"strings"

	"weir/sim/internal/code"
)

const (
	// unrolled is up to how many operations an instruction on arrays is written out; beyond, it is a
	// loop.
	unrolled = 40
	// longRow is up to how many numbers a row is written out inside of the loop over rows.
	longRow = 64
	// perTurn is how many operations a turn of the innermost loop has.
	perTurn = 2
	widest  = 4
)

// instruction writes one instruction. It reports false if there is no code for it.
func (a *Assembler) instruction(r *Routine, list []code.Instruction, i int) bool {
	in := &list[i]
	switch {
	case in.Op == "lookup":
		return a.lookup(r, in, i)
	case in.Op == "gather" || in.Op == "scatter":
		return a.move(in)
	case strings.HasPrefix(in.Op, "reduce "):
		return a.reduce(in)
	}
	f := operations[in.Op]
	if f == nil || !a.orderly(in) {
		return false
	}
	switch {
	case in.Planes*in.Rows*pieces(in.N) <= unrolled:
		a.straight(in, f)
	case addsColumns(in):
		a.columns(in)
	default:
		a.divided(in, f)
	}
	return true
}

// addsColumns reports whether an instruction adds rows to one row, its result.
func addsColumns(in *code.Instruction) bool {
	own := in.At[code.Result] == in.At[code.A] && in.RowStep[code.Result] == 0 && in.RowStep[code.A] == 0
	walk := in.Step[code.A] == 1 && in.Step[code.B] == 1
	return in.Op == "add" && in.Planes == 1 && own && walk && in.At[code.B] != in.At[code.A]
}

// A divisor says which operand an operation divides by, and which operation multiplies instead.
type divisor struct {
	operand int
	product string
}

var divisors = map[string]divisor{"div": {code.B, "mul"}, "muldiv": {code.C, "mulmul"}, "subdiv": {code.C, "submul"}}

// divided writes an operation as loops: twice if all numbers are divided by the same one. If that is a
// power of 2, of which models have many, a product with its exact inverse takes a fraction of the
// time.
func (e *emitter) divided(in *code.Instruction, f operation) {
	k := divisors[in.Op].operand
	if k == 0 || in.Step[k] != 0 || in.RowStep[k] != 0 || in.PlanesStep[k] != 0 || e.isLiteral(in, k) {
		e.loop(in, f)
		return
	}
	by := slot(in.At[k])
	e.put(0x48, 0x8b) // mov rax, the divisor
	e.modrm(byte(rax), by, -1)
	e.put(0x48, 0x89, 0xc1)     // mov rcx, rax
	e.put(0x48, 0xc1, 0xe0, 12) // shl rax, 12: without sign and exponent
	others := []int{e.jumpLater(notZero)}
	e.put(0x48, 0xc1, 0xe9, 52)         // shr rcx, 52
	e.put(0x81, 0xe1, 0xff, 0x07, 0, 0) // and ecx, 0x7ff
	e.put(0xff, 0xc9)                   // dec ecx
	e.put(0x81, 0xf9)                   // cmp ecx, 2044: the exponents of which the inverse is normal
	e.put32(2044)
	others = append(others, e.jumpLater(aboveThat))
	e.forget()
	inverse := e.op(codeDiv, 1, e.load(arg{operand: number(1)}, 1), by)
	e.store(arg{operand: slot(e.source.Slots + 1)}, inverse, 1)
	e.done()
	product := *in
	product.Op, product.At[k] = divisors[in.Op].product, e.source.Slots+1
	e.loop(&product, operations[product.Op])
	end := e.jumpLater(always)
	e.lands(others...)
	e.loop(in, f)
	e.lands(end)
}

// pieces returns into how many operations n numbers are parted.
func pieces(n int) int {
	k := n / widest
	for n %= widest; n > 0; n &= n - 1 {
		k++
	}
	return k
}

// part calls back for each operation on a row of n numbers: its first one and how many it has.
func part(n int, each func(x, width int)) {
	for x, width := 0, widest; x < n; {
		if n-x < width {
			width /= 2
			continue
		}
		each(x, width)
		x += width
	}
}

// orderly reports whether operations may be done several at a time: each argument is the result's own
// place or apart from it.
func (e *emitter) orderly(in *code.Instruction) bool {
	first, last := extent(in, code.Result)
	for k := code.A; k < code.A+in.Args; k++ {
		same := in.At[k] == in.At[code.Result] && in.Step[k] == in.Step[code.Result] &&
			in.RowStep[k] == in.RowStep[code.Result] && in.PlanesStep[k] == in.PlanesStep[code.Result]
		low, high := extent(in, k)
		if !same && low <= last && first <= high && in.N*in.Rows*in.Planes > 1 {
			return false
		}
	}
	return true
}

// extent returns the lowest and the highest slot of an operand.
func extent(in *code.Instruction, k int) (low, high int) {
	low, high = in.At[k], in.At[k]
	for _, d := range []int{(in.N - 1) * in.Step[k], (in.Rows - 1) * in.RowStep[k], (in.Planes - 1) * in.PlanesStep[k]} {
		if d < 0 {
			low += d
		} else {
			high += d
		}
	}
	return low, high
}

// slot returns a slot as an operand.
func slot(s int) operand { return operand{kind: inMemory, base: rdi, index: none, disp: int32(8 * s)} }

// argument returns an operand at a slot: a literal's number rather than its place.
func (e *emitter) argument(s int, spread bool) arg {
	if i := s - e.source.First; i >= 0 && i < len(e.source.Literals) {
		return arg{operand: number(e.source.Literals[i])}
	}
	return arg{operand: slot(s), spread: spread}
}

// isLiteral reports whether an operand is the same literal throughout.
func (e *emitter) isLiteral(in *code.Instruction, k int) bool {
	i := in.At[k] - e.source.First
	return i >= 0 && i < len(e.source.Literals) && in.Step[k] == 0 && in.RowStep[k] == 0 && in.PlanesStep[k] == 0
}

// straight writes all operations of an instruction one after the other.
func (e *emitter) straight(in *code.Instruction, f operation) {
	x := make([]arg, in.Args)
	for z := range in.Planes {
		for y := range in.Rows {
			part(in.N, func(i, width int) {
				at := func(k int) int { return in.At[k] + z*in.PlanesStep[k] + y*in.RowStep[k] + i*in.Step[k] }
				for k := range x {
					x[k] = e.argument(at(code.A+k), in.Step[code.A+k] == 0)
				}
				e.store(arg{operand: slot(at(code.Result))}, f(e, width, x), width)
				e.done()
			})
		}
	}
}

// A walk is the loops of an instruction: one pointer for each operand, moved from row to row.
type walk struct {
	*code.Instruction
	moved [code.Operands]int // bytes that the row's own loop moves a pointer by
	used  [code.Operands]bool
}

// pointer returns the register that points at an operand in loops.
func pointer(k int) gpr { return r8 + gpr(k) }

// through returns the place that an operand's pointer points at.
func through(k int) operand { return operand{kind: inMemory, base: pointer(k), index: none} }

// rows writes a row within the loops over rows and planes.
func (e *emitter) rows(w *walk, row func()) {
	e.forget()
	for k := range w.used {
		if w.used[k] {
			e.address(pointer(k), rdi, int32(8*w.At[k]))
		}
	}
	plane := len(e.bytes)
	if w.Planes > 1 {
		e.count(r12, w.Planes)
		plane = len(e.bytes)
	}
	if w.Rows > 1 {
		e.count(r13, w.Rows)
	}
	top := len(e.bytes)
	row()
	e.forget()
	e.step(w, w.Rows > 1, r13, top, func(k int) int { return 8*w.RowStep[k] - w.moved[k] })
	if w.Rows == 1 {
		w.RowStep = [code.Operands]int{}
	} else {
		w.moved = [code.Operands]int{}
	}
	// After all rows a pointer is their steps further on, or, of one row, what its loop moved it by.
	e.step(w, w.Planes > 1, r12, plane, func(k int) int {
		return 8*w.PlanesStep[k] - 8*w.Rows*w.RowStep[k] - w.moved[k]
	})
}

// step ends a turn of a loop.
func (e *emitter) step(w *walk, loops bool, counter gpr, top int, by func(k int) int) {
	if !loops {
		return
	}
	for k := range w.used {
		if w.used[k] {
			e.advance(pointer(k), by(k))
		}
	}
	e.again(counter, top)
}

// loop writes an operation as loops.
func (e *emitter) loop(in *code.Instruction, f operation) {
	copied := *in
	w := &walk{Instruction: &copied}
	w.used[code.Result] = true
	for k := code.A; k < code.A+in.Args; k++ {
		w.used[k] = !e.isLiteral(in, k)
	}
	e.rows(w, func() {
		x := make([]arg, in.Args)
		for k := range x {
			p := arg{operand: through(code.A + k), spread: in.Step[code.A+k] == 0}
			switch {
			case !w.used[code.A+k]:
				x[k] = e.argument(in.At[code.A+k], true)
			case p.spread:
				r := e.load(p, widest)
				e.held[r].pinned = true
				x[k] = arg{operand: register(r)}
			default:
				x[k] = p
			}
		}
		e.done()
		e.row(w, x, f)
	})
}

// row writes the innermost loop, with a loop of its own if it is long.
func (e *emitter) row(w *walk, x []arg, f operation) {
	to := arg{operand: through(code.Result)}
	piece := func(i, width int) {
		at := make([]arg, len(x))
		for k := range x {
			at[k] = x[k]
			if at[k].kind == inMemory {
				at[k].disp = int32(8 * i)
			}
		}
		d := to
		d.disp = int32(8 * i)
		e.store(d, f(e, width, at), width)
		e.done()
	}
	n := w.N
	if n > longRow {
		turns := n / (widest * perTurn)
		e.count(rcx, turns)
		top := len(e.bytes)
		for i := range perTurn {
			piece(i*widest, widest)
		}
		for k := range w.used {
			if w.used[k] && w.Step[k] != 0 {
				e.advance(pointer(k), 8*widest*perTurn)
				w.moved[k] = 8 * widest * perTurn * turns
			}
		}
		e.again(rcx, top)
		n -= turns * widest * perTurn
	}
	part(n, piece)
}

// columns adds rows to one row of sums, which stay in registers.
func (e *emitter) columns(in *code.Instruction) {
	const most = 8 // sums at once
	for from := 0; from < in.N; from += most * widest {
		e.forget()
		n := min(in.N-from, most*widest)
		var sums []xmm
		part(n, func(i, width int) {
			r := e.load(arg{operand: slot(in.At[code.Result] + from + i)}, width)
			e.held[r].pinned = true
			sums = append(sums, r)
		})
		e.address(pointer(code.B), rdi, int32(8*(in.At[code.B]+from)))
		e.count(r13, in.Rows)
		top := len(e.bytes)
		k := 0
		part(n, func(i, width int) {
			e.vex(arithmetic(codeAdd, width), width, sums[k], sums[k],
				operand{kind: inMemory, base: pointer(code.B), index: none, disp: int32(8 * i)}, -1)
			k++
		})
		e.advance(pointer(code.B), 8*in.RowStep[code.B])
		e.again(r13, top)
		k = 0
		part(n, func(i, width int) {
			e.store(arg{operand: slot(in.At[code.Result] + from + i)}, sums[k], width)
			k++
		})
	}
	e.forget()
}
