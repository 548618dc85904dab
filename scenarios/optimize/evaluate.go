package optimize

import (
	"context"
	"errors"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/internal/curve"
	"weir/scenarios/plan"
	"weir/sim"
)

// A Candidate is a choice of values that was run.
type Candidate struct {
	Values []float64   // by lever
	Gain   []float64   // by future: how much better the outcome is than with no new decisions
	Cost   *float64    // the mean sum that it costs more; nil without a cost
	Broken bool        // it ended early in a future, so nothing is known of it
	over   float64     // by how much it passes limits and budget, relative to each; 0: not at all
	means  [][]float64 // the levels by outcome of the judge and future
}

// A judge runs candidates.
type judge struct {
	set      *scenarios.Set
	question *Question
	runner   *plan.Runner
	outcomes []*scenarios.Outcome // the one that is optimized, then the cost if there is one, then those with limits
	cost     bool
	time     []float64
	window   plan.Window
	members  []int       // futures in which no new decisions run to their end
	none     [][]float64 // levels of no new decisions, by outcome and future
	workers  int
	runs     int // done so far
}

// newJudge returns a judge with so many futures at most; 0: all of the set.
func newJudge(ctx context.Context, set *scenarios.Set, q *Question, outcome, cost *scenarios.Outcome, program *sim.Program, futures, workers int) (*judge, error) {
	j := &judge{set: set, question: q, outcomes: []*scenarios.Outcome{outcome}, cost: cost != nil, workers: workers}
	if cost != nil {
		j.outcomes = append(j.outcomes, cost)
	}
	for _, l := range q.Limits {
		if !slices.Contains(j.outcomes, l.Outcome) {
			j.outcomes = append(j.outcomes, l.Outcome)
		}
	}
	var sample plan.Sample = plan.Alone{}
	if u := set.Uncertainty; u != nil {
		s, err := u.Sampler()
		if err != nil {
			return nil, err
		}
		if sample = s; futures > 0 {
			sample = plan.Evenly(sample, futures)
		}
	}
	var err error
	if j.runner, err = set.Runner(program, sample); err != nil {
		return nil, err
	}
	base, err := program.Run(ctx, set.Settings(nil))
	if err != nil {
		return nil, err
	}
	j.time, j.window = base.Time, set.WindowOf(base.Time)
	runs, err := j.run(ctx, []*scenarios.Scenario{nil})
	if err != nil {
		return nil, err
	}
	broken := map[int]bool{}
	for _, f := range runs[0].NonFinite {
		broken[f.Member] = true
	}
	for m := range sample.Size() {
		if !broken[m] {
			j.members = append(j.members, m)
		}
	}
	if len(j.members) == 0 {
		return nil, errors.New("no new decisions break down in every future, so nothing can be compared with them")
	}
	j.none = j.levels(runs[0])
	return j, nil
}

// run runs scenarios in the futures and keeps what the outcomes need.
func (j *judge) run(ctx context.Context, list []*scenarios.Scenario) ([]*sim.EnsembleResult, error) {
	var keep []string
	for _, o := range j.outcomes {
		if !slices.Contains(keep, o.Variable) {
			keep = append(keep, o.Variable)
		}
	}
	j.runs += len(list) * len(j.members)
	return j.runner.Run(ctx, list, keep, plan.Options{Workers: j.workers})
}

// levels returns the levels of a scenario's runs by outcome and future.
func (j *judge) levels(e *sim.EnsembleResult) [][]float64 {
	var out [][]float64
	for _, o := range j.outcomes {
		levels := make([]float64, len(j.members))
		for k, m := range j.members {
			c := curve.Curve{T: j.time, Y: e.Series(o.Variable, m)[:len(j.time)]}
			levels[k] = o.Measure.Of(o.Course(c, j.window))
		}
		out = append(out, levels)
	}
	return out
}

// judge runs candidates, the years before their decisions once for all.
func (j *judge) judge(ctx context.Context, xs [][]float64) ([]*Candidate, error) {
	var list []*scenarios.Scenario
	for _, x := range xs {
		list = append(list, j.question.scenario(x))
	}
	runs, err := j.run(ctx, list)
	if err != nil {
		return nil, err
	}
	var out []*Candidate
	for i, e := range runs {
		out = append(out, j.candidate(xs[i], e))
	}
	return out, nil
}

// rounding is the share of a level below which a difference is one of rounding.
const rounding = 1e-12

// candidate returns what the runs of a candidate say.
func (j *judge) candidate(x []float64, e *sim.EnsembleResult) *Candidate {
	c := &Candidate{Values: slices.Clone(x)}
	for _, f := range e.NonFinite {
		if slices.Contains(j.members, f.Member) {
			c.Broken = true
			return c
		}
	}
	c.means = j.levels(e)
	sign := 1.0
	if j.outcomes[0].Better == scenarios.Lower {
		sign = -1
	}
	for k, level := range c.means[0] {
		gain := sign * (level - j.none[0][k])
		if math.Abs(gain) <= rounding*math.Abs(level) {
			gain = 0
		}
		c.Gain = append(c.Gain, gain)
	}
	if slices.ContainsFunc(c.Gain, func(x float64) bool { return x-x != 0 }) {
		c.Broken = true // an outcome that never comes has no number
		return c
	}
	if j.cost {
		cost := mean(c.means[1]) - mean(j.none[1])
		c.Cost = &cost
		if b := j.question.Budget; b != nil {
			c.over += math.Max(0, cost-*b) / math.Max(1, math.Abs(*b))
		}
	}
	for _, l := range j.question.Limits {
		c.over += j.passed(c, l) / math.Max(math.Abs(l.Level), 1e-12)
	}
	return c
}

// passed returns by how much a candidate passes a limit; 0 if it does not.
func (j *judge) passed(c *Candidate, l Limit) float64 {
	level := mean(c.means[slices.Index(j.outcomes, l.Outcome)])
	if l.AtLeast {
		return math.Max(0, l.Level-level)
	}
	return math.Max(0, level-l.Level)
}

// mean returns the mean of numbers, of which there is at least one.
func mean(list []float64) float64 {
	sum := 0.0
	for _, x := range list {
		sum += x
	}
	return sum / float64(len(list))
}

// worth returns the number by which a criterion judges a candidate: the larger the better. best is the
// gain of the best candidate in each future, for the regret.
func worth(c *Candidate, by Criterion, best []float64) float64 {
	switch by {
	case Worst:
		sorted := slices.Sorted(slices.Values(c.Gain))
		return mean(sorted[:max(1, len(sorted)/10)])
	case Regret:
		most := 0.0
		for k, g := range c.Gain {
			most = max(most, best[k]-g)
		}
		return -most
	}
	return mean(c.Gain)
}

// MeanGain returns the mean over futures of how much better the outcome is.
func (c *Candidate) MeanGain() float64 { return mean(c.Gain) }
