package read

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
)

// maxCells bounds what is kept of a data file.
const maxCells = 4_000_000

// A csvFile is a data file with the places of its cells.
type csvFile struct {
	name   string
	text   []byte
	header []string
	rows   [][]string
	starts [][]int32 // the file's offset of each cell
}

// cell is a cell's text without spaces around it.
func (f *csvFile) cell(row, column int) string { return strings.TrimSpace(f.rows[row][column]) }

// span is a cell's place, with its quotes.
func (f *csvFile) span(row, column int) diagnostic.Span {
	start := int(f.starts[row][column])
	end := start + len(f.rows[row][column])
	if start < len(f.text) && f.text[start] == '"' {
		for end = start + 1; end < len(f.text) && f.text[end] != '"' || bytes.HasPrefix(f.text[min(end, len(f.text)):], []byte(`""`)); end++ {
			if f.text[end] == '"' {
				end++ // a quote in the text is written twice
			}
		}
		end = min(end+1, len(f.text))
	}
	return diagnostic.Span{File: f.name, Start: start, End: end}
}

// matches reports whether the cells of a row have the given texts, by column.
func (f *csvFile) matches(row int, want map[int]string) bool {
	for column, text := range want {
		if f.cell(row, column) != text {
			return false
		}
	}
	return true
}

// parseCSV reads comma-separated values with a header (RFC 4180). A byte order
// mark, which spreadsheets like to write, is skipped.
func parseCSV(name string, text []byte) (*csvFile, *diagnostic.Diagnostic) {
	body := bytes.TrimPrefix(text, []byte("\ufeff"))
	f := &csvFile{name: name, text: text}
	places := newLineStarts(text, len(text)-len(body))
	in := csv.NewReader(bytes.NewReader(body))
	for cells := 0; ; {
		row, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, badCSV(name, places, err)
		}
		starts := make([]int32, len(row))
		for i := range row {
			starts[i] = int32(places.offset(in.FieldPos(i)))
		}
		if cells += len(row); cells > maxCells {
			return nil, &diagnostic.Diagnostic{Code: code.TooLarge, Span: diagnostic.Span{File: name, Start: int(starts[0]), End: int(starts[0])},
				Message: "the file has more than 4000000 cells"}
		}
		f.rows, f.starts = append(f.rows, row), append(f.starts, starts)
	}
	if len(f.rows) == 0 {
		return nil, &diagnostic.Diagnostic{Code: code.NoRows, Span: diagnostic.Span{File: name}, Message: "the file is empty",
			Hint: "the first row names the columns"}
	}
	for _, h := range f.rows[0] {
		f.header = append(f.header, strings.TrimSpace(h))
	}
	f.rows, f.starts = f.rows[1:], f.starts[1:]
	return f, nil
}

// badCSV says where a file is not comma-separated values.
func badCSV(name string, places lineStarts, err error) *diagnostic.Diagnostic {
	d := &diagnostic.Diagnostic{Code: code.BadCSV, Span: diagnostic.Span{File: name}, Message: err.Error()}
	var p *csv.ParseError
	if errors.As(err, &p) {
		at := places.offset(p.Line, p.Column)
		d.Span.Start, d.Span.End = at, at
		d.Message = p.Err.Error()
	}
	if errors.Is(err, csv.ErrFieldCount) {
		d.Message, d.Hint = "this row has another number of cells than the header", "put a text with commas in quotes"
	}
	return d
}

// lineStarts are the offsets at which the lines of a file begin, after a mark.
type lineStarts []int

func newLineStarts(text []byte, skip int) lineStarts {
	out := lineStarts{skip}
	for i, c := range text {
		if c == '\n' && i >= skip {
			out = append(out, i+1)
		}
	}
	return out
}

// offset is the place of a line and column as encoding/csv counts them: from 1, in
// bytes.
func (l lineStarts) offset(line, column int) int {
	return l[min(max(line, 1), len(l))-1] + max(column, 1) - 1
}
