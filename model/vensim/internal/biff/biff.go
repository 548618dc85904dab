// Package biff reads the numbers and texts of spreadsheets in the binary format of
// Excel 97 to 2003 (.xls). The formats are those of Microsoft's [MS-CFB] and [MS-XLS].
package biff

import (
	"encoding/binary"
	"errors"
	"math"
	"strings"
	"unicode/utf16"
)

// A Sheet is a sheet with its cells, by row and column from 0.
type Sheet struct {
	Name  string // of its tab
	Cells []Cell // in the order of the file
}

// A Cell is a number or a text.
type Cell struct {
	Row, Column int     // counted from 0
	Number      float64 // of a number, date or truth value
	Text        string  // of a text
	IsText      bool    // Text holds its content, not Number
}

// lastColumn is the last one that Excel 2003 has: IV.
const lastColumn = 255

// errDamaged is the panic of a file whose parts do not fit together; Read returns it.
var errDamaged = errors.New("the file is damaged, or no spreadsheet of Excel 97 to 2003")

// Read returns all sheets of a file, and the places that have names. Cells that hold neither
// a number nor a text are left out. A file that is damaged or locked is an error.
func Read(file []byte) (sheets []Sheet, names []Name, err error) {
	stream, err := workbookStream(file)
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			if r != errDamaged {
				panic(r)
			}
			sheets, names, err = nil, nil, errDamaged
		}
	}()
	r := &reader{data: stream}
	return r.read(), r.names, nil
}

// Types of records.
const (
	recordEnd      = 0x000a
	recordSheet    = 0x0085
	recordName     = 0x0018
	recordStrings  = 0x00fc
	recordMore     = 0x003c
	recordLabelSST = 0x00fd
	recordLabel    = 0x0204
	recordNumber   = 0x0203
	recordRK       = 0x027e
	recordMulRK    = 0x00bd
	recordFormula  = 0x0006
	recordString   = 0x0207
	recordBegin    = 0x0809
	recordLocked   = 0x002f
)

// A reader goes through the records of a workbook.
type reader struct {
	data    []byte   // the workbook's stream
	strings []string // the table of shared strings
	names   []Name   // places that have names
}

// A record is one piece of a workbook's stream.
type record struct {
	kind int    // by the numbers of [MS-XLS]
	body []byte // without its head of four bytes
	next int    // offset of the record after it
}

// at returns the record at an offset; ok is false at the end and for a record that is cut
// off.
func (r *reader) at(offset int) (record, bool) {
	if offset < 0 || offset+4 > len(r.data) {
		return record{}, false
	}
	size := int(binary.LittleEndian.Uint16(r.data[offset+2:]))
	if offset+4+size > len(r.data) {
		return record{}, false
	}
	return record{int(binary.LittleEndian.Uint16(r.data[offset:])), r.data[offset+4 : offset+4+size],
		offset + 4 + size}, true
}

// need panics unless a record has that many bytes.
// The panic is errDamaged, which Read and workbookStream recover.
func need(body []byte, n int) {
	if len(body) < n {
		panic(errDamaged)
	}
}

// read returns all sheets. The globals at the beginning of the stream name the sheets and
// the places of their records. A locked workbook panics.
func (r *reader) read() []Sheet {
	type place struct {
		name   string
		offset int
	}
	var places []place
	for rec, ok := r.at(0); ok && rec.kind != recordEnd; rec, ok = r.at(rec.next) {
		switch rec.kind {
		case recordLocked:
			panic(errDamaged)
		case recordSheet:
			need(rec.body, 8)
			if rec.body[5] == 0 { // a sheet, not a chart
				name, _ := text(rec.body[7:], int(rec.body[6]))
				places = append(places, place{name, int(binary.LittleEndian.Uint32(rec.body))})
			}
		case recordName:
			if n, ok := named(rec.body); ok {
				r.names = append(r.names, n)
			}
		case recordStrings:
			r.sharedStrings(rec)
		}
	}
	var out []Sheet
	for _, p := range places {
		out = append(out, Sheet{p.name, r.cells(p.offset)})
	}
	return out
}

