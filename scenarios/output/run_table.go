package output

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"weir/model"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
)

// writeTable writes one line per variable: its unit, first and last value, lowest and highest, and a
// small chart as wide as there is room. Variables that were named have a large chart as well. Constants and the elements of arrays are shown only if all is set; otherwise an array
// is one line, its sum or mean. Remarks on trust follow the table, so that they are last on the
// screen.
func (r *Run) writeTable(w io.Writer, columns int, all bool) {
	run := r.Result
	if r.Model.Name != "" {
		fmt.Fprintln(w, r.Model.Name)
	}
	fmt.Fprintf(w, "%s to %s by %s %s, %s\n\n", words.Number(r.Model.Time.Start), words.Number(r.LastTime()),
		words.Number(run.Step), r.Model.Time.Unit, run.Method)
	rows := r.keptRows()
	if rows == nil {
		rows = tableRows(r.Model, run, all)
	}
	name, unit := 8, 4
	for _, row := range rows {
		name, unit = max(name, utf8.RuneCountInString(row.name)), max(unit, utf8.RuneCountInString(row.unit))
	}
	// At 80 columns: 22 for the name, 12 for the unit, four figures of 8, a chart of 8.
	const figure, picture = 8, 8
	name, unit = min(name, columns*28/100), min(unit, 12)
	spark := max(picture, columns-name-unit-4*figure-6)
	head := fmt.Sprintf("%-*s %-*s %*s %*s %*s %*s", name, "variable", unit, "unit", figure, "start", figure, "end",
		figure, "lowest", figure, "highest")
	fmt.Fprintln(w, head)
	for _, row := range rows {
		lo, hi := span(row.values)
		fmt.Fprintf(w, "%s %s %*s %*s %*s %*s %s\n", Fit(row.name, name), Fit(row.unit, unit),
			figure, words.Number(row.values[0]), figure, words.Number(row.values[len(row.values)-1]), figure, words.Number(lo), figure, words.Number(hi),
			Sparkline(row.values, spark))
	}
	fmt.Fprintln(w)
	if r.Kept != nil {
		for _, row := range rows[:min(len(rows), mostPlots)] {
			fmt.Fprintf(w, "%s\n%s\n", strings.TrimSuffix(row.name+", "+row.unit, ", "), Plot(run.Time, row.values,
				columns))
		}
	}
	for _, line := range r.Remarks() {
		fmt.Fprintln(w, Wrap(line, min(columns, 120))) // longer lines are hard to read
	}
}

// mostPlots is how many of the variables that were named have a large chart below the table.
const mostPlots = 8

// keptRows returns a row for each column that was named, as it was named; nil if none was, or if there
// is no saved time.
func (r *Run) keptRows() []tableRow {
	if len(r.Result.Time) == 0 {
		return nil
	}
	names := imported.ColumnNames(r.Model)
	var rows []tableRow
	for _, c := range r.Kept {
		rows = append(rows, tableRow{names(c), c.Unit, r.Result.Series(c.Name())})
	}
	return rows
}

// A tableRow is a line of the table: a series under a name, one value for each saved time.
type tableRow struct {
	name, unit string
	values     []float64
}

// tableRows returns one row per declared variable in the order of the file; with all, one per
// element, and those of constants. It is nil for a run without any saved time.
func tableRows(m *model.Model, r *sim.Result, all bool) []tableRow {
	var rows []tableRow
	if len(r.Time) == 0 {
		return nil
	}
	names := imported.ColumnNames(m)
	for i := 0; i < len(r.Columns); {
		// The elements of an array are neighbours: columns i to j-1 are one variable.
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

// wholeArray returns the row of an array: the sum of its elements, or their mean if they are
// dimensionless, such as shares. A unit of "1" is a number of no unit. A sum of shares would mean
// nothing.
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

// sumOf returns the sum of columns from from to to, to excluded, at each saved time.
func sumOf(r *sim.Result, from, to int) []float64 {
	sum := make([]float64, len(r.Time))
	for t := range sum {
		for _, x := range r.Row(t)[from:to] {
			sum[t] += x
		}
	}
	return sum
}
