package part

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"weir/internal/outfile"
	"weir/internal/parquet"
	"weir/scenarios/ensemble"
	"weir/scenarios/output"
)

// A Part is an open file with some members of an ensemble.
type Part struct {
	Path string
	Head Head

	format   string
	close    func() error
	file     *io.SectionReader // all bytes; nil of a part that was never a file
	parquet  *parquet.File
	sketches *ensemble.Sketches // nil of rows, and where they are still in the file; see counted
}

// maxSketch bounds the text of a file of sketches, in bytes.
const maxSketch = 1 << 30

// Open opens a part. The error names the file and says that it is none, or is cut short. The caller
// closes the part.
func Open(path string) (*Part, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("cannot read %s: %w", path, outfile.Cause(err))
	}
	p, err := Read(path, f, info.Size())
	if err != nil {
		f.Close()
		return nil, err
	}
	p.close, p.sketches = f.Close, nil // those of many parts do not fit into memory together
	return p, nil
}

// counted returns the sketches of a part, which it reads again where Open left them in the file.
func (p *Part) counted() (*ensemble.Sketches, error) {
	if p.sketches != nil {
		return p.sketches, nil
	}
	again := &Part{}
	if err := again.openSketches(io.NewSectionReader(p.file, 0, p.file.Size())); err != nil {
		return nil, fmt.Errorf("%s: %w", p.Path, err)
	}
	return again.sketches, nil
}

// Read is Open for the bytes of a part that has a name. They must stay as long as the part is used.
func Read(name string, r io.ReaderAt, size int64) (*Part, error) {
	p := &Part{Path: name, close: func() error { return nil }, file: io.NewSectionReader(r, 0, size)}
	var begin [4]byte
	_, err := r.ReadAt(begin[:], 0)
	switch {
	case err == nil && string(begin[:]) == "PAR1":
		p.format, err = formatParquet, p.openRows(r, size)
	case err == nil && begin[0] == 0x1f && begin[1] == 0x8b:
		p.format, err = formatSketch, p.openSketches(io.NewSectionReader(r, 0, size))
	default:
		err = errNoPart
	}
	if err == nil {
		err = p.Head.check()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return p, nil
}

var (
	errNoPart = errors.New("it is no part of an ensemble; weir run MODEL --runs N --shard 1/8 -o part.parquet makes one")
	errCut    = errors.New("it is cut short or damaged; run its shard again")
)

// Close closes the file of a part.
func (p *Part) Close() { _ = p.close() }

// openRows reads the notes of a Parquet file.
func (p *Part) openRows(r io.ReaderAt, size int64) (err error) {
	p.parquet, err = parquet.Open(r, size)
	switch {
	case errors.Is(err, parquet.ErrOther):
		return errNoPart
	case err != nil:
		return fmt.Errorf("%w (%v)", errCut, err)
	}
	text, ok := p.parquet.Note(factPart)
	if !ok {
		return fmt.Errorf("it holds a whole ensemble, not a part: %w", errNoPart)
	}
	if err := json.Unmarshal([]byte(text), &p.Head); err != nil {
		return fmt.Errorf("%w (%v)", errCut, err)
	}
	if !p.parquet.Whole || len(p.parquet.Columns) != len(p.Head.Columns) {
		return errCut
	}
	for _, f := range p.parquet.Notes {
		if f.Key != factPart {
			p.Head.facts = append(p.Head.facts, output.Fact{Key: f.Key, Value: f.Value})
		}
	}
	p.Head.facts = common(p.Head.facts)
	return nil
}

// openSketches reads a whole file of sketches.
func (p *Part) openSketches(r io.Reader) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return errNoPart
	}
	text, err := io.ReadAll(io.LimitReader(z, maxSketch+1))
	if err != nil {
		return errCut
	}
	if len(text) > maxSketch {
		return errors.New("it has more than a file of sketches may have")
	}
	var f sketchFile
	err = json.Unmarshal(text, &f)
	switch {
	case f.Weir != sketchWord:
		return errNoPart
	case err != nil || f.Head == nil || f.Sketches == nil || !whole(f.Sketches, len(f.Head.Columns)):
		return errCut
	}
	p.Head, p.sketches = *f.Head, f.Sketches
	p.Head.facts = common(f.Facts)
	return nil
}

// whole reports whether sketches have as many columns as the head says and each a sketch per time.
func whole(s *ensemble.Sketches, columns int) bool {
	for _, c := range s.Columns {
		if len(c.At) != len(s.Time) {
			return false
		}
	}
	return len(s.Columns) == columns
}

// check returns an error for a head that no part has.
func (h *Head) check() error {
	s := h.Shard
	if s.Index < 1 || s.Index > s.Of || h.Runs < s.Of {
		return errCut
	}
	if of := s.Members(h.Runs); h.First != of.First || h.Tally.Members < 0 || h.Tally.Members > of.End-of.First {
		return errCut
	}
	return nil
}

// rows gives every row of a part, in order. The slice is reused.
func (p *Part) rows(row func(member int, numbers []float64) error) error {
	var own error // of row
	last, end := p.Head.First, p.Head.First+p.Head.Tally.Members
	err := p.parquet.EachRow(func(first int64, numbers []float64) error {
		member := int(first)
		if member < last || member >= end {
			own = fmt.Errorf("%s: run %d stands where it should not be: %w", p.Path, member, errCut)
			return own
		}
		last = member
		own = row(member, numbers)
		return own
	})
	if err != nil && own == nil {
		return fmt.Errorf("%s: %w (%v)", p.Path, errCut, err)
	}
	return err
}

// Files returns the paths of parts: a folder stands for the files in it that end in .parquet or
// .sketch, and those of unfinished parts, by name.
func Files(paths []string) ([]string, error) {
	var out []string
	for _, path := range paths {
		entries, err := os.ReadDir(path)
		if err != nil { // a file, or nothing, which Open will say
			out = append(out, path)
			continue
		}
		for _, e := range entries {
			if part := strings.TrimSuffix(e.Name(), ".partial"); slices.Contains(Formats, strings.TrimPrefix(filepath.Ext(part), ".")) {
				out = append(out, filepath.Join(path, e.Name()))
			}
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("there are no parts in %s", strings.Join(paths, ", "))
	}
	return out, nil
}
