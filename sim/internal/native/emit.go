package native

// An emitter writes code. Results are written to memory as soon as they are computed, and stay in
// registers, too, for as long as these are not needed: an operand is read from memory only if no
// register has it.
type emitter struct {
	source    *Source
	bytes     []byte
	fixups    []fixup
	constants map[constant]int
	later     []func() // rare paths, written behind a routine
	held      [vectors]held
	clock     int
}

// A held says which numbers of the slots a register has.
type held struct {
	disp   int32
	width  int  // numbers; 0: none
	spread bool // one number, width times
	used   int  // when, by the emitter's clock
	busy   bool // an operand or a result of the operation that is being written
	pinned bool // for a loop
}

// An arg is an operand of one operation on so many numbers.
type arg struct {
	operand
	spread bool // one number stands for all
}

// forget notes that registers have nothing.
func (e *emitter) forget() { e.held = [vectors]held{} }

// take returns a register to write to: a free one, or the one used longest ago.
func (e *emitter) take() xmm {
	// An operation has at most eight registers in use, and a loop pins at most eight, of sums, or three,
	// of spread operands: there is always a free one.
	best := -1
	for i := range e.held {
		h := &e.held[i]
		if h.busy || h.pinned {
			continue
		}
		if best < 0 {
			best = i
			continue
		}
		b := &e.held[best]
		if empty, other := h.width == 0, b.width == 0; empty && !other || empty == other && h.used < b.used {
			best = i
		}
	}
	if best < 0 {
		panic("native: no register is free")
	}
	e.clock++
	e.held[best] = held{busy: true, used: e.clock}
	return xmm(best)
}

// done lets registers of an operation be used for others.
func (e *emitter) done() {
	for i := range e.held {
		e.held[i].busy = false
	}
}

// find returns the register that has an operand.
func (e *emitter) find(a arg, width int) (xmm, bool) {
	if a.kind == inRegister {
		return a.reg, true
	}
	if a.kind != inMemory || a.base != rdi || a.index != none {
		return 0, false // through a pointer that moves: nobody knows which slot it is
	}
	for i := range e.held {
		h := &e.held[i]
		if h.width == width && h.disp == a.disp && h.spread == (a.spread && width > 1) {
			e.clock++
			h.used, h.busy = e.clock, true
			return xmm(i), true
		}
	}
	return 0, false
}

// load returns a register that has an operand.
func (e *emitter) load(a arg, width int) xmm {
	if r, ok := e.find(a, width); ok {
		return r
	}
	r := e.take()
	spread := a.spread && width > 1 && a.kind == inMemory
	if spread {
		e.vex(broadcast(width), width, r, 0, a.operand, -1)
	} else {
		e.vex(move(width), width, r, 0, a.operand, -1)
	}
	if a.kind == inMemory && a.base == rdi && a.index == none {
		e.held[r].disp, e.held[r].width, e.held[r].spread = a.disp, width, spread
	}
	return r
}

// use returns an operand as the last one of an instruction, which may lie in memory.
func (e *emitter) use(a arg, width int) operand {
	if r, ok := e.find(a, width); ok {
		return register(r)
	}
	if a.kind == inMemory && a.spread && width > 1 {
		return register(e.load(a, width))
	}
	return a.operand
}

// store writes a result, which the register then has.
func (e *emitter) store(to arg, r xmm, width int) {
	o := move(width)
	o.code++ // from register to memory
	e.vex(o, width, r, 0, to.operand, -1)
	if to.base != rdi || to.index != none {
		return
	}
	// What other registers had of these slots is no longer true.
	for i := range e.held {
		h := &e.held[i]
		size := int32(8 * h.width)
		if h.spread {
			size = 8
		}
		if h.width > 0 && h.disp < to.disp+int32(8*width) && to.disp < h.disp+size {
			h.width = 0
		}
	}
	if h := &e.held[r]; !h.pinned {
		h.disp, h.width, h.spread = to.disp, width, false
	}
}

// move is the instruction that copies so many numbers.
func move(width int) opcode {
	if width == 1 {
		return opcode{prefix: sd, opmap: map0F, code: 0x10, w: true}
	}
	return opcode{prefix: pd, opmap: map0F, code: 0x10, w: true}
}

// broadcast is the instruction that spreads one number.
func broadcast(width int) opcode {
	if width == 2 {
		return opcode{prefix: sd, opmap: map0F, code: 0x12, w: true}
	}
	return opcode{prefix: pd, opmap: map38, code: 0x19}
}

// arithmetic returns an operation of map 0F for so many numbers.
func arithmetic(code byte, width int) opcode {
	if width == 1 {
		return opcode{prefix: sd, opmap: map0F, code: code, w: true}
	}
	return opcode{prefix: pd, opmap: map0F, code: code, w: true}
}

// Opcodes of map 0F.
const (
	codeSqrt    = 0x51
	codeAnd     = 0x54
	codeOr      = 0x56
	codeXor     = 0x57
	codeAdd     = 0x58
	codeMul     = 0x59
	codeSub     = 0x5c
	codeMin     = 0x5d
	codeDiv     = 0x5e
	codeMax     = 0x5f
	codeCompare = 0xc2
)

// op is d = a op b.
func (e *emitter) op(code byte, width int, a xmm, b operand) xmm {
	d := e.take()
	e.vex(arithmetic(code, width), width, d, a, b, -1)
	return d
}

// bitwise is d = a op b of all bits; b is a register or a constant.
func (e *emitter) bitwise(code byte, width int, a xmm, b operand) xmm {
	d := e.take()
	e.vex(opcode{prefix: pd, opmap: map0F, code: code, w: true}, width, d, a, b, -1)
	return d
}

// compare has all bits of a number set where a relation holds.
func (e *emitter) compare(predicate, width int, a xmm, b operand) xmm {
	d := e.take()
	e.vex(arithmetic(codeCompare, width), width, d, a, b, predicate)
	return d
}

// blend is a where the mask is set, else b.
func (e *emitter) blend(width int, mask, a, b xmm) xmm {
	d := e.take()
	e.vex(opcode{prefix: pd, opmap: map3A, code: 0x4b}, width, d, b, register(a), int(mask)<<4)
	return d
}

// round rounds to whole numbers by a mode of the processor.
func (e *emitter) round(mode, width int, a arg) xmm {
	o := opcode{prefix: pd, opmap: map3A, code: 0x09}
	x := e.load(a, width)
	if width == 1 {
		o.code = 0x0b
	}
	d, vvvv := e.take(), xmm(0)
	if width == 1 {
		vvvv = x
	}
	e.vex(o, width, d, vvvv, register(x), mode)
	return d
}
