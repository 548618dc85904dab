package results

import (
	"bytes"
	"math"

	"weir/internal/parquet"
	"weir/model/diagnostic"
)

// maxNumbers bounds the numbers that are read from a packed file, 8 bytes each: a small file may
// unpack to many.
const maxNumbers = 32 << 20

// parquet reads the Parquet of weir run, whose first column is the time.
func (t *Table) parquet() *diagnostic.Diagnostic {
	const hint = "make it with weir run MODEL -o run.parquet"
	at, text := diagnostic.Span{File: t.File}, t.Text
	t.Text = nil // not a text that a place could be shown in
	f, err := parquet.Open(bytes.NewReader(text), int64(len(text)))
	switch {
	case err != nil:
		return bad(at, hint, "the Parquet file cannot be read: %v", err)
	case f.Whole || len(f.Columns) == 0 || Fold(f.Columns[0]) != "time":
		return bad(at, hint, "this is not the Parquet file of a run: its first column is not the time")
	case f.Rows > maxNumbers/int64(len(f.Columns)):
		return bad(at, "keep the variables that matter", "the file has more than %d numbers", maxNumbers)
	}
	t.Hash, _ = f.Note("weir.model_hash")
	t.Model, _ = f.Note("weir.model")
	_, t.Own = f.Note("weir.version")
	times := make([]float64, 0, f.Rows)
	columns, exact := make([]Column, len(f.Columns)-1), make([]float64, f.Rows) // no digit is left out
	for i := range columns {
		columns[i] = Column{Name: f.Columns[1+i], at: at, Half: exact}
	}
	problem := (*diagnostic.Diagnostic)(nil)
	err = f.EachRow(func(_ int64, numbers []float64) error {
		last := math.Inf(-1)
		if len(times) > 0 {
			last = times[len(times)-1]
		}
		if x := numbers[0]; problem == nil && (!(x > last) || math.IsInf(x, 0)) {
			problem = bad(at, "keep the rows of one run, in the order of time",
				"times must rise, but %v follows %v", x, last)
		}
		times = append(times, numbers[0])
		for i := range columns {
			columns[i].Values = append(columns[i].Values, numbers[1+i])
		}
		return nil
	})
	if err != nil {
		return bad(at, hint, "the Parquet file cannot be read: %v", err)
	}
	for i := range columns {
		columns[i].Times = times
	}
	t.Columns = columns
	return problem
}
