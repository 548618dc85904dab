package wasm

import (
	"fmt"

	"weir/sim/internal/code"
)

// netsAFunction is how many stocks, or arrays of them, one function moves.
const netsAFunction = 300

// nets writes the functions that move stocks: by Euler's method, and, for methods
// with stages, that put the slopes elsewhere.
func (e *emitter) nets() {
	e.eachNet("driver.follow", f64, e.follow)
	e.eachNet("driver.slopes", i32, e.slope)
}

// eachNet writes a function that handles all nets, in pieces if there are many. Its
// second parameter, of type t, is local 1.
func (e *emitter) eachNet(name string, t byte, write func(w *writer, n *code.Net)) {
	all := newWriter(name, i32, t)
	nets, _ := e.netsOfNumbers()
	for from := 0; from < len(nets); from += netsAFunction {
		list := nets[from:min(from+netsAFunction, len(nets))]
		w := all
		if len(nets) > netsAFunction {
			w = newWriter(fmt.Sprintf("%s %d", name, from), i32, t)
		}
		w.touch(highestOf(list))
		for i := range list {
			write(w, &list[i])
		}
		if w != all {
			e.functions = append(e.functions, w.done())
			all.get(vector)
			all.get(second)
			all.call(w.name)
		}
	}
	e.functions = append(e.functions, all.done())
}

// second is the second parameter.
const second = 1

// highestOf returns the highest slot that the net flows of stocks read or write.
func highestOf(list []code.Net) int {
	most := 0
	for _, n := range list {
		for _, s := range append(append([]int{n.Stock}, n.In...), n.Out...) {
			most = max(most, s+n.N-1)
		}
	}
	return most
}

// follow adds the step, local 1, times its slope to a stock.
func (e *emitter) follow(w *writer, n *code.Net) {
	if n.N > 1 && !e.plain {
		e.followPairs(w, n)
		return
	}
	w.eachOf(n, nil, func(at, _ int) {
		w.get(at)
		w.get(at)
		w.loadOne(bytesAFloat * n.Stock)
		w.get(second)
		w.flow(n, at)
		w.op(opF64Mul, opF64Add)
		w.storeOne(bytesAFloat * n.Stock)
	})
}

// slope puts the slope of a stock among the others, from the address in local 1 on.
func (e *emitter) slope(w *writer, n *code.Net) {
	if n.N > 1 && !e.plain {
		e.slopePairs(w, n)
		return
	}
	to := second
	w.eachOf(n, &to, func(at, to int) {
		w.get(to)
		w.flow(n, at)
		_, first := e.netsOfNumbers()
		w.storeOne(bytesAFloat * (n.Stock - first))
	})
}

// flow puts the sum of the inflows less the outflows on the stack.
func (w *writer) flow(n *code.Net, at int) {
	if len(n.In) == 0 {
		w.one(0)
	}
	for i, s := range n.In {
		w.get(at)
		w.loadOne(bytesAFloat * s)
		if i > 0 {
			w.op(opF64Add)
		}
	}
	for _, s := range n.Out {
		w.get(at)
		w.loadOne(bytesAFloat * s)
		w.op(opF64Sub)
	}
}

// eachOf writes a body for each element of a net. At is a local with the address of
// the vector, moved on element by element; so is to, from the local given.
func (w *writer) eachOf(n *code.Net, to *int, body func(at, to int)) {
	if n.N == 1 {
		body(vector, second)
		return
	}
	at := w.local(i32)
	w.get(vector)
	w.set(at)
	moved := -1
	if to != nil {
		moved = w.local(i32)
		w.get(*to)
		w.set(moved)
	}
	w.times(n.N, func() {
		body(at, moved)
		for _, l := range []int{at, moved} {
			if l >= 0 {
				w.get(l)
				w.plus(bytesAFloat)
				w.set(l)
			}
		}
	})
	w.free(i32, at)
	if moved >= 0 {
		w.free(i32, moved)
	}
}
