package wasm

import (
	"weir/sim/internal/code"
)

// The driver's loops over stocks and rows, two elements at a time. Each takes the place
// of the function of package driver of its name and gives the same bits.

// library returns the library of functions of a module: with these loops, unless the
// module has no vector instructions.
func (e *emitter) library() []function {
	if e.plain {
		return library
	}
	own := map[string]function{}
	for _, f := range []function{towardPairs(), scalePairs(), addScaledPairs(), finitePairs()} {
		own[f.name] = f
	}
	list := make([]function, len(library))
	for i, f := range library {
		list[i] = f
		if x, ok := own[f.name]; ok {
			list[i] = x
		}
	}
	return list
}

// A stretch is a function being written that goes over n elements from some addresses on.
type stretch struct {
	*writer
	two bool // the body is for two elements
}

// load puts the present number, or two, of a vector on the stack.
func (s stretch) load(pointer int) {
	s.get(pointer)
	s.loadAt(0)
}

// store writes the number, or two, on the stack to the address below it.
func (s stretch) store() { s.storeAt(0) }

// do is an instruction on one number, or the one on two that does the same.
func (s stretch) do(code byte) {
	if s.two {
		s.vector(paired[code])
	} else {
		s.op(code)
	}
}

// factor is a parameter that is a number, in both lanes.
func (s stretch) factor(local int) {
	s.get(local)
	if s.two {
		s.vector(opF64x2Splat)
	}
}

// over writes the body for pairs of elements, then for the last one if the number of
// elements, in a local, is odd. Pointers go on by an element each.
func over(w *writer, count int, pointers []int, body func(s stretch)) {
	left := w.local(i32)
	w.get(count)
	w.whole(1)
	w.op(opI32ShrU)
	w.tee(left)
	w.op(opIf, opEmpty)
	w.loop()
	body(stretch{w, true})
	for _, p := range pointers {
		w.get(p)
		w.plus(2 * bytesAFloat)
		w.set(p)
	}
	w.get(left)
	w.whole(1)
	w.op(opI32Sub)
	w.tee(left)
	w.again()
	w.op(opEnd)
	w.get(count)
	w.whole(1)
	w.op(opI32And, opIf, opEmpty)
	body(stretch{w, false})
	w.op(opEnd)
}

// towardPairs returns d = a + h*(w*k).
func towardPairs() function {
	const d, a, n, h, weight, k = 0, 1, 2, 3, 4, 5
	w := newWriter("driver.toward", i32, i32, i32, f64, f64, i32)
	over(w, n, []int{d, a, k}, func(s stretch) {
		s.get(d)
		s.load(a)
		s.factor(h)
		s.factor(weight)
		s.load(k)
		s.do(opF64Mul)
		s.do(opF64Mul)
		s.do(opF64Add)
		s.store()
	})
	return w.done()
}

// scalePairs returns d = w*k.
func scalePairs() function {
	const d, n, weight, k = 0, 1, 2, 3
	w := newWriter("driver.scale", i32, i32, f64, i32)
	over(w, n, []int{d, k}, func(s stretch) {
		s.get(d)
		s.factor(weight)
		s.load(k)
		s.do(opF64Mul)
		s.store()
	})
	return w.done()
}

// addScaledPairs returns d = a + h*k.
func addScaledPairs() function {
	const d, a, n, h, k = 0, 1, 2, 3, 4
	w := newWriter("driver.addScaled", i32, i32, i32, f64, i32)
	over(w, n, []int{d, a, k}, func(s stretch) {
		s.get(d)
		s.load(a)
		s.factor(h)
		s.load(k)
		s.do(opF64Mul)
		s.do(opF64Add)
		s.store()
	})
	return w.done()
}

