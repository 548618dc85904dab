package native

import (
	"math"
	"strings"

	"weir/sim/internal/code"
)

// A reduction is how numbers are combined, from the left, and with which one it begins.
type reduction struct {
	op       operation
	identity float64
}

var reductions = map[string]reduction{
	"sum":  {operations["add"], 0},
	"prod": {operations["mul"], 1},
	"min":  {operations["min"], math.Inf(1)},
	"max":  {operations["max"], math.Inf(-1)},
}

// reduce writes a reduction. It reports false if the result lies among what is combined.
func (e *emitter) reduce(in *code.Instruction) bool {
	red, ok := reductions[strings.TrimPrefix(in.Op, "reduce ")]
	one := *in
	one.Step[code.Result] = 0
	first, last := extent(&one, code.Result)
	low, high := extent(&one, code.A)
	if !ok || low <= last && first <= high {
		return false
	}
	if in.Planes*in.Rows*in.N <= unrolled {
		for z := range in.Planes {
			for y := range in.Rows {
				at := func(k int) int { return in.At[k] + z*in.PlanesStep[k] + y*in.RowStep[k] }
				e.chain(in, red, slot(at(code.Result)), slot(at(code.A)))
			}
		}
		return true
	}
	w := &walk{Instruction: &one}
	w.used[code.Result], w.used[code.A] = true, true
	e.rows(w, func() {
		to, from := through(code.Result), through(code.A)
		if in.N <= longRow {
			e.chain(in, red, to, from)
			return
		}
		sum := e.begin0(in, red, to)
		turns := in.N / widest
		e.count(rcx, turns)
		top := len(e.bytes)
		for i := range widest {
			e.combine(red, sum, from, 8*i*in.Step[code.A])
		}
		e.advance(pointer(code.A), 8*widest*in.Step[code.A])
		e.again(rcx, top)
		w.moved[code.A] = 8 * widest * in.Step[code.A] * turns
		for i := range in.N % widest {
			e.combine(red, sum, from, 8*i*in.Step[code.A])
		}
		e.store(arg{operand: to}, sum, 1)
	})
	return true
}

// begin0 returns a register with the number that a chain begins with, which stays its own.
func (e *emitter) begin0(in *code.Instruction, red reduction, to operand) xmm {
	r := e.take()
	from := number(red.identity)
	if in.Keep {
		from = to
	}
	e.vex(move(1), 1, r, 0, from, -1)
	e.held[r].busy = false
	e.held[r].pinned = true
	return r
}

// combine takes one more number into a chain.
func (e *emitter) combine(red reduction, sum xmm, from operand, disp int) {
	from.disp += int32(disp)
	d := red.op(e, 1, []arg{{operand: register(sum)}, {operand: from}})
	if d != sum {
		e.vex(opcode{prefix: pd, opmap: map0F, code: 0x28, w: true}, 2, sum, 0, register(d), -1)
	}
	e.done()
}

// chain combines the numbers of a row.
func (e *emitter) chain(in *code.Instruction, red reduction, to, from operand) {
	x := arg{operand: number(red.identity)}
	if in.Keep {
		x = arg{operand: to}
	}
	r := e.load(x, 1)
	for i := range in.N {
		y := from
		y.disp += int32(8 * i * in.Step[code.A])
		next := red.op(e, 1, []arg{{operand: register(r)}, {operand: y}})
		e.done()
		r = next
		e.held[r].busy = true
	}
	e.store(arg{operand: to}, r, 1)
	e.done()
}

// maxMoved is up to how many numbers a gather or a scatter is written out.
const maxMoved = 512

// move writes a gather or a scatter, neighbours together.
func (e *emitter) move(in *code.Instruction) bool {
	index := e.source.Indexes[in.Site][:min(in.N, len(e.source.Indexes[in.Site]))]
	if in.N > maxMoved || in.Rows > 1 || in.Planes > 1 {
		return false
	}
	moved, still := code.A, code.Result
	if in.Op == "scatter" {
		moved, still = still, moved
	}
	for from := 0; from < len(index); {
		n := 1
		for from+n < len(index) && index[from+n] == index[from]+int32(n) {
			n++
		}
		part(n, func(i, width int) {
			var at [2]int
			at[moved], at[still] = in.At[moved]+int(index[from])+i, in.At[still]+from+i
			e.store(arg{operand: slot(at[code.Result])}, e.load(arg{operand: slot(at[code.A])}, width), width)
			e.done()
		})
		from += n
	}
	return true
}

// maxLookups is up to how many elements a lookup is written out.
const maxLookups = 512

// lookup writes the reading of tables in the segments that were read last. Where a number lies in
// another one the caller looks it up.
func (a *Assembler) lookup(r *Routine, in *code.Instruction, i int) bool {
	site := &a.source.Lookups[in.Site]
	if in.N > maxLookups {
		return false
	}
	for k := range in.N {
		if site.Points[k] < 2 {
			return false
		}
	}
	for k := range in.N {
		x := a.argument(in.At[code.A]+k*in.Step[code.A], false)
		a.between(r, Exit{First: i, Last: i + 1, Element: k}, x, slot(in.At[code.Result]+k), site, k)
	}
	return true
}

