package sheet

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"weir/model/vensim/internal/biff"
	"weir/model/vensim/internal/syntax"

	"github.com/xuri/excelize/v2"
)

// A Cell is a number, text or nothing.
type Cell struct {
	Text     string  // without the blanks around it
	Number   float64 // 0 of a cell that is none
	IsNumber bool    // a number
}

// cellOf returns the cell that a text is: a number if Go can parse it as one.
// The text is kept in both cases: a name may be a number, too.
func cellOf(text string) Cell {
	t := strings.TrimSpace(text)
	x, err := strconv.ParseFloat(t, 64)
	return Cell{t, x, err == nil}
}

// tooManyCells returns the error of a file with more than maxCells.
func tooManyCells(name string) error {
	return fmt.Errorf("the data file %s has more than %d cells", name, maxCells)
}

// textCells cuts a text file into cells; ok is false if there are too many. A quote
// protects the text up to the next quote.
// Rows may differ in length.
func textCells(text string, separator byte) (rows [][]Cell, ok bool) {
	var row []Cell
	count := 0
	for text != "" {
		field, rest, end := textField(text, separator)
		row = append(row, cellOf(field))
		if count++; count > maxCells {
			return nil, false
		}
		if end {
			rows, row = append(rows, row), nil
		}
		text = rest
	}
	if row != nil {
		rows = append(rows, row)
	}
	return rows, true
}

// textField returns the next field, the text behind it, and whether it ends a line.
// A quote that is never closed is left out, and the field read without it. The text must not be
// empty.
func textField(text string, separator byte) (field, rest string, end bool) {
	if text[0] == '"' {
		if quoted, n := quotedField(text); n > 0 {
			_, rest, end = plainField(text[n:], separator)
			return quoted, rest, end
		}
		text = text[1:]
	}
	return plainField(text, separator)
}

// quotedField returns the text between quotes, and its length with them; 0 if the quote
// is never closed. A quote within is written twice.
func quotedField(text string) (field string, n int) {
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
		case i+1 < len(text) && text[i+1] == '"':
			i++
		default:
			return strings.ReplaceAll(text[1:i], `""`, `"`), i + 1
		}
	}
	return "", 0
}

// plainField returns the field up to the separator or the line's end, the text behind it,
// and whether it ends a line.
func plainField(text string, separator byte) (field, rest string, end bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case separator:
			return text[:i], text[i+1:], false
		case '\n':
			return strings.TrimSuffix(text[:i], "\r"), text[i+1:], true
		}
	}
	return text, "", true
}

// readXLSX reads a spreadsheet of Excel 2007 or later: values as they are stored, whatever
// their format. The archive may unpack to four times the bound of files, no more.
func readXLSX(name string, text []byte) *workbook {
	f, err := excelize.OpenReader(bytes.NewReader(text),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: 4 * maxFile, UnzipXMLSizeLimit: maxFile})
	if err != nil {
		return &workbook{err: fmt.Errorf("the spreadsheet %s cannot be read: %w", name, err)}
	}
	defer f.Close()
	book := &workbook{names: map[string]string{}}
	for _, d := range f.GetDefinedName() {
		book.names[syntax.Key(d.Name)] = d.RefersTo
	}
	count := 0
	for _, title := range f.GetSheetList() {
		rows, err := f.Rows(title)
		if err != nil {
			continue // a chart
		}
		s := sheet{name: title}
		for rows.Next() {
			fields, err := rows.Columns()
			if err != nil {
				return &workbook{err: fmt.Errorf("the spreadsheet %s cannot be read: %w", name, err)}
			}
			row := make([]Cell, len(fields))
			for i, x := range fields {
				row[i] = cellOf(x)
			}
			// An empty row costs memory as well, so each row counts as one cell more.
			if count += len(row) + 1; count > maxCells {
				return &workbook{err: tooManyCells(name)}
			}
			s.Rows = append(s.Rows, row)
		}
		rows.Close()
		book.sheets = append(book.sheets, s)
	}
	return book
}

// readXLS reads a spreadsheet of Excel 97 to 2003. Its cells come one by one, in any order;
// empty ones between them count, too.
func readXLS(name string, text []byte) *workbook {
	sheets, names, err := biff.Read(text)
	if err != nil {
		return &workbook{err: fmt.Errorf("the spreadsheet %s cannot be read: %w", name, err)}
	}
	book := &workbook{names: map[string]string{}}
	for _, n := range names {
		first, _ := excelize.CoordinatesToCellName(n.Column+1, n.Row+1)
		last, _ := excelize.CoordinatesToCellName(n.LastColumn+1, n.LastRow+1)
		book.names[syntax.Key(n.Name)] = first + ":" + last
	}
	count := 0
	for _, s := range sheets {
		out := sheet{name: s.Name}
		for _, c := range s.Cells {
			for len(out.Rows) <= c.Row {
				out.Rows = append(out.Rows, nil)
			}
			for len(out.Rows[c.Row]) <= c.Column {
				out.Rows[c.Row] = append(out.Rows[c.Row], Cell{})
				if count++; count > maxCells {
					return &workbook{err: tooManyCells(name)}
				}
			}
			if out.Rows[c.Row][c.Column] = (Cell{Number: c.Number, IsNumber: true}); c.IsText {
				out.Rows[c.Row][c.Column] = cellOf(c.Text)
			}
		}
		book.sheets = append(book.sheets, out)
	}
	return book
}
