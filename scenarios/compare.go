package scenarios

import (
	"context"
	"errors"
	"fmt"
	"weir/scenarios/plan"
)

// Compare runs no new decisions and every scenario of a set that Load found free
// of errors, each of them also with half the step, and judges the differences.
// Assumptions of the set hold in every run. Then it does the same in each world of the set. It returns an error if a run cannot be
// done at all, or the context's error if that is cancelled; a run that met NaN is
// no error, its result says so.
func Compare(ctx context.Context, set *Set, o Options) (*Comparison, error) {
	if set.Resolved == nil {
		return nil, errors.New("the set has mistakes; Load lists them")
	}
	program, err := set.Compile()
	if err != nil {
		return nil, err
	}
	o, after := shareWork(o, len(set.Worlds))
	runs := []*Run{{ID: plan.BaselineID, Label: plan.BaselineLabel}}
	for _, s := range set.Scenarios {
		runs = append(runs, &Run{ID: s.ID, Label: s.Label, Scenario: s})
	}
	central, rest := o, o
	if set.Uncertainty != nil {
		central, rest = o.Part(0, centralShare), o.Part(centralShare, 1)
	}
	if err = execute(ctx, program, set, runs, central); err != nil {
		return nil, err
	}
	if x := runs[0].Result.NonFinite; len(longest(runs)) == 0 && x != nil {
		return nil, fmt.Errorf("the model cannot start: %s is %v", x.Variable, x.Value)
	}
	c := &Comparison{
		Set: set, Program: program, Baseline: runs[0], Runs: runs[1:], Version: o.Version,
		Today: set.Today(), Time: longest(runs), Levers: levers(set),
		Structure: StructureIn(set.Resolved, runs[0].Result),
	}
	c.Horizon = c.Time[len(c.Time)-1]
	c.Years = years(c.Time[0], c.Horizon)
	var f *futures
	if set.Uncertainty != nil {
		if f, err = c.imagine(ctx, program, rest); err != nil {
			return nil, err
		}
	}
	if err = c.judge(ctx, f, o.Workers); err != nil {
		return nil, err
	}
	return c, c.inWorlds(ctx, after)
}

// shareWork returns the options of a comparison, and those of its comparisons in so many worlds,
// which take as long each.
func shareWork(o Options, worlds int) (own, inWorlds Options) {
	first := 1 / float64(worlds+1)
	return o.Part(0, first), o.Part(first, 1)
}

// centralShare is the share of the work that the central runs are, with futures: a guess.
const centralShare = 0.05
