package scenarios

import (
	"context"
	"fmt"
	"math"
	"slices"

	"weir/scenarios/internal/combine"
	"weir/scenarios/internal/statistic"
	"weir/scenarios/plan"
	"weir/scenarios/words"
	"weir/sim"
)

// search chooses the combinations that run in all futures, and fills in Tried: beside a comparison
// the frontier alone, otherwise each intervention and each pair as well.
func (r *bundleRun) search(ctx context.Context, space combine.Space, beside bool, o Options) error {
	for k, i := range r.Interventions {
		if i.Unpriced() {
			space.Out |= 1 << k
		}
	}
	j, err := r.judge(ctx, o)
	if err != nil {
		return err
	}
	pairs := space
	pairs.Most = min(2, space.K)
	// A set with very many interventions still has each pair tried.
	way := combine.Way{Begin: r.scenarioMasks(), Thorough: !beside, Least: j.least,
		Limit: max(MaxBundles, int(pairs.Size())+len(r.Set.Scenarios))}
	found, err := space.Search(way, func(masks []uint64) ([]combine.Point, error) { return j.points(ctx, masks) })
	if err != nil {
		return err
	}
	r.Tried = &Tried{Of: space.Size(), Combinations: len(found.Masks), Broken: j.broken, Stopped: found.Stopped,
		Thorough: !beside}
	if r.Set.Uncertainty != nil {
		r.Tried.Futures = len(j.futures.members)
	}
	for i, m := range found.Masks {
		if m == 0 || found.Front[i] || !beside && pairs.Allows(m) {
			r.masks = append(r.masks, m)
		}
	}
	return nil
}

// scenarioMasks returns the combinations that the set's scenarios are.
func (r *bundleRun) scenarioMasks() []uint64 {
	var out []uint64
	for _, s := range r.Set.Scenarios {
		mask := uint64(0)
		for _, i := range s.Interventions {
			mask |= 1 << slices.Index(r.Interventions, i)
		}
		out = append(out, mask)
	}
	return out
}

// A bundleJudge gives combinations their place in the plane of cost and gain, from a few futures.
type bundleJudge struct {
	*bundleRun
	options Options
	futures *futures
	size    int         // of the futures
	broken  int         // combinations that broke down
	none    [][]float64 // levels of no new decisions, by outcome of the plane and future
	least   float64
}

// few returns futures that are to be run, at most so many (0: all), and how many there are; one
// without [uncertainty].
func (r *bundleRun) few(most int) (f *futures, size int, err error) {
	f = &futures{}
	var sample Sample = plan.Alone{}
	if u := r.Set.Uncertainty; u != nil {
		if f.sampler, err = u.Sampler(); err != nil {
			return nil, 0, err
		}
		if sample = f.sampler; most > 0 {
			sample = plan.Evenly(sample, most)
		}
	}
	f.runner, err = r.Set.Runner(r.program, sample)
	return f, sample.Size(), err
}

// judge returns the judge of a search, who knows no new decisions already.
func (r *bundleRun) judge(ctx context.Context, o Options) (*bundleJudge, error) {
	j := &bundleJudge{bundleRun: r, options: Options{Workers: o.Workers}}
	base, err := r.program.Run(ctx, r.Set.Settings(nil))
	if err != nil {
		return nil, err
	}
	if base.NonFinite != nil {
		return nil, fmt.Errorf("%s: %s is %v at %v", plan.BaselineLabel, base.NonFinite.Variable, base.NonFinite.Value,
			base.NonFinite.Time)
	}
	r.frame.Time, r.frame.Horizon = base.Time, base.Time[len(base.Time)-1]
	if j.futures, j.size, err = r.few(searchFutures); err != nil {
		return nil, err
	}
	none, err := j.levels(ctx, []uint64{0})
	if err != nil {
		return nil, err
	}
	j.none = none[0]
	_, level, _ := statistic.Tenths(slices.Clone(j.none[0]))
	j.least = SlightShare * math.Abs(level)
	return j, nil
}

// judged returns the outcomes of the plane: the one that matters, then the cost if there is one.
func (j *bundleJudge) judged() []*Outcome {
	if j.Cost == nil {
		return []*Outcome{j.Outcome}
	}
	return []*Outcome{j.Outcome, j.Cost}
}

// levels returns the levels of combinations, by outcome of the plane and future; nil for one that
// breaks down in some of these futures. A future in which no new decisions breaks down counts for
// none.
func (j *bundleJudge) levels(ctx context.Context, masks []uint64) ([][][]float64, error) {
	var out [][][]float64
	for some := range slices.Chunk(masks, together) {
		var scenarios []*Scenario
		for _, m := range some {
			scenarios = append(scenarios, &Scenario{Interventions: j.bundle(m).Interventions})
		}
		runs, err := j.run(ctx, scenarios)
		if err != nil {
			return nil, err
		}
		for _, e := range runs {
			out = append(out, j.measured(e))
		}
	}
	return out, nil
}

