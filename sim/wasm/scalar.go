package wasm

import (
	"strings"

	"weir/sim/internal/code"
)

// A flight is the knowledge about slots of the vector at one place of a function:
// which of them are at hand in a local.
type flight struct {
	*writer
	e      *emitter
	plan   *plan
	local  map[int]int // by slot
	truths map[int]int // by slot: whether it is not 0
	in     *code.Instruction
	reads  [code.Operands]int // of the present instruction
}

// A plan says, for the instructions of one function, how often the value of a slot
// is read again by scalar ones before it changes, and whether anything else reads it.
type plan struct {
	reads  [][code.Operands]int // by instruction: reads of the operand's value after this one; for the result, all
	stored []bool               // by instruction: the result has to be in memory
}

// makePlan looks at the instructions from the last to the first.
func (e *emitter) makePlan(list []code.Instruction) *plan {
	p := &plan{reads: make([][code.Operands]int, len(list)), stored: make([]bool, len(list))}
	reads := map[int]int{}   // by slot: reads by scalar instructions further on
	needed := map[int]bool{} // by slot: read from memory further on
	killed := map[int]bool{} // by slot: written further on, before any other function reads it
	for i := len(list) - 1; i >= 0; i-- {
		in := &list[i]
		if !isScalar(in) {
			e.touched(in, func(slot int, write bool) {
				if !write {
					needed[slot] = true
				}
			})
			e.touched(in, func(slot int, write bool) {
				if write {
					delete(reads, slot)
				}
			})
			continue
		}
		d := in.At[code.Result]
		p.reads[i][code.Result] = reads[d]
		p.stored[i] = needed[d] || !killed[d] && e.outlives(d)
		delete(reads, d)
		delete(needed, d)
		killed[d] = true
		for o := in.Args; o >= code.A; o-- {
			p.reads[i][o] = reads[in.At[o]]
			reads[in.At[o]]++
		}
	}
	return p
}

// outlives reports whether other functions read what this one leaves in a slot.
func (e *emitter) outlives(slot int) bool {
	if e.within != nil {
		return e.within[slot]
	}
	return e.lives[slot] || slot < e.temporaries
}

// isScalar reports whether an instruction works on single slots.
func isScalar(in *code.Instruction) bool {
	if in.N != 1 || in.Rows != 1 || in.Planes != 1 {
		return false
	}
	switch in.Op {
	case "gather", "scatter", "draw", "whole":
		return false
	}
	return !strings.HasPrefix(in.Op, "reduce ")
}

// touched calls f for every slot that an instruction reads, then for those it writes.
func (e *emitter) touched(in *code.Instruction, f func(slot int, write bool)) {
	for o := in.Args; o >= 0; o-- {
		write := o == code.Result
		switch {
		case in.Op == "gather" && !write || in.Op == "scatter" && write:
			for _, x := range e.code.Indexes[in.Site] {
				f(in.At[o]+int(x), write)
			}
			continue
		case in.Op == "whole":
			from, n := e.wholeBlock(in, o)
			for i := range n {
				f(from+i, write)
			}
			continue
		case write && in.Keep:
			eachSlot(in, o, func(slot int) { f(slot, false) })
		}
		eachSlot(in, o, func(slot int) { f(slot, write) })
	}
}

// eachSlot calls f for every slot that operand o of an instruction reads or writes.
func eachSlot(in *code.Instruction, o int, f func(slot int)) {
	turns, step := in.N, in.Step[o]
	if step == 0 || strings.HasPrefix(in.Op, "reduce ") && o == code.Result {
		turns = 1
	}
	for p := range in.Planes {
		for r := range in.Rows {
			for i := range turns {
				f(in.At[o] + p*in.PlanesStep[o] + r*in.RowStep[o] + i*step)
			}
		}
	}
}

// instructions writes a function's instructions. Values of scalar ones stay in
// locals while they are read again; temporaries that nothing else reads are not
// stored at all.
func (e *emitter) instructions(w *writer, list []code.Instruction) {
	f := &flight{writer: w, e: e, local: map[int]int{}, truths: map[int]int{}, plan: e.makePlan(list)}
	w.touch(e.highest(list))
	for i := range list {
		in := &list[i]
		if isScalar(in) {
			f.scalar(i, in)
			continue
		}
		e.array(w, in)
		e.touched(in, func(slot int, write bool) {
			if write {
				f.forget(slot)
			}
		})
	}
}

// touch reads a slot, so that a compiler knows that all before it are in memory.
func (w *writer) touch(slot int) {
	w.loadSlot(slot)
	w.op(opDrop)
}

// highest returns the highest slot that instructions touch.
func (e *emitter) highest(list []code.Instruction) int {
	most := 0
	for i := range list {
		e.touched(&list[i], func(slot int, _ bool) { most = max(most, slot) })
	}
	return most
}

// forget frees the locals of a slot.
func (f *flight) forget(slot int) {
	if l, ok := f.local[slot]; ok {
		f.free(f.kind(), l)
		delete(f.local, slot)
	}
	if l, ok := f.truths[slot]; ok {
		f.free(f.truthKind(), l)
		delete(f.truths, slot)
	}
}

// scalar writes one instruction on single slots.
func (f *flight) scalar(i int, in *code.Instruction) {
	reads, d := f.plan.reads[i], in.At[code.Result]
	f.in, f.reads = in, reads
	f.prefetch()
	if f.plan.stored[i] {
		f.get(vector)
	}
	keep := reads[code.Result] > 0
	truth := -1
	switch {
	case in.Op == "lookup":
		f.e.lookup(f.writer, in, func() { f.push(code.A) })
	case keep && isTruth(in.Op):
		truth = f.writer.local(f.truthKind())
		f.truth(in.Op, f)
		f.tee(truth)
		f.oneOrZero()
	default:
		f.operation(in.Op, in.Args, f)
	}
	for o := code.A; o <= in.Args; o++ {
		if reads[o] == 0 && in.At[o] != d {
			f.forget(in.At[o])
		}
	}
	f.forget(d)
	f.result(d, keep, f.plan.stored[i])
	if truth >= 0 {
		f.truths[d] = truth
	}
}

// result takes the value on the stack to a local, to memory or both.
func (f *flight) result(d int, keep, stored bool) {
	if keep {
		l := f.writer.local(f.kind())
		f.local[d] = l
		f.tee(l)
	}
	if stored {
		f.store(f.bytes(d))
	} else {
		f.op(opDrop)
	}
}

// prefetch puts arguments that are read again into locals where the operation
// branches, since only one of its branches is run.
func (f *flight) prefetch() {
	if f.two || !choices[f.in.Op] {
		return
	}
	for o := code.A; o <= f.in.Args; o++ {
		if f.reads[o] > 0 {
			f.push(o)
			f.op(opDrop)
		}
	}
}

// push puts an operand's value on the stack.
func (f *flight) push(o int) {
	slot := f.in.At[o]
	if x, ok := f.e.literal(slot, true); ok {
		f.number(x)
		return
	}
	l, ok := f.local[slot]
	if ok {
		f.get(l)
		return
	}
	f.loadSlot(slot)
	if f.reads[o] > 0 {
		l = f.writer.local(f.kind())
		f.local[slot] = l
		f.tee(l)
	}
}

// isTrue puts on the stack whether an operand is not 0, of two runs as a mask.
func (f *flight) isTrue(o int) {
	if l, ok := f.truths[f.in.At[o]]; ok {
		f.get(l)
		return
	}
	f.push(o)
	f.number(0)
	f.do(opF64Ne)
}
