package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// The functions below do what those of package maths do, in the same order; where a
// number is not ordinary they stop before its four and say how many they did.

// Bounds of what is ordinary, as in package maths.
const (
	expLow, expHigh   = -707, 709
	smallest, largest = 0x1p-1022, math.MaxFloat64
	powHigh           = 704
	// shift as in package maths.
	shift = 0x1.8p52
)

// The types of the tables.
var (
	expTable = fmt.Sprintf("*[%d][2]float64", expEntries)
	logTable = fmt.Sprintf("*[%d][4]float64", logEntries)
)

// writeExp writes e to the power of each number.
func writeExp() {
	TEXT("exp", NOSPLIT, "func(d, a *float64, n int, expTable "+expTable+") int")
	Doc("exp puts powers of e into d and returns how many it did.")
	a := GP64()
	Load(Param("a"), a)
	loop("d", nil, []string{"expTable"}, func(tables []GPVirtual, load func(GPVirtual) VecVirtual, stop func(VecVirtual)) []VecVirtual {
		x := load(a)
		stop(both(compare(atLeast, x, number(expLow)), compare(atMost, x, number(expHigh))))
		return []VecVirtual{expSum(x, nil, tables[0])}
	})
}

// writeLn writes the natural logarithm of each number.
func writeLn() {
	TEXT("ln", NOSPLIT, "func(d, a *float64, n int, logTable "+logTable+") int")
	Doc("ln puts natural logarithms into d and returns how many it did.")
	a := GP64()
	Load(Param("a"), a)
	loop("d", nil, []string{"logTable"}, func(tables []GPVirtual, load func(GPVirtual) VecVirtual, stop func(VecVirtual)) []VecVirtual {
		x := load(a)
		stop(both(compare(atLeast, x, number(smallest)), compare(atMost, x, number(largest))))
		hi, lo := logSum(x, tables[0])
		return []VecVirtual{add(hi, lo)}
	})
}

// writePow writes a to the power of b in two stages, so that the processor has more
// than two fours in hand: the exponents of up to 64 results, in two parts, and then
// their powers of e.
func writePow() {
	TEXT("exponents", NOSPLIT, "func(hi, lo, a, b *float64, aStep, bStep, n int, logTable "+logTable+") int")
	Doc("exponents puts b times the logarithms of a into hi and lo and returns how many it did.")
	a, b := walk("a", "aStep"), walk("b", "bStep")
	loop("hi", []string{"lo"}, []string{"logTable"}, func(tables []GPVirtual, _ func(GPVirtual) VecVirtual, stop func(VecVirtual)) []VecVirtual {
		x := a.load()
		y := b.load()
		ok := both(compare(atLeast, x, number(smallest)), compare(atMost, x, number(largest)))
		ok = both(ok, compare(atMost, size(y), number(largest)))
		whole := binary(VPCMPEQQ, and(y, four(1<<52-1)), four(0)) // a power of 2, or 0
		whole = binary(VANDNPD, compare(equal, y, number(0)), whole)
		stop(binary(VANDNPD, whole, ok))
		hi, lo := logSum(x, tables[0])
		y = b.load()
		yh, h := top(y), top(hi)
		p := mul(yh, h)
		e := add(mul(sub(y, yh), h), mul(y, add(sub(hi, h), lo)))
		stop(compare(less, size(p), number(powHigh)))
		ADDQ(a.step, a.at)
		ADDQ(b.step, b.at)
		return []VecVirtual{p, e}
	})

	TEXT("expSum", NOSPLIT, "func(d, hi, lo *float64, n int, expTable "+expTable+") int")
	Doc("expSum puts e to the power of hi + lo into d and returns how many it did.")
	hi, lo := GP64(), GP64()
	Load(Param("hi"), hi)
	Load(Param("lo"), lo)
	loop("d", nil, []string{"expTable"}, func(tables []GPVirtual, load func(GPVirtual) VecVirtual, _ func(VecVirtual)) []VecVirtual {
		return []VecVirtual{expSum(load(hi), load(lo), tables[0])}
	})
}

