package items

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"weir/internal/outfile"
	"weir/internal/parquet"
)

// factItems is the key of the head in the notes of a Parquet file.
const factItems = "weir.items"

// A Part is an open file with some items of a divided command.
type Part struct {
	Path string
	Head Head

	close func() error
	table *parquet.File
}

var (
	// ErrOther is the error of a file that is no part of a divided command. It may be one of an
	// ensemble, which package part reads.
	ErrOther = errors.New("it is no part of a divided command")
	errCut   = errors.New("it is cut short or damaged; run its shard again")
)

// Open opens a part and reads it once, so that one that is cut or changed anywhere is an error now.
// The error names the file. The caller closes the part.
func Open(path string) (*Part, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	info, err := f.Stat()
	if err == nil {
		var p *Part
		if p, err = read(path, f, info.Size()); err == nil {
			p.close = f.Close
			return p, nil
		}
	}
	f.Close()
	return nil, fmt.Errorf("%s: %w", path, outfile.Cause(err))
}

// read is Open for the bytes of a part.
func read(name string, r io.ReaderAt, size int64) (*Part, error) {
	var begin [4]byte
	if _, err := r.ReadAt(begin[:], 0); err != nil || string(begin[:]) != "PAR1" {
		return nil, ErrOther
	}
	table, err := parquet.Open(r, size)
	switch {
	case errors.Is(err, parquet.ErrOther):
		return nil, ErrOther
	case err != nil:
		return nil, fmt.Errorf("%w (%v)", errCut, err)
	}
	text, ok := table.Note(factItems)
	if !ok {
		return nil, ErrOther
	}
	p := &Part{Path: name, table: table, close: func() error { return nil }}
	h := &p.Head
	if err := json.Unmarshal([]byte(text), h); err != nil {
		return nil, fmt.Errorf("%w (%v)", errCut, err)
	}
	if !table.Whole || len(table.Columns) < 2 || h.Shard.Index < 1 || h.Shard.Index > h.Shard.Of || h.Items < h.Shard.Of {
		return nil, errCut
	}
	h.Columns = table.Columns[1:]
	if of := h.of(); h.Done < 0 || h.Done > of.End-of.First {
		return nil, errCut
	}
	sum := newSum()
	if err := p.rows(func(item int, numbers []float64) error { sum.add(item, numbers); return nil }); err != nil {
		return nil, err
	}
	if sum.rows != h.Rows || sum.of(*h) != h.Sum {
		return nil, errCut
	}
	return p, nil
}

// Close closes the file of a part.
func (p *Part) Close() { _ = p.close() }

// rows gives every row of a part, in order: of each item from the first of the shard on at least
// one.
func (p *Part) rows(row func(item int, numbers []float64) error) error {
	var own error // of row
	next := p.Head.of().First
	end := next + p.Head.Done
	err := p.table.EachRow(func(first int64, numbers []float64) error {
		item := int(first)
		if item != next-1 || item < p.Head.of().First { // another row of the same item, or the next one
			if item != next || item >= end {
				own = errCut
				return own
			}
			next++
		}
		own = row(item, numbers)
		return own
	})
	switch {
	case own != nil:
		return own
	case err != nil:
		return fmt.Errorf("%w (%v)", errCut, err)
	case next != end:
		return errCut
	}
	return nil
}
