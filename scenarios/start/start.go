// Package start tells of what one run of a model shows before anybody asks: stocks that start
// far from where their own flows would have them, so that the first years show the start settling
// and no effect of anything; stocks that fall below 0; lookups read beyond their points.
package start

import (
	"context"
	"fmt"
	"math"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// Unsettled is the code of the remark.
const Unsettled diagnostic.Code = "starts-unsettled"

// Codes are all codes that Check reports, with a model that earns each.
var Codes = []model.CodeRow{
	{Code: Unsettled, Sentence: "A stock starts far from where its own flows hold it, so that the first part of the run shows the start settling.", Example: `[time]
start = 0
stop  = 40
step  = 0.25
unit  = "year"

[stock.teachers] # NOTE starts-unsettled
initial = 300
inflow  = ["hiring"]

[flow.hiring]
equation = "(needed - teachers) / hiring_time"

[constant.needed]
value = 100

[constant.hiring_time]
value = 2
`},
	{Code: BelowZero, Sentence: "A stock falls below 0, since an outflow does not look at it.", Example: `[time]
start = 0
stop  = 40
step  = 0.25
unit  = "year"

[stock.teachers] # NOTE stock-below-zero
initial = 100
outflow = ["quitting"]

[flow.quitting]
equation = "quits"

[constant.quits]
value = 5
`},
	{Code: ReadOutside, Sentence: "A run reads a lookup beyond its points, and the model does not say what is meant there.", Example: `[time]
start = 0
stop  = 40
step  = 0.25
unit  = "year"

[stock.teachers]
initial = 100
inflow  = ["hiring"]

[flow.hiring]
equation = "wish(teachers)"

[lookup.wish]
points = [[0, 5], [150, 2]] # NOTE lookup-outside
`},
}

// The remark is made if a stock changes in its first step by more than mostFirst of
// its size, and by more than many times the largest change of any step in the rest of
// the run, the first share settling of which is left to it. A growing stock, or one
// that data drive, moves later, too, and earns no remark.
const (
	mostFirst = 0.05
	many      = 10
	settling  = 0.25
)

// mostWork bounds the cost of a remark: a fraction of a second. A run of fewer rows
// than fewest has no start and no rest.
const (
	mostWork = 2e7
	fewest   = 8
)

// Check runs a checked model, without decisions, and remarks on every stock that starts
// far from equilibrium or falls below 0, once for all of its elements, and on lookups. A model
// that cannot be run, or not to its end, or that is large, earns no remark. The error is the
// context's.
//
// Of a step too long for the fastest part of the model it warns first, unless known does, and then
// says nothing else: the run means nothing.
func Check(ctx context.Context, m *model.Model, r *resolved.Model, known diagnostic.List) (diagnostic.List, error) {
	program, err := sim.Compile(r)
	if err != nil {
		return nil, nil
	}
	if !slices.ContainsFunc(known, func(d diagnostic.Diagnostic) bool { return d.Code == model.StepTooLong }) {
		if list := step(ctx, program, r); len(list) > 0 || ctx.Err() != nil {
			return list, ctx.Err()
		}
	}
	if work(r) > mostWork {
		return nil, nil
	}
	result, err := program.Run(ctx, sim.Settings{Save: &r.Time.Step})
	if err != nil || result.NonFinite != nil {
		return nil, ctx.Err()
	}
	at := map[string][]int{} // the columns of a variable
	for k, c := range result.Columns {
		at[c.Variable] = append(at[c.Variable], k)
	}
	list := append(below(m, r, result, at), outside(m, result)...)
	if len(result.Time) < fewest {
		return list, ctx.Err()
	}
	for _, v := range m.Variables {
		if v.Kind != model.KindStock {
			continue
		}
		if w := worst(result, at[v.Name]); w.first > mostFirst && w.first > many*w.later {
			list = append(list, diagnostic.Diagnostic{Code: Unsettled, Severity: diagnostic.Note,
				Span: v.Span, Hint: "start it where its flows balance, or from data of the start",
				Message: fmt.Sprintf("%s changes by %s of its size in the first step, and by at most %s in any step after the first quarter of the run", w.name, percent(w.first), percent(w.later))})
		}
	}
	return list, nil
}

// work returns how many numbers a run with all its steps has.
func work(r *resolved.Model) float64 {
	n := 0
	for _, v := range r.Variables {
		n += v.Size()
	}
	return float64(n) * (r.Time.Stop - r.Time.Start) / r.Time.Step
}

// A jump is how much an element of a stock changes in a step, as a share of its largest
// magnitude in the run: in the first step, and at most in the rest of the run.
type jump struct {
	name         string
	first, later float64
}

// worst returns the element with the largest first change among the columns of a stock.
func worst(r *sim.Result, columns []int) jump {
	var out jump
	for _, k := range columns {
		if j := jumpOf(r, k); j.first > out.first {
			out = j
			out.name = r.Columns[k].Name()
		}
	}
	return out
}

// jumpOf measures one column of a result. A column that starts at 0 has no jump.
func jumpOf(r *sim.Result, k int) jump {
	size, last := 0.0, len(r.Time)-1
	for i := range r.Time {
		size = max(size, math.Abs(r.Row(i)[k]))
	}
	if size == 0 || r.Row(0)[k] == 0 {
		return jump{} // nothing is there yet, which somebody meant
	}
	change := func(i int) float64 { return math.Abs(r.Row(i)[k]-r.Row(i - 1)[k]) / size }
	out := jump{first: change(1)}
	for i := 1 + int(settling*float64(last)); i <= last; i++ {
		out.later = max(out.later, change(i))
	}
	return out
}

// percent writes a share with two significant digits.
func percent(share float64) string { return fmt.Sprintf("%.2g %%", 100*share) }
