package wasm

import (
	"weir/sim/internal/code"
)

// A module for two runs side by side has two numbers in each slot, one of each run, and each
// instruction works on both. Runs are rounded on their own, so their bits are those of
// single runs. They have one clock, one layout of changes and one status: where one of them
// stops, both do, and a host runs them again, each with itself.
//
// The model's code is written for such slots; the driver works on numbers and is only told
// that there are twice as many. Numbers and not runs are what lies side by side, so that one
// load reads an operand of both.

// lanes returns how many numbers a slot has.
func (e *emitter) lanes() int {
	if e.two {
		return 2
	}
	return 1
}

// bytes returns how many bytes n slots take.
func (e *emitter) bytes(n int) int { return bytesAFloat * e.lanes() * n }

// bytes returns how many bytes n slots take.
func (w *writer) bytes(n int) int {
	if w.two {
		return 2 * bytesAFloat * n
	}
	return bytesAFloat * n
}

// kind returns the type of the numbers of a slot.
func (w *writer) kind() byte {
	if w.two {
		return f64x2
	}
	return f64
}

// truthKind returns the type of a truth: a whole number, or a mask of two numbers.
func (w *writer) truthKind() byte {
	if w.two {
		return f64x2
	}
	return i32
}

// do is an instruction on one number, or the one on two that does the same.
func (w *writer) do(code byte) {
	if w.two {
		w.vector(paired[code])
	} else {
		w.op(code)
	}
}

// oneOrZero makes 1 or 0 of a truth on the stack.
func (w *writer) oneOrZero() {
	if w.two {
		w.both(1)
		w.vector(opV128And)
	} else {
		w.op(opF64OfI32)
	}
}

// number puts a constant on the stack, for each run.
func (w *writer) number(x float64) {
	if w.two {
		w.both(x)
	} else {
		w.one(x)
	}
}

// load puts the numbers of a slot on the stack, at an offset in bytes from the address there.
func (w *writer) load(offset int) {
	if w.two {
		w.loadPair(offset)
	} else {
		w.loadOne(offset)
	}
}

// store writes the numbers of a slot, at an offset in bytes from the address below them.
func (w *writer) store(offset int) {
	if w.two {
		w.storePair(offset)
	} else {
		w.storeOne(offset)
	}
}

// lane puts the number of one run on the stack, from a local that holds two.
func (w *writer) lane(local, lane int) {
	w.get(local)
	w.vector(opF64x2First)
	w.op(byte(lane))
}

// eachLane puts two numbers on the stack; body puts the number of one run there.
func (w *writer) eachLane(body func(lane int)) {
	body(0)
	w.vector(opF64x2Splat)
	body(1)
	w.vector(opF64x2Replace)
	w.op(1)
}

// ofPairs has the functions of two numbers at once, by those of one.
var ofPairs = map[string]string{"maths.Exp": "maths.ExpPair", "maths.Ln": "maths.LnPair", "maths.Pow": "maths.PowPair"}

// callPair puts the results of a function of numbers there: of one of two numbers at once, or of
// one that is called for each run.
func (w *writer) callPair(name string, args int, from source) {
	if both, ok := ofPairs[name]; ok {
		for k := range args {
			from.push(1 + k)
		}
		w.call(both)
		return
	}
	held := make([]int, args)
	for k := range held {
		held[k] = w.local(f64x2)
		from.push(1 + k)
		w.set(held[k])
	}
	w.eachLane(func(lane int) {
		for _, h := range held {
			w.lane(h, lane)
		}
		w.call(name)
	})
	w.free(f64x2, held...)
}

// mostUnrolled is how many elements an array instruction may have to be written out as
// scalar ones, whose numbers stay in locals. Most arrays of models are this small: sectors,
// grades of staff. With 26 instead of 8 the two largest examples ran 3 and 8 % faster, and their
// packed modules were 26 and 37 % larger.
const mostUnrolled = 8

// An unroller makes scalar instructions of those on few elements. Readings of single elements
// are added to the program's lookups.
type unroller struct{ *code.Program }

// unrolled returns code in which instructions on few elements are scalar ones.
func (u unroller) unrolled(list []code.Instruction) []code.Instruction {
	var out []code.Instruction
	for i := range list {
		in := &list[i]
		if n := in.N * in.Rows * in.Planes; isScalar(in) || n > mostUnrolled || !u.unrollable(in) {
			out = append(out, *in)
			continue
		}
		out = u.unroll(out, in)
	}
	return out
}

