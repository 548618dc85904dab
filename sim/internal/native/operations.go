package native

import "math"

// An operation writes d = op(x) for so many numbers, and returns the register of d.
type operation func(e *emitter, width int, x []arg) xmm

// Predicates of comparisons, as in the processor's manual: ordered ones are false if an argument is
// NaN.
const (
	equal    = 0
	less     = 1
	atMost   = 2
	notEqual = 4
	atLeast  = 13
	greater  = 14
)

// Modes of rounding.
const (
	down     = 1
	up       = 2
	truncate = 3
)

const signBit = 1 << 63

// operations are those that have instructions, by their names in a listing of a program.
var operations = map[string]operation{
	"copy":   func(e *emitter, w int, x []arg) xmm { return e.load(x[0], w) },
	"add":    func(e *emitter, w int, x []arg) xmm { return e.commuting(codeAdd, w, x[0], x[1]) },
	"mul":    func(e *emitter, w int, x []arg) xmm { return e.commuting(codeMul, w, x[0], x[1]) },
	"sub":    func(e *emitter, w int, x []arg) xmm { return e.op(codeSub, w, e.load(x[0], w), e.use(x[1], w)) },
	"div":    func(e *emitter, w int, x []arg) xmm { return e.quotient(w, e.load(x[0], w), x[1]) },
	"min":    func(e *emitter, w int, x []arg) xmm { return e.least(w, x[0], x[1]) },
	"max":    func(e *emitter, w int, x []arg) xmm { return e.most(w, x[0], x[1]) },
	"neg":    func(e *emitter, w int, x []arg) xmm { return e.bitwise(codeXor, w, e.load(x[0], w), bits(signBit)) },
	"abs":    func(e *emitter, w int, x []arg) xmm { return e.bitwise(codeAnd, w, e.load(x[0], w), bits(signBit-1)) },
	"sqrt":   func(e *emitter, w int, x []arg) xmm { return e.root(w, x[0]) },
	"floor":  func(e *emitter, w int, x []arg) xmm { return e.round(down, w, x[0]) },
	"ceil":   func(e *emitter, w int, x []arg) xmm { return e.round(up, w, x[0]) },
	"trunc":  func(e *emitter, w int, x []arg) xmm { return e.round(truncate, w, x[0]) },
	"square": func(e *emitter, w int, x []arg) xmm { a := e.load(x[0], w); return e.op(codeMul, w, a, register(a)) },
	"reciprocal": func(e *emitter, w int, x []arg) xmm {
		return e.op(codeDiv, w, e.load(arg{operand: number(1)}, w), e.use(x[0], w))
	},
	"muladd": func(e *emitter, w int, x []arg) xmm {
		return e.op(codeAdd, w, e.commuting(codeMul, w, x[0], x[1]), e.use(x[2], w))
	},
	"mulsub": func(e *emitter, w int, x []arg) xmm {
		product := e.commuting(codeMul, w, x[0], x[1])
		return e.op(codeSub, w, e.load(x[2], w), register(product))
	},
	"mulmul": func(e *emitter, w int, x []arg) xmm {
		return e.op(codeMul, w, e.commuting(codeMul, w, x[0], x[1]), e.use(x[2], w))
	},
	"muldiv": func(e *emitter, w int, x []arg) xmm {
		return e.quotient(w, e.commuting(codeMul, w, x[0], x[1]), x[2])
	},
	"submul": func(e *emitter, w int, x []arg) xmm {
		return e.op(codeMul, w, e.op(codeSub, w, e.load(x[0], w), e.use(x[1], w)), e.use(x[2], w))
	},
	"subdiv": func(e *emitter, w int, x []arg) xmm {
		return e.quotient(w, e.op(codeSub, w, e.load(x[0], w), e.use(x[1], w)), x[2])
	},
	"addadd": func(e *emitter, w int, x []arg) xmm {
		return e.op(codeAdd, w, e.commuting(codeAdd, w, x[0], x[1]), e.use(x[2], w))
	},
	"lt": relation(less), "le": relation(atMost), "gt": relation(greater), "ge": relation(atLeast),
	"eq": relation(equal), "ne": relation(notEqual),
	"and": connective(codeAnd), "or": connective(codeOr),
	"not": func(e *emitter, w int, x []arg) xmm { return e.one(w, e.compare(equal, w, e.load(x[0], w), number(0))) },
	"select": func(e *emitter, w int, x []arg) xmm {
		return e.blend(w, e.isTrue(w, x[0]), e.load(x[1], w), e.load(x[2], w))
	},
	"when": func(e *emitter, w int, x []arg) xmm {
		return e.blend(w, e.isTrue(w, x[0]), e.load(x[1], w), e.load(arg{operand: number(math.NaN())}, w))
	},
	"safediv": func(e *emitter, w int, x []arg) xmm {
		// a / 0 is computed, too, and not taken: no operation stops for it.
		b := e.load(x[1], w)
		isZero := e.compare(equal, w, b, number(0))
		return e.blend(w, isZero, e.load(x[2], w), e.op(codeDiv, w, e.load(x[0], w), register(b)))
	},
}

