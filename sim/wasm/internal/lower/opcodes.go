package lower

import (
	"encoding/binary"
	"go/token"
	"math"
)

// Instructions, by the names of the WebAssembly core specification 1.0, section 5.4.
const (
	opUnreachable = 0x00
	opBlock       = 0x02
	opLoop        = 0x03
	opIf          = 0x04
	opElse        = 0x05
	opEnd         = 0x0b
	opBr          = 0x0c
	opBrIf        = 0x0d
	opReturn      = 0x0f
	opDrop        = 0x1a
	opLocalGet    = 0x20
	opLocalSet    = 0x21
	opLocalTee    = 0x22
	opI64Load     = 0x29
	opF64Load     = 0x2b
	opF64Store    = 0x39
	opI32Const    = 0x41
	opI64Const    = 0x42
	opF64Const    = 0x44
	opI32Eqz      = 0x45
	opI32GeS      = 0x4e
	opI32Add      = 0x6a
	opI32Mul      = 0x6c
	opI32And      = 0x71
	opI32Or       = 0x72
	opI32Xor      = 0x73
	opI64And      = 0x83
	opI64Xor      = 0x85
	opF64Neg      = 0x9a
	opF64Min      = 0xa4
	opF64Max      = 0xa5
	opI32Wrap     = 0xa7
	opEmpty       = 0x40 // the type of a block without a value
	alignFloat    = 3
)

// operators has the instruction of each operator by type.
var operators = map[token.Token]struct{ f64, i64, u64, i32, u32 byte }{
	token.ADD: {0xa0, 0x7c, 0x7c, 0x6a, 0x6a},
	token.SUB: {0xa1, 0x7d, 0x7d, 0x6b, 0x6b},
	token.MUL: {0xa2, 0x7e, 0x7e, 0x6c, 0x6c},
	token.QUO: {0xa3, 0x7f, 0x80, 0x6d, 0x6e},
	token.REM: {0, 0x81, 0x82, 0x6f, 0x70},
	token.AND: {0, 0x83, 0x83, 0x71, 0x71},
	token.OR:  {0, 0x84, 0x84, 0x72, 0x72},
	token.XOR: {0, 0x85, 0x85, 0x73, 0x73},
	token.SHL: {0, 0x86, 0x86, 0x74, 0x74},
	token.SHR: {0, 0x87, 0x88, 0x75, 0x76},
	token.EQL: {0x61, 0x51, 0x51, 0x46, 0x46},
	token.NEQ: {0x62, 0x52, 0x52, 0x47, 0x47},
	token.LSS: {0x63, 0x53, 0x54, 0x48, 0x49},
	token.GTR: {0x64, 0x55, 0x56, 0x4a, 0x4b},
	token.LEQ: {0x65, 0x57, 0x58, 0x4c, 0x4d},
	token.GEQ: {0x66, 0x59, 0x5a, 0x4e, 0x4f},
}

// conversions by from and to: for signed and for unsigned numbers.
var conversions = map[[2]byte][2]string{
	{I64, I32}: {"\xa7", "\xa7"},
	{I32, I64}: {"\xac", "\xad"},
	{F64, I32}: {"\xfc\x02", "\xfc\x03"},
	{F64, I64}: {"\xfc\x06", "\xfc\x07"},
	{I32, F64}: {"\xb7", "\xb8"},
	{I64, F64}: {"\xb9", "\xba"},
}

// Instructions are the functions of package math that are one instruction.
var Instructions = map[string]string{
	"math.Abs":             "\x99",
	"math.Ceil":            "\x9b",
	"math.Floor":           "\x9c",
	"math.Trunc":           "\x9d",
	"math.Sqrt":            "\x9f",
	"math.Copysign":        "\xa6",
	"math.Float64bits":     "\xbd",
	"math.Float64frombits": "\xbf",
}

