package main

import (
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"weir/model"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
)

// writeTable shows a line a variable: its unit, first and last value, lowest and
// highest, and a small picture. Constants and the elements of arrays are shown only
// if all is set; an array otherwise is one line, its sum or mean.
func (f *finished) writeTable(w io.Writer, columns int, all bool) {
	r := f.result
	if f.model.Name != "" {
		fmt.Fprintln(w, f.model.Name)
	}
	fmt.Fprintf(w, "%s to %s by %s %s, %s\n\n", words.Number(f.model.Time.Start), words.Number(f.lastTime()), words.Number(r.Step), f.model.Time.Unit, r.Method)
	rows := tableRows(f.model, r, all)
	name, unit := 8, 4
	for _, row := range rows {
		name, unit = max(name, utf8.RuneCountInString(row.name)), max(unit, utf8.RuneCountInString(row.unit))
	}
	// At 80 columns: 22 for the name, 12 for the unit, four figures of 8, a picture of 8.
	const figure, picture = 8, 8
	name, unit = min(name, columns*28/100), min(unit, 12)
	spark := min(40, max(picture, columns-name-unit-4*figure-6))
	head := fmt.Sprintf("%-*s %-*s %*s %*s %*s %*s", name, "variable", unit, "unit", figure, "start", figure, "end", figure, "lowest", figure, "highest")
	fmt.Fprintln(w, head)
	for _, row := range rows {
		lo, hi := span(row.values)
		fmt.Fprintf(w, "%s %s %*s %*s %*s %*s %s\n", fit(row.name, name), fit(row.unit, unit),
			figure, words.Number(row.values[0]), figure, words.Number(row.values[len(row.values)-1]), figure, words.Number(lo), figure, words.Number(hi),
			sparkline(row.values, spark))
	}
	fmt.Fprintln(w)
	for _, line := range f.remarks() {
		fmt.Fprintln(w, wrap(line, columns))
	}
}

type tableRow struct {
	name, unit string
	values     []float64
}

// tableRows are the declared variables in file order. Of an array that is not
// shown whole, there is one row.
func tableRows(m *model.Model, r *sim.Result, all bool) []tableRow {
	var rows []tableRow
	if len(r.Time) == 0 {
		return nil
	}
	names := imported.ColumnNames(m)
	for i := 0; i < len(r.Columns); {
		j := i + 1
		for j < len(r.Columns) && r.Columns[j].Variable == r.Columns[i].Variable {
			j++
		}
		v := m.Variable(r.Columns[i].Variable)
		fixed := v != nil && (v.Kind == model.KindConstant || v.Kind == model.KindDecision)
		switch {
		case all:
			for ; i < j; i++ {
				rows = append(rows, tableRow{names(r.Columns[i]), r.Columns[i].Unit, r.Series(r.Columns[i].Name())})
			}
		case fixed:
		case j == i+1 && r.Columns[i].Elements == nil:
			rows = append(rows, tableRow{names(r.Columns[i]), r.Columns[i].Unit, r.Series(r.Columns[i].Name())})
		default:
			rows = append(rows, wholeArray(r, i, j, names(sim.Column{Variable: r.Columns[i].Variable})))
		}
		i = j
	}
	return rows
}

// wholeArray is the sum of an array's elements, or their mean if they are plain numbers
// such as shares.
func wholeArray(r *sim.Result, from, to int, name string) tableRow {
	c, n := r.Columns[from], to-from
	sum := sumOf(r, from, to)
	if c.Unit != "" && c.Unit != "1" {
		return tableRow{fmt.Sprintf("%s, sum of %d", name, n), c.Unit, sum}
	}
	for i := range sum {
		sum[i] /= float64(n)
	}
	return tableRow{fmt.Sprintf("%s, mean of %d", name, n), c.Unit, sum}
}

func sumOf(r *sim.Result, from, to int) []float64 {
	sum := make([]float64, len(r.Time))
	for t := range sum {
		for _, x := range r.Row(t)[from:to] {
			sum[t] += x
		}
	}
	return sum
}

// span is the lowest and highest finite value, NaN if there is none.
func span(values []float64) (lo, hi float64) {
	lo, hi = math.NaN(), math.NaN()
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			continue
		}
		if !(x >= lo) {
			lo = x
		}
		if !(x <= hi) {
			hi = x
		}
	}
	return lo, hi
}

// sparkline draws values in n characters, the lowest at the bottom and the highest
// at the top; a value that never changes is a line in the middle.
func sparkline(values []float64, n int) string {
	const bars = "▁▂▃▄▅▆▇█"
	levels := []rune(bars)
	lo, hi := span(values)
	n = min(n, len(values))
	var b strings.Builder
	for i := range n {
		at := 0
		if n > 1 {
			at = i * (len(values) - 1) / (n - 1)
		}
		x := values[at]
		switch {
		case math.IsNaN(x) || math.IsInf(x, 0):
			b.WriteRune('×')
		case hi-lo <= 1e-12*math.Max(math.Abs(hi), math.Abs(lo)):
			b.WriteRune('─')
		default:
			b.WriteRune(levels[int(math.Round((x-lo)/(hi-lo)*float64(len(levels)-1)))])
		}
	}
	return b.String()
}

// fit cuts or pads s to n characters.
func fit(s string, n int) string {
	if k := utf8.RuneCountInString(s); k <= n {
		return s + strings.Repeat(" ", n-k)
	}
	return string([]rune(s)[:n-1]) + "…"
}

// wrap breaks a line at words, further lines indented by two.
func wrap(s string, columns int) string {
	var b strings.Builder
	at := 0
	for i, word := range strings.Fields(s) {
		k := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+k > columns:
			b.WriteString("\n  ")
			at = 2
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += k
	}
	return b.String()
}

// hanging breaks what begins at a column, further lines below its beginning and
// indented by two.
func hanging(s string, at, columns int) string {
	return strings.ReplaceAll(wrap(s, max(24, columns-at)), "\n", "\n"+strings.Repeat(" ", at))
}
