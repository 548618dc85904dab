package wasm

import (
	"weir/model/resolved"
	"weir/sim/internal/code"
)

// wholeBlock returns where the numbers of an operand of a call of whole arrays begin, and how
// many they are.
func (e *emitter) wholeBlock(in *code.Instruction, o int) (from, n int) {
	site := &e.code.Wholes[in.Site]
	if o == code.Result {
		return in.At[o], site.Turns * site.Out
	}
	return in.At[o], site.Turns * site.Width()
}

// whole writes the calls of a function of whole arrays.
func (e *emitter) whole(k *walk) {
	site := &e.code.Wholes[k.in.Site]
	to, from := k.local(i32), k.local(i32)
	for _, x := range []struct{ local, slot int }{{to, k.in.At[code.Result]}, {from, k.in.At[code.A]}} {
		k.get(vector)
		k.plus(bytesAFloat * x.slot)
		k.set(x.local)
	}
	k.times(site.Turns, func() {
		e.wholeCall(k.writer, site, to, from)
		k.get(to)
		k.plus(bytesAFloat * site.Out)
		k.set(to)
		k.get(from)
		k.plus(bytesAFloat * site.Width())
		k.set(from)
	})
	k.free(i32, to, from)
}

// wholeCall writes one call: addresses of the result and of the arrays, then numbers.
func (e *emitter) wholeCall(w *writer, site *code.Whole, to, from int) {
	w.get(to)
	offset := 0
	for i, n := range site.Args {
		w.get(from)
		if i < site.Fn.Arrays() {
			w.plus(offset)
		} else {
			w.loadOne(offset)
		}
		offset += bytesAFloat * n
	}
	switch site.Fn {
	case resolved.Invert:
		w.whole(e.scratchOf(site.Out))
		w.whole(int(resolved.Side(site.Out)))
		w.call("arrays.Invert")
	case resolved.Allocate:
		w.whole(site.Out)
		w.call("arrays.Allocate")
	case resolved.Price:
		w.whole(site.Args[0])
		w.whole(site.Args[4])
		w.call("arrays.Price")
	}
}

// scratchOf returns the address of room for n numbers, which all calls share.
func (e *emitter) scratchOf(n int) int {
	if n > e.scratchSize {
		e.scratch, e.scratchSize = e.memory.reserve(bytesAFloat*n), n
	}
	return e.scratch
}
