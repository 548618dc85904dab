package results

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"weir/model/code"
	"weir/model/datafile"
	"weir/model/diagnostic"
)

// bad returns a diagnostic about a file of results.
func bad(at diagnostic.Span, hint, format string, args ...any) *diagnostic.Diagnostic {
	return &diagnostic.Diagnostic{Code: code.BadCSV, Span: at, Message: fmt.Sprintf(format, args...),
		Hint: hint}
}

// Read reads results: weir's CSV, JSON, Parquet or workbook, a table of Vensim or Stella with commas or tabs,
// time down the rows or across, or Vensim's .dat. A mark of byte order and line ends of any system
// are read over; a text that is no UTF-8 is taken for Windows' western letters. The error has its
// place in the file.
func Read(file string, text []byte) (*Table, *diagnostic.Diagnostic) {
	t := &Table{File: file, Text: text}
	var problem *diagnostic.Diagnostic
	switch {
	case strings.EqualFold(filepath.Ext(file), ".vdf"):
		problem = bad(diagnostic.Span{File: file},
			"in Vensim: Model, Export Dataset…, as .tab or .csv with every variable; "+
				"then name that file", "this is Vensim's own binary file of results")
	case bytes.HasPrefix(text, []byte("PAR1")):
		problem = t.parquet()
	case datafile.IsWorkbook(text):
		problem = t.workbook()
	case bytes.HasPrefix(bytes.TrimLeft(text, "\ufeff \t\r\n"), []byte("{")):
		problem = t.readJSON()
	default:
		if !utf8.Valid(text) {
			t.Text = western(text)
		}
		t.Text = bytes.ReplaceAll(bytes.ReplaceAll(bytes.TrimRight(t.Text, "\x00\x1a"), []byte("\r\n"),
			[]byte("\n")), []byte("\r"), []byte("\n"))
		t.marked()
		if looksDat(string(t.Text)) {
			problem = t.readDat()
		} else {
			problem = t.readSeparated()
		}
	}
	if problem == nil {
		problem = t.finish()
	}
	if problem == nil && len(t.Columns) == 0 {
		problem = bad(diagnostic.Span{File: file},
			"write a column for the time, and one for each variable", "there is no variable in it")
	}
	return t, problem
}

// western returns a text of one byte a letter as UTF-8.
func western(text []byte) []byte {
	var b bytes.Buffer
	for _, c := range text {
		b.WriteRune(rune(c))
	}
	return b.Bytes()
}

var (
	// printed finds the decimals and the exponent of a number as a program prints it.
	printed = pattern(`^[+-]?\d*\.(\d+)(?:[eE]([+-]?\d+))?$`)
	// thousands are numbers in groups of three digits, which spreadsheets export in quotes.
	thousands = pattern(`^[+-]?\d{1,3}(,\d{3})+(\.\d*)?([eE][+-]?\d+)?$`)
	// decimal are numbers with a decimal comma, which would be another number without it.
	decimal = pattern(`^[+-]?\d+,\d+([eE][+-]?\d+)?$`)
)

// pattern returns a pattern that is compiled when it is first needed.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

// number reads a cell; ok is false for a blank one and for text.
func number(text string) (x float64, ok bool) {
	t := strings.TrimSpace(strings.Trim(strings.TrimSpace(text), `"'`))
	switch strings.ToLower(t) {
	case "":
		return 0, false
	case ":na:", "na", "n/a", "#n/a", "nan", "?", "-nan", "nan(ind)", "-nan(ind)":
		return math.NaN(), true
	case "∞", "+∞":
		return math.Inf(1), true
	case "-∞":
		return math.Inf(-1), true
	}
	t = strings.ReplaceAll(t, "−", "-") // the sign of typography
	if thousands().MatchString(t) {
		t = strings.ReplaceAll(t, ",", "")
	}
	x, err := strconv.ParseFloat(t, 64)
	return x, err == nil && !strings.ContainsAny(t, "_xX")
}

