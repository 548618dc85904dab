package read

import (
	"slices"
	"strconv"
	"strings"

	"weir/model/code"
	"weir/model/date"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/keys"
	"weir/model/toml"
)

// place returns the place of a cell for a report, and words to begin the message with. A workbook has
// no lines: its cells have addresses, and the place is where the model names the file.
func (q *query) place(row, column int) (at diagnostic.Span, cell string) {
	if cell = q.file.Address(row, column); cell != "" {
		return q.table.At("file"), q.name + ", " + cell
	}
	return q.file.Span(row, column), ""
}

// group sorts the rows by the element that they name, by = { sector = "type" }. It returns false after
// a report: a dimension without a column, or a text that is no element.
func (q *query) group() bool {
	by := q.table.Table("by")
	if by == nil {
		return true
	}
	for _, k := range by.Keys() {
		if !slices.Contains(q.v.Over, k.Name) {
			q.report(code.BadValue, k.Span, "name the dimensions in over", "%s has no dimension %q",
				q.v.Name, k.Name)
			return false
		}
	}
	// The position of a row is row-major: the last dimension changes first.
	columns, size := make([]int, len(q.v.Over)), 1
	for i, d := range q.v.Over {
		if !by.Has(d) {
			q.report(code.MissingElement, by.Span, d+" = \"the column that names its elements\"",
				"by names no column for the dimension %s", d)
			return false
		}
		var ok bool
		if columns[i], ok = q.find(by.String(d), by.At(d)); !ok {
			return false
		}
		size *= q.sizes[d]
	}
	q.groups = make([][]int, size)
	// It goes on after a text that is no element, so that all of them are reported.
	sound := true
	known := make([]map[string]int, len(columns)) // position by text; -1 for one that was reported
	for _, row := range q.rows {
		e := 0
		for i, d := range q.v.Over {
			at := q.element(&known[i], d, row, columns[i])
			sound = sound && at >= 0
			e = e*q.sizes[d] + max(at, 0)
		}
		q.groups[e] = append(q.groups[e], row)
	}
	if i := slices.IndexFunc(q.groups, func(rows []int) bool { return rows == nil }); sound && i >= 0 {
		q.report(code.NoRows, by.Span, "add its rows to the file", "no row of %s is for %s", q.name,
			dataReader{q.reader}.elementAt(q.v, i))
		return false
	}
	return sound
}

// element returns the position of the element that a cell names, by its name or its label; -1 after a
// report, one for each text.
func (q *query) element(known *map[string]int, dimension string, row, column int) int {
	d := q.dimension(dimension)
	if *known == nil {
		*known = map[string]int{}
		for i, e := range d.Elements { // a name comes before a label of the same text
			if label, ok := d.Labels[e]; ok {
				(*known)[equation.Canonical(label)] = i
			}
		}
		for i, e := range d.Elements {
			(*known)[equation.Canonical(e)] = i
		}
	}
	text := q.file.Cell(row, column)
	key := equation.Canonical(text)
	i, ok := (*known)[key]
	if !ok {
		i = -1
		(*known)[key] = i
		at, cell := q.place(row, column)
		hint := q.didYouMean(dimension, text, d.Elements)
		if hint == "" {
			hint = "its elements are " + strings.Join(d.Elements[:min(len(d.Elements), 20)], ", ") +
				"; where = { … } takes some rows only"
		}
		q.report(code.UnknownElement, at, hint, "%s%q in the column %q is no element of %s", cell, text,
			q.file.Header[column], dimension)
	}
	return i
}

// zeroDate reads zero = "2020-01-01". It returns false after a report.
func (q *query) zeroDate() bool {
	text := q.table.String("zero")
	if text == "" {
		return true
	}
	at, ok := date.Parse(text)
	if !ok {
		q.report(code.BadValue, q.table.At("zero"), "write it as 2024-07-01", "%q is no date", text)
		return false
	}
	q.zero = &at
	return true
}

// moment reads the cell of a time: a number, or a date. It reports any other.
func (q *query) moment(row int, into *float64) bool {
	text := q.file.Cell(row, q.time)
	when, is := date.Parse(text)
	at, cell := q.place(row, q.time)
	switch {
	// 1/7/2024 is July in one country and January in another: no guess is right for both.
	case !is && date.Looks(text):
		q.report(code.NotANumber, at, "write dates as 2024-07-01: year, month, day",
			"%s%q may be one of two days", cell, text)
		return false
	case !is:
		return q.number(row, q.time, into)
	}
	x, err := date.Time(when, q.m.Time.Unit, q.zero)
	if err != nil {
		q.report(code.NotANumber, at,
			"add zero = \"2020-01-01\", the date of time 0, and a [time] unit of "+
				strings.Join(date.Units, ", "), "%s%q is a date: %v", cell, text, err)
		return false
	}
	*into = x
	return true
}

// quietMoment is moment without a report.
func (q *query) quietMoment(row int) (x float64, ok bool) {
	text := q.file.Cell(row, q.time)
	if when, is := date.Parse(text); is {
		x, err := date.Time(when, q.m.Time.Unit, q.zero)
		return x, err == nil
	}
	x, err := strconv.ParseFloat(text, 64)
	return x, err == nil
}

// constants returns the numbers of value = { file = "…", column = "…" }, row-major: one row of the
// file for each element, or one for a single number. After a report it is a 0, so that the variable
// does not seem to lack the key.
func (r dataReader) constants(t *toml.Table, v *document.Variable) []float64 {
	defer t.Done(keys.ValueFile)
	none := []float64{0}
	text, wanted := t.Text("column"), conditions(t)
	t.Has("by") // known also where a mistake comes before it is read
	t.Has("sheet")
	_, known := r.shape(v)
	if t.String("file") == "" || text == nil || !known {
		return none
	}
	file := r.dataFile(t)
	if file == nil {
		return none
	}
	q := query{reader: r.reader, table: t, name: t.String("file"), file: file, v: v}
	if !q.prepare("", wanted) {
		return none
	}
	column, ok := q.find(text.Text, text.Span)
	if !ok {
		return none
	}
	// A single number is the only element, of all rows that match.
	switch {
	case q.groups == nil && len(v.Over) > 0:
		r.report(code.MissingElement, t.Span, "add by = { "+v.Over[0]+" = \"its column\" }",
			"%s is an array, and nothing says which row of %s is for which element", v.Name, q.name)
		return none
	case q.groups == nil:
		q.groups = [][]int{q.rows}
	}
	out := []float64{}
	for i, rows := range q.groups {
		if len(rows) > 1 {
			of := ""
			if len(v.Over) > 0 {
				of = " for " + r.elementAt(v, i)
			}
			at, cell := q.place(rows[1], column)
			r.report(code.BadValue, at, "choose one with where = { column = \"…\" }",
				"%sthis is a second row%s, and %s is one number", cell, of, v.Name)
			return none
		}
		x := 0.0
		if !q.number(rows[0], column, &x) {
			ok = false
			continue
		}
		at, _ := q.place(rows[0], column)
		r.within(v, text.Text, x, at)
		out = append(out, x)
	}
	if !ok {
		return none
	}
	return out
}