// run runs scenarios in the few futures. It keeps no series but those of the plane.
func (j *bundleJudge) run(ctx context.Context, scenarios []*Scenario) ([]*sim.EnsembleResult, error) {
	var keep []string
	for _, o := range j.judged() {
		keep = append(keep, o.Variable)
	}
	return j.futures.runner.Run(ctx, scenarios, keep, j.options)
}

// measured returns the levels of one combination; nil if it broke down.
func (j *bundleJudge) measured(e *sim.EnsembleResult) [][]float64 {
	broken := map[int]bool{}
	for _, x := range e.NonFinite {
		broken[x.Member] = true
	}
	if j.none == nil { // these are the runs of no new decisions
		for m := range j.size {
			if !broken[m] {
				j.futures.members = append(j.futures.members, m)
			}
		}
	} else if slices.ContainsFunc(j.futures.members, func(m int) bool { return broken[m] }) {
		return nil
	}
	var out [][]float64
	for _, o := range j.judged() {
		out = append(out, j.futures.levels(j.frame, o, e, j.frame.window()))
	}
	return out
}

// points returns the place of each combination: the median over the few futures. A combination
// that breaks down in some of them is off the frontier.
func (j *bundleJudge) points(ctx context.Context, masks []uint64) ([]combine.Point, error) {
	levels, err := j.levels(ctx, masks)
	if err != nil {
		return nil, err
	}
	out := make([]combine.Point, len(masks))
	for i, m := range masks {
		if levels[i] == nil {
			j.broken++
			out[i].Out = true
			continue
		}
		_, gain, _ := statistic.Tenths(statistic.Minus(levels[i][0], j.none[0]))
		if j.Outcome.Better == Lower {
			gain = -gain
		}
		out[i] = combine.Point{Gain: gain, Out: len(j.bundle(m).Unpriced) > 0}
		if j.Cost != nil {
			_, cost, _ := statistic.Tenths(statistic.Minus(levels[i][1], j.none[1]))
			out[i].Cost, out[i].Out = cost, out[i].Out || j.Budget != nil && cost > *j.Budget
		}
	}
	return out, nil
}

// AddBundles adds to a comparison the combinations of its set's interventions that are best for
// their cost in its main outcome. A set without a cost, or with fewer than two interventions, has
// none; nor has one whose run without new decisions breaks down, or whose method is adaptive: such
// runs share nothing, and would take many times as long as the comparison (weir bundles runs them).
// The error says why they cannot be run, or is the context's.
func AddBundles(ctx context.Context, c *Comparison, o Options) error {
	how, err := c.Program.Method(c.Set.Settings(nil))
	if err != nil || how.Adaptive() || c.Baseline == nil || c.Baseline.Result == nil || c.Baseline.Result.NonFinite != nil {
		return err
	}
	priced := slices.ContainsFunc(c.Set.Outcomes, func(o *Outcome) bool { return o.Cost })
	judged := slices.ContainsFunc(c.Set.Outcomes, func(o *Outcome) bool { return !o.Cost })
	if !priced || !judged || len(c.Set.Interventions) < 2 || len(c.Set.Interventions) > mostThings {
		return nil
	}
	o.Version = c.Version
	b, err := RunBundles(ctx, c.Set, BundleOptions{Options: o, Beside: true})
	if err == nil {
		c.Bundles = b
	}
	return err
}

// Chosen returns how the combinations of List were chosen, in sentences; "" if all of them ran.
func (b *Bundles) Chosen() string {
	t := b.Tried
	if t == nil {
		return ""
	}
	in := "one run each"
	if t.Futures > 0 {
		in = fmt.Sprintf("in %s futures", words.Grouped(float64(t.Futures)))
	}
	pairs, step := "", "one more or one less"
	if t.Thorough {
		pairs, step = "each pair, ", "one more, one less, or one in the place of another"
	}
	text := fmt.Sprintf("%s make %s combinations. %s of them were tried, %s: each alone, %sthe scenarios, and, "+
		"from those that are best for their cost on, each with %s", words.Count(len(b.Interventions), "intervention"),
		words.Grouped(t.Of), words.Grouped(float64(t.Combinations)), in, pairs, step)
	broken := ""
	if t.Broken > 0 {
		broken = fmt.Sprintf(" Left out %s %s that met a number which is not finite.", words.Verb(t.Broken, "is", "are"),
			words.Count(t.Broken, "combination"))
	}
	if t.Stopped {
		return text + ", until the bound on their number: better ones may be among the rest." + broken
	}
	return text + ", until that found nothing better. One that is several steps away may still be." + broken
}
