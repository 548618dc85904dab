package wasm

// Instructions, by the names of the WebAssembly core specification 1.0, section 5.4.
const (
	opLoop      = 0x03
	opIf        = 0x04
	opElse      = 0x05
	opEnd       = 0x0b
	opBrIf      = 0x0d
	opCall      = 0x10
	opDrop      = 0x1a
	opLocalGet  = 0x20
	opLocalSet  = 0x21
	opLocalTee  = 0x22
	opI32Load   = 0x28
	opF64Load   = 0x2b
	opF64Store  = 0x39
	opI32Const  = 0x41
	opI64Const  = 0x42
	opF64Const  = 0x44
	opI32Eqz    = 0x45
	opI32LtU    = 0x49
	opF64Eq     = 0x61
	opF64Ne     = 0x62
	opF64Lt     = 0x63
	opF64Gt     = 0x64
	opF64Le     = 0x65
	opF64Ge     = 0x66
	opI32Add    = 0x6a
	opI32Sub    = 0x6b
	opI32And    = 0x71
	opI32Or     = 0x72
	opI32ShrU   = 0x76
	opF64Abs    = 0x99
	opF64Neg    = 0x9a
	opF64Ceil   = 0x9b
	opF64Floor  = 0x9c
	opF64Trunc  = 0x9d
	opF64Sqrt   = 0x9f
	opF64Add    = 0xa0
	opF64Sub    = 0xa1
	opF64Mul    = 0xa2
	opF64Div    = 0xa3
	opF64Min    = 0xa4
	opF64Max    = 0xa5
	opF64OfI32  = 0xb8 // unsigned
	opEmpty     = 0x40 // the type of a block without a value
	alignFloat  = 3
	alignWhole  = 2
	bytesAFloat = 8
	bytesAWhole = 4
)
