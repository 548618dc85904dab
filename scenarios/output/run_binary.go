package output

import (
	"fmt"
	"io"
	"math"

	"weir/scenarios/health"
	"weir/scenarios/imported"
	"weir/scenarios/words"

	"github.com/xuri/excelize/v2"
)

// facts returns what another program needs to make the run again, as names and values.
func (r *Run) facts() [][2]string {
	out := [][2]string{
		{"weir.version", r.Version},
		{"weir.model", r.Model.Name},
		{"weir.model_hash", r.Model.Hash},
		{"weir.method", r.Result.Method},
		{"weir.step", words.Exact(r.Result.Step)},
		{"weir.time_unit", r.Model.Time.Unit},
	}
	if line := imported.Remark(r.Affected); line != "" {
		out = append(out, [2]string{"weir.not_those_of_the_original", line})
	}
	if n := r.Result.NonFinite; n != nil {
		out = append(out, [2]string{"weir.non_finite", health.NonFinite(n, r.Model.Time.Unit)})
	}
	return out
}

// head returns the names of the columns of a file, the time first.
func (r *Run) head() []string {
	names := imported.ColumnNames(r.Model)
	out := []string{"time"}
	for _, c := range r.columns() {
		out = append(out, names(c))
	}
	return out
}

// eachRow calls f with the numbers of each saved row, the time first. f does not keep them.
func (r *Run) eachRow(f func(numbers []float64) error) error {
	places := r.places()
	numbers := make([]float64, 1+len(places)) // one row for all, since a run may have millions
	for i, t := range r.Result.Time {
		numbers[0] = t
		row := r.Result.Row(i)
		for k, at := range places {
			numbers[1+k] = row[at]
		}
		if err := f(numbers); err != nil {
			return err
		}
	}
	return nil
}

// writeParquet writes a column of doubles for the time and one per variable or element. NaN and
// infinities are written as they are.
func (r *Run) writeParquet(w io.Writer) error {
	p := newParquetWriter(w, "run", r.head(), r.Version)
	if err := r.eachRow(func(numbers []float64) error { return p.floats(numbers) }); err != nil {
		return err
	}
	for _, f := range r.facts() {
		p.note(f[0], f[1])
	}
	return p.close()
}

// writeWorkbook writes a workbook of two sheets: "run" has the numbers, with the time in column A,
// and "about" says which run it is. A NaN or infinity is written as its name, since a workbook has
// no such numbers. A text is never a formula there, so that no name needs an apostrophe as in CSV.
func (r *Run) writeWorkbook(w io.Writer) error {
	rows, columns := len(r.Result.Time)+1, len(r.columns())+1
	if rows > excelize.TotalRows || columns > excelize.MaxColumns {
		return fmt.Errorf("a sheet holds %s rows and %s columns, and the run has %s and %s: "+
			"name fewer variables with --keep, save fewer rows with --save, or write .csv or .parquet",
			words.Grouped(excelize.TotalRows), words.Grouped(excelize.MaxColumns),
			words.Grouped(float64(rows)),
			words.Grouped(float64(columns)))
	}
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", "run"); err != nil {
		return err
	}
	if _, err := f.NewSheet("about"); err != nil {
		return err
	}
	if err := writeSheet(f, "run", r.putNumbers); err != nil {
		return err
	}
	if err := writeSheet(f, "about", r.putFacts); err != nil {
		return err
	}
	return f.Write(w)
}

// A put writes the next row of a sheet.
type put func(cells ...any) error

// putNumbers writes the names of the columns and the rows of the run.
func (r *Run) putNumbers(next put) error {
	cells := []any{}
	for _, name := range r.head() {
		cells = append(cells, name)
	}
	if err := next(cells...); err != nil {
		return err
	}
	return r.eachRow(func(numbers []float64) error {
		for k, x := range numbers {
			cells[k] = cellOf(x)
		}
		return next(cells...)
	})
}

// putFacts writes a row for each fact about the run.
func (r *Run) putFacts(next put) error {
	for _, x := range r.facts() {
		if err := next(x[0], x[1]); err != nil {
			return err
		}
	}
	return nil
}

// cellOf returns a number for a cell, or its name where it is not finite.
func cellOf(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return words.Exact(x)
	}
	return x
}

// writeSheet writes the rows of a sheet, which fill puts one after the other.
func writeSheet(f *excelize.File, name string, fill func(put) error) error {
	s, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	row := 0
	if err := fill(func(cells ...any) error {
		row++
		at, err := excelize.CoordinatesToCellName(1, row)
		if err != nil {
			return err
		}
		return s.SetRow(at, cells)
	}); err != nil {
		return err
	}
	return s.Flush()
}