// halfUnit returns half a unit of the last digit of a number printed with a point; else 0.
func halfUnit(text string) float64 {
	m := printed().FindStringSubmatch(strings.Trim(strings.TrimSpace(text), `"`))
	if m == nil {
		return 0
	}
	exponent, err := strconv.Atoi("0" + m[2])
	if m[2] != "" {
		exponent, err = strconv.Atoi(m[2])
	}
	if err != nil {
		return 0
	}
	return 0.5 * math.Pow(10, float64(exponent-len(m[1])))
}

// add appends a point to a column. Times must rise.
func (c *Column) add(when, value string, at diagnostic.Span) *diagnostic.Diagnostic {
	t, isTime := number(when)
	x, isNumber := number(value)
	switch {
	// A blank cell is no mistake: a constant has one number, and data begin late.
	case strings.TrimSpace(value) == "" || strings.TrimSpace(when) == "":
		return nil
	case !isTime || math.IsNaN(t) || math.IsInf(t, 0):
		return notANumber(at, when, "is no time")
	case !isNumber:
		return notANumber(at, value, "is not a number")
	case len(c.Times) > 0 && !(t > c.Times[len(c.Times)-1]):
		return bad(at, "keep the rows of one run, in the order of time",
			"times must rise, but %v follows %v", t, c.Times[len(c.Times)-1])
	}
	c.Times, c.Values, c.Half = append(c.Times, t), append(c.Values, x), append(c.Half, halfUnit(value))
	c.Slack = max(c.Slack, halfUnit(when))
	return nil
}

// notANumber returns the diagnostic about a cell, with the way out for a decimal comma.
func notANumber(at diagnostic.Span, text, problem string) *diagnostic.Diagnostic {
	hint := "leave the cell blank where there is no number"
	if decimal().MatchString(strings.TrimSpace(text)) {
		hint = "it has a decimal comma: export with points, or set the spreadsheet's language to English"
	}
	d := bad(at, hint, "%q %s", strings.TrimSpace(text), problem)
	d.Code = code.NotANumber
	return d
}

// readSeparated reads cells between tabs, commas or semicolons.
func (t *Table) readSeparated() *diagnostic.Diagnostic {
	head, _, _ := strings.Cut(strings.TrimLeft(string(t.Text), "\ufeff\n"), "\n")
	for strings.HasPrefix(head, "#") && head != string(t.Text) { // a comment of ours
		_, rest, _ := strings.Cut(string(t.Text), head+"\n")
		if head, _, _ = strings.Cut(rest, "\n"); rest == "" {
			break
		}
	}
	in := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(t.Text, []byte("\ufeff"))))
	in.LazyQuotes, in.FieldsPerRecord, in.Comment = true, -1, '#'
	switch {
	case strings.Contains(head, "\t"):
		in.Comma = '\t'
	case strings.Contains(head, ";") && !strings.Contains(head, ","):
		in.Comma = ';'
	}
	g := grid{file: t.File, short: in.Comma == '\t'}
	lines := datafile.Lines(t.Text)
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var p *csv.ParseError
		if errors.As(err, &p) {
			at := lines.Offset(p.Line, p.Column)
			return bad(diagnostic.Span{File: t.File, Start: at, End: at},
				"export the table again, with commas or tabs", "%v", p.Err)
		}
		if strings.TrimSpace(strings.Join(row, "")) == "" {
			continue
		}
		places := make([]diagnostic.Span, len(row))
		for i := range row {
			line, column := in.FieldPos(i)
			at := lines.Offset(line, column)
			places[i] = diagnostic.Span{File: t.File, Start: at, End: at + len(row[i])}
		}
		g.rows, g.places = append(g.rows, row), append(g.places, places)
	}
	return t.fill(g)
}

