package wasm

import (
	"math"

	"weir/sim/internal/code"
)

// smallRow is how many elements a row may have to be written out instead of looped
// over.
const smallRow = 8

// A stride is how far an operand moves from row to row and from plane to plane.
type stride struct{ row, plane int }

// A walk is the loops of an array instruction. Operands that move alike share a
// pointer, which holds an address; operands that stay in the vector use the vector's.
type walk struct {
	*writer
	in      *code.Instruction
	strides []stride
	plane   []int // by stride: the local with the address at the start of the plane
	row     []int // at the start of the row
	inner   []int // in the row; -1 if no operand walks with it
}

// array writes an array instruction.
func (e *emitter) array(w *writer, in *code.Instruction) {
	k := &walk{writer: w, in: in}
	for _, o := range operandsOf(in) {
		k.add(o)
	}
	k.planes(func() { e.row(k) })
}

// operandsOf lists the operands that count.
func operandsOf(in *code.Instruction) []int { return []int{0, 1, 2, 3}[:1+in.Args] }

// strideOf returns how operand o moves, without strides that never matter.
func (k *walk) strideOf(o int) stride {
	s := stride{k.in.RowStep[o], k.in.PlanesStep[o]}
	if k.in.Rows == 1 {
		s.row = 0
	}
	if k.in.Planes == 1 {
		s.plane = 0
	}
	return s
}

// add gives operand o the pointer of its stride, a new one if no operand before has that stride.
func (k *walk) add(o int) {
	s := k.strideOf(o)
	if k.class(s) < 0 {
		k.strides = append(k.strides, s)
	}
}

// class returns the index of a stride among those of the pointers, -1 if there is none.
func (k *walk) class(s stride) int {
	for i, x := range k.strides {
		if x == s {
			return i
		}
	}
	return -1
}

// planes and rows write the outer loops around a body.
func (k *walk) planes(body func()) {
	if k.in.Planes == 1 {
		k.row = k.pointers(func(stride) int { return vector })
		k.rows(body)
		k.release(k.row)
		return
	}
	k.plane = k.pointers(func(stride) int { return vector })
	k.times(k.in.Planes, func() {
		k.row = k.pointers(func(s stride) int { return k.plane[k.class(s)] })
		k.rows(body)
		k.release(k.row)
		k.advance(k.plane, func(s stride) int { return s.plane })
	})
	k.release(k.plane)
}

// rows writes a loop over the rows of the operands around body; a single row needs no loop.
func (k *walk) rows(body func()) {
	k.times(k.in.Rows, func() {
		body()
		if k.in.Rows > 1 {
			k.advance(k.row, func(s stride) int { return s.row })
		}
	})
}

// pointers copies an address for each stride that moves.
func (k *walk) pointers(from func(stride) int) []int {
	list := make([]int, len(k.strides))
	for i, s := range k.strides {
		if s == (stride{}) {
			list[i] = vector
			continue
		}
		list[i] = k.local(i32)
		k.get(from(s))
		k.set(list[i])
	}
	return list
}

// release returns the locals of pointers for other uses. The base of the state vector is no local
// of the walk.
func (k *walk) release(pointers []int) {
	for _, p := range pointers {
		if p != vector {
			k.free(i32, p)
		}
	}
}

// advance moves each pointer by its stride of one element or row; a stride of 0 needs no code.
func (k *walk) advance(pointers []int, by func(stride) int) {
	for i, p := range pointers {
		if n := by(k.strides[i]); p != vector && n != 0 {
			k.get(p)
			k.plus(k.bytes(n))
			k.set(p)
		}
	}
}

// times writes a body that is done n times.
func (w *writer) times(n int, body func()) {
	if n == 1 {
		body()
		return
	}
	left := w.local(i32)
	w.whole(n)
	w.set(left)
	w.loop()
	body()
	w.get(left)
	w.whole(1)
	w.op(opI32Sub)
	w.tee(left)
	w.again()
	w.free(i32, left)
}

// row writes the innermost loop.
func (e *emitter) row(k *walk) {
	switch k.in.Op {
	case "reduce sum":
		e.reduce(k, 0, opF64Add)
	case "reduce prod":
		e.reduce(k, 1, opF64Mul)
	case "reduce min":
		e.reduce(k, math.Inf(1), opF64Min)
	case "reduce max":
		e.reduce(k, math.Inf(-1), opF64Max)
	case "lookup":
		e.lookups(k)
	case "gather":
		e.gather(k)
	case "scatter":
		e.scatter(k)
	case "draw":
		e.draws(k)
	case "whole":
		e.whole(k)
	default:
		e.elementwise(k)
	}
}

