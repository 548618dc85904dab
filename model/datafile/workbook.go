package datafile

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"weir/model/code"
	"weir/model/diagnostic"

	"github.com/xuri/excelize/v2"
)

// maxUnpacked bounds what a workbook may unpack to, in bytes.
const maxUnpacked = 256 << 20

// IsWorkbook reports whether a file is a workbook or an archive, and no text.
func IsWorkbook(text []byte) bool {
	return bytes.HasPrefix(text, []byte("PK\x03\x04")) || bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0"))
}

// ParseWorkbook reads a sheet of a workbook (.xlsx) with a header in its first row: the only sheet, or
// the one that is named. Numbers are as they are stored, whatever their format; dates are written as
// 2024-07-01. A merged cell is refused, since nobody can say to which rows its number belongs.
func ParseWorkbook(name string, text []byte, sheet string) (*File, *diagnostic.Diagnostic) {
	bad := func(hint, format string, args ...any) *diagnostic.Diagnostic {
		return &diagnostic.Diagnostic{Code: code.BadCSV, Span: diagnostic.Span{File: name},
			Message: fmt.Sprintf(format, args...), Hint: hint}
	}
	if bytes.HasPrefix(text, []byte("\xd0\xcf\x11\xe0")) {
		return nil, bad("save it as .xlsx, or the sheet as CSV",
			"this is a workbook of Excel 97, or one with a password")
	}
	book, err := excelize.OpenReader(bytes.NewReader(text),
		excelize.Options{RawCellValue: true, UnzipSizeLimit: maxUnpacked,
			UnzipXMLSizeLimit: maxUnpacked / 4})
	if err != nil {
		return nil, bad("save it again as .xlsx, or the sheet as CSV",
			"the workbook cannot be read: %v", err)
	}
	defer book.Close()
	sheets := book.GetSheetList() // in the order of their tabs
	sheet, d := chosen(sheets, sheet, bad)
	if d != nil {
		return nil, d
	}
	merged, err := book.GetMergeCells(sheet)
	if err != nil {
		return nil, bad("name a sheet with a table", "the sheet %q cannot be read: %v", sheet, err)
	}
	for _, m := range merged {
		return nil, bad("unmerge it, and write its content into each row that it belongs to",
			"%s!%s:%s is a merged cell", sheet, m.GetStartAxis(), m.GetEndAxis())
	}
	return readSheet(book, name, sheet, bad)
}

// chosen returns the sheet that is named, or the only one.
func chosen(sheets []string, sheet string, bad func(hint, format string,
	args ...any) *diagnostic.Diagnostic) (string, *diagnostic.Diagnostic) {
	for _, s := range sheets {
		if s == sheet || sheet == "" && len(sheets) == 1 {
			return s, nil
		}
	}
	quoted := make([]string, len(sheets))
	for i, s := range sheets {
		quoted[i] = strconv.Quote(s)
	}
	list := strings.Join(quoted[:min(len(quoted), 12)], ", ")
	if sheet == "" {
		return "", bad("name one of them with sheet: "+list, "the workbook has %d sheets", len(sheets))
	}
	hint := diagnostic.DidYouMean(sheet, sheets)
	if hint == "" {
		hint = "it has " + list
	}
	return "", bad(hint, "the workbook has no sheet %q", sheet)
}

// readSheet reads the cells. Rows that end early are filled with blanks, since a workbook does not
// store blank cells; blank rows at the end are dropped.
func readSheet(book *excelize.File, name, sheet string, bad func(hint, format string,
	args ...any) *diagnostic.Diagnostic) (*File, *diagnostic.Diagnostic) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, bad("name a sheet with a table", "the sheet %q cannot be read: %v", sheet, err)
	}
	defer rows.Close()
	f := &File{name: name, sheet: sheet}
	// An empty row costs memory as well, so that each counts as one cell more.
	for cells := 0; rows.Next(); {
		row, err := rows.Columns()
		if err != nil {
			return nil, bad("save it again as .xlsx, or the sheet as CSV",
				"the sheet %q cannot be read: %v", sheet, err)
		}
		if cells += len(row) + 1; cells > maxCells {
			d := bad("", "the sheet has more than %d cells", maxCells)
			d.Code = code.TooLarge
			return nil, d
		}
		f.Rows = append(f.Rows, row)
	}
	for len(f.Rows) > 0 && strings.TrimSpace(strings.Join(f.Rows[len(f.Rows)-1], "")) == "" {
		f.Rows = f.Rows[:len(f.Rows)-1]
	}
	if len(f.Rows) == 0 {
		d := bad("the first row names the columns", "the sheet %q is empty", sheet)
		d.Code = code.NoRows
		return nil, d
	}
	f.dates(book)
	for _, h := range f.Rows[0] {
		f.Header = append(f.Header, strings.TrimSpace(h))
	}
	f.Rows = f.Rows[1:]
	for i, row := range f.Rows {
		for k := len(f.Header); k < len(row); k++ {
			if strings.TrimSpace(row[k]) != "" {
				return nil, bad("name its column in the first row, or empty it",
					"%s!%s stands right of the header", sheet, cellName(k, i+2))
			}
		}
		for len(f.Rows[i]) < len(f.Header) {
			f.Rows[i] = append(f.Rows[i], "")
		}
	}
	return f, nil
}

// dateFormat finds a year, or a day and a month, in the format of a cell.
var dateFormat = regexp.MustCompile(`(?i)yy|d.*m|m.*d`)

// dates writes the cells that the workbook shows as dates in the form 2024-07-01.
func (f *File) dates(book *excelize.File) {
	is := map[int]bool{} // by style; a workbook has few styles and many cells
	old := false         // days are counted from 1904, as on old Macs
	if p, err := book.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		old = *p.Date1904
	}
	for i, row := range f.Rows {
		for k, text := range row {
			serial, err := strconv.ParseFloat(text, 64)
			if err != nil {
				continue
			}
			style, err := book.GetCellStyle(f.sheet, cellName(k, i+1))
			if err != nil || style == 0 {
				continue
			}
			date, known := is[style]
			if !known {
				date = isDate(book, style)
				is[style] = date
			}
			if !date {
				continue
			}
			if at, err := excelize.ExcelDateToTime(serial, old); err == nil {
				f.Rows[i][k] = at.Format(time.DateOnly)
			}
		}
	}
}

// isDate reports whether cells of a style are shown as dates.
func isDate(book *excelize.File, style int) bool {
	s, err := book.GetStyle(style)
	switch {
	case err != nil:
		return false
	case s.CustomNumFmt != nil:
		return dateFormat.MatchString(*s.CustomNumFmt)
	}
	// The numbers of the built-in formats with a day or a year (ECMA-376, 18.8.30).
	return s.NumFmt >= 14 && s.NumFmt <= 17 || s.NumFmt == 22 || s.NumFmt >= 27 && s.NumFmt <= 36
}

// cellName returns the name of a cell, as B7 for column 1 and row 7.
func cellName(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	if err != nil {
		return fmt.Sprintf("row %d, column %d", row, column+1)
	}
	return name
}
