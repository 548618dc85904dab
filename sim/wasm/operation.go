package wasm

import (
	"fmt"
	"math"
)

// operator has the instructions of operations that take their arguments in order.
var operator = map[string][]byte{
	"add": {opF64Add}, "sub": {opF64Sub}, "mul": {opF64Mul}, "div": {opF64Div}, "neg": {opF64Neg},
	"abs": {opF64Abs}, "sqrt": {opF64Sqrt}, "floor": {opF64Floor}, "ceil": {opF64Ceil}, "trunc": {opF64Trunc},
	"min": {opF64Min}, "max": {opF64Max}, "copy": {},
	"lt": {opF64Lt, opF64OfI32}, "le": {opF64Le, opF64OfI32}, "gt": {opF64Gt, opF64OfI32}, "ge": {opF64Ge, opF64OfI32},
	"eq": {opF64Eq, opF64OfI32}, "ne": {opF64Ne, opF64OfI32},
}

// called has the functions of operations that are calls.
var called = map[string]string{
	"exp": "maths.Exp", "ln": "maths.Ln", "log10": "maths.Log10", "sin": "maths.Sin", "cos": "maths.Cos", "tan": "maths.Tan",
	"arcsin": "maths.Asin", "arccos": "maths.Acos", "arctan": "maths.Atan", "pow": "maths.Pow", "mod": "maths.Modulo",
	"round": "maths.Round",
}

// A step of a composed operation pushes an argument (a, b or c) or is an instruction.
type step struct {
	arg int // 1 for a, 2 for b, 3 for c; 0 for an instruction
	op  byte
}

var (
	pushA = step{arg: 1}
	pushB = step{arg: 2}
	pushC = step{arg: 3}
	mul   = step{op: opF64Mul}
	add   = step{op: opF64Add}
	sub   = step{op: opF64Sub}
	div   = step{op: opF64Div}
)

// composed has the operations of several instructions. Each is rounded on its own,
// as in package sim.
var composed = map[string][]step{
	"square": {pushA, pushA, mul},
	"muladd": {pushA, pushB, mul, pushC, add},
	"mulsub": {pushC, pushA, pushB, mul, sub},
	"mulmul": {pushA, pushB, mul, pushC, mul},
	"muldiv": {pushA, pushB, mul, pushC, div},
	"submul": {pushA, pushB, sub, pushC, mul},
	"subdiv": {pushA, pushB, sub, pushC, div},
	"addadd": {pushA, pushB, add, pushC, add},
}

// operation puts the result of an elementwise operation on the stack; push puts its
// argument number 1, 2 or 3 there.
func (w *writer) operation(op string, args int, push func(arg int)) {
	if list, ok := composed[op]; ok {
		for _, s := range list {
			if s.arg > 0 {
				push(s.arg)
			} else {
				w.op(s.op)
			}
		}
		return
	}
	if w.choice(op, push) {
		return
	}
	for k := range args {
		push(1 + k)
	}
	if code, ok := operator[op]; ok {
		w.op(code...)
	} else if name, ok := called[op]; ok {
		w.call(name)
	} else {
		panic(fmt.Sprintf("wasm: the operation %s is unknown", op))
	}
}

// choice writes the operations that take one of two values, and logic. It reports
// false if op is none of them.
func (w *writer) choice(op string, push func(arg int)) bool {
	notZero := func(arg int) { push(arg); w.number(0); w.op(opF64Ne) }
	switch op {
	case "select":
		push(2)
		push(3)
		notZero(1)
		w.op(opSelectOf)
	case "when":
		push(2)
		w.number(math.Float64frombits(0x7ff8000000000000))
		notZero(1)
		w.op(opSelectOf)
	case "safediv":
		push(3)
		push(1)
		push(2)
		w.op(opF64Div)
		push(2)
		w.number(0)
		w.op(opF64Eq, opSelectOf)
	case "reciprocal":
		w.number(1)
		push(1)
		w.op(opF64Div)
	case "and", "or":
		notZero(1)
		notZero(2)
		if op == "and" {
			w.op(opI32And)
		} else {
			w.op(opI32Or)
		}
		w.op(opF64OfI32)
	case "not":
		push(1)
		w.number(0)
		w.op(opF64Eq, opF64OfI32)
	default:
		return false
	}
	return true
}
