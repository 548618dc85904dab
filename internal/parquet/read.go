package parquet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/klauspost/compress/zstd"
)

// A File is a table that a Writer wrote, open for reading.
type File struct {
	Columns []string
	Whole   bool  // the first column holds whole numbers
	Rows    int64 // as the metadata say
	Notes   []Note

	r      io.ReaderAt
	size   int64
	groups []group
}

// ErrOther is the error of a Parquet file that has more than this package writes.
var ErrOther = errors.New("it is a Parquet file of another kind than weir writes")

// Open reads the metadata of a file of a size in bytes, and keeps r for the rows. The error says
// that the file is damaged, or none that a Writer wrote.
func Open(r io.ReaderAt, size int64) (*File, error) {
	// The end of a file says how long the footer before it is.
	end := make([]byte, trailer)
	if size < int64(len(magic)+trailer) {
		return nil, errDamaged
	}
	if _, err := r.ReadAt(end, size-int64(trailer)); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(end))
	if string(end[4:]) != magic || length > size-int64(len(magic)+trailer) {
		return nil, errDamaged
	}
	foot := make([]byte, length)
	if _, err := r.ReadAt(foot, size-int64(trailer)-length); err != nil {
		return nil, err
	}
	f := &File{r: r, size: size - int64(trailer) - length}
	return f, f.read(foot)
}

// Note returns the value of a line of the metadata; false if there is none.
func (f *File) Note(key string) (string, bool) {
	for _, n := range f.Notes {
		if n.Key == key {
			return n.Value, true
		}
	}
	return "", false
}

// read reads the footer.
func (f *File) read(foot []byte) error {
	t := &decoder{in: foot}
	other := false
	t.fields(0, func(id, kind int) bool {
		switch {
		case id == 2 && kind == kindList: // the schema
			other = !f.schema(t) || other
		case id == 3 && kind == kindLong:
			f.Rows = t.number()
		case id == 4 && kind == kindList: // groups of rows
			for range each(t) {
				g, ours := readGroup(t)
				f.groups, other = append(f.groups, g), other || !ours
			}
		case id == 5 && kind == kindList: // keys with values
			for range each(t) {
				f.Notes = append(f.Notes, readNote(t))
			}
		default:
			return false
		}
		return true
	})
	switch {
	case t.err != nil:
		return t.err
	case other:
		return ErrOther
	}
	return f.check()
}

// each yields once for each struct in a list.
func each(t *decoder) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		kind, n := t.list()
		if kind != kindStruct {
			t.fail()
		}
		for i := 0; i < n && t.err == nil && yield(i); i++ {
		}
	}
}

// schema reads the columns, and reports whether they are such as a Writer writes.
func (f *File) schema(t *decoder) (ours bool) {
	ours = true
	for i := range each(t) {
		kind, repetition, children, name := int64(-1), int64(required), int64(0), ""
		t.fields(0, func(id, k int) bool {
			switch {
			case id == 1 && k == kindInt:
				kind = t.number()
			case id == 3 && k == kindInt:
				repetition = t.number()
			case id == 4 && k == kindBinary:
				name = t.text()
			case id == 5 && k == kindInt:
				children = t.number()
			default:
				return false
			}
			return true
		})
		if i == 0 {
			continue // the table itself
		}
		ours = ours && repetition == required && children == 0 && (kind == typeDouble || kind == typeInt64 && i == 1)
		f.Columns, f.Whole = append(f.Columns, name), f.Whole || kind == typeInt64
	}
	return ours
}

// readNote reads a line of metadata.
func readNote(t *decoder) (n Note) {
	t.fields(0, func(id, kind int) bool {
		switch {
		case id == 1 && kind == kindBinary:
			n.Key = t.text()
		case id == 2 && kind == kindBinary:
			n.Value = t.text()
		default:
			return false
		}
		return true
	})
	return n
}

// readGroup reads where a group of rows lies, and reports whether its columns are compressed as a
// Writer does it.
func readGroup(t *decoder) (g group, ours bool) {
	ours = true
	t.fields(0, func(id, kind int) bool {
		switch {
		case id == 1 && kind == kindList:
			for range each(t) {
				t.fields(0, func(id, kind int) bool {
					if id != 3 || kind != kindStruct {
						return false
					}
					c, zstd := readChunk(t)
					g.chunks, ours = append(g.chunks, c), ours && zstd
					return true
				})
			}
		case id == 3 && kind == kindLong:
			g.rows = t.number()
		default:
			return false
		}
		return true
	})
	return g, ours
}

// readChunk reads where a column of a group lies.
func readChunk(t *decoder) (c chunk, ours bool) {
	t.fields(0, func(id, kind int) bool {
		switch {
		case id == 4 && kind == kindInt: // the codec
			ours = t.number() == codecZstd
		case id == 7 && kind == kindLong: // bytes in the file
			c.packed = t.number()
		case id == 9 && kind == kindLong: // the first data page
			c.offset = t.number()
		default:
			return false
		}
		return true
	})
	return c, ours
}