// between is y0 + (x-x0)*(y1-y0)/(x1-x0) in the segment read last.
func (a *Assembler) between(r *Routine, exit Exit, x arg, to operand, site *Lookup, k int) {
	e := &a.emitter
	at := a.load(x, 1)
	// The segment counts as an unsigned number, so that one bound is enough. Points are pairs of x and
	// y, 16 bytes each.
	e.put(0x8b) // mov eax, [rdx + segment]
	e.modrm(byte(rax), operand{kind: inMemory, base: rdx, index: none, disp: int32(4 * (site.Segment + k))}, -1)
	e.put(0x3d) // cmp eax, points-2
	e.put32(int32(site.Points[k] - 2))
	outside := []int{e.jumpLater(aboveThat)}
	e.put(0x48, 0xc1, 0xe0, 4) // shl rax, 4
	point := func(i int) operand {
		return operand{kind: inMemory, base: rsi, index: rax, disp: int32(8 * (site.At[k] + i))}
	}
	compareTo := opcode{prefix: pd, opmap: map0F, code: 0x2e, w: true}
	e.vex(compareTo, 1, at, 0, point(0), -1) // below, or NaN
	outside = append(outside, e.jumpLater(below))
	x1 := e.load(arg{operand: point(2)}, 1)
	e.vex(compareTo, 1, x1, 0, register(at), -1)
	outside = append(outside, e.jumpLater(notAbove))
	x0, y0 := e.load(arg{operand: point(0)}, 1), e.load(arg{operand: point(1)}, 1)
	y1 := e.load(arg{operand: point(3)}, 1)
	slope := e.op(codeMul, 1, e.op(codeSub, 1, at, register(x0)), register(e.op(codeSub, 1, y1, register(y0))))
	y := e.op(codeAdd, 1, e.op(codeDiv, 1, slope, register(e.op(codeSub, 1, x1, register(x0)))), register(y0))
	e.store(arg{operand: to}, y, 1)
	e.done()
	// The rare path leaves registers to the caller, who changes the result and nothing else of the
	// slots: they are loaded again before the code goes on where the usual path does.
	back, held, n := len(e.bytes), e.held, len(r.Exits)
	r.Exits = append(r.Exits, exit)
	e.later = append(e.later, func() {
		e.lands(outside...)
		e.loadExit(n)
		e.ret()
		r.Exits[n].resume = len(e.bytes)
		e.restore(&held)
		e.jump(back)
	})
}

// restore loads what registers had before the caller was asked, which is all in memory.
func (e *emitter) restore(before *[vectors]held) {
	for i, h := range before {
		if h.width > 0 {
			o := move(h.width)
			if h.spread {
				o = broadcast(h.width)
			}
			e.vex(o, h.width, xmm(i), 0, operand{kind: inMemory, base: rdi, index: none, disp: h.disp}, -1)
		}
	}
}

// net writes how stocks change: the inflows in their order less the outflows in theirs. The slopes
// are kept, or, if follow is set, moves the stocks by the step's length times them.
func (e *emitter) net(n *code.Net, follow bool) {
	h := arg{operand: slot(e.source.Slots), spread: true}
	one := func(i, width int, index gpr) {
		at := func(s int) arg {
			o := slot(s + i)
			o.index = index
			return arg{operand: o}
		}
		first, in := arg{operand: number(0)}, n.In
		if len(in) > 0 {
			first, in = at(in[0]), in[1:]
		}
		sum := e.load(first, width)
		next := func(code byte, s int) {
			sum = e.op(code, width, sum, e.use(at(s), width))
			e.done() // however many flows there are
			e.held[sum].busy = true
		}
		for _, s := range in {
			next(codeAdd, s)
		}
		for _, s := range n.Out {
			next(codeSub, s)
		}
		to := at(n.Stock)
		if follow {
			sum = e.op(codeAdd, width, e.op(codeMul, width, sum, e.use(h, width)), e.use(to, width))
		} else {
			to.base, to.disp = rbx, to.disp-int32(8*e.source.Stocks)
		}
		e.store(to, sum, width)
		e.done()
	}
	if pieces(n.N) <= unrolled {
		part(n.N, func(i, width int) { one(i, width, none) })
		return
	}
	e.forget()
	// A long array is a loop with one index for all operands, since all of them walk.
	all := n.N &^ (widest - 1)
	e.put(0x48, 0xc7, 0xc0) // mov rax, 0
	e.put32(0)
	top := len(e.bytes)
	one(0, widest, rax)
	e.forget()
	e.advance(rax, 8*widest)
	e.put(0x48, 0x3d) // cmp rax, all
	e.put32(int32(8 * all))
	e.jumpIf(below, top)
	part(n.N-all, func(i, width int) { one(all+i, width, none) })
}
