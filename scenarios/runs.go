package scenarios

import (
	"context"
	"math"

	"weir/sim"
)

// execute fills Result, Check and Halved of every run.
func execute(ctx context.Context, program *sim.Program, set *Set, runs []*Run, o Options) error {
	var jobs []job
	for _, r := range runs {
		s := set.Settings(r.Scenario)
		jobs = append(jobs,
			job{what: r.Label, cost: 1, run: simulate(program.Run, s, &r.Result)},
			job{what: r.Label, cost: 2, run: simulate(program.RunHalved, s, &r.Check)})
	}
	if err := work(ctx, jobs, o); err != nil {
		return err
	}
	for _, r := range runs {
		var err error
		if r.Halved, err = program.Differ(ctx, set.Settings(r.Scenario), r.Result, r.Check); err != nil {
			return err
		}
	}
	return nil
}

// simulate returns a job's work: one run, put where it belongs.
func simulate(run func(context.Context, sim.Settings) (*sim.Result, error),
	s sim.Settings, to **sim.Result) func(context.Context, func(float64)) error {
	return func(ctx context.Context, progress func(float64)) error {
		s.Progress = progress
		result, err := run(ctx, s)
		*to = result
		return err
	}
}

// longest returns the saved times of the run that came furthest: all of them, unless
// every run met NaN.
func longest(runs []*Run) []float64 {
	var time []float64
	for _, r := range runs {
		if len(r.Result.Time) > len(time) {
			time = r.Result.Time
		}
	}
	return time
}

// years returns start, the whole numbers between, and stop.
func years(start, stop float64) []float64 {
	list := []float64{start}
	for y := math.Floor(start) + 1; y < stop; y++ {
		list = append(list, y)
	}
	return append(list, stop)
}
