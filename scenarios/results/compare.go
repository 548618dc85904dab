package results

import (
	"math"
	"sort"

	"weir/model/numeric/clock"
	"weir/sim"
)

// Tolerance is the difference that passes if none is stated, as a share of a variable's largest
// value: Vensim computes in single precision and prints six figures.
const Tolerance = 1e-5

// Limits say which differences between a run and a table pass.
type Limits struct {
	Share    float64 // of a variable's largest value in the table
	Absolute float64 // in the unit of the variable
	// Printed says that numbers and times of the table are rounded to the digits printed: half a
	// unit of the last one passes, too. Without it they count as they stand.
	Printed bool
	// From and To are the model times that are compared, both within; nil: from the first, to the
	// last of the table.
	From, To *float64
}

// Holds reports whether a time is compared, up to rounding.
func (l Limits) Holds(t float64) bool {
	slack := clock.Slack(t)
	return !(l.From != nil && t+slack < *l.From) && !(l.To != nil && t-slack > *l.To)
}

// Allowed returns the largest difference that passes in a column, apart from printed digits. A column
// without a number of size has Absolute.
func (l Limits) Allowed(c *Column) float64 { return max(float64(l.Share*c.Size()), l.Absolute) }

// Size returns the largest magnitude of a column's finite numbers; 0 if it has none.
func (c *Column) Size() float64 {
	size := 0.0
	for _, x := range c.Values {
		if !isNA(x) && !math.IsInf(x, 0) {
			size = max(size, math.Abs(x))
		}
	}
	return size
}

// An Agreement is a run against a table.
type Agreement struct {
	Limits
	Columns  []Difference // in the order of the model
	Unknown  []string     // columns of the table that the model does not have
	Skipped  int          // points of the table at times that the run does not save
	Astray   *float64     // the first of these times; nil: there is none
	Compared int          // points
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
	Allowed float64  // the largest size of a difference that passes
	// FirstRun and FirstTable are the numbers at First.
	FirstRun, FirstTable float64
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

// Compare compares a run with a table at the table's times, as far as the limits have them. Names
// says what a column is called in the agreement. A number that the table says is none must be none in
// the run.
func Compare(r *sim.Result, names func(sim.Column) string, m *Matched, l Limits) *Agreement {
	a := &Agreement{Limits: l, Unknown: m.Unknown}
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
	// The scale is of the whole column: where a variable passes zero, a share of the number there
	// would call any rounding an error.
	d, scale := Difference{Allowed: a.Allowed(want)}, want.Size()
	for i, t := range want.Times {
		row, ok := a.row(times, t, want)
		switch {
		case !a.Holds(t):
			continue
		case !ok:
			if a.Skipped++; a.Astray == nil || t < *a.Astray {
				a.Astray = &want.Times[i]
			}
			continue
		}
		d.Points++
		run, table := values[row], want.Values[i]
		gap := run - table
		allowed := d.Allowed
		if a.Printed {
			allowed = max(allowed, 1.01*want.Half[i])
		}
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
			d.First, d.FirstRun, d.FirstTable = &want.Times[i], run, table
		}
	}
	if d.Share = math.Abs(d.Largest) / scale; d.Largest == 0 {
		d.Share = 0
	}
	return d
}

// row returns the row of a run at a time of a column.
func (a *Agreement) row(times []float64, t float64, c *Column) (row int, ok bool) {
	slack := c.Slack
	if !a.Printed {
		slack = 0
	}
	return near(times, t, slack)
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
