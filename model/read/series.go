package read

import (
	"maps"
	"math"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"weir/model/code"
	"weir/model/datafile"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
	"weir/model/toml"
)

// A dataReader reads the numbers of data series.
type dataReader struct{ *reader }

// series reads the numbers of [data.x]. A mistake is reported once for each file, and leaves
// the variable broken and without points. Points and Blank have one list per element, row-major;
// the lists of elements that share a column are the same slice.
func (r dataReader) series(t *toml.Table, v *document.Variable) {
	if v.Series.File == "" || v.Series.TimeColumn == "" {
		v.Broken = true
		return
	}
	file := r.dataFile(t)
	columns := r.columns(t, v)
	if file == nil || columns == nil {
		v.Broken = true
		return
	}
	q := query{reader: r.reader, table: t, name: v.Series.File, file: file, v: v}
	q.done, q.blank = map[string][]resolved.Point{}, map[string][]float64{}
	ok := q.zeroDate() && q.prepare(v.Series.TimeColumn, v.Series.Where)
	for i, c := range columns {
		points, key := []resolved.Point(nil), c.Text
		if ok {
			if q.groups != nil {
				q.rows, key = q.groups[i], key+"\x00"+strconv.Itoa(i)
			}
			points = q.column(c, key)
		}
		v.Broken = v.Broken || points == nil
		v.Series.Points = append(v.Series.Points, points)
		v.Series.Blank = append(v.Series.Blank, q.blank[key])
	}
}

// dataFile returns the file that a data table names, read once for all tables that name it. It
// is nil if it cannot be read, which is reported at the first table. The text of a file that is no
// table is kept, too, so that places in it can be shown.
func (r dataReader) dataFile(t *toml.Table) *datafile.File {
	name, sheet := t.String("file"), t.String("sheet")
	key := name + "\x00" + sheet
	if f, tried := r.tables[key]; tried {
		return f
	}
	r.tables[key] = nil
	at := t.At("file")
	if clean := filepath.ToSlash(name); !filepath.IsLocal(name) || path.Clean(clean) == "." {
		r.report(code.OutsideFolder, at, "copy the file below the model's folder and name it from there",
			"%q leads out of the model's folder", name)
		return nil
	}
	text := r.dataText(path.Clean(filepath.ToSlash(name)), at)
	if text == nil {
		return nil
	}
	spanName := filepath.ToSlash(filepath.Join(filepath.Dir(r.m.File), name))
	r.m.Files[spanName] = text
	if datafile.IsWorkbook(text) {
		f, problem := datafile.ParseWorkbook(spanName, text, sheet)
		if problem != nil { // a workbook has no lines: the place is where the model names it
			r.report(problem.Code, at, problem.Hint, "%s: %s", name, problem.Message)
			return nil
		}
		r.tables[key] = f
		return f
	}
	if sheet != "" {
		r.report(code.BadValue, t.At("sheet"), "leave sheet out", "%s is no workbook, and has no sheets", name)
		return nil
	}
	f, problem := datafile.Parse(spanName, text)
	if problem != nil {
		r.doc.Add(*problem)
		return nil
	}
	r.tables[key] = f
	return f
}

// A query reads the numbers of one table from its file.
type query struct {
	*reader
	table  *toml.Table
	name   string // of the file, as written
	file   *datafile.File
	v      *document.Variable
	time   int                         // the column of times
	zero   *time.Time                  // the date of time 0; nil if none is named
	rows   []int                       // that match where
	groups [][]int                     // the same by element, row-major, where rows name their elements; else nil
	done   map[string][]resolved.Point // by column, since elements may share one
	blank  map[string][]float64        // times of empty cells, by column
}

// prepare finds the column of times, unless it is "", and the rows to take. It returns false after a
// report. Conditions are looked up in the order of their names, so that reports come in the same
// order each time.
func (q *query) prepare(times string, wanted map[string]string) bool {
	found := true
	if times != "" {
		q.time, found = q.find(times, q.table.At("time"))
	}
	where := q.table.Table("where")
	conditions := map[int]string{}
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		i, ok := q.find(name, where.Key(name).Span)
		conditions[i] = wanted[name]
		found = found && ok
	}
	if !found {
		return false
	}
	for i := range q.file.Rows {
		if q.file.Matches(i, conditions) {
			q.rows = append(q.rows, i)
		}
	}
	if len(q.rows) == 0 && len(conditions) > 0 {
		q.report(code.NoRows, q.table.At("where"), "", "no row of %s matches where", q.name)
	} else if len(q.rows) == 0 {
		q.report(code.NoRows, q.table.At("file"), "", "%s has no rows below its header", q.name)
	}
	return len(q.rows) > 0 && q.group()
}

