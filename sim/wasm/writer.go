package wasm

// A writer writes the code of one function. Its first parameter is the address of
// the vector, local 0.
type writer struct {
	function
	code  []byte
	freed map[byte][]int // locals that are free again, by type
	two   bool           // a slot holds the numbers of two runs, and instructions work on both
}

const vector = 0 // the local that holds its address

// newWriter begins a function of the given parameters.
func newWriter(name string, params ...byte) *writer {
	return &writer{function: function{name: name, params: string(params)}, freed: map[byte][]int{}}
}

// newWriter begins a function of the model's code.
func (e *emitter) newWriter(name string, params ...byte) *writer {
	w := newWriter(name, params...)
	w.two = e.two
	return w
}

// done returns the function.
func (w *writer) done() function {
	w.cut("")
	return w.function
}

// cut ends a part of the body with a call, whose index is known only when all functions are.
func (w *writer) cut(call string) {
	w.body = append(w.body, part{code: string(w.code), call: call})
	w.code = nil
}

// local returns a local of a type; free takes it back.
func (w *writer) local(t byte) int {
	if list := w.freed[t]; len(list) > 0 {
		w.freed[t] = list[:len(list)-1]
		return list[len(list)-1]
	}
	w.locals += string([]byte{t})
	return len(w.params) + len(w.locals) - 1
}

// free returns locals of a type for other uses.
func (w *writer) free(t byte, locals ...int) { w.freed[t] = append(w.freed[t], locals...) }

// One method per instruction that the emitter writes often. Offsets are in bytes, addresses and
// locals as in the WebAssembly Core Specification; vector is the local with the address of the
// state vector.

func (w *writer) op(codes ...byte) { w.code = append(w.code, codes...) }
func (w *writer) get(local int)    { w.code = uleb(append(w.code, opLocalGet), local) }
func (w *writer) set(local int)    { w.code = uleb(append(w.code, opLocalSet), local) }
func (w *writer) tee(local int)    { w.code = uleb(append(w.code, opLocalTee), local) }
func (w *writer) call(name string) { w.cut(name) }

func (w *writer) whole(x int)       { w.code = sleb(append(w.code, opI32Const), x) }
func (w *writer) one(x float64)     { w.code = float(append(w.code, opF64Const), x) }
func (w *writer) loadOne(at int)    { w.code = uleb(append(w.code, opF64Load, alignFloat), at) }
func (w *writer) storeOne(at int)   { w.code = uleb(append(w.code, opF64Store, alignFloat), at) }
func (w *writer) loadI(offset int)  { w.code = uleb(append(w.code, opI32Load, alignWhole), offset) }
func (w *writer) plus(n int)        { w.whole(n); w.op(opI32Add) }
func (w *writer) loop()             { w.op(opLoop, opEmpty) }
func (w *writer) again()            { w.op(opBrIf, 0, opEnd) } // if the number on the stack is not 0
func (w *writer) loadSlot(slot int) { w.get(vector); w.load(w.bytes(slot)) }