// unrollable reports whether an array instruction is made of scalar ones.
func (u unroller) unrollable(in *code.Instruction) bool {
	switch in.Op {
	case "draw", "whole", "reduce prod", "reduce min", "reduce max":
		return false
	case "reduce sum":
		return in.Keep || u.zero() >= 0
	}
	return true
}

// zero returns the slot of the literal 0, -1 if there is none.
func (u unroller) zero() int {
	for i, x := range u.Literals {
		if x == 0 && 1/x > 0 {
			return u.LiteralAt + i
		}
	}
	return -1
}

// unroll appends the elements of an instruction, in their order.
func (u unroller) unroll(out []code.Instruction, in *code.Instruction) []code.Instruction {
	for p := range in.Planes {
		for r := range in.Rows {
			for i := range in.N {
				x := code.Instruction{Op: in.Op, Args: in.Args, N: 1, Rows: 1, Planes: 1, Site: in.Site}
				for o := range x.At {
					x.At[o] = in.At[o] + p*in.PlanesStep[o] + r*in.RowStep[o] + i*in.Step[o]
				}
				out = append(out, u.elementOf(in, x, i))
			}
		}
	}
	return out
}

// elementOf makes the instruction of element i of a row.
func (u unroller) elementOf(in *code.Instruction, x code.Instruction, i int) code.Instruction {
	switch in.Op {
	case "gather", "scatter":
		o := map[string]int{"gather": code.A, "scatter": code.Result}[in.Op]
		x.At[o] = in.At[o] + int(u.Indexes[in.Site][i])
		x.At[code.Result+code.A-o] = in.At[code.Result+code.A-o] + i
		x.Op = "copy"
	case "reduce sum":
		x.Op, x.Args = "add", 2
		x.At[code.B] = x.At[code.A]
		x.At[code.A] = x.At[code.Result]
		if i == 0 && !in.Keep {
			x.At[code.A] = u.zero()
		}
	case "lookup":
		site := u.Lookups[in.Site]
		table := site.Table
		if site.Pick != nil {
			table += site.Pick[i]
		}
		x.Site = len(u.Lookups)
		u.Lookups = append(u.Lookups, code.Lookup{Table: table, Segment: site.Segment + i, N: 1})
	}
	return x
}

// netsOfNumbers returns how stocks change, and the first stock, counted in numbers instead of slots.
func (e *emitter) netsOfNumbers() (nets []code.Net, first int) {
	n := e.lanes()
	for _, x := range e.code.Nets {
		nets = append(nets, code.Net{Stock: n * x.Stock, N: n * x.N, In: times(n, x.In), Out: times(n, x.Out)})
	}
	return nets, n * e.code.Stocks[0]
}

// times returns numbers multiplied by n.
func times(n int, list []int) []int {
	out := make([]int, len(list))
	for i, x := range list {
		out[i] = n * x
	}
	return out
}

// widen makes the driver's data of two runs: everything is counted in numbers from here on.
func (e *emitter) widen() {
	c := *e.code // whoever made the program keeps it as it was
	c.Slots, c.LiteralAt = 2*c.Slots, 2*c.LiteralAt
	c.Stocks, c.Values = [2]int{2 * c.Stocks[0], 2 * c.Stocks[1]}, [2]int{2 * c.Values[0], 2 * c.Values[1]}
	c.Literals, c.Segments, c.Series, c.DelayStates, c.Guards = nil, nil, nil, nil, nil
	for _, x := range e.code.Literals {
		c.Literals = append(c.Literals, x, x)
	}
	for _, s := range e.code.Segments {
		c.Segments = append(c.Segments, code.Segment{Slot: 2 * s.Slot, Column: 2 * s.Column, N: 2 * s.N, Open: s.Open})
	}
	for _, s := range e.code.Series {
		c.Series = append(c.Series, code.Series{Table: s.Table, Slot: 2 * s.Slot}, code.Series{Table: s.Table, Slot: 2*s.Slot + 1})
	}
	for _, m := range e.code.DelayStates {
		m.At, m.N, m.Input = 2*m.At, 2*m.N, 2*m.Input
		if m.Delay >= 0 {
			m.Delay *= 2
		}
		c.DelayStates = append(c.DelayStates, m)
	}
	for _, g := range e.code.Guards {
		c.Guards = append(c.Guards, code.Block{Name: g.Name, At: 2 * g.At, N: 2 * g.N})
	}
	var checks []code.Block
	for _, b := range e.checks {
		checks = append(checks, code.Block{At: 2 * b.At, N: 2 * b.N})
	}
	c.Width *= 2
	e.code, e.checks = &c, checks
}