// find returns the index of a column in the header; ok is false after a report.
func (q *query) find(name string, at diagnostic.Span) (column int, ok bool) {
	if i := slices.Index(q.file.Header, name); i >= 0 {
		if slices.Contains(q.file.Header[i+1:], name) {
			q.report(code.BadCSV, at, "give one of them another name in the file", "%s has two columns %q", q.name,
				name)
			return 0, false
		}
		return i, true
	}
	hint := q.didYouMean(q.name, name, q.file.Header)
	if hint == "" {
		hint = "it has " + strings.Join(q.file.Header[:min(len(q.file.Header), 20)], ", ")
	}
	q.report(code.UnknownColumn, at, hint, "%s has no column %q", q.name, name)
	return 0, false
}

// column returns the points of a column of values, without the rows in which it is empty; nil after
// a report. It goes on after a mistake in a row, so that all rows are reported. The points, and the
// times of empty cells in blank, are kept under the key.
func (q *query) column(text *toml.Text, key string) []resolved.Point {
	if points, ok := q.done[key]; ok {
		return points
	}
	q.done[key] = nil
	value, ok := q.find(text.Text, text.Span)
	if !ok {
		return nil
	}
	points := []resolved.Point{}
	for _, row := range q.rows {
		if q.file.Cell(row, value) == "" {
			if x, ok := q.quietMoment(row); ok {
				q.blank[key] = append(q.blank[key], x)
			}
			continue
		}
		p := resolved.Point{}
		goodX, goodY := q.moment(row, &p.X), q.number(row, value, &p.Y)
		if !goodX || !goodY || !q.later(row, points, p.X) {
			ok = false
			continue
		}
		points = append(points, p)
	}
	if ok && len(points) == 0 {
		q.report(code.NoRows, text.Span, "", "the column %q has no values in the rows taken", text.Text)
	}
	if !ok || len(points) == 0 {
		return nil
	}
	q.done[key] = points
	return points
}

// thousands matches numbers in which commas separate groups of three digits.
var thousands = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$`)

// number reads a cell into a number. It reports a cell that is not a finite number. The hint is
// about commas, as far as they explain the mistake: 1,234,567 has groups of thousands, 3,5 a
// decimal comma. For 1,234, which may be either, it takes them for thousands.
func (q *query) number(row, column int, into *float64) bool {
	text := q.file.Cell(row, column)
	x, err := strconv.ParseFloat(text, 64)
	if err == nil && !math.IsNaN(x) && !math.IsInf(x, 0) {
		*into = x
		return true
	}
	hint := "leave the cell blank where nothing is known"
	plain, point := strings.ReplaceAll(text, ",", ""), strings.Replace(text, ",", ".", 1)
	switch _, err := strconv.ParseFloat(plain, 64); {
	case err != nil || plain == text:
	case thousands.MatchString(text):
		hint = "write it without commas: " + plain
	case strings.Count(text, ",") == 1:
		hint = "write the decimals behind a point: " + point
	}
	at, cell := q.place(row, column)
	q.report(code.NotANumber, at, hint, "%s%q in the column %q is not a number", cell, text, q.file.Header[column])
	return false
}

// later reports whether a time is after that of the last point. It adds a diagnostic if not. Two
// rows of one time usually mean that the file has several series, one below the other.
func (q *query) later(row int, points []resolved.Point, x float64) bool {
	if len(points) == 0 || x > points[len(points)-1].X {
		return true
	}
	before := points[len(points)-1].X
	hint := "sort the rows by time"
	if x == before {
		hint = "choose the rows of one series with where = { column = \"…\" }, or name the column of elements with by"
	}
	at, cell := q.place(row, q.time)
	q.report(code.TimesOutOfOrder, at, hint, "%stimes must increase from row to row, but %v follows %v", cell, x,
		before)
	return false
}
