package sheet

import (
	"path"
	"slices"
	"strings"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/syntax"
)

// SeriesNames returns the folded names of all series, sorted.
func (f *Files) SeriesNames() []string {
	var out []string
	for name := range f.Series {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// foldSeries folds a name with subscripts.
// The name 'Sales [North, "Food"]' becomes "sales[north,food]", the form of a key of the model.
func foldSeries(name string) string {
	name = strings.TrimSpace(name)
	base, subs, ok := strings.Cut(name, "[")
	base = FoldQuoted(base)
	if !ok {
		return base
	}
	words := strings.Split(strings.TrimSuffix(strings.TrimSpace(subs), "]"), ",")
	for i := range words {
		words[i] = FoldQuoted(words[i])
	}
	return base + "[" + strings.Join(words, ",") + "]"
}

// FoldQuoted folds a name that may be in quotes.
func FoldQuoted(name string) string {
	name = strings.TrimSpace(name)
	if len(name) > 1 && strings.HasPrefix(name, `"`) && syntax.QuotedLength(name) == len(name) {
		name = syntax.Unquote(name)
	}
	return syntax.Key(name)
}

// ReadSeries reads the data files that the user named, once. A file that is named for a
// ?name is read where the model names it. Of two series of one name the last one counts.
func (f *Files) ReadSeries() {
	if f.Series != nil {
		return
	}
	f.Series = map[string][]resolved.Point{}
	for _, d := range f.data {
		if d.Stands != "" { // read where the model names it
			continue
		}
		f.ReadBytes = append(f.ReadBytes, d.Text...)
		if len(d.Text) > maxFile {
			f.ErrorAt(model.TooLarge, syntax.Span{}, "", "the data file %s is larger than 64 MiB", d.Name)
			continue
		}
		if isResults(d.Name) {
			f.ErrorAt(model.NotSupported, syntax.Span{},
				"export it as text: in Vensim, Model > Export Dataset, type .dat or .csv",
				"the data file %s holds results in Vensim's binary form", d.Name)
			continue
		}
		f.readDataFile(d)
	}
}

// isResults reports whether a file is in one of Vensim's own forms for results, by its ending.
func isResults(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".vdf" || ext == ".vdfx"
}

// readDataFile adds the series of one file: of every sheet of a workbook, or of a text,
// whose separator its first line shows.
// The separator is a tab, a comma, or a semicolon if the line has no comma.
func (f *Files) readDataFile(d model.DataFile) {
	if isSpreadsheet(d.Name) {
		book := parseWorkbook(d.Name, d.Text, "")
		if book.err != nil {
			f.ErrorAt(model.Unreadable, syntax.Span{}, "", "%v", book.err)
			return
		}
		for i := range book.sheets {
			f.addColumns(book.sheets[i].Rows)
		}
		return
	}
	text := strings.TrimLeft(syntax.Decode(d.Text), "\r\n")
	if isDat(text) {
		f.addDat(text)
		return
	}
	first, _, _ := strings.Cut(text, "\n")
	separator := byte(',')
	if strings.Contains(first, "\t") {
		separator = '\t'
	} else if strings.Contains(first, ";") && !strings.Contains(first, ",") {
		separator = ';'
	}
	rows, ok := textCells(text, separator)
	if !ok {
		f.ErrorAt(model.TooLarge, syntax.Span{}, "", "%v", tooManyCells(d.Name))
		return
	}
	f.addColumns(rows)
}

// isDat reports whether a text is in Vensim's own form, .dat: a line with a name, then lines
// of a time and a value. The first two lines tell.
func isDat(text string) bool {
	lines := strings.SplitN(text, "\n", 3)
	if len(lines) < 2 || strings.Contains(strings.TrimSpace(lines[0]), "\t") {
		return false
	}
	fields := strings.Fields(lines[1])
	return len(fields) == 2 && cellOf(fields[0]).IsNumber && cellOf(fields[1]).IsNumber && !cellOf(lines[0]).IsNumber
}

// addDat adds the series of a text in Vensim's own form.
// A line is a point if it has a number before a tab; any other line is the name of the next series.
// Points without a number as their value are left out.
func (f *Files) addDat(text string) {
	name := ""
	var points []resolved.Point
	flush := func() {
		if name != "" {
			f.Series[foldSeries(name)] = orderly(points)
		}
		points = nil
	}
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		if strings.TrimSpace(line) == "" {
			continue
		}
		if when, value, ok := strings.Cut(line, "\t"); ok && cellOf(when).IsNumber {
			if v := cellOf(value); v.IsNumber {
				points = append(points, resolved.Point{X: cellOf(when).Number, Y: v.Number})
			}
			continue
		}
		flush()
		name = line
	}
	flush()
}

// addColumns takes a table with names in its first row and times in its first column,
// or the other way round, if all cells of the first row but the first one are numbers.
// Tables of less than two rows and columns have no series.
func (f *Files) addColumns(rows [][]Cell) {
	for len(rows) > 0 && len(rows[0]) == 0 {
		rows = rows[1:]
	}
	if len(rows) < 2 || len(rows[0]) < 2 {
		return
	}
	// Times in the first row mean that each series is a row.
	across := true
	for _, c := range rows[0][1:] {
		across = across && (c.IsNumber || c.Text == "")
	}
	if across {
		for _, row := range rows[1:] {
			if len(row) > 0 && !row[0].IsNumber {
				f.addSeriesOf(row[0].Text, len(rows[0])-1, func(i int) (Cell, Cell) {
					if i+1 >= len(row) {
						return Cell{}, Cell{}
					}
					return rows[0][i+1], row[i+1]
				})
			}
		}
		return
	}
	for k, head := range rows[0][1:] {
		f.addSeriesOf(head.Text, len(rows)-1, func(i int) (Cell, Cell) {
			row := rows[i+1]
			if k+1 >= len(row) {
				return Cell{}, Cell{}
			}
			return row[0], row[k+1]
		})
	}
}

// addSeriesOf adds n pairs of cells as a series; pairs that are not both numbers are left
// out.
func (f *Files) addSeriesOf(name string, n int, pair func(int) (Cell, Cell)) {
	if foldSeries(name) == "" {
		return
	}
	var points []resolved.Point
	for i := range n {
		if x, y := pair(i); x.IsNumber && y.IsNumber {
			points = append(points, resolved.Point{X: x.Number, Y: y.Number})
		}
	}
	f.Series[foldSeries(name)] = orderly(points)
}
