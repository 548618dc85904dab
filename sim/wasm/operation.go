package wasm

import (
	"fmt"
	"math"

	"weir/model/resolved"
)

// operator has the instructions of operations that take their arguments in order.
var operator = map[string][]byte{
	"add": {opF64Add}, "sub": {opF64Sub}, "mul": {opF64Mul}, "div": {opF64Div}, "neg": {opF64Neg},
	"abs": {opF64Abs}, "sqrt": {opF64Sqrt}, "floor": {opF64Floor}, "ceil": {opF64Ceil}, "trunc": {opF64Trunc},
	"min": {opF64Min}, "max": {opF64Max}, "copy": {},
}

// called has the functions of operations that are calls, by the operations' names.
var called = func() map[string]string {
	out := map[string]string{}
	for o := range resolved.NumOps {
		if name := o.Maths(); name != "" {
			out[o.Name()] = "maths." + name
		}
	}
	return out
}()

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

// A source puts arguments of an operation on the stack.
type source interface {
	// push puts the value of argument number 1, 2 or 3 there. It may be called in a
	// branch that is not taken.
	push(arg int)
	// isTrue puts there whether it is not 0: a whole number, or a mask of two numbers.
	isTrue(arg int)
}

// operation puts the result of an elementwise operation on the stack.
func (w *writer) operation(op string, args int, from source) {
	switch {
	case w.two:
		w.operationPair(op, args, from)
		return
	case composed[op] != nil:
		for _, s := range composed[op] {
			if s.arg > 0 {
				from.push(s.arg)
			} else {
				w.op(s.op)
			}
		}
		return
	case isTruth(op):
		w.truth(op, from)
		w.op(opF64OfI32)
		return
	case w.choice(op, from):
		return
	}
	for k := range args {
		from.push(1 + k)
	}
	if code, ok := operator[op]; ok {
		w.op(code...)
	} else if name, ok := called[op]; ok {
		w.call(name)
	} else {
		panic(fmt.Sprintf("wasm: the operation %s is unknown", op))
	}
}

// comparison has the instructions that compare two numbers.
var comparison = map[string]byte{"lt": opF64Lt, "le": opF64Le, "gt": opF64Gt, "ge": opF64Ge, "eq": opF64Eq,
	"ne": opF64Ne}

// isTruth reports whether an operation gives 0 or 1.
func isTruth(op string) bool {
	return comparison[op] != 0 || op == "and" || op == "or" || op == "not"
}

// truth puts the result of such an operation on the stack, as a whole number.
func (w *writer) truth(op string, from source) {
	if w.two {
		w.truthPair(op, from)
		return
	}
	switch op {
	case "and", "or":
		from.isTrue(1)
		from.isTrue(2)
		w.op(map[string]byte{"and": opI32And, "or": opI32Or}[op])
	case "not":
		from.isTrue(1)
		w.op(opI32Eqz)
	default:
		from.push(1)
		from.push(2)
		w.op(comparison[op])
	}
}

// choices are the operations that take one of two values.
var choices = map[string]bool{"select": true, "when": true, "safediv": true}

// choice writes one of them and the inverse; it reports false if op is none. They
// branch: a select instruction would do, but wazero 1.12 takes the wrong value of some.
func (w *writer) choice(op string, from source) bool {
	switch op {
	case "select":
		from.isTrue(1)
		w.op(opIf, f64)
		from.push(2)
		w.op(opElse)
		from.push(3)
		w.op(opEnd)
	case "when":
		from.isTrue(1)
		w.op(opIf, f64)
		from.push(2)
		w.op(opElse)
		w.number(math.Float64frombits(0x7ff8000000000000))
		w.op(opEnd)
	case "safediv":
		from.push(2)
		w.number(0)
		w.op(opF64Eq, opIf, f64)
		from.push(3)
		w.op(opElse)
		from.push(1)
		from.push(2)
		w.op(opF64Div, opEnd)
	case "reciprocal":
		w.number(1)
		from.push(1)
		w.op(opF64Div)
	default:
		return false
	}
	return true
}
