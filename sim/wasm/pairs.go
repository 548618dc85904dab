package wasm

import (
	"math"

	"weir/sim/internal/code"
)

// Elementwise operations on arrays are done two elements at a time, where the module
// may use the vector instructions of WebAssembly 2.0 (section 5.4.9 of its
// specification). Each element is rounded as it is alone.

// The type of two float64, and the codes of its instructions after opVector.
const (
	f64x2    = 0x7b
	opVector = 0xfd

	opV128Load     = 0x00
	opV128Store    = 0x0b
	opV128Const    = 0x0c
	opF64x2Splat   = 0x14
	opF64x2First   = 0x21 // the number of a lane
	opF64x2Replace = 0x22 // the number of a lane by another
	opF64x2Eq      = 0x47
	opF64x2Ne      = 0x48
	opV128And      = 0x4e
	opV128Or       = 0x50
	opV128Any      = 0x53 // whether any bit is 1
	opV128Choose   = 0x52 // of the first where bits of the third are 1, else of the second
	opF64x2Div     = 0xf3
)

// paired has the instructions on two numbers that correspond to one on a single number.
var paired = map[byte]int{
	opF64Lt: 0x49, opF64Gt: 0x4a, opF64Le: 0x4b, opF64Ge: 0x4c, opF64Eq: opF64x2Eq, opF64Ne: opF64x2Ne,
	opF64Ceil: 0x74, opF64Floor: 0x75, opF64Trunc: 0x7a,
	opF64Abs: 0xec, opF64Neg: 0xed, opF64Sqrt: 0xef,
	opF64Add: 0xf0, opF64Sub: 0xf1, opF64Mul: 0xf2, opF64Div: opF64x2Div, opF64Min: 0xf4, opF64Max: 0xf5,
}

// pairable reports whether an instruction can be done two elements at a time.
func (e *emitter) pairable(in *code.Instruction) bool {
	if e.plain || e.two || in.N < 2 || in.Step[code.Result] != 1 || called[in.Op] != "" {
		return false
	}
	for o := code.A; o <= in.Args; o++ {
		if in.Step[o] == 1 && in.At[o] == in.At[code.Result]-1 {
			return false // each element may be made of the one before
		}
	}
	return true
}

func (w *writer) vector(code int) { w.code = uleb(append(w.code, opVector), code) }

// loadPair loads two numbers from an address on the stack plus an offset in bytes.
func (w *writer) loadPair(offset int) {
	w.vector(opV128Load)
	w.code = uleb(append(w.code, alignFloat), offset)
}

// storePair stores two numbers at an address on the stack plus an offset in bytes.
func (w *writer) storePair(offset int) {
	w.vector(opV128Store)
	w.code = uleb(append(w.code, alignFloat), offset)
}

// both is a number in both lanes.
func (w *writer) both(x float64) {
	w.vector(opV128Const)
	w.code = float(float(w.code, x), x)
}

// pairwise writes a row of an operation; operands that stay are read once.
func (e *emitter) pairwise(k *walk) {
	in := k.in
	held := map[int]int{}
	for _, o := range operandsOf(in)[1:] {
		if _, literal := e.literal(in.At[o], k.stays(o)); in.Step[o] == 0 && !literal {
			held[o] = k.local(f64x2)
			k.get(k.row[k.class(k.strideOf(o))])
			k.load(bytesAFloat * in.At[o])
			k.vector(opF64x2Splat)
			k.set(held[o])
		}
	}
	k.pairs(func(where func(o int) (int, int), two bool) {
		to, offset := where(code.Result)
		k.get(to)
		if two {
			k.operationPair(in.Op, in.Args, &pair{e, k, held, where})
			k.storePair(offset)
			return
		}
		k.operation(in.Op, in.Args, &last{pair{e, k, held, where}})
		k.store(offset)
	})
	for _, o := range operandsOf(in) {
		if h, ok := held[o]; ok {
			k.free(f64x2, h)
		}
	}
}

// pairs writes a body for each two elements of a row, and for the last one if their
// number is odd.
func (k *walk) pairs(body func(where func(o int) (local, offset int), two bool)) {
	n := k.in.N
	at := func(pointers []int, i int) func(o int) (int, int) {
		return func(o int) (int, int) {
			return pointers[k.class(k.strideOf(o))], bytesAFloat * (k.in.At[o] + i*k.in.Step[o])
		}
	}
	from := k.row
	if n > 2*smallRow {
		from = k.pairLoop(n/2, at, body)
		n %= 2
	}
	i := 0
	for ; i+1 < n; i += 2 {
		body(at(from, i), true)
	}
	if i < n {
		body(at(from, i), false)
	}
	if k.in.N > 2*smallRow {
		k.release(slicesOnly(from, k.row))
	}
}

