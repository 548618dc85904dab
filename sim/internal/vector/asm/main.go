// Asm writes the assembly of package vector with avo: operations on rows of numbers,
// four at a time, in AVX2 instructions that round like the scalar ones. Nothing is
// fused.
//
//	go run . -out ../rows_amd64.s -stubs ../rows_amd64.go -pkg vector
package main

import (
	"fmt"
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	. "github.com/mmcloughlin/avo/reg"
)

// main writes the assembly and its Go declarations for package vector.
func main() {
	ConstraintExpr("amd64")
	for _, o := range operations {
		o.write()
	}
	writeExp()
	writeLn()
	writePow()
	Generate()
}

var constants = map[uint64]Mem{}

// four returns a number four times over in memory.
func four(bits uint64) Mem {
	if m, ok := constants[bits]; ok {
		return m
	}
	m := GLOBL(fmt.Sprintf("four_%016x", bits), RODATA|NOPTR)
	for i := range 4 {
		DATA(8*i, U64(bits))
	}
	constants[bits] = m
	return m
}

func number(x float64) Mem { return four(math.Float64bits(x)) }

// masks has four words of ones and four of zeros: from word 4-n on, n lanes are on.
var masks *Mem

// maskTable returns the table of masks, made at the first call.
func maskTable() Mem {
	if masks == nil {
		m := GLOBL("masks", RODATA|NOPTR)
		for i := range 8 {
			word := uint64(0)
			if i < 4 {
				word = math.MaxUint64
			}
			DATA(8*i, U64(word))
		}
		masks = &m
	}
	return *masks
}

// tailMask returns the first n lanes, 0 < n < 4.
func tailMask(n GPVirtual) VecVirtual {
	at, table, mask := GP64(), GP64(), YMM()
	LEAQ(maskTable(), table)
	MOVQ(U32(4), at)
	SUBQ(n, at)
	VMOVDQU(Mem{Base: table, Index: at, Scale: 8}, mask)
	return mask
}

// A walker is an argument that walks, or one number for all.
type walker struct{ at, step GPVirtual }

// walk reads an argument. One number is spread over four places on the stack.
func walk(pointer, step string) walker {
	w := walker{GP64(), GP64()}
	Load(Param(pointer), w.at)
	Load(Param(step), w.step)
	walks := fmt.Sprintf("walks_%s", pointer)
	TESTQ(w.step, w.step)
	JNE(LabelRef(walks))
	x, place := YMM(), AllocLocal(32)
	VBROADCASTSD(Mem{Base: w.at}, x)
	VMOVUPD(x, place)
	LEAQ(place, w.at)
	Label(walks)
	return w
}

// load returns four adjacent numbers.
func (w walker) load() VecVirtual {
	x := YMM()
	VMOVUPD(Mem{Base: w.at}, x)
	return x
}

// second returns the four numbers after those of load.
func (w walker) second() VecVirtual {
	x := YMM()
	VMOVUPD(Mem{Base: w.at, Index: w.step, Scale: 1}, x)
	return x
}

// masked returns the first numbers of four, those that the mask has on; the others are 0 and are
// not read.
func (w walker) masked(mask VecVirtual) VecVirtual {
	x := YMM()
	VMASKMOVPD(Mem{Base: w.at}, mask, x)
	return x
}

// An operation computes a row from up to three others.
type operation struct {
	name, about string
	args        int
	emit        func(x []VecVirtual) VecVirtual
}

// write writes the function of one operation: four numbers per iteration, and a masked rest.
func (o operation) write() {
	TEXT(o.name, NOSPLIT, "func(d, a, b, c *float64, aStep, bStep, cStep, n int)")
	Doc(fmt.Sprintf("%s puts %s into d.", o.name, o.about))
	d, n := GP64(), GP64()
	Load(Param("d"), d)
	var args []walker
	for i := range o.args {
		letter := string(rune('a' + i))
		args = append(args, walk(letter, letter+"Step"))
	}
	Load(Param("n"), n)

	Label("eight")
	CMPQ(n, U8(8))
	JLT(LabelRef("four"))
	var first, second []VecVirtual
	for _, w := range args {
		first = append(first, w.load())
	}
	for _, w := range args {
		second = append(second, w.second())
	}
	VMOVUPD(o.emit(first), Mem{Base: d})
	VMOVUPD(o.emit(second), Mem{Base: d, Disp: 32})
	for _, w := range args {
		LEAQ(Mem{Base: w.at, Index: w.step, Scale: 2}, w.at)
	}
	ADDQ(U8(64), d)
	SUBQ(U8(8), n)
	JMP(LabelRef("eight"))

	Label("four")
	CMPQ(n, U8(4))
	JLT(LabelRef("rest"))
	first = nil
	for _, w := range args {
		first = append(first, w.load())
	}
	VMOVUPD(o.emit(first), Mem{Base: d})
	for _, w := range args {
		ADDQ(w.step, w.at)
	}
	ADDQ(U8(32), d)
	SUBQ(U8(4), n)

	Label("rest")
	TESTQ(n, n)
	JE(LabelRef("done"))
	mask := tailMask(n)
	first = nil
	for _, w := range args {
		first = append(first, w.masked(mask))
	}
	VMASKMOVPD(o.emit(first), mask, Mem{Base: d})
	Label("done")
	VZEROUPPER()
	RET()
}