// A body computes four numbers. It may load those of an argument at the present place,
// and stop where not all lanes are on.
type body func(tables []GPVirtual, load func(GPVirtual) VecVirtual, stop func(VecVirtual)) []VecVirtual

// loop goes through a row, four numbers at a time; first and more are the parameters
// for results. What is left of
// fewer than four is not done.
func loop(first string, more, tableNames []string, compute body) {
	n, done := GP64(), GP64()
	var results []GPVirtual
	for _, name := range append([]string{first}, more...) {
		d := GP64()
		Load(Param(name), d)
		results = append(results, d)
	}
	Load(Param("n"), n)
	var tables []GPVirtual
	for _, name := range tableNames {
		t := GP64()
		Load(Param(name), t)
		tables = append(tables, t)
	}
	XORQ(done, done)
	Label("four")
	end := GP64()
	LEAQ(Mem{Base: done, Disp: 4}, end)
	CMPQ(end, n)
	JGT(LabelRef("stop"))
	load := func(a GPVirtual) VecVirtual {
		x := YMM()
		VMOVUPD(Mem{Base: a, Index: done, Scale: 8}, x)
		return x
	}
	stop := func(ok VecVirtual) {
		bits := GP32()
		VMOVMSKPD(ok, bits)
		CMPL(bits, U8(15))
		JNE(LabelRef("stop"))
	}
	for i, r := range compute(tables, load, stop) {
		VMOVUPD(r, Mem{Base: results[i], Index: done, Scale: 8})
	}
	ADDQ(U8(4), done)
	JMP(LabelRef("four"))
	Label("stop")
	VZEROUPPER()
	Store(done, ReturnIndex(0))
	RET()
}

func both(a, b VecVirtual) VecVirtual { return and(a, b) }

// top is maths.top.
func top(x VecVirtual) VecVirtual { return and(x, four(math.MaxUint64-(1<<27-1))) }

// constant brings a number into a register.
func constant(x float64) VecVirtual {
	r := YMM()
	VMOVUPD(number(x), r)
	return r
}

// polynomial is c[0] + r (c[1] + r (…)).
func polynomial(r VecVirtual, c ...float64) VecVirtual {
	p := constant(c[len(c)-1])
	for i := len(c) - 2; i >= 0; i-- {
		p = add(mul(p, r), number(c[i]))
	}
	return p
}

// expSum is maths.expSum in the ordinary range; lo may be nil for 0.
func expSum(hi, lo VecVirtual, table GPVirtual) VecVirtual {
	shifted := add(mul(hi, number(partsByLn2)), number(shift))
	n := sub(shifted, number(shift))
	r1 := sub(hi, mul(n, number(ln2By1281)))
	rest := mul(n, number(ln2By1282))
	if lo == nil {
		lo = constant(0)
	}
	r2 := sub(lo, rest)
	r := add(r1, r2)
	q := polynomial(r, 1./2, 1./6, 1./24, 1./120)
	q = mul(mul(r, r), q)
	p := add(r1, add(r2, q))
	k := binary(VPSUBQ, shifted, four(math.Float64bits(shift)))
	index := binary(VANDPD, k, four(127))
	high, low := pairs(table, index)
	s := add(high, add(low, mul(high, p)))
	exponent := YMM()
	VPSRLQ(U8(7), k, exponent)
	exponent = binary(VPADDQ, exponent, four(1023))
	scale := YMM()
	VPSLLQ(U8(52), exponent, scale)
	return mul(s, scale)
}

