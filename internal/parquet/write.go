package parquet

import (
	"encoding/binary"
	"errors"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
)

// A Writer writes a table row by row. It is not safe for concurrent use.
type Writer struct {
	w         io.Writer
	table     string
	createdBy string
	columns   []column
	whole     bool // the first column holds whole numbers
	encoder   *zstd.Encoder
	rows      int // of the open page
	pageRows  int
	pages     int // of the open group
	mostPages int
	offset    int64
	all       int64 // rows of closed groups
	groups    []group
	notes     []Note
}

// A column is a column of the open group.
type column struct {
	name   string
	values []byte // of the open page, plain
	pages  []byte // closed ones with their headers
	raw    int64  // bytes of pages before compression, headers included
}

// A group is a written group of rows.
type group struct {
	rows   int64
	raw    int64
	chunks []chunk
}

// A chunk is where a column of a group lies in the file.
type chunk struct{ offset, raw, packed int64 }

// NewWriter returns a writer of a table with a name and the names of its columns, at least one.
// whole says that the first holds whole numbers. createdBy is the program, for the file's metadata.
// The writer does not close w.
func NewWriter(w io.Writer, table string, columns []string, whole bool, createdBy string) (*Writer, error) {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	if len(columns) == 0 {
		return nil, errors.New("a table has at least one column")
	}
	p := &Writer{w: w, table: table, createdBy: createdBy, whole: whole, encoder: encoder}
	p.pageRows, p.mostPages = layout(len(columns))
	for _, name := range columns {
		p.columns = append(p.columns, column{name: name, values: make([]byte, 0, width*p.pageRows)})
	}
	return p, p.write([]byte(magic))
}

// write writes bytes and counts them.
func (p *Writer) write(b []byte) error {
	n, err := p.w.Write(b)
	p.offset += int64(n)
	return err
}

// Row writes a row: the whole number, if the first column is of such, and then one number for each
// other column. It keeps no reference to numbers. NaN keeps its bits.
func (p *Writer) Row(first int64, numbers []float64) error {
	at := 0
	if p.whole {
		p.columns[0].values = binary.LittleEndian.AppendUint64(p.columns[0].values, uint64(first))
		at = 1
	}
	for i, x := range numbers {
		c := &p.columns[at+i]
		c.values = binary.LittleEndian.AppendUint64(c.values, math.Float64bits(x))
	}
	if p.rows++; p.rows < p.pageRows {
		return nil
	}
	return p.endPage()
}

// Note adds a line to the file's metadata.
func (p *Writer) Note(key, value string) { p.notes = append(p.notes, Note{key, value}) }

// endPage closes the open page of each column, and the group if it has enough.
func (p *Writer) endPage() error {
	if p.rows == 0 {
		return nil
	}
	var packed []byte
	for i := range p.columns {
		c := &p.columns[i]
		packed = p.encoder.EncodeAll(c.values, packed[:0])
		head := pageHeader(p.rows, len(packed))
		c.pages = append(append(c.pages, head...), packed...)
		c.raw += int64(len(head) + len(c.values))
		c.values = c.values[:0]
	}
	p.all += int64(p.rows)
	p.rows = 0
	if p.pages++; p.pages < p.mostPages {
		return nil
	}
	return p.endGroup()
}

// endGroup writes the open group.
func (p *Writer) endGroup() error {
	if p.pages == 0 {
		return nil
	}
	g := group{rows: p.all}
	for _, before := range p.groups {
		g.rows -= before.rows
	}
	for i := range p.columns {
		c := &p.columns[i]
		g.chunks = append(g.chunks, chunk{p.offset, c.raw, int64(len(c.pages))})
		g.raw += c.raw
		if err := p.write(c.pages); err != nil {
			return err
		}
		c.pages, c.raw = c.pages[:0], 0
	}
	p.groups, p.pages = append(p.groups, g), 0
	return nil
}

// Close writes the rows that are left and the footer. A file without it is none.
func (p *Writer) Close() error {
	if err := p.endPage(); err != nil {
		return err
	}
	if err := p.endGroup(); err != nil {
		return err
	}
	foot := p.footer()
	foot = binary.LittleEndian.AppendUint32(foot, uint32(len(foot)))
	return p.write(append(foot, magic...))
}

// pageHeader returns the header of a page of so many rows that take so many bytes compressed.
func pageHeader(rows, packed int) []byte {
	var t encoder
	t.number(1, dataPage)
	t.number(2, int64(width*rows)) // bytes as they are
	t.number(3, int64(packed))     // bytes in the file
	t.open(5)                      // of a data page
	t.number(1, int64(rows))
	t.number(2, plain)
	t.number(3, rle) // definition levels, of which columns without gaps have none
	t.number(4, rle) // repetition levels, likewise
	t.end()
	t.end()
	return t.out
}

// footer returns the metadata of the file.
func (p *Writer) footer() []byte {
	var t encoder
	t.number(1, 1)                          // version of the format
	t.list(2, kindStruct, 1+len(p.columns)) // the schema: a tree, of which the root is the table
	t.begin()
	t.text(4, p.table)
	t.number(5, int64(len(p.columns))) // children
	t.end()
	for i, c := range p.columns {
		t.begin()
		t.number(1, p.kind(i))
		t.number(3, required)
		t.text(4, c.name)
		t.end()
	}
	t.long(3, p.all) // rows
	t.list(4, kindStruct, len(p.groups))
	for _, g := range p.groups {
		t.begin()
		t.list(1, kindStruct, len(g.chunks)) // one a column, in the order of the schema
		for i, c := range g.chunks {
			p.chunk(&t, i, g.rows, c)
		}
		t.long(2, g.raw) // bytes before compression
		t.long(3, g.rows)
		t.end()
	}
	if len(p.notes) > 0 {
		t.list(5, kindStruct, len(p.notes))
		for _, n := range p.notes {
			t.begin()
			t.text(1, n.Key)
			t.text(2, n.Value)
			t.end()
		}
	}
	t.text(6, p.createdBy)
	t.end()
	return t.out
}

// kind returns the type of a column.
func (p *Writer) kind(column int) int64 {
	if column == 0 && p.whole {
		return typeInt64
	}
	return typeDouble
}

// chunk adds the metadata of a column in a group.
func (p *Writer) chunk(t *encoder, column int, rows int64, c chunk) {
	t.begin()
	t.long(2, c.offset) // where these metadata could stand, too
	t.open(3)
	t.number(1, p.kind(column))
	t.list(2, kindInt, 1) // encodings
	t.element(plain)
	t.list(3, kindBinary, 1) // the path from the root
	t.bytes(p.columns[column].name)
	t.number(4, codecZstd)
	t.long(5, rows)
	t.long(6, c.raw)    // bytes with headers, before compression
	t.long(7, c.packed) // and after it
	t.long(9, c.offset) // of the first data page
	t.end()
	t.end()
}
