// Package datafile reads files of comma-separated values, and knows the place of each cell.
package datafile

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

// A File is a data file with the places of its cells.
type File struct {
	name   string
	text   []byte
	Header []string
	Rows   [][]string
	starts [][]int32 // the file's offset of each cell; nil for a workbook, which is no text
	sheet  string    // of a workbook
}

// Address returns the cell of a workbook as "sheet!B7: ", to begin a message with; "" for a text, which
// has lines.
func (f *File) Address(row, column int) string {
	if f.starts != nil || f.sheet == "" {
		return ""
	}
	return f.sheet + "!" + cellName(column, row+2) + ": "
}

// Cell returns a cell's text without spaces around it.
func (f *File) Cell(row, column int) string { return strings.TrimSpace(f.Rows[row][column]) }

// Span returns a cell's place, with its quotes.
func (f *File) Span(row, column int) diagnostic.Span {
	if f.starts == nil {
		return diagnostic.Span{File: f.name}
	}
	start := int(f.starts[row][column])
	end := start + len(f.Rows[row][column])
	if start < len(f.text) && f.text[start] == '"' {
		for end = start + 1; end < len(f.text) && f.text[end] != '"' || bytes.HasPrefix(f.text[min(end,
			len(f.text)):], []byte(`""`)); end++ {
			if f.text[end] == '"' {
				end++ // a quote in the text is written twice
			}
		}
		end = min(end+1, len(f.text))
	}
	return diagnostic.Span{File: f.name, Start: start, End: end}
}

// Matches reports whether the cells of a row have the given texts, by column.
func (f *File) Matches(row int, want map[int]string) bool {
	for column, text := range want {
		if f.Cell(row, column) != text {
			return false
		}
	}
	return true
}

// Parse reads comma-separated values with a header (RFC 4180). A byte order
// mark, which spreadsheets like to write, is skipped.
func Parse(name string, text []byte) (*File, *diagnostic.Diagnostic) {
	if d := notText(name, text); d != nil {
		return nil, d
	}
	body := bytes.TrimPrefix(text, []byte("\ufeff"))
	f := &File{name: name, text: text}
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
			starts[i] = int32(places.Offset(in.FieldPos(i)))
		}
		if cells += len(row); cells > maxCells {
			return nil, &diagnostic.Diagnostic{Code: code.TooLarge, Span: diagnostic.Span{File: name,
				Start: int(starts[0]), End: int(starts[0])},
				Message: "the file has more than 4000000 cells"}
		}
		f.Rows, f.starts = append(f.Rows, row), append(f.starts, starts)
	}
	if len(f.Rows) == 0 {
		return nil, &diagnostic.Diagnostic{Code: code.NoRows, Span: diagnostic.Span{File: name},
			Message: "the file is empty",
			Hint:    "the first row names the columns"}
	}
	for _, h := range f.Rows[0] {
		f.Header = append(f.Header, strings.TrimSpace(h))
	}
	f.Rows, f.starts = f.Rows[1:], f.starts[1:]
	return f, nil
}

// notText reports a file that is a workbook, no text at all, or separated by semicolons.
func notText(name string, text []byte) *diagnostic.Diagnostic {
	d := &diagnostic.Diagnostic{Code: code.BadCSV, Span: diagnostic.Span{File: name}}
	head, _, _ := bytes.Cut(text, []byte("\n"))
	switch {
	case bytes.HasPrefix(text, []byte("PK\x03\x04")), bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")):
		d.Message = "this is a workbook or an archive, not comma-separated values"
		d.Hint = "open it in a spreadsheet and save the sheet as CSV"
	case bytes.IndexByte(text[:min(len(text), 4096)], 0) >= 0:
		d.Message, d.Hint = "this is not text", "save the table as CSV, in UTF-8"
	case bytes.Contains(head, []byte(";")) && !bytes.Contains(head, []byte(",")):
		d.Message = "the columns are separated by semicolons"
		d.Hint = "save the file with commas between columns, and with points in numbers"
	default:
		return nil
	}
	return d
}

// badCSV says where a file is not comma-separated values.
func badCSV(name string, places LineStarts, err error) *diagnostic.Diagnostic {
	d := &diagnostic.Diagnostic{Code: code.BadCSV, Span: diagnostic.Span{File: name}, Message: err.Error()}
	var p *csv.ParseError
	if errors.As(err, &p) {
		at := places.Offset(p.Line, p.Column)
		d.Span.Start, d.Span.End = at, at
		d.Message = p.Err.Error()
	}
	if errors.Is(err, csv.ErrFieldCount) {
		d.Message, d.Hint = "this row has another number of cells than the header",
			"write numbers without commas, and texts with commas in quotes"
	}
	return d
}

// Lines returns where the lines of a text begin, for places as encoding/csv counts them.
func Lines(text []byte) LineStarts {
	return newLineStarts(text, len(text)-len(bytes.TrimPrefix(text, []byte("\ufeff"))))
}

// LineStarts are the offsets at which the lines of a file begin, after a mark.
type LineStarts []int

// newLineStarts returns where lines begin after a number of bytes that are not part of the table.
func newLineStarts(text []byte, skip int) LineStarts {
	out := LineStarts{skip}
	for i, c := range text {
		if c == '\n' && i >= skip {
			out = append(out, i+1)
		}
	}
	return out
}

// Offset returns the place of a line and column as encoding/csv counts them: from 1, in
// bytes.
func (l LineStarts) Offset(line, column int) int {
	return l[min(max(line, 1), len(l))-1] + max(column, 1) - 1
}