// logSum is maths.logSum of positive normal numbers.
func logSum(x VecVirtual, table GPVirtual) (hi, lo VecVirtual) {
	fraction := binary(VANDPD, x, four(1<<52-1))
	limit := YMM()
	VMOVUPD(four(0x6a00000000000), limit)
	half := YMM()
	VPSRLQ(U8(63), binary(VPSUBQ, limit, fraction), half)
	// The exponent, counted from 0, as the last bits of 2^52.
	n := YMM()
	VPSRLQ(U8(52), x, n)
	n = binary(VPADDQ, n, half)
	n = sub(binary(VORPD, n, number(0x1p52)), number(0x1p52+1023))
	one, lower := YMM(), YMM()
	VMOVUPD(number(1), one)
	VPSLLQ(U8(52), half, lower)
	z := binary(VORPD, fraction, binary(VPSUBQ, one, lower))
	// The entry, from the whole part of 512 z + 1/2 as the last bits of 2^52.
	j := YMM()
	VROUNDPD(U8(3), add(mul(z, number(512)), number(0.5)), j)
	j = add(j, number(0x1p52-logFirst))
	index := binary(VANDPD, j, four(1<<32-1))
	inverse, t1, t2 := quadruples(table, index)
	zh := top(z)
	r := add(sub(mul(zh, inverse), number(1)), mul(sub(z, zh), inverse))
	rh := top(r)
	halfSquare := mul(mul(rh, rh), number(0.5))
	rest := mul(mul(add(r, rh), sub(r, rh)), number(0.5))
	t := polynomial(r, 1./3, -1./4, 1./5, -1./6, 1./7, -1./8)
	t = mul(mul(mul(r, r), r), t)
	h, low := fastTwoSum(r, flip(halfSquare))
	low = add(low, sub(t, rest))
	a, e := fastTwoSum(add(mul(n, number(ln21)), t1), h)
	return fastTwoSum(a, add(e, add(low, add(mul(n, number(ln22)), t2))))
}

// fastTwoSum returns a + b and its rounding error, for |a| >= |b| (Dekker 1971).
func fastTwoSum(a, b VecVirtual) (sum, err VecVirtual) {
	sum = add(a, b)
	return sum, sub(b, sub(sum, a))
}

// indices takes the four whole numbers of a register apart.
func indices(x VecVirtual) [4]GPVirtual {
	var out [4]GPVirtual
	half := XMM()
	VEXTRACTI128(U8(1), x, half)
	for i, part := range []Op{x.AsX(), half} {
		out[2*i], out[2*i+1] = GP64(), GP64()
		VMOVQ(part, out[2*i])
		VPEXTRQ(U8(1), part, out[2*i+1])
	}
	return out
}

// pairs reads entries of two numbers: all first ones, all second ones.
func pairs(table GPVirtual, index VecVirtual) (first, second VecVirtual) {
	at := indices(index)
	for _, i := range at {
		SHLQ(U8(4), i)
	}
	entry := func(i GPVirtual) Mem { return Mem{Base: table, Index: i, Scale: 1} }
	even, odd := XMM(), XMM()
	VMOVUPD(entry(at[0]), even)
	VMOVUPD(entry(at[1]), odd)
	e, o := YMM(), YMM()
	VINSERTF128(U8(1), entry(at[2]), even.AsY(), e)
	VINSERTF128(U8(1), entry(at[3]), odd.AsY(), o)
	return binary(VUNPCKLPD, e, o), binary(VUNPCKHPD, e, o)
}

// quadruples reads entries of four numbers, of which the first three are wanted.
func quadruples(table GPVirtual, index VecVirtual) (first, second, third VecVirtual) {
	at := indices(index)
	for _, i := range at {
		SHLQ(U8(5), i)
	}
	half := func(low, high GPVirtual, disp int) VecVirtual {
		x, y := XMM(), YMM()
		VMOVUPD(Mem{Base: table, Index: low, Scale: 1, Disp: disp}, x)
		VINSERTF128(U8(1), Mem{Base: table, Index: high, Scale: 1, Disp: disp}, x.AsY(), y)
		return y
	}
	e, o := half(at[0], at[2], 0), half(at[1], at[3], 0)
	first, second = binary(VUNPCKLPD, e, o), binary(VUNPCKHPD, e, o)
	e, o = half(at[0], at[2], 16), half(at[1], at[3], 16)
	return first, second, binary(VUNPCKLPD, e, o)
}