// connective returns the operation that is 1 where both arguments, or one, are not 0.
func connective(code byte) operation {
	return func(e *emitter, w int, x []arg) xmm {
		first := e.isTrue(w, x[0])
		return e.one(w, e.bitwise(code, w, first, register(e.isTrue(w, x[1]))))
	}
}

// relation returns the operation that is 1 where a relation holds and 0 elsewhere.
func relation(predicate int) operation {
	return func(e *emitter, w int, x []arg) xmm {
		return e.one(w, e.compare(predicate, w, e.load(x[0], w), e.use(x[1], w)))
	}
}

// one is 1 where a mask is set, else 0.
func (e *emitter) one(w int, mask xmm) xmm { return e.bitwise(codeAnd, w, mask, number(1)) }

// isTrue is a mask that is set where a number is not 0; NaN is not 0.
func (e *emitter) isTrue(w int, a arg) xmm { return e.compare(notEqual, w, e.load(a, w), number(0)) }

// commuting is an operation of which the arguments may change places.
func (e *emitter) commuting(code byte, w int, a, b arg) xmm {
	if _, ok := e.find(a, w); !ok {
		if _, ok := e.find(b, w); ok {
			a, b = b, a
		}
	}
	return e.op(code, w, e.load(a, w), e.use(b, w))
}

// quotient is a / b. A power of 2 has an exact inverse, and a product with it takes less time.
func (e *emitter) quotient(w int, a xmm, b arg) xmm {
	if b.kind == inConstants {
		if inverse := exactInverse(math.Float64frombits(b.bits)); inverse != 0 {
			return e.op(codeMul, w, a, number(inverse))
		}
	}
	return e.op(codeDiv, w, a, e.use(b, w))
}

// exactInverse returns 1/x if x is a power of 2 and both are normal, and 0 otherwise.
func exactInverse(x float64) float64 {
	b := math.Float64bits(x)
	if exponent := b >> 52 & 0x7ff; b&(1<<52-1) != 0 || exponent == 0 || exponent > 2045 {
		return 0
	}
	return 1 / x
}

// root is the square root.
func (e *emitter) root(w int, a arg) xmm {
	x := e.load(a, w)
	if w == 1 {
		return e.op(codeSqrt, w, x, register(x))
	}
	d := e.take() // the packed form has no second operand
	e.vex(arithmetic(codeSqrt, w), w, d, 0, register(x), -1)
	return d
}

// least is min of Go: NaN if either is, and -0 below 0. The processor's minimum gives its second
// argument in these cases, so that of two in both orders each has all bits that count.
func (e *emitter) least(w int, a, b arg) xmm {
	if plain(b) {
		a, b = b, a
	}
	if plain(a) && a.bits != signBit { // with -0 the second argument could be 0
		return e.op(codeMin, w, e.load(a, w), e.use(b, w))
	}
	x, y := e.load(a, w), e.load(b, w)
	return e.bitwise(codeOr, w, e.op(codeMin, w, x, register(y)), register(e.op(codeMin, w, y, register(x))))
}

// most is max of Go: NaN if either is, and 0 above -0.
func (e *emitter) most(w int, a, b arg) xmm {
	if plain(b) {
		a, b = b, a
	}
	if plain(a) && a.bits != signBit {
		d := e.op(codeMax, w, e.load(a, w), e.use(b, w))
		if a.bits == 0 { // -0 + 0 is 0
			return e.op(codeAdd, w, d, number(0))
		}
		return d
	}
	// The general case: the largest is the least of the numbers with their signs changed.
	x, y := e.load(a, w), e.load(b, w)
	minusX, minusY := e.bitwise(codeXor, w, x, bits(signBit)), e.bitwise(codeXor, w, y, bits(signBit))
	first := e.op(codeMin, w, minusX, register(minusY))
	second := e.op(codeMin, w, minusY, register(minusX))
	return e.bitwise(codeXor, w, e.bitwise(codeOr, w, first, register(second)), bits(signBit))
}

// plain reports whether an argument is a constant that is not NaN.
func plain(a arg) bool {
	x := math.Float64frombits(a.bits)
	return a.kind == inConstants && x == x
}
