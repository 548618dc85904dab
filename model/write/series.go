package write

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"weir/model/document"
	"weir/model/resolved"
)

// series writes the keys of a data series, and its points to a file of its own.
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

// seriesColumns writes the columns of the elements of a data series over dimensions.
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

// columns returns the names of the columns of values, one per element, row-major. A scalar has the
// single column "value"; an array has columns such as "north, 9".
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

// csvOf returns a table of series by time, with a blank cell where a series has no point. There
// is one series per column, each in order of time. Times and values have the shortest digits that
// read back as the same number. Lines end with a line feed.
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
	w.Write(append([]string{"time"}, columns...)) // writing into memory cannot fail
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

// fileName returns a name in characters that every file system takes.
func fileName(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c == '-' || unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return '_'
	}, s)
}
