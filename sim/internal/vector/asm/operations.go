package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

const signBit = 1 << 63

// Predicates of comparisons, as in the processor's manual: ordered ones are false if
// an argument is NaN.
const (
	equal    = 0
	less     = 1
	atMost   = 2
	notEqual = 4
	atLeast  = 13
	above    = 14
)

var operations = []operation{
	{"neg", "-a", 1, func(x []VecVirtual) VecVirtual { return flip(x[0]) }},
	{"abs", "the size of a", 1, func(x []VecVirtual) VecVirtual { return size(x[0]) }},
	{"sqrt", "the root of a", 1, func(x []VecVirtual) VecVirtual { r := YMM(); VSQRTPD(x[0], r); return r }},
	{"floor", "the floor of a", 1, func(x []VecVirtual) VecVirtual { r := YMM(); VROUNDPD(U8(1), x[0], r); return r }},
	{"square", "a*a", 1, func(x []VecVirtual) VecVirtual { return mul(x[0], x[0]) }},
	{"add", "a+b", 2, func(x []VecVirtual) VecVirtual { return add(x[0], x[1]) }},
	{"sub", "a-b", 2, func(x []VecVirtual) VecVirtual { return sub(x[0], x[1]) }},
	{"mul", "a*b", 2, func(x []VecVirtual) VecVirtual { return mul(x[0], x[1]) }},
	{"div", "a/b", 2, func(x []VecVirtual) VecVirtual { return div(x[0], x[1]) }},
	{"smaller", "min(a, b)", 2, func(x []VecVirtual) VecVirtual { return smaller(x[0], x[1]) }},
	{"larger", "max(a, b)", 2, func(x []VecVirtual) VecVirtual { return flip(smaller(flip(x[0]), flip(x[1]))) }},
	{"mulAdd", "a*b + c", 3, func(x []VecVirtual) VecVirtual { return add(mul(x[0], x[1]), x[2]) }},
	{"mulSub", "c - a*b", 3, func(x []VecVirtual) VecVirtual { return sub(x[2], mul(x[0], x[1])) }},
	{"mulMul", "a*b*c", 3, func(x []VecVirtual) VecVirtual { return mul(mul(x[0], x[1]), x[2]) }},
	{"mulDiv", "a*b/c", 3, func(x []VecVirtual) VecVirtual { return div(mul(x[0], x[1]), x[2]) }},
	{"subMul", "(a-b)*c", 3, func(x []VecVirtual) VecVirtual { return mul(sub(x[0], x[1]), x[2]) }},
	{"subDiv", "(a-b)/c", 3, func(x []VecVirtual) VecVirtual { return div(sub(x[0], x[1]), x[2]) }},
	{"addAdd", "a+b+c", 3, func(x []VecVirtual) VecVirtual { return add(add(x[0], x[1]), x[2]) }},
	{"lt", "1 where a < b, else 0,", 2, comparison(less)},
	{"le", "1 where a <= b, else 0,", 2, comparison(atMost)},
	{"gt", "1 where a > b, else 0,", 2, comparison(above)},
	{"ge", "1 where a >= b, else 0,", 2, comparison(atLeast)},
	{"eq", "1 where a = b, else 0,", 2, comparison(equal)},
	{"ne", "1 where a differs from b, else 0,", 2, comparison(notEqual)},
	{"conjunction", "1 where a and b are not 0, else 0,", 2, func(x []VecVirtual) VecVirtual {
		return and(and(isTrue(x[0]), isTrue(x[1])), number(1))
	}},
	{"disjunction", "1 where a or b is not 0, else 0,", 2, func(x []VecVirtual) VecVirtual {
		return and(binary(VORPD, isTrue(x[0]), isTrue(x[1])), number(1))
	}},
	{"not", "1 where a is 0, else 0,", 1, func(x []VecVirtual) VecVirtual { return and(compare(equal, x[0], number(0)), number(1)) }},
	{"choose", "b where a is not 0, else c,", 3, func(x []VecVirtual) VecVirtual { return blend(isTrue(x[0]), x[1], x[2]) }},
	{"when", "b where a is not 0, else NaN,", 2, func(x []VecVirtual) VecVirtual { return blend(isTrue(x[0]), x[1], constant(math.NaN())) }},
	{"safeDiv", "a/b, or c where b is 0,", 3, func(x []VecVirtual) VecVirtual {
		return blend(compare(equal, x[1], number(0)), x[2], div(x[0], x[1]))
	}},
	{"reciprocal", "1/a", 1, func(x []VecVirtual) VecVirtual { return div(constant(1), x[0]) }},
	{"duplicate", "a", 1, func(x []VecVirtual) VecVirtual { return x[0] }},
	{"ceil", "the ceiling of a", 1, func(x []VecVirtual) VecVirtual { r := YMM(); VROUNDPD(U8(2), x[0], r); return r }},
	{"trunc", "the whole part of a", 1, func(x []VecVirtual) VecVirtual { r := YMM(); VROUNDPD(U8(3), x[0], r); return r }},
}

func isTrue(a VecVirtual) VecVirtual { return compare(notEqual, a, number(0)) }

// blend returns a where on, else b.
func blend(on, a, b VecVirtual) VecVirtual {
	r := YMM()
	VBLENDVPD(on, a, b, r)
	return r
}

func add(a, b Op) VecVirtual { return binary(VADDPD, a, b) }
func sub(a, b Op) VecVirtual { return binary(VSUBPD, a, b) }
func mul(a, b Op) VecVirtual { return binary(VMULPD, a, b) }
func div(a, b Op) VecVirtual { return binary(VDIVPD, a, b) }
func and(a, b Op) VecVirtual { return binary(VANDPD, a, b) }

// binary returns an instruction on a and b, of which a is in a register. The order in which
// Go's assembler wants them is the reverse.
func binary(instruction func(...Op), a, b Op) VecVirtual {
	r := YMM()
	instruction(b, a, r)
	return r
}

func flip(a VecVirtual) VecVirtual { return binary(VXORPD, a, four(signBit)) }
func size(a VecVirtual) VecVirtual { return and(a, four(signBit-1)) }

// smaller returns min of Go: NaN if either is, and -0 below 0. Each of the two minima gives
// its second argument in these cases.
func smaller(a, b VecVirtual) VecVirtual {
	return binary(VORPD, binary(VMINPD, a, b), binary(VMINPD, b, a))
}

// comparison returns the operation that is 1 where a relation holds and 0 elsewhere.
func comparison(predicate uint8) func(x []VecVirtual) VecVirtual {
	return func(x []VecVirtual) VecVirtual { return and(compare(predicate, x[0], x[1]), number(1)) }
}

// compare returns ones where a is in a relation to b.
func compare(predicate uint8, a, b Op) VecVirtual {
	r := YMM()
	VCMPPD(U8(predicate), b, a, r)
	return r
}
