package diff

import (
	"cmp"
	"math"
	"slices"

	"weir/model/resolved"
	"weir/sim"
)

// Results are those of both models, compared at the times that both saved. Constants and decisions
// are not compared here: the tables show their values.
type Results struct {
	Compared  int // columns that both have: stocks, flows and auxiliaries, with elements
	Times     []float64
	Unit      string   // of time
	Changed   []Series // the largest relative difference first
	Unchanged []string // names of the columns of which no bit differs
	Notes     []string // a run that stopped early, times that do not match
}

// A Series is a column that is not the same in both. Relative is its largest
// difference in parts of the largest magnitude that either run has in it, at time
// At; First is the first time at which the two differ.
type Series struct {
	Name, Variable, Label, Unit string
	Others                      int       // of Largest: how many more elements of its variable differ
	Before, After               []float64 // at Results.Times
	Relative                    float64
	First, At                   float64
}

// results compares two runs. Rows are those of equal times. A column is matched by its name after a
// renaming.
func results(a Side, before, after *sim.Result, n names) Results {
	out := Results{Unit: a.Resolved.Time.Unit}
	rows := common(before.Time, after.Time)
	for _, r := range rows {
		out.Times = append(out.Times, before.Time[r[0]])
	}
	for _, run := range []struct {
		name   string
		result *sim.Result
	}{{"before", before}, {"after", after}} {
		if n := run.result.NonFinite; n != nil {
			out.Notes = append(out.Notes, "The model "+run.name+" stops: "+n.Variable+" is not a number.")
		}
	}
	if len(rows) < max(len(before.Time), len(after.Time)) {
		out.Notes = append(out.Notes,
			"The two runs do not save the same times; only those that both have are compared.")
	}
	given := map[string]bool{}
	for _, v := range a.Resolved.Variables {
		given[n.of(v.Name)] = v.Kind == resolved.Constant || v.Kind == resolved.Decision
	}
	for i, c := range before.Columns {
		// c is a copy, so the result before keeps its own names.
		c.Variable = n.of(c.Variable)
		j := after.Index(c.Name())
		if j < 0 || given[c.Variable] {
			continue
		}
		out.Compared++
		if s, changed := series(before, after, rows, i, j); changed {
			s.Name, s.Variable, s.Label, s.Unit = c.Name(), c.Variable, c.Label, c.Unit
			out.Changed = append(out.Changed, s)
		} else {
			out.Unchanged = append(out.Unchanged, c.Name())
		}
	}
	slices.SortStableFunc(out.Changed, func(x, y Series) int { return -cmp.Compare(x.Relative, y.Relative) })
	return out
}

// Largest returns the changed series with only the element of an array that differs most. Changed
// is sorted by the difference, so the first element of a variable is the one to keep. The result is
// a copy; r does not change.
func (r Results) Largest() []Series {
	at := map[string]int{}
	var out []Series
	for _, s := range r.Changed {
		if i, seen := at[s.Variable]; seen {
			out[i].Others++
			continue
		}
		at[s.Variable] = len(out)
		out = append(out, s)
	}
	return out
}

// common pairs the rows of equal times, up to the rounding of decimals. Both lists are ascending. A
// row is a pair of indices, the one before first. Times are equal if they differ by at most 1e-9 of
// their size, or 1e-9 below 1.
func common(a, b []float64) (rows [][2]int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch d := a[i] - b[j]; {
		case math.Abs(d) <= 1e-9*max(1, math.Abs(a[i])):
			rows = append(rows, [2]int{i, j})
			i++
			j++
		case d < 0:
			i++
		default:
			j++
		}
	}
	return rows
}

// series takes a column out of both runs. Changed is false if no bit differs. i and j are the
// column's places before and after. A NaN counts as a change with no size, since it is equal to
// nothing.
func series(before, after *sim.Result, rows [][2]int, i, j int) (s Series, changed bool) {
	largest, most := 0.0, 0.0
	for _, r := range rows {
		x, y := before.Row(r[0])[i], after.Row(r[1])[j]
		s.Before, s.After = append(s.Before, x), append(s.After, y)
		largest = max(largest, math.Abs(x), math.Abs(y))
		if x == y {
			continue
		}
		t := before.Time[r[0]]
		if !changed {
			s.First, s.At, changed = t, t, true
		}
		if d := math.Abs(y - x); d > most {
			most, s.At = d, t
		}
	}
	if largest > 0 {
		s.Relative = most / largest
	}
	return s, changed
}