// finitePairs reports whether n numbers are: x - x is 0 for those that are, which has no
// bits, and NaN for the others, which has some.
func finitePairs() function {
	const at, n = 0, 1
	w := newWriter("driver.finite", i32, i32)
	w.results = string([]byte{i32})
	pairs, single := w.local(f64x2), w.local(f64)
	over(w, n, []int{at}, func(s stretch) {
		if s.two {
			s.get(pairs)
		}
		s.load(at)
		s.load(at)
		s.do(opF64Sub)
		if s.two {
			s.vector(opV128Or)
			s.set(pairs)
		} else {
			s.set(single)
		}
	})
	w.get(single)
	w.one(0)
	w.op(opF64Eq)
	w.get(pairs)
	w.vector(opV128Any)
	w.op(opI32Eqz, opI32And)
	return w.done()
}

// followPairs adds the step, local 1, times its slope to a block of stocks.
func (e *emitter) followPairs(w *writer, n *code.Net) {
	e.netPairs(w, n, second, func(at, _, offset int, two bool) {
		s := stretch{w, two}
		s.get(at)
		s.get(at)
		s.loadAt(bytesAFloat*n.Stock + offset)
		s.factor(second)
		s.flow(n, at, offset)
		s.do(opF64Mul)
		s.do(opF64Add)
		s.storeAt(bytesAFloat*n.Stock + offset)
	})
}

// slopePairs puts the slopes of a block among the others, from the address in local 1 on.
func (e *emitter) slopePairs(w *writer, n *code.Net) {
	_, first := e.netsOfNumbers()
	e.netPairs(w, n, second, func(at, to, offset int, two bool) {
		s := stretch{w, two}
		s.get(to)
		s.flow(n, at, offset)
		s.storeAt(bytesAFloat*(n.Stock-first) + offset)
	})
}

// loadAt is load at an offset in bytes from the address on the stack.
func (s stretch) loadAt(offset int) {
	if s.two {
		s.loadPair(offset)
	} else {
		s.loadOne(offset)
	}
}

// storeAt is store at an offset in bytes from the address on the stack.
func (s stretch) storeAt(offset int) {
	if s.two {
		s.storePair(offset)
	} else {
		s.storeOne(offset)
	}
}

// flow puts the sums of the inflows less the outflows on the stack.
func (s stretch) flow(n *code.Net, at, offset int) {
	if len(n.In) == 0 && s.two {
		s.both(0)
	} else if len(n.In) == 0 {
		s.one(0)
	}
	for i, x := range n.In {
		s.get(at)
		s.loadAt(bytesAFloat*x + offset)
		if i > 0 {
			s.do(opF64Add)
		}
	}
	for _, x := range n.Out {
		s.get(at)
		s.loadAt(bytesAFloat*x + offset)
		s.do(opF64Sub)
	}
}

// smallBlock is how many stocks are written out instead of looped over.
const smallBlock = 32

// netPairs writes a body for each two elements of a net, and for the last one if their
// number is odd. At has the address of the vector and to that in a local, both moved on in
// a loop; the element is at an offset from them.
func (e *emitter) netPairs(w *writer, n *code.Net, to int, body func(at, to, offset int, two bool)) {
	if n.N <= smallBlock {
		for i := 0; i+1 < n.N; i += 2 {
			body(vector, to, bytesAFloat*i, true)
		}
		if n.N%2 == 1 {
			body(vector, to, bytesAFloat*(n.N-1), false)
		}
		return
	}
	at, moved := w.local(i32), w.local(i32)
	w.get(vector)
	w.set(at)
	if e.stocksByAddress(w, to) {
		w.get(to)
		w.set(moved)
	}
	w.times(n.N/2, func() {
		body(at, moved, 0, true)
		for _, l := range []int{at, moved} {
			w.get(l)
			w.plus(2 * bytesAFloat)
			w.set(l)
		}
	})
	if n.N%2 == 1 {
		body(at, moved, 0, false)
	}
	w.free(i32, at, moved)
}

// stocksByAddress reports whether a function's second parameter is an address.
func (e *emitter) stocksByAddress(w *writer, to int) bool { return w.params[to] == i32 }