// pairLoop loops over pairs and returns the pointers to the elements after them.
func (k *walk) pairLoop(n int, at func([]int, int) func(int) (int, int), body func(func(int) (int, int), bool)) []int {
	inner := make([]int, len(k.strides))
	copy(inner, k.row)
	walks := make([]bool, len(k.strides))
	for _, o := range operandsOf(k.in) {
		if i := k.class(k.strideOf(o)); k.in.Step[o] != 0 && !walks[i] {
			walks[i] = true
			inner[i] = k.local(i32)
			k.get(k.row[i])
			k.set(inner[i])
		}
	}
	// Operands that stay are held or literal, so they need no pointer.
	k.times(n, func() {
		body(at(inner, 0), true)
		for i, p := range inner {
			if walks[i] {
				k.get(p)
				k.plus(2 * bytesAFloat)
				k.set(p)
			}
		}
	})
	return inner
}

// slicesOnly returns the locals of a list that are not in another.
func slicesOnly(list, other []int) []int {
	var out []int
	for i, p := range list {
		if p != other[i] {
			out = append(out, p)
		}
	}
	return out
}

// A pair is the arguments of an operation on two neighbours.
type pair struct {
	e     *emitter
	k     *walk
	held  map[int]int
	where func(o int) (local, offset int)
}

// push puts operand o of the present two elements on the stack; an operand that is one number is
// there twice.
func (x *pair) push(o int) {
	if value, ok := x.e.literal(x.k.in.At[o], x.k.stays(o)); ok {
		x.k.both(value)
	} else if h, ok := x.held[o]; ok {
		x.k.get(h)
	} else {
		from, offset := x.where(o)
		x.k.get(from)
		x.k.loadPair(offset)
	}
}

// A last is the arguments of an operation on the last element of an odd number.
type last struct{ pair }

// push puts operand o of the last, odd element on the stack.
func (x *last) push(o int) {
	if value, ok := x.e.literal(x.k.in.At[o], x.k.stays(o)); ok {
		x.k.one(value)
	} else if h, ok := x.held[o]; ok {
		x.k.get(h)
		x.k.vector(opF64x2First)
		x.k.op(0)
	} else {
		from, offset := x.where(o)
		x.k.get(from)
		x.k.loadOne(offset)
	}
}

// isTrue puts on the stack whether operand o of the last element is not 0.
func (x *last) isTrue(o int) {
	x.push(o)
	x.k.one(0)
	x.k.op(opF64Ne)
}

// isTrue puts ones on the stack where an argument is not 0.
func (x *pair) isTrue(o int) {
	x.push(o)
	x.k.both(0)
	x.k.vector(opF64x2Ne)
}

// operationPair puts two results of an elementwise operation on the stack. Of choices
// it computes both sides, which have no other effect.
func (w *writer) operationPair(op string, args int, x source) {
	switch {
	case composed[op] != nil:
		for _, s := range composed[op] {
			if s.arg > 0 {
				x.push(s.arg)
			} else {
				w.vector(paired[s.op])
			}
		}
	case isTruth(op):
		w.truthPair(op, x)
		w.both(1)
		w.vector(opV128And)
	case op == "select", op == "when":
		x.push(2)
		if op == "select" {
			x.push(3)
		} else {
			w.both(math.Float64frombits(0x7ff8000000000000))
		}
		x.isTrue(1)
		w.vector(opV128Choose)
	case op == "safediv":
		x.push(3)
		x.push(1)
		x.push(2)
		w.vector(opF64x2Div)
		x.push(2)
		w.both(0)
		w.vector(opF64x2Eq)
		w.vector(opV128Choose)
	case op == "reciprocal":
		w.both(1)
		x.push(1)
		w.vector(opF64x2Div)
	case called[op] != "":
		w.callPair(called[op], args, x)
	default:
		for k := range args {
			x.push(1 + k)
		}
		for _, code := range operator[op] {
			w.vector(paired[code])
		}
	}
}

// truthPair puts ones on the stack where a comparison holds.
func (w *writer) truthPair(op string, x source) {
	switch op {
	case "and", "or":
		x.isTrue(1)
		x.isTrue(2)
		w.vector(map[string]int{"and": opV128And, "or": opV128Or}[op])
	case "not":
		x.push(1)
		w.both(0)
		w.vector(opF64x2Eq)
	default:
		x.push(1)
		x.push(2)
		w.vector(paired[comparison[op]])
	}
}