// check refuses metadata that contradict each other or the file's size.
func (f *File) check() error {
	rows := int64(0)
	for _, g := range f.groups {
		if len(g.chunks) != len(f.Columns) || g.rows < 0 || g.rows > f.Rows-rows {
			return errDamaged
		}
		rows += g.rows
		for _, c := range g.chunks {
			if c.offset < 0 || c.packed < 0 || c.offset > f.size || c.packed > f.size-c.offset {
				return errDamaged
			}
		}
	}
	if rows != f.Rows || len(f.Columns) == 0 {
		return errDamaged
	}
	return nil
}

// EachRow calls row for every row in order: with the whole number of the first column, 0 if the
// table has none, and the other numbers, in a slice that is used again. An error is row's own, or says
// that the file is damaged.
func (f *File) EachRow(row func(first int64, numbers []float64) error) error {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxPage))
	if err != nil {
		return err
	}
	defer d.Close()
	for _, g := range f.groups {
		s := &scan{file: f, decoder: d, columns: make([]chunkReader, len(f.Columns))}
		for i, c := range g.chunks {
			s.columns[i].r = io.NewSectionReader(f.r, c.offset, c.packed)
		}
		for left := g.rows; left > 0; {
			n, err := s.page()
			if err != nil {
				return err
			}
			if left -= int64(n); n == 0 || left < 0 {
				return errDamaged
			}
			if err := s.rows(n, row); err != nil {
				return err
			}
		}
	}
	return nil
}

// A scan reads a group page by page; pages of all columns have the same rows.
type scan struct {
	file    *File
	decoder *zstd.Decoder
	columns []chunkReader
	numbers []float64
}

// A chunkReader is at a page of a column.
type chunkReader struct {
	r      *io.SectionReader
	values []byte
}

// page reads the next page of every column and returns its rows.
func (s *scan) page() (rows int, err error) {
	for i := range s.columns {
		n, err := s.columns[i].next(s.decoder)
		if err != nil {
			return 0, err
		}
		if i > 0 && n != rows {
			return 0, errDamaged
		}
		rows = n
	}
	return rows, nil
}

// maxHeader is more than the header of a page has, in bytes.
const maxHeader = 64

// next reads the next page and returns how many numbers it has.
func (c *chunkReader) next(d *zstd.Decoder) (int, error) {
	from, _ := c.r.Seek(0, io.SeekCurrent)
	head := make([]byte, min(maxHeader, c.r.Size()-from))
	if _, err := io.ReadFull(c.r, head); err != nil {
		return 0, errDamaged
	}
	t := &decoder{in: head}
	raw, packed, rows, encoding := int64(0), int64(-1), int64(-1), int64(-1)
	t.fields(0, func(id, kind int) bool {
		switch {
		case id == 2 && kind == kindInt: // bytes before compression
			raw = t.number()
		case id == 3 && kind == kindInt: // bytes in the file
			packed = t.number()
		case id == 5 && kind == kindStruct: // of a data page
			t.fields(0, func(id, kind int) bool {
				if kind != kindInt || id > 2 {
					return false
				}
				if x := t.number(); id == 1 {
					rows = x
				} else {
					encoding = x
				}
				return true
			})
		default:
			return false
		}
		return true
	})
	at := from + int64(len(head)-len(t.in))
	if t.err != nil || encoding != plain || rows < 0 || rows > maxPage/width || raw != width*rows ||
		packed < 0 || packed > c.r.Size()-at {
		return 0, errDamaged
	}
	// Both sizes are within bounds now, so a damaged header cannot ask for more memory than that.
	text := make([]byte, packed)
	if _, err := c.r.ReadAt(text, at); err != nil {
		return 0, fmt.Errorf("%w (%v)", errDamaged, err)
	}
	if _, err := c.r.Seek(at+packed, io.SeekStart); err != nil {
		return 0, err
	}
	var err error
	if c.values, err = d.DecodeAll(text, c.values[:0]); err != nil || int64(len(c.values)) != raw {
		return 0, errDamaged
	}
	return int(rows), nil
}

// rows gives the rows of a page.
func (s *scan) rows(n int, row func(int64, []float64) error) error {
	at := 0
	if s.file.Whole {
		at = 1
	}
	s.numbers = append(s.numbers[:0], make([]float64, len(s.columns)-at)...)
	for i := range n {
		first := int64(0)
		if at == 1 {
			first = int64(binary.LittleEndian.Uint64(s.columns[0].values[width*i:]))
		}
		for k := range s.numbers {
			s.numbers[k] = math.Float64frombits(binary.LittleEndian.Uint64(s.columns[at+k].values[width*i:]))
		}
		if err := row(first, s.numbers); err != nil {
			return err
		}
	}
	return nil
}