// workbook reads the sheet of weir's own workbooks, or the only one.
func (t *Table) workbook() *diagnostic.Diagnostic {
	f, problem := datafile.ParseWorkbook(t.File, t.Text, "run")
	if t.Own = problem == nil; !t.Own {
		f, problem = datafile.ParseWorkbook(t.File, t.Text, "")
	}
	if problem != nil {
		return problem
	}
	t.Text = nil // not a text that a place could be shown in
	g := grid{file: t.File, cell: f.Address, rows: [][]string{f.Header},
		places: [][]diagnostic.Span{make([]diagnostic.Span, len(f.Header))}}
	for k := range f.Header {
		g.places[0][k] = diagnostic.Span{File: t.File}
	}
	for i, row := range f.Rows {
		places := make([]diagnostic.Span, len(row))
		for k := range row {
			places[k] = f.Span(i, k)
		}
		g.rows, g.places = append(g.rows, row), append(g.places, places)
	}
	return t.fill(g)
}

// A grid is cells with their places.
type grid struct {
	file   string
	rows   [][]string
	places [][]diagnostic.Span
	short  bool                         // rows end early where cells are blank, as Vensim's tables with tabs do
	cell   func(row, column int) string // address of a workbook's cell below its header; nil for a text
}

// placed puts the address of a workbook's cell before a message. Rows count from the header.
func (g *grid) placed(d *diagnostic.Diagnostic, row, column int) *diagnostic.Diagnostic {
	if d != nil && g.cell != nil && row > 0 {
		d.Message = g.cell(row-1, column) + d.Message
	}
	return d
}

// fill makes columns of a grid: time down the rows, or across if the first row has numbers only.
func (t *Table) fill(g grid) *diagnostic.Diagnostic {
	if len(g.rows) < 2 {
		return bad(diagnostic.Span{File: t.File},
			"the first row names the variables, and the rows below have the numbers",
			"there are no rows of numbers")
	}
	head := g.rows[0]
	// Vensim ends its lines with a separator: the last name is then blank.
	for len(head) > 1 && strings.TrimSpace(head[len(head)-1]) == "" {
		head = head[:len(head)-1]
	}
	across := len(head) > 1
	for _, h := range head[1:] {
		_, is := number(h)
		across = across && is
	}
	if across {
		return t.fillAcross(g, head)
	}
	return t.fillDown(g, head)
}

// fillAcross reads a variable a row. A row may end early, as that of a constant does.
func (t *Table) fillAcross(g grid, head []string) *diagnostic.Diagnostic {
	for i, row := range g.rows[1:] {
		c := Column{Name: strings.TrimSpace(row[0]), at: g.places[1+i][0]}
		for k, value := range row[1:] {
			at := g.places[1+i][1+k]
			if 1+k >= len(head) {
				if strings.TrimSpace(value) == "" {
					continue
				}
				return bad(at, "give each number a time in the first row",
					"the row of %s has more numbers than there are times", c.Name)
			}
			if d := c.add(head[1+k], value, at); d != nil {
				return g.placed(d, 1+i, 1+k)
			}
		}
		t.Columns = append(t.Columns, c)
	}
	return nil
}

// fillDown reads a variable a column. The time is the column of that name, or the first.
func (t *Table) fillDown(g grid, head []string) *diagnostic.Diagnostic {
	clock := 0 // Stella names the column of times by its unit: Years, Months
	for i, h := range head {
		if Fold(h) == "time" {
			clock = i
			break
		}
	}
	columns := make([]Column, len(head))
	for i, h := range head {
		columns[i] = Column{Name: strings.TrimSpace(h), at: g.places[0][i]}
	}
	for i, row := range g.rows[1:] {
		for len(row) > len(head) && strings.TrimSpace(row[len(row)-1]) == "" {
			row = row[:len(row)-1]
		}
		for g.short && len(row) < len(head) {
			row, g.places[1+i] = append(row, ""), append(g.places[1+i], g.places[1+i][len(g.places[1+i])-1])
		}
		if len(row) != len(head) {
			return bad(g.places[1+i][0],
				"every row has a cell for each column; write numbers without commas",
				"this row has %d cells, and the first row %d", len(row), len(head))
		}
		for k := range head {
			at := g.places[1+i][k]
			if k == clock {
				if x, ok := number(row[k]); !ok || x-x != 0 {
					return g.placed(notANumber(at, row[k], "is no time"), 1+i, k)
				}
				continue
			}
			if d := columns[k].add(row[clock], row[k], at); d != nil {
				return g.placed(d, 1+i, k)
			}
		}
	}
	for i, c := range columns {
		if i != clock && c.Name != "" {
			t.Columns = append(t.Columns, c)
		}
	}
	return nil
}

