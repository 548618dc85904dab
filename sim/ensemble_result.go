package sim

import (
	"slices"

	"weir/model/numeric"
	"weir/sim/sketch"
)

// An EnsembleResult has the numbers of an ensemble. It never changes.
type EnsembleResult struct {
	Time     []float64 // of the rows, in time units
	Runs     int       // members asked for
	Done     int       // members run
	Complete bool      // false if the ensemble was cancelled; the members done are whole
	// NonFinite are the members that ended early, by number. They take no part in
	// quantiles. Of the first Located the cause is known.
	NonFinite []MemberFailure
	Method    string
	Step      float64

	columns  *columns
	index    map[string]int    // by Column.Name: kept columns, then sketched ones
	kept     [][]float64       // by column: row × member
	sketches [][]sketch.Sketch // by column and row
	rows     []int32           // by member: how many count, or notRun
}

// A MemberFailure is a member that ended early.
type MemberFailure struct {
	Member   int
	Time     float64    // of the first number that is not finite, if Cause is known; otherwise of the first row that is missing
	Variable string     // where it is, "" if the cause is not known
	Cause    *NonFinite // nil if it is not known, or if Message says it
	Message  string     // why a run of these settings is an error, such as a delay that is too short
}

// find returns the position of a column among the kept and sketched ones, or -1.
func (r *EnsembleResult) find(column string) int {
	if i, ok := r.index[column]; ok {
		return i
	}
	whole := Result{columns: r.columns, Columns: r.columns.list}
	if c := whole.Index(column); c >= 0 {
		if i, ok := r.index[r.columns.list[c].Name()]; ok {
			return i
		}
	}
	return -1
}

// Rows returns how many rows of a member count: 0 if it was not run, fewer than len(Time)
// if it ended early.
func (r *EnsembleResult) Rows(member int) int { return max(0, int(r.rows[member])) }

// Series returns a kept column of a member, one number a row, NaN from where it ended; nil
// if the column is not kept. The caller owns it.
func (r *EnsembleResult) Series(column string, member int) []float64 {
	k := r.find(column)
	if k < 0 || k >= len(r.kept) {
		return nil
	}
	out := make([]float64, len(r.Time))
	for row := range out {
		out[row] = r.kept[k][row*r.Runs+member]
	}
	return out
}

// Values returns a kept column at a row, one number a member, NaN for those that had ended
// or were not run; nil if the column is not kept. It is a view: do not change it.
func (r *EnsembleResult) Values(column string, row int) []float64 {
	k := r.find(column)
	if k < 0 || k >= len(r.kept) {
		return nil
	}
	return r.kept[k][row*r.Runs : (row+1)*r.Runs : (row+1)*r.Runs]
}

// Quantile returns the number below which a share q of a column's numbers at a row lies,
// among the members that did not end early: NaN if there are none, or no such column.
// Of a kept column it is exact, on a straight line between neighbours (definition 7 of
// Hyndman and Fan 1996, Sample quantiles in statistical packages, The American
// Statistician 50); of a sketched one within QuantileError.
func (r *EnsembleResult) Quantile(column string, row int, q float64) float64 {
	return r.Quantiles(column, row, q)[0]
}

// Quantiles returns Quantile for several shares at once, which is quicker.
func (r *EnsembleResult) Quantiles(column string, row int, shares ...float64) []float64 {
	out := make([]float64, len(shares))
	k := r.find(column)
	var sorted []float64
	if k >= 0 && k < len(r.kept) {
		sorted = r.sorted(k, row)
	}
	for i, q := range shares {
		switch {
		case k >= len(r.kept):
			out[i] = r.sketches[k-len(r.kept)][row].Quantile(q)
		default:
			out[i] = numeric.Quantile(sorted, q)
		}
	}
	return out
}

// sorted returns a row's numbers, not its infinities and NaN, of the members that did not
// end early.
func (r *EnsembleResult) sorted(k, row int) []float64 {
	list := make([]float64, 0, r.Runs)
	for member, x := range r.kept[k][row*r.Runs : (row+1)*r.Runs] {
		if int(r.rows[member]) == len(r.Time) && x-x == 0 {
			list = append(list, x)
		}
	}
	slices.Sort(list)
	return list
}

// Sketch returns the sketch of a column at a row; nil if the column is not sketched. It is a view:
// do not change it.
func (r *EnsembleResult) Sketch(column string, row int) *sketch.Sketch {
	k := r.find(column) - len(r.kept)
	if k < 0 {
		return nil
	}
	return &r.sketches[k][row]
}

// QuantileError returns how far quantiles of a column at a row may be off, relative to
// themselves: 0 if the column is kept.
func (r *EnsembleResult) QuantileError(column string, row int) float64 {
	if k := r.find(column); k >= len(r.kept) {
		return r.sketches[k-len(r.kept)][row].Error()
	}
	return 0
}
