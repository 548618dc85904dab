package sensitivity

import (
	"context"
	"slices"

	"weir/scenarios/divide"
	"weir/sim"
)

// blockPoints is how many points are run together where points are divided: a part that is stopped
// loses at most so many.
const blockPoints = 1024

// run returns the outputs at all points of a batch, by output and point: the measure of an
// outcome, or, over time, one list for each output and saved time. A run that broke down gives
// NaN.
func (e *evaluator) run(ctx context.Context, b batch, overTime bool) ([][]float64, error) {
	all := b.n
	work := divide.Work{Items: all, Unit: "point", Columns: e.names(), Block: blockPoints,
		Do: func(ctx context.Context, first, end int, row divide.Row) error {
			return e.runSome(ctx, b, first, end, overTime, row)
		}}
	e.result.Evaluations += all * len(e.runs)
	var out [][]float64
	if e.question.Divide != nil { // the runs may be elsewhere, and their times are needed here
		if err := e.findTimes(ctx, b); err != nil {
			return nil, err
		}
	}
	lists, at, last := len(e.result.Outputs), 0, -1
	err := divide.Rows(ctx, e.question.Divide, work, func(point int, numbers []float64) error {
		if out == nil {
			out = e.room(all, overTime)
		}
		if at++; point != last {
			at, last = 0, point
		}
		for k := range lists {
			if overTime {
				out[k*len(e.result.Time)+at][point] = numbers[k]
			} else {
				out[k][point] = numbers[k]
			}
		}
		return nil
	})
	return out, err
}

// names returns the names of the numbers of a row, one an output: the outcome, and of a difference
// the scenario that makes it.
func (e *evaluator) names() []string {
	var out []string
	for _, o := range e.result.Outputs {
		name := o.Outcome.ID
		if name == "" {
			name = o.Outcome.Variable
		}
		if o.Scenario != nil {
			name += " by " + o.Scenario.ID
		}
		out = append(out, name)
	}
	return out
}

// findTimes runs one point, for the times that every run saves.
func (e *evaluator) findTimes(ctx context.Context, b batch) error {
	b.from, b.n = 0, 1
	runner, err := e.set.Runner(e.program, &b)
	if err != nil {
		return err
	}
	quiet := e.options
	quiet.Progress = nil
	results, err := runner.Run(ctx, e.runs[:1], e.columns, quiet)
	if err == nil {
		e.result.Time = results[0].Time
	}
	return err
}

// runSome runs the points of a batch from first up to end, so many at a time as the memory takes,
// and gives the rows of each.
func (e *evaluator) runSome(ctx context.Context, b batch, first, end int, overTime bool, row divide.Row) error {
	all := float64(b.n)
	chunk := max(64, int(chunkBytes/(8*e.rows()*float64(len(e.columns)*len(e.runs)))))
	for b.from = first; b.from < end; b.from += b.n {
		b.n = min(chunk, end-b.from)
		runner, err := e.set.Runner(e.program, &b)
		if err != nil {
			return err
		}
		results, err := runner.Run(ctx, e.runs, e.columns, e.options.Part(float64(b.from)/all, float64(b.from+b.n)/all))
		if err != nil {
			return err
		}
		e.result.Time = results[0].Time
		if err := e.give(results, b.from, overTime, row); err != nil {
			return err
		}
	}
	return nil
}

// room returns lists for the outputs at n points.
func (e *evaluator) room(n int, overTime bool) [][]float64 {
	lists := len(e.result.Outputs)
	if overTime {
		lists *= len(e.result.Time)
	}
	out := make([][]float64, lists)
	for i := range out {
		out[i] = make([]float64, n)
	}
	return out
}

// give gives the outputs of some points: a row a point or, over time, a row a saved time.
func (e *evaluator) give(results []*sim.EnsembleResult, from int, overTime bool, row divide.Row) error {
	w := e.set.WindowOf(e.result.Time)
	numbers := make([]float64, len(e.result.Outputs))
	value, base := make([][]float64, len(numbers)), make([][]float64, len(numbers))
	for m := range results[0].Runs {
		for k, o := range e.result.Outputs {
			value[k] = results[slices.Index(e.runs, o.Scenario)].Series(o.Outcome.Variable, m)
			if o.Scenario != nil {
				base[k] = results[0].Series(o.Outcome.Variable, m)
			}
			if !overTime {
				numbers[k] = number(o.Outcome, e.result.Time, value[k], base[k], w)
			}
		}
		if !overTime {
			if err := row(from+m, numbers); err != nil {
				return err
			}
			continue
		}
		for t := range e.result.Time {
			for k := range numbers {
				if numbers[k] = value[k][t]; base[k] != nil {
					numbers[k] -= base[k][t]
				}
			}
			if err := row(from+m, numbers); err != nil {
				return err
			}
		}
	}
	return nil
}