// elements writes a body for each of the n elements of a row. Where gives the local
// with an address and the offset for operand o at the present element; operands that
// stay are in the locals of held.
func (k *walk) elements(operands []int, body func(where func(o int) (local, offset int))) {
	n := k.in.N
	if n <= smallRow {
		for i := range n {
			body(func(o int) (int, int) {
				return k.row[k.class(k.strideOf(o))], k.bytes(k.in.At[o] + i*k.in.Step[o])
			})
		}
		return
	}
	k.inner = make([]int, len(k.strides))
	for i := range k.inner {
		k.inner[i] = -1
	}
	first := -1
	for _, o := range operands {
		i := k.class(k.strideOf(o))
		if k.in.Step[o] != 0 && k.inner[i] < 0 {
			k.inner[i] = k.local(i32)
			k.get(k.row[i])
			k.set(k.inner[i])
			if first < 0 {
				first = i
			}
		}
	}
	if first < 0 { // nothing walks: count
		k.times(n, func() {
			body(func(o int) (int, int) { return k.row[k.class(k.strideOf(o))], k.bytes(k.in.At[o]) })
		})
		return
	}
	end := k.local(i32)
	k.get(k.row[first])
	k.plus(k.bytes(n))
	k.set(end)
	k.loop()
	body(func(o int) (int, int) {
		i := k.class(k.strideOf(o))
		if k.in.Step[o] == 0 {
			return k.row[i], k.bytes(k.in.At[o])
		}
		return k.inner[i], k.bytes(k.in.At[o])
	})
	for i, p := range k.inner {
		if p >= 0 && i != first {
			k.get(p)
			k.plus(k.bytes(1))
			k.set(p)
		}
	}
	k.get(k.inner[first])
	k.plus(k.bytes(1))
	k.tee(k.inner[first])
	k.get(end)
	k.op(opI32LtU)
	k.again()
	k.free(i32, end)
	for _, p := range k.inner {
		if p >= 0 {
			k.free(i32, p)
		}
	}
}

// elementwise writes a row of an operation; operands that stay are read once.
func (e *emitter) elementwise(k *walk) {
	if e.pairable(k.in) {
		e.pairwise(k)
		return
	}
	in := k.in
	operands := operandsOf(in)
	held := map[int]int{}
	for _, o := range operands[1:] {
		if _, literal := e.literal(in.At[o], k.stays(o)); in.Step[o] == 0 && in.N > 1 && !literal {
			held[o] = k.local(k.kind())
			k.get(k.row[k.class(k.strideOf(o))])
			k.load(k.bytes(in.At[o]))
			k.set(held[o])
		}
	}
	k.elements(operands, func(where func(o int) (int, int)) {
		to, offset := where(code.Result)
		k.get(to)
		k.operation(in.Op, in.Args, &element{e, k, held, where})
		k.store(offset)
	})
	for _, o := range operands {
		if h, ok := held[o]; ok {
			k.free(k.kind(), h)
		}
	}
}

// An element is the arguments of an operation on one element of an array.
type element struct {
	e     *emitter
	k     *walk
	held  map[int]int
	where func(o int) (local, offset int)
}

// push puts operand o of the present element on the stack: as a constant, from a local that holds
// it, or from memory.
func (x *element) push(o int) {
	if value, ok := x.e.literal(x.k.in.At[o], x.k.stays(o)); ok {
		x.k.number(value)
	} else if h, ok := x.held[o]; ok {
		x.k.get(h)
	} else {
		from, offset := x.where(o)
		x.k.get(from)
		x.k.load(offset)
	}
}

// isTrue puts on the stack whether operand o is not 0, of two runs as a mask. A NaN is true, as in the virtual machine.
func (x *element) isTrue(o int) {
	x.push(o)
	x.k.number(0)
	x.k.do(opF64Ne)
}

// stays reports whether an operand is one slot for the whole instruction.
func (k *walk) stays(o int) bool {
	return (k.in.Step[o] == 0 || k.in.N == 1) && k.strideOf(o) == stride{}
}

// reduce writes a row of a reduction, from the left.
func (e *emitter) reduce(k *walk, identity float64, op byte) {
	in := k.in
	sum := k.local(k.kind())
	to := k.row[k.class(k.strideOf(code.Result))]
	if in.Keep {
		k.get(to)
		k.load(k.bytes(in.At[code.Result]))
	} else {
		k.number(identity)
	}
	k.set(sum)
	k.elements([]int{code.A}, func(where func(o int) (int, int)) {
		from, offset := where(code.A)
		k.get(sum)
		k.get(from)
		k.load(offset)
		k.do(op)
		k.set(sum)
	})
	k.get(to)
	k.get(sum)
	k.store(k.bytes(in.At[code.Result]))
	k.free(k.kind(), sum)
}
