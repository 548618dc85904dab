package scenarios

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/statistic"
	"weir/scenarios/uncertainty"
	"weir/sim"
)

// futures are the ensembles of a comparison with their members.
type futures struct {
	sampler *uncertainty.Sampler
	runner  *Runner
	runs    []*sim.EnsembleResult // the baseline, then Comparison.Runs
	members []int                 // those that count: whole in every scenario
	failed  []Failure             // one an excluded member, by member
	// level is, by outcome, run and place in members, the measure of the outcome; for a
	// cost, the sum paid. present is the discounted sum of a cost with a discount, nil of
	// any other outcome.
	level, present [][][]float64
	// never is, by outcome and run, the share of members in which a Timed measure never comes.
	never [][]float64
	// ranks are, by source, then choice, and place in members, those of the draws, centred.
	ranks [][]float64
	// orders are, by the same, the places in members from the lowest draw to the highest.
	orders [][]int
}

// imagine runs every scenario in every future of [uncertainty].
func (c *Comparison) imagine(ctx context.Context, program *sim.Program, o Options) (*futures, error) {
	u := c.Set.Uncertainty
	sampler, err := u.Sampler()
	if err != nil {
		return nil, err
	}
	f := &futures{sampler: sampler}
	if f.runner, err = c.Set.Runner(program, sampler); err != nil {
		return nil, err
	}
	runs := append([]*Run{c.Baseline}, c.Runs...)
	scenarios := make([]*Scenario, len(runs))
	for i, r := range runs {
		scenarios[i] = r.Scenario
	}
	if f.runs, err = f.runner.Run(ctx, scenarios, c.Set.Columns(), o); err != nil {
		return nil, err
	}
	failed := map[int]Failure{}
	for i, r := range runs {
		for _, x := range f.runs[i].NonFinite {
			if _, known := failed[x.Member]; !known {
				failed[x.Member] = Failure{Member: x.Member, Scenario: r.Scenario,
					Variable: x.Variable, Time: x.Time, Message: x.Message}
			}
		}
	}
	f.failed = slices.SortedFunc(maps.Values(failed), func(a, b Failure) int { return cmp.Compare(a.Member, b.Member) })
	for m := range u.Runs {
		if _, bad := failed[m]; !bad {
			f.members = append(f.members, m)
		}
	}
	f.rank()
	return f, nil
}

// rank fills in the ranks of the draws.
func (f *futures) rank() {
	draws := make([]float64, len(f.sampler.Sources()))
	f.ranks = make([][]float64, len(draws))
	for i := range f.ranks {
		f.ranks[i] = make([]float64, len(f.members))
	}
	for k, m := range f.members {
		f.sampler.Draws(m, draws)
		for i, x := range draws {
			f.ranks[i][k] = x
		}
	}
	f.ranks = append(f.ranks, f.ways()...)
	for i, x := range f.ranks {
		f.ranks[i] = statistic.CentredRanks(x)
		f.orders = append(f.orders, statistic.Order(f.ranks[i]))
	}
}

// ways returns the drawn ways of each choice, by choice and place in members.
func (f *futures) ways() [][]float64 {
	out := make([][]float64, len(f.sampler.Choices()))
	for _, m := range f.members {
		for i, way := range f.sampler.Ways(m) {
			out[i] = append(out[i], float64(way))
		}
	}
	return out
}

// driver returns the constant or choice to which ranks belong.
func (f *futures) driver(i int) Driver {
	if n := len(f.sampler.Sources()); i >= n {
		c := f.sampler.Choices()[i-n]
		return Driver{Name: c.Name, Label: c.Label}
	}
	s := &f.sampler.Sources()[i]
	return Driver{Name: s.Name, Label: s.Label}
}

// measure fills in the levels. The comparison's times are known by now.
func (f *futures) measure(c *Comparison) {
	w := c.window()
	for _, o := range c.Set.Outcomes {
		var levels, present [][]float64
		var never []float64
		for _, e := range f.runs {
			levels = append(levels, f.levels(c, o, e, w))
			if o.Measure.Timed() && len(f.members) > 0 {
				times := f.each(c, o, e, func(x curve.Curve) float64 { return asShare(o.Measure.Never(o.Course(x, w))) })
				never = append(never, floats.Sum(times)/float64(len(times)))
			}
			if o.Cost && o.Discount != 0 {
				present = append(present, f.each(c, o, e, func(r curve.Curve) float64 { return o.PresentValue(r, w) }))
			}
		}
		f.level, f.present, f.never = append(f.level, levels), append(f.present, present), append(f.never, never)
	}
}

// levels returns the measure of an outcome in every counted future of one ensemble; for a
// cost, its sum.
func (f *futures) levels(c *Comparison, o *Outcome, e *sim.EnsembleResult, w Window) []float64 {
	if !o.Cost && o.Measure.Dated() && o.Measure.At == nil {
		return f.counted(e.Values(o.Variable, len(c.Time)-1))
	}
	return f.each(c, o, e, func(x curve.Curve) float64 { return o.Measure.Of(o.Course(x, w)) })
}

// each returns a number of an outcome's series in every counted future of one ensemble.
func (f *futures) each(c *Comparison, o *Outcome, e *sim.EnsembleResult, number func(curve.Curve) float64) []float64 {
	out := make([]float64, len(f.members))
	for k, m := range f.members {
		out[k] = number(curve.Curve{T: c.Time, Y: e.Series(o.Variable, m)[:len(c.Time)]})
	}
	return out
}

// counted returns the values of the members that count.
func (f *futures) counted(byMember []float64) []float64 {
	out := make([]float64, len(f.members))
	for k, m := range f.members {
		out[k] = byMember[m]
	}
	return out
}

// nothing returns n times NaN.
func nothing(n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	return out
}
