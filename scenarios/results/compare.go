package results

import (
	"math"
	"sort"

	"weir/sim"
)

// Tolerance is the difference that passes if none is stated, as a share of a variable's largest
// value: Vensim computes in single precision and prints six figures.
const Tolerance = 1e-5

// An Agreement is a run against a table.
type Agreement struct {
	Tolerance float64
	Columns   []Difference // in the order of the model
	Unknown   []string     // columns of the table that the model does not have
	Skipped   int          // points of the table at times that the run does not save
	Compared  int          // points
}

// A Difference is how far a variable of a run is from the table.
type Difference struct {
	Name    string
	Points  int     // compared
	Largest float64 // difference, run less table, of the largest size; 0 if all agree exactly
	Share   float64 // its size as a share of the variable's largest value in the table
	At      float64 // its time
	Run     float64 // the numbers there
	Table   float64
	First   *float64 // time of the first difference over the tolerance; nil: it passes
}

// Passes reports whether all variables pass, and there is one at least.
func (a *Agreement) Passes() bool {
	for _, d := range a.Columns {
		if d.First != nil {
			return false
		}
	}
	return a.Compared > 0
}

// Compare compares a run with a table at the table's times. A difference passes up to tolerance times
// the variable's largest value in the table, or up to half a unit of the last digit printed there. A
// number that the table says is none must be none in the run.
func Compare(r *sim.Result, names func(sim.Column) string, m *Matched, tolerance float64) *Agreement {
	a := &Agreement{Tolerance: tolerance, Unknown: m.Unknown}
	for _, c := range r.Columns {
		want := m.by[c.Name()]
		if want == nil || len(want.Times) == 0 {
			continue
		}
		d := a.column(r.Time, r.Series(c.Name()), want)
		if d.Name = names(c); d.Points > 0 {
			a.Columns = append(a.Columns, d)
		}
		a.Compared += d.Points
	}
	return a
}

// column compares one variable.
func (a *Agreement) column(times, values []float64, want *Column) Difference {
	var d Difference
	// The scale is of the whole column: where a variable passes zero, a share of the number there
	// would call any rounding an error.
	scale := 0.0
	for _, x := range want.Values {
		if !isNA(x) && !math.IsInf(x, 0) {
			scale = max(scale, math.Abs(x))
		}
	}
	for i, t := range want.Times {
		row, ok := near(times, t, want.Slack)
		if !ok {
			a.Skipped++
			continue
		}
		d.Points++
		run, table := values[row], want.Values[i]
		gap := run - table
		allowed := max(float64(a.Tolerance*scale), 1.01*want.Half[i])
		wrong := math.Abs(gap) > allowed // false for NaN, which the cases below judge
		switch {
		case isNA(table) || isNA(run):
			wrong, gap = isNA(table) != isNA(run), math.Inf(1)
		case run == table: // infinities, too
			wrong, gap = false, 0
		case gap-gap != 0:
			wrong, gap = true, math.Inf(1)
		}
		if isNA(table) && isNA(run) {
			continue
		}
		if math.Abs(gap) > math.Abs(d.Largest) {
			d.Largest, d.At, d.Run, d.Table = gap, t, run, table
		}
		if wrong && d.First == nil {
			d.First = &want.Times[i]
		}
	}
	if d.Share = math.Abs(d.Largest) / scale; d.Largest == 0 {
		d.Share = 0
	}
	return d
}

// near returns the row at a time, but for what printing the times has cost.
func near(times []float64, t, slack float64) (row int, ok bool) {
	i := sort.SearchFloat64s(times, t)
	best := -1
	for _, k := range []int{i - 1, i} {
		if k >= 0 && k < len(times) && (best < 0 || math.Abs(times[k]-t) < math.Abs(times[best]-t)) {
			best = k
		}
	}
	if best < 0 {
		return 0, false
	}
	return best, math.Abs(times[best]-t) <= max(1e-6*max(1, math.Abs(t)), 1.01*slack)
}