// Pairs are the functions of package pair: vector instructions, by the names of the core
// specification 2.0, section 5.4.9.
var Pairs = map[string]string{
	"pair.Row":        "\xfd\x00\x03\x00", // v128.load, aligned as a float64
	"pair.Begin":      "\xfd\x00\x03\x00", // v128.load of the first two numbers
	"pair.Finish":     "\xfd\x00\x03\x10", // v128.load 16 bytes on
	"pair.Both":       "\xfd\x14",         // f64x2.splat
	"pair.BothBits":   "\xfd\x12",         // i64x2.splat
	"pair.First":      "\xfd\x21\x00",     // f64x2.extract_lane 0
	"pair.Second":     "\xfd\x21\x01",     // f64x2.extract_lane 1
	"pair.FirstBits":  "\xfd\x1d\x00",     // i64x2.extract_lane 0
	"pair.SecondBits": "\xfd\x1d\x01",     // i64x2.extract_lane 1
	"pair.With":       "\xfd\x22\x01",     // f64x2.replace_lane 1
	"pair.NotEqual":   "\xfd\x48",         // f64x2.ne
	"pair.Less":       "\xfd\x49",         // f64x2.lt
	"pair.Greater":    "\xfd\x4a",         // f64x2.gt
	"pair.AtMost":     "\xfd\x4b",         // f64x2.le
	"pair.AtLeast":    "\xfd\x4c",         // f64x2.ge
	"pair.And":        "\xfd\x4e",         // v128.and
	"pair.Or":         "\xfd\x50",         // v128.or
	"pair.Choose":     "\xfd\x52",         // v128.bitselect
	"pair.All":        "\xfd\xc3\x01",     // i64x2.all_true
	"pair.Left":       "\xfd\xcb\x01",     // i64x2.shl
	"pair.Right":      "\xfd\xcc\x01",     // i64x2.shr_s
	"pair.AddBits":    "\xfd\xce\x01",     // i64x2.add
	"pair.SubBits":    "\xfd\xd1\x01",     // i64x2.sub
	"pair.Abs":        "\xfd\xec\x01",     // f64x2.abs
	"pair.Neg":        "\xfd\xed\x01",     // f64x2.neg
	"pair.Add":        "\xfd\xf0\x01",     // f64x2.add
	"pair.Sub":        "\xfd\xf1\x01",     // f64x2.sub
	"pair.Mul":        "\xfd\xf2\x01",     // f64x2.mul
	"pair.Div":        "\xfd\xf3\x01",     // f64x2.div

	// i8x16.shuffle, by the places of the bytes: first those of one number, then of the other
	"pair.Firsts":  "\xfd\x0d\x00\x01\x02\x03\x04\x05\x06\x07\x10\x11\x12\x13\x14\x15\x16\x17",
	"pair.Seconds": "\xfd\x0d\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f",
}

// op appends an instruction with its immediate operands, get and set those of a local.

func (t *translator) op(code byte, rest ...byte) { t.code = append(append(t.code, code), rest...) }
func (t *translator) get(local int)              { t.op(opLocalGet, uleb(uint64(local))...) }
func (t *translator) set(local int)              { t.op(opLocalSet, uleb(uint64(local))...) }

// float puts a constant on the stack by its bits, so that a NaN keeps them.
func (t *translator) float(x float64) {
	t.op(opF64Const)
	t.code = binary.LittleEndian.AppendUint64(t.code, math.Float64bits(x))
}

// zero puts the zero of a type on the stack.
func (t *translator) zero(kind byte) {
	switch kind {
	case F64:
		t.float(0)
	case I64:
		t.op(opI64Const, 0)
	default:
		t.op(opI32Const, 0)
	}
}

// address puts the address of a table on the stack.
func (t *translator) address(table string) {
	t.op(opI32Const)
	t.cut("", table)
}

// uleb returns the unsigned LEB128 of x (WebAssembly Core Specification, section 5.2.2).
func uleb(x uint64) []byte { return binary.AppendUvarint(nil, x) }

// sleb returns the signed LEB128 of x.
func sleb(x int64) []byte {
	var out []byte
	for {
		b := byte(x & 0x7f)
		x >>= 7
		if x == 0 && b&0x40 == 0 || x == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}
