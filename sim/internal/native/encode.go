package native

import (
	"encoding/binary"
	"math"
)

// The instruction format is that of the Intel 64 and IA-32 Architectures Software Developer's
// Manual, volume 2, sections 2.1 (legacy), 2.3 (VEX) and 2.7 (EVEX).

// A gpr is a general register by its number.
type gpr uint8

// Registers with a fixed task.
const (
	rax gpr = 0  // an index, the number of the exit
	rcx gpr = 1  // counts innermost loops
	rdx gpr = 2  // segments
	rbx gpr = 3  // slopes
	rsi gpr = 6  // points of tables
	rdi gpr = 7  // slots
	r8  gpr = 8  // d, a, b, c in loops: r8 to r11
	r13 gpr = 13 // counts rows
	r12 gpr = 12 // counts planes
)

// none stands for no index register.
const none gpr = 0xff

// An xmm is a vector register by its number.
type xmm uint8

const vectors = 16

// An operand is a register, a place in memory, or a constant behind the code.
type operand struct {
	kind  operandKind
	reg   xmm
	base  gpr
	index gpr // none, or one that is added
	disp  int32
	bits  uint64 // of a constant
}

type operandKind uint8

const (
	inRegister operandKind = iota
	inMemory
	inConstants
)

func register(r xmm) operand { return operand{kind: inRegister, reg: r} }

// number returns a constant, spread over a register's width.
func number(x float64) operand { return bits(math.Float64bits(x)) }

func bits(b uint64) operand { return operand{kind: inConstants, bits: b} }

// A constant is in memory behind the code, four times over, or eight where registers are wide.
type constant uint64

// A fixup is a distance that is known once the code is complete.
type fixup struct {
	at    int // of the four bytes that hold it
	after int // where the instruction ends
	value constant
}

func (e *emitter) put(b ...byte) { e.bytes = append(e.bytes, b...) }

func (e *emitter) put32(x int32) { e.bytes = binary.LittleEndian.AppendUint32(e.bytes, uint32(x)) }

// Prefixes and maps of opcodes.
const (
	pd    = 1 // 66: packed, and most others
	sd    = 3 // F2: one number
	map0F = 1
	map38 = 2
	map3A = 3
)

// An opcode is an instruction of vectors without its operands.
type opcode struct {
	prefix, opmap, code uint8
	w                   bool // the W bit, which EVEX needs for numbers of 64 bits
}

// vex writes an instruction of VEX form on so many numbers: reg is the first operand, vvvv the
// second, rm the last. imm, if not negative, follows.
func (e *emitter) vex(o opcode, width int, reg, vvvv xmm, rm operand, imm int) {
	long := byte(0)
	if width == 4 {
		long = 1
	}
	// The bits R, X and B, which go before the three bits of a register elsewhere, are inverted.
	b2 := byte(o.opmap) | (^byte(reg)>>3&1)<<7 | 1<<6 | 1<<5
	switch rm.kind {
	case inRegister:
		b2 = b2&^(1<<5) | (^byte(rm.reg)>>3&1)<<5
	case inMemory:
		b2 = b2&^(1<<5) | (^byte(rm.base)>>3&1)<<5
	}
	b3 := (^byte(vvvv)&15)<<3 | long<<2 | o.prefix
	if o.w {
		b3 |= 1 << 7
	}
	e.put(0xc4, b2, b3, o.code)
	e.modrm(byte(reg)&7, rm, imm)
}

// modrm writes the bytes that name the operands, then the immediate one.
func (e *emitter) modrm(reg byte, rm operand, imm int) {
	tail := 0
	if imm >= 0 {
		tail = 1
	}
	switch {
	case rm.kind == inRegister:
		e.put(0xc0 | reg<<3 | byte(rm.reg)&7)
	case rm.kind == inConstants: // relative to the end of the instruction
		e.put(reg<<3 | 5)
		e.fixups = append(e.fixups, fixup{len(e.bytes), len(e.bytes) + 4 + tail, constant(rm.bits)})
		e.put32(0)
	case rm.index != none:
		e.put(0x80|reg<<3|4, byte(rm.index)&7<<3|byte(rm.base)&7)
		e.put32(rm.disp)
	case rm.disp >= -128 && rm.disp < 128:
		e.put(0x40|reg<<3|byte(rm.base)&7, byte(rm.disp))
	default:
		e.put(0x80 | reg<<3 | byte(rm.base)&7)
		e.put32(rm.disp)
	}
	if imm >= 0 {
		e.put(byte(imm))
	}
}

// placeConstants puts the constants behind the code, aligned, and fills in how far away they are.
func (e *emitter) placeConstants() {
	for len(e.bytes)%64 != 0 {
		e.put(0xcc)
	}
	for _, f := range e.fixups {
		at, ok := e.constants[f.value]
		if !ok {
			at = len(e.bytes)
			e.constants[f.value] = at
			for range 4 {
				e.bytes = binary.LittleEndian.AppendUint64(e.bytes, uint64(f.value))
			}
		}
		binary.LittleEndian.PutUint32(e.bytes[f.at:], uint32(int32(at-f.after)))
	}
	e.fixups = nil
}

// The general instructions.

// loadExit puts the number of an exit into the result.
func (e *emitter) loadExit(n int) {
	e.put(0x48, 0xc7, 0xc0) // mov rax, imm32
	e.put32(int32(n))
}

func (e *emitter) ret() { e.put(0xc3) }

// address is lea to, [base + disp].
func (e *emitter) address(to, base gpr, disp int32) {
	e.put(0x48|byte(to)>>3<<2|byte(base)>>3, 0x8d)
	e.modrm(byte(to)&7, operand{kind: inMemory, base: base, index: none, disp: disp}, -1)
}

// advance is add r, n.
func (e *emitter) advance(r gpr, n int) {
	if n == 0 {
		return
	}
	e.put(0x48|byte(r)>>3, 0x81, 0xc0|byte(r)&7)
	e.put32(int32(n))
}

// count puts a number of turns into a register.
func (e *emitter) count(r gpr, n int) {
	if r >= 8 {
		e.put(0x41)
	}
	e.put(0xb8 | byte(r)&7)
	e.put32(int32(n))
}

// again counts a register down and goes back to a place unless it is 0.
func (e *emitter) again(r gpr, to int) {
	if r >= 8 {
		e.put(0x41)
	}
	e.put(0xff, 0xc8|byte(r)&7) // dec
	e.jumpIf(notZero, to)
}

// Conditions of jumps, by their number.
const (
	below     = 2
	zero      = 4
	notZero   = 5
	notAbove  = 6
	aboveThat = 7
	always    = 0xff
)

// jumpIf jumps to a place that is known.
func (e *emitter) jumpIf(condition byte, to int) {
	e.put(0x0f, 0x80|condition)
	e.put32(int32(to - len(e.bytes) - 4))
}

// jumpLater jumps to a place that lands gives it later.
func (e *emitter) jumpLater(condition byte) int {
	if condition == always {
		e.put(0xe9)
	} else {
		e.put(0x0f, 0x80|condition)
	}
	e.put32(0)
	return len(e.bytes)
}

// lands makes jumps that ended at these places come here.
func (e *emitter) lands(from ...int) {
	for _, f := range from {
		binary.LittleEndian.PutUint32(e.bytes[f-4:], uint32(int32(len(e.bytes)-f)))
	}
}

// jump goes to a place that is known.
func (e *emitter) jump(to int) {
	e.put(0xe9)
	e.put32(int32(to - len(e.bytes) - 4))
}
