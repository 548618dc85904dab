package output

import (
	"fmt"
	"io"
	"slices"
	"weir/model"
	"weir/scenarios/health"
	"weir/scenarios/imported"
	"weir/scenarios/words"
	"weir/sim"
)

// A Run is a finished run with the facts that a reader of its numbers needs.
type Run struct {
	Model    *model.Model
	Settings sim.Settings
	Result   *sim.Result
	Half     *sim.Difference // from the run with half the step; nil if there was none
	Unusual  []string        // remarks about settings outside the ranges of the model
	Affected []string        // variables that depend on unsupported parts of another tool's file
	Version  string          // of weir, for the files
	Kept     []sim.Column    // those that are written, of the result's; nil: all
}

// Write writes the run as table, csv, json, parquet or xlsx. A table has lines of columns
// characters, and with all every element and constant.
func (r *Run) Write(w io.Writer, format string, columns int, all bool) error {
	switch format {
	case "csv":
		if _, err := io.WriteString(w, imported.Comment(r.Affected)); err != nil {
			return err
		}
		return r.writeCSV(w)
	case "json":
		return r.writeJSON(w)
	case "parquet":
		return r.writeParquet(w)
	case "xlsx":
		return r.writeWorkbook(w)
	}
	r.writeTable(w, columns, all)
	return nil
}

// columns returns the columns that are written.
func (r *Run) columns() []sim.Column {
	if r.Kept != nil {
		return r.Kept
	}
	return r.Result.Columns
}

// places returns where the columns that are written stand in a row of the result.
func (r *Run) places() []int {
	out := make([]int, 0, len(r.columns()))
	if r.Kept == nil {
		for i := range r.Result.Columns {
			out = append(out, i)
		}
		return out
	}
	for _, c := range r.Kept {
		out = append(out, r.Result.Index(c.Name()))
	}
	return out
}

// LastTime returns the time of the last row; the start if there is no row.
func (r *Run) LastTime() float64 {
	if n := len(r.Result.Time); n > 0 {
		return r.Result.Time[n-1]
	}
	return r.Model.Time.Start
}

// Remarks returns the sentences that a reader of the numbers needs: settings out of range, parts
// that are not those of the original, the first non-finite number, the effect of half the step,
// limits that held flows back, and lookups read beyond their points.
func (r *Run) Remarks() []string {
	lines := slices.Clone(r.Unusual)
	if r.Affected != nil {
		lines = append(lines, imported.Remark(r.Affected))
	}
	if names := r.Model.Imported.Approximated(); len(names) > 0 {
		lines = append(lines, fmt.Sprintf("%s of the original approximated, as weir import explains: %s",
			words.Count(len(names), "part"), words.Few(names, 5)))
	}
	return append(lines, health.Remarks(r.Result, r.Half, r.Model.Time.Unit)...)
}