// text reads a string: a byte of flags, then characters of one byte or of two.
// length counts characters, not bytes. The second result is the number of bytes that were read. Bit
// 0 of the flags says that characters have two bytes.
func text(body []byte, length int) (string, int) {
	need(body, 1)
	if body[0]&1 == 0 {
		need(body, 1+length)
		// Characters of one byte are the first 256 of Unicode.
		runes := make([]rune, length)
		for i, c := range body[1 : 1+length] {
			runes[i] = rune(c)
		}
		return string(runes), 1 + length
	}
	need(body, 1+2*length)
	return wide(body[1 : 1+2*length]), 1 + 2*length
}

// wide decodes UTF-16 in little-endian order.
func wide(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// sharedStrings reads the table of texts, which may go on in further records.
// Cells name their texts by the places in this table. A table that ends early has fewer texts, and
// a cell that names one of those missing is damage.
func (r *reader) sharedStrings(rec record) {
	need(rec.body, 8)
	count := int(binary.LittleEndian.Uint32(rec.body[4:]))
	s := &stringTable{blocks: [][]byte{rec.body[8:]}}
	for more, ok := r.at(rec.next); ok && more.kind == recordMore; more, ok = r.at(more.next) {
		s.blocks = append(s.blocks, more.body)
	}
	for i := 0; i < count && len(s.blocks) > 0; i++ {
		r.strings = append(r.strings, s.next())
	}
}

// A stringTable reads strings across the borders of records.
type stringTable struct {
	blocks [][]byte // the bodies of the record and of those that continue it
}

// take returns the next n bytes, which must lie in one block; it passes blocks that are used up.
// Bytes that are missing panic with errDamaged. The result is a part of the file's bytes.
func (s *stringTable) take(n int) []byte {
	for len(s.blocks) > 0 && len(s.blocks[0]) == 0 {
		s.blocks = s.blocks[1:]
	}
	if len(s.blocks) == 0 || len(s.blocks[0]) < n {
		panic(errDamaged)
	}
	out := s.blocks[0][:n]
	s.blocks[0] = s.blocks[0][n:]
	return out
}

// next returns the next string of the table, whose characters may change their width where
// a block ends.
// Bit 3 of the flags says that runs of fonts follow the text, of four bytes each, and bit 2 that
// data for phonetic guides do. Both are passed over.
func (s *stringTable) next() string {
	length := int(binary.LittleEndian.Uint16(s.take(2)))
	flags := s.take(1)[0]
	runs, extra := 0, 0
	if flags&8 != 0 {
		runs = int(binary.LittleEndian.Uint16(s.take(2)))
	}
	if flags&4 != 0 {
		extra = int(binary.LittleEndian.Uint32(s.take(4)))
	}
	out := s.characters(length, flags&1 != 0)
	s.skip(4*runs + extra)
	return out
}

// characters reads a string's text. Where it goes on in the next record, that begins
// with a byte that says again how wide characters are.
func (s *stringTable) characters(length int, isWide bool) string {
	var b strings.Builder
	for {
		size := 1
		if isWide {
			size = 2
		}
		if len(s.blocks) == 0 {
			panic(errDamaged)
		}
		n := min(length, len(s.blocks[0])/size)
		part := s.take(n * size)
		if isWide {
			b.WriteString(wide(part))
		} else {
			for _, c := range part {
				b.WriteRune(rune(c))
			}
		}
		if length -= n; length == 0 {
			return b.String()
		}
		s.blocks = s.blocks[1:]
		isWide = s.take(1)[0]&1 != 0
	}
}

// skip passes n bytes.
// Unlike take it may pass over the ends of blocks, where no byte of flags is repeated.
func (s *stringTable) skip(n int) {
	for n > 0 {
		for len(s.blocks) > 0 && len(s.blocks[0]) == 0 {
			s.blocks = s.blocks[1:]
		}
		if len(s.blocks) == 0 {
			panic(errDamaged)
		}
		k := min(n, len(s.blocks[0]))
		s.take(k)
		n -= k
	}
}

// cells reads a sheet.
// The offset is that of the sheet's first record. A chart within a sheet has records of its own
// between a begin and an end, so only those at depth 1 belong to the sheet.
func (r *reader) cells(offset int) []Cell {
	var out []Cell
	depth := 0
	for rec, ok := r.at(offset); ok; rec, ok = r.at(rec.next) {
		switch rec.kind {
		case recordBegin:
			depth++
		case recordEnd:
			if depth--; depth <= 0 {
				return out
			}
		case recordString: // the text of the formula before
			if n := len(out); n > 0 && depth == 1 && out[n-1].IsText && out[n-1].Text == "" {
				need(rec.body, 3)
				out[n-1].Text, _ = text(rec.body[2:], int(binary.LittleEndian.Uint16(rec.body)))
			}
		default:
			if depth == 1 {
				out = r.cell(rec, out)
			}
		}
	}
	return out
}

// cell adds the cell or the cells of a record.
// It returns out as it is for records that are no cells. The text of a formula is in the record
// behind it, so that a formula of that kind leaves an empty text for cells to fill in.
func (r *reader) cell(rec record, out []Cell) []Cell {
	switch rec.kind {
	case recordNumber, recordRK, recordMulRK, recordLabelSST, recordLabel, recordFormula:
		need(rec.body, 6)
	default:
		return out
	}
	b := rec.body
	c := Cell{Row: int(binary.LittleEndian.Uint16(b)), Column: int(binary.LittleEndian.Uint16(b[2:]))}
	if c.Column > lastColumn {
		panic(errDamaged)
	}
	switch rec.kind {
	case recordNumber:
		need(b, 14)
		c.Number = math.Float64frombits(binary.LittleEndian.Uint64(b[6:]))
	case recordRK:
		need(b, 10)
		c.Number = compressed(binary.LittleEndian.Uint32(b[6:]))
	case recordMulRK:
		// Each cell has two bytes of format and four of number; the last two bytes of the record
		// repeat its last column.
		for at := 4; at+6 <= len(b)-2; at += 6 {
			out = append(out, Cell{Row: c.Row, Column: c.Column,
				Number: compressed(binary.LittleEndian.Uint32(b[at+2:]))})
			if c.Column++; c.Column > lastColumn+1 {
				panic(errDamaged)
			}
		}
		return out
	case recordLabelSST:
		need(b, 10)
		i := int(binary.LittleEndian.Uint32(b[6:]))
		if i >= len(r.strings) {
			panic(errDamaged)
		}
		c.Text, c.IsText = r.strings[i], true
	case recordLabel:
		need(b, 9)
		c.Text, _ = text(b[8:], int(binary.LittleEndian.Uint16(b[6:])))
		c.IsText = true
	case recordFormula:
		need(b, 14)
		// No finite number has these two bytes: they say that the result is none.
		if b[12] == 0xff && b[13] == 0xff {
			if b[6] != 0 {
				return out // a yes or no, an error, or nothing
			}
			c.IsText = true
		} else {
			c.Number = math.Float64frombits(binary.LittleEndian.Uint64(b[6:]))
		}
	}
	return append(out, c)
}

// compressed returns a number in four bytes: a whole number, or the upper half of a
// float, either of them perhaps times 100.
func compressed(rk uint32) float64 {
	var x float64
	if rk&2 != 0 {
		x = float64(int32(rk) >> 2)
	} else {
		x = math.Float64frombits(uint64(rk&^3) << 32)
	}
	if rk&1 != 0 {
		x /= 100
	}
	return x
}