// looksDat reports whether a text is Vensim's .dat: a name in a line, then lines of time and value.
func looksDat(text string) bool {
	lines := strings.SplitN(strings.TrimPrefix(text, "\ufeff"), "\n", 3)
	if len(lines) < 2 || strings.Contains(strings.TrimSpace(lines[0]), "\t") {
		return false
	}
	fields := strings.Split(lines[1], "\t")
	if _, is := number(lines[0]); len(fields) != 2 || is {
		return false
	}
	_, ok1 := number(fields[0])
	_, ok2 := number(fields[1])
	return ok1 && ok2
}

// readDat reads Vensim's .dat.
func (t *Table) readDat() *diagnostic.Diagnostic {
	from := 0
	var now *Column
	for line := range strings.Lines(string(t.Text)) {
		at := diagnostic.Span{File: t.File, Start: from, End: from + len(strings.TrimRight(line, "\n"))}
		from += len(line)
		fields := strings.Split(strings.TrimRight(line, "\n"), "\t")
		_, isTime := number(fields[0])
		switch {
		case strings.TrimSpace(line) == "":
		case isTime && len(fields) > 1 && now != nil:
			if d := now.add(fields[0], fields[1], at); d != nil {
				return d
			}
		default:
			t.Columns = append(t.Columns, Column{Name: strings.TrimSpace(strings.TrimPrefix(line,
				"\ufeff")), at: at})
			now = &t.Columns[len(t.Columns)-1]
		}
	}
	return nil
}

// readJSON reads the JSON of weir run. A null is NaN.
func (t *Table) readJSON() *diagnostic.Diagnostic {
	var in struct {
		Model  string    `json:"model"`
		Hash   string    `json:"hash"`
		Weir   *string   `json:"weir"`
		Time   []float64 `json:"time"`
		Series []struct {
			Name   string     `json:"name"`
			Values []*float64 `json:"values"`
		} `json:"series"`
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(t.Text, []byte("\ufeff"))))
	if err := d.Decode(&in); err != nil || in.Time == nil || in.Series == nil {
		at := int(d.InputOffset())
		return bad(diagnostic.Span{File: t.File, Start: at, End: at},
			"make it with weir run MODEL -o run.json", "this is not the JSON of a run")
	}
	for i := 1; i < len(in.Time); i++ {
		if !(in.Time[i] > in.Time[i-1]) {
			return bad(diagnostic.Span{File: t.File}, "keep the rows of one run, in the order of time",
				"times must rise, but %v follows %v", in.Time[i], in.Time[i-1])
		}
	}
	t.Hash, t.Model, t.Own = in.Hash, in.Model, in.Weir != nil
	for _, s := range in.Series {
		if len(s.Values) != len(in.Time) {
			return bad(diagnostic.Span{File: t.File}, "make it again with weir run MODEL -o run.json",
				"%s has %d values for %d times", s.Name, len(s.Values), len(in.Time))
		}
		c := Column{Name: s.Name, at: diagnostic.Span{File: t.File}, Times: in.Time,
			Half: make([]float64, len(in.Time))}
		for _, x := range s.Values {
			value := math.NaN()
			if x != nil {
				value = *x
			}
			c.Values = append(c.Values, value)
		}
		t.Columns = append(t.Columns, c)
	}
	return nil
}
