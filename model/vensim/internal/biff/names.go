package biff

import "encoding/binary"

// A Name is a place with a name: rows and columns from 0, the last ones with it.
type Name struct {
	Name                             string // as people see it
	Row, Column, LastRow, LastColumn int    // counted from 0
}

// Kinds of operands that a name's formula may be, without the two bits of their class.
const (
	operandCell = 0x1a // a cell of a sheet
	operandArea = 0x1b // cells of a sheet, one row and column to another
	operandKind = 0x1f
	isOperand   = 0x60 // one of these bits is set in any operand
)

// columnBits hold the column; those above say whether it is relative.
const columnBits = 0x3fff

// named returns a name, if it is one of cells; names of formulas, of Excel's own and of
// deleted cells are not. See [MS-XLS] 2.4.150, 2.5.198.84 and 2.5.198.28.
func named(body []byte) (Name, bool) {
	need(body, 15)
	length, size := int(body[3]), int(binary.LittleEndian.Uint16(body[4:]))
	if body[0]&0x20 != 0 || length == 0 {
		return Name{}, false
	}
	name, n := text(body[14:], length)
	formula := body[14+n:]
	need(formula, size)
	if size == 0 || formula[0]&isOperand == 0 {
		return Name{}, false
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint16(formula[at:])) }
	switch {
	case size == 7 && formula[0]&operandKind == operandCell:
		row, column := number(3), number(5)&columnBits
		return Name{name, row, column, row, column}, column <= lastColumn
	case size == 11 && formula[0]&operandKind == operandArea:
		last := number(9) & columnBits
		return Name{name, number(3), number(7) & columnBits, number(5), last}, last <= lastColumn
	}
	return Name{}, false
}
