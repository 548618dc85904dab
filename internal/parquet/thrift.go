package parquet

import (
	"encoding/binary"
	"errors"
)

// Metadata of Parquet is written in the compact protocol of Thrift
// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md): structs are
// fields, each with its number less the one before and its kind; numbers are zigzag varints.

// The kinds of the compact protocol.
const (
	kindTrue   = 1
	kindFalse  = 2
	kindByte   = 3
	kindShort  = 4
	kindInt    = 5
	kindLong   = 6
	kindDouble = 7
	kindBinary = 8
	kindList   = 9
	kindSet    = 10
	kindMap    = 11
	kindStruct = 12
)

// An encoder writes nested structs; a new one is within the outermost.
type encoder struct {
	out   []byte
	last  int   // field of the open struct
	outer []int // those of the structs around it
}

// field begins a field.
func (t *encoder) field(id, kind int) {
	if d := id - t.last; d > 0 && d < 16 { // the usual case: one byte for both
		t.out = append(t.out, byte(d<<4|kind))
	} else {
		t.out = binary.AppendVarint(append(t.out, byte(kind)), int64(id))
	}
	t.last = id
}

// number and long are fields of 32 and 64 bits.
func (t *encoder) number(id int, x int64) { t.field(id, kindInt); t.element(x) }
func (t *encoder) long(id int, x int64)   { t.field(id, kindLong); t.element(x) }

// text is a field of text.
func (t *encoder) text(id int, s string) { t.field(id, kindBinary); t.bytes(s) }

// element is a number in a list, bytes a text in one.
func (t *encoder) element(x int64) { t.out = binary.AppendVarint(t.out, x) }
func (t *encoder) bytes(s string) {
	t.out = append(binary.AppendUvarint(t.out, uint64(len(s))), s...)
}

// list begins a field with n elements, which the caller adds.
func (t *encoder) list(id, kind, n int) {
	t.field(id, kindList)
	if n < 15 { // one byte for both
		t.out = append(t.out, byte(n<<4|kind))
		return
	}
	t.out = binary.AppendUvarint(append(t.out, byte(0xf0|kind)), uint64(n))
}

// open begins a struct in a field, begin one in a list; end ends either.
func (t *encoder) open(id int) { t.field(id, kindStruct); t.begin() }
func (t *encoder) begin()      { t.outer, t.last = append(t.outer, t.last), 0 }
func (t *encoder) end() {
	t.out = append(t.out, 0)
	if n := len(t.outer); n > 0 {
		t.outer, t.last = t.outer[:n-1], t.outer[n-1]
	}
}

// errDamaged says that a file does not hold the metadata that it should.
var errDamaged = errors.New("its metadata are damaged")

// maxDepth bounds how deep structs and lists may lie in each other.
const maxDepth = 32

// A decoder reads structs. After a mistake it gives zeros, and err says so.
type decoder struct {
	in  []byte
	err error
}

// fail notes a mistake and ends the text.
func (t *decoder) fail() { t.in, t.err = nil, errDamaged }

// byte returns the next byte.
func (t *decoder) byte() byte {
	if len(t.in) == 0 {
		t.fail()
		return 0
	}
	b := t.in[0]
	t.in = t.in[1:]
	return b
}

// number returns a zigzag varint, size a plain one that counts something in the text to come.
func (t *decoder) number() int64 {
	x, n := binary.Varint(t.in)
	if n <= 0 {
		t.fail()
		return 0
	}
	t.in = t.in[n:]
	return x
}

func (t *decoder) size() int {
	x, n := binary.Uvarint(t.in)
	if n <= 0 || x > uint64(len(t.in)-n) {
		t.fail()
		return 0
	}
	t.in = t.in[n:]
	return int(x)
}

// text returns a text.
func (t *decoder) text() string {
	n := t.size()
	s := string(t.in[:n])
	t.in = t.in[n:]
	return s
}

// list returns the kind and the number of elements of a list, each of which takes a byte or more.
func (t *decoder) list() (kind, n int) {
	b := t.byte()
	if n = int(b >> 4); n == 15 {
		n = t.size()
	}
	if n > len(t.in) {
		t.fail()
		return 0, 0
	}
	return int(b & 15), n
}

// fields calls f for each field of a struct; f reads the field, or returns false to have it skipped.
func (t *decoder) fields(depth int, f func(id, kind int) bool) {
	for id := 0; t.err == nil; {
		b := t.byte()
		if b == 0 {
			return
		}
		if d := int(b >> 4); d > 0 {
			id += d
		} else {
			id = int(int16(t.number()))
		}
		if kind := int(b & 15); !f(id, kind) {
			t.skip(depth+1, kind)
		}
	}
}

// skip passes over a value.
func (t *decoder) skip(depth, kind int) {
	if depth > maxDepth {
		t.fail()
	}
	switch kind {
	case kindTrue, kindFalse:
	case kindByte:
		t.byte()
	case kindShort, kindInt, kindLong:
		t.number()
	case kindDouble:
		for range 8 {
			t.byte()
		}
	case kindBinary:
		t.text()
	case kindList, kindSet:
		kind, n := t.list()
		for i := 0; i < n && t.err == nil; i++ {
			if kind == kindTrue || kind == kindFalse {
				t.byte() // in a list, each is a byte
				continue
			}
			t.skip(depth+1, kind)
		}
	case kindStruct:
		t.fields(depth+1, func(int, int) bool { return false })
	default: // a map, which metadata of tables do not have
		t.fail()
	}
}
