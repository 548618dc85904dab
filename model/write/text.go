package write

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weir/model/document"
	"weir/model/resolved"
)

// equationWidth is where a long equation goes on in the next line.
const equationWidth = 110

// listWidth is how wide a list may be in one line.
const listWidth = 96

// tomlText writes a text as a TOML string: in double quotes, or in single ones where
// that saves escapes.
func tomlText(s string) string {
	if strings.Contains(s, "\n") && !strings.ContainsFunc(s, odd) && !strings.Contains(s, `"""`) {
		return `"""` + "\n" + strings.ReplaceAll(s, `\`, `\\`) + `"""`
	}
	return tomlLine(s)
}

// tomlLine is tomlText on one line, as keys and inline tables need it.
func tomlLine(s string) string {
	if strings.ContainsAny(s, `"\`) && !strings.Contains(s, "'") && !strings.ContainsFunc(s, unicode.IsControl) {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, c := range s {
		switch {
		case c == '"' || c == '\\':
			b.WriteRune('\\')
			b.WriteRune(c)
		case c == '\n':
			b.WriteString(`\n`)
		case unicode.IsControl(c):
			fmt.Fprintf(&b, `\u%04X`, c)
		default:
			b.WriteRune(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// odd characters need an escape in a string of several lines.
func odd(c rune) bool { return unicode.IsControl(c) && c != '\n' }

func tomlTexts(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = tomlText(v)
	}
	return "[" + wrapped(out) + "]"
}

// tomlEquation writes an equation; a long one over several lines, broken at blanks.
func tomlEquation(s string, indent int) string {
	if indent+len(s) <= equationWidth || strings.ContainsAny(s, "\\\n") || strings.Contains(s, `"""`) {
		return tomlText(s)
	}
	var b strings.Builder
	b.WriteString("\"\"\"\\\n  ")
	column, inQuotes, last := 2, false, 0
	for i, c := range s {
		if c == '"' {
			inQuotes = !inQuotes
		}
		if c != ' ' || inQuotes {
			continue
		}
		next := strings.IndexByte(s[i+1:], ' ')
		if next < 0 {
			next = len(s) - i - 1
		}
		if column+i-last+next > equationWidth {
			b.WriteString(s[last:i] + " \\\n  ")
			column, last = 2, i+1
		}
	}
	b.WriteString(s[last:] + `"""`)
	return b.String()
}

// tomlKey quotes a key that cannot stand bare.
func tomlKey(s string) string {
	bare := func(c rune) bool {
		return c == '_' || c == '-' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
	}
	if s != "" && !strings.ContainsFunc(s, func(c rune) bool { return !bare(c) }) {
		return s
	}
	return tomlLine(s)
}

// tomlNumbers writes numbers as what stands in a list.
func tomlNumbers(list []float64) string {
	var out []string
	for _, x := range list {
		out = append(out, tomlNumber(x))
	}
	return strings.Join(out, ", ")
}

// tomlNumber writes the shortest text that reads back as the same number.
func tomlNumber(x float64) string {
	switch {
	case math.IsNaN(x):
		return "nan"
	case math.IsInf(x, 0):
		return strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(x, 'g', -1, 64)), "+")
	case x == math.Trunc(x) && math.Abs(x) < 1e15:
		return strconv.FormatFloat(x+0, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}

// series writes the keys of a data variable, and its points as a file of their own.
func (w *writer) series(v *document.Variable) {
	if v.Series == nil {
		return
	}
	file := "data/" + fileName(v.Name) + ".csv"
	columns := w.columns(v)
	w.text("file", file)
	w.text("time", "time")
	if len(columns) == 1 && len(v.Over) == 0 {
		w.text("value", columns[0])
	}
	w.text("beyond", v.Beyond)
	w.text("between", v.Between)
	w.data[file] = csvOf(columns, v.Series.Points)
}

// seriesColumns says which column is which element's.
func (w *writer) seriesColumns(path string, v *document.Variable) {
	if v.Series == nil || len(v.Over) == 0 {
		return
	}
	var keys []string
	for _, c := range w.columns(v) {
		keys = append(keys, tomlKey(c)+" = "+tomlText(c))
	}
	w.pairs(path, "at", keys)
}

// original writes what another tool's file has where this model has nothing: comments
// with the equations that are not supported, as they stand there.
func (w *writer) original(v *document.Variable) {
	if w.m.Imported == nil {
		return
	}
	for _, r := range w.m.Imported.Rows {
		if r.Variable != v.Name || r.Grade != document.Unsupported {
			continue
		}
		w.line("# %s.", strings.Map(noControl, r.How))
		for _, t := range append([]document.Text{v.Equation}, elementTexts(v.At)...) {
			text := w.m.Files[t.Span.File]
			if t.Text != "na" || t.Span.End > len(text) {
				continue
			}
			if was := strings.Join(strings.Fields(string(text[t.Span.Start:t.Span.End])), " "); was != "" {
				w.line("# %s: %s", w.m.Imported.Format, was)
			}
		}
	}
}

func elementTexts(at []document.ElementText) []document.Text {
	out := make([]document.Text, len(at))
	for i, e := range at {
		out[i] = e.Text
	}
	return out
}

// noControl takes control characters out of a comment.
func noControl(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// columns names a column of values for each element, row-major.
func (w *writer) columns(v *document.Variable) []string {
	out := []string{""}
	for _, d := range v.Over {
		var next []string
		for _, before := range out {
			for _, e := range w.elementsOf(d) {
				next = append(next, strings.TrimPrefix(before+", "+e, ", "))
			}
		}
		out = next
	}
	if len(v.Over) == 0 {
		out[0] = "value"
	}
	return out
}

// csvOf is a table of series by time; a blank cell where one has no point.
func csvOf(columns []string, series [][]resolved.Point) []byte {
	var times []float64
	for _, points := range series {
		for _, p := range points {
			times = append(times, p.X)
		}
	}
	slices.Sort(times)
	times = slices.Compact(times)
	next := make([]int, len(series))
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.Write(append([]string{"time"}, columns...)) // into memory: cannot fail
	for _, t := range times {
		row := []string{strconv.FormatFloat(t, 'g', -1, 64)}
		for i, points := range series {
			cell := ""
			if next[i] < len(points) && points[next[i]].X == t {
				cell = strconv.FormatFloat(points[next[i]].Y, 'g', -1, 64)
				next[i]++
			}
			row = append(row, cell)
		}
		w.Write(row)
	}
	w.Flush()
	return out.Bytes()
}

// fileName is a name without what file systems dislike.
func fileName(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c == '-' || unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return '_'
	}, s)
}
