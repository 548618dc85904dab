package scenarios

import (
	"context"
	"fmt"
	"math"
	"slices"

	"weir/scenarios/internal/combine"
	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/statistic"
	"weir/scenarios/plan"
	"weir/sim"
)

// A bundleRun is bundles being computed. Levels are the measures of the outcomes; for a
// cost, sums.
type bundleRun struct {
	*Bundles
	frame   *Comparison // for its times and window
	program *sim.Program
	masks   []uint64
	central [][]float64 // by bundle and outcome
	noise   [][]float64 // the same
	sums    [][]*Discounted
	future  [][][]float64 // by bundle, outcome and member; then by place in those that count
	present [][][]float64 // of costs with a discount, nil of other outcomes: their discounted sums
	size    int           // futures that were run
	bad     [][]int       // by bundle: the members that broke down
}

// RunBundles runs every combination of a set's interventions that Load found free of
// errors, against no new decisions, in the same futures. The error says why that cannot be
// done, or is the context's.
func RunBundles(ctx context.Context, set *Set, o BundleOptions) (*Bundles, error) {
	b, space, err := newBundles(set, o)
	if err != nil {
		return nil, err
	}
	program, err := set.Compile()
	if err != nil {
		return nil, err
	}
	r := &bundleRun{Bundles: b, program: program, frame: &Comparison{Set: set, Today: set.Today()}}
	if o.Divide != nil {
		return r.divided(ctx, space, o)
	}
	if o.Beside || space.Size() > MaxBundles {
		search := o.Options.Part(0, searchShare)
		o.Options = o.Options.Part(searchShare, 1)
		if err := r.search(ctx, space, o.Beside, search); err != nil {
			return nil, err
		}
	} else {
		r.masks, b.LeftOut = space.All()
	}
	b.choose(r.masks)
	most := 0 // futures: all
	if o.Beside {
		most = futuresBeside
	}
	if err := r.runAll(ctx, most, o.Options); err != nil {
		return nil, err
	}
	r.state()
	return b, nil
}

// runAll runs each bundle with every constant at its own value, then in the futures, at most so many;
// 0: all.
func (r *bundleRun) runAll(ctx context.Context, most int, o Options) error {
	central, rest := o, o
	if r.Set.Uncertainty != nil {
		central, rest = o.Part(0, centralShare), o.Part(centralShare, 1)
	}
	if err := r.runCentral(ctx, central); err != nil || r.Set.Uncertainty == nil {
		return err
	}
	return r.imagine(ctx, most, rest)
}

// searchShare is the part of the work that choosing takes, about.
const searchShare = 0.3

// runCentral does one run for each bundle, and one with half the step.
func (r *bundleRun) runCentral(ctx context.Context, o Options) error {
	results, halved := make([]*sim.Result, len(r.List)), make([]*sim.Result, len(r.List))
	var jobs []job
	for i, b := range r.List {
		s := r.Set.Settings(&Scenario{Interventions: b.Interventions})
		jobs = append(jobs,
			job{what: b.Name(), cost: 1, run: simulate(r.program.Run, s, &results[i])},
			job{what: b.Name(), cost: 2, run: simulate(r.program.RunHalved, s, &halved[i])})
	}
	if err := work(ctx, jobs, o); err != nil {
		return err
	}
	for i := len(results) - 1; i >= 0; i-- {
		x := results[i]
		if x.NonFinite == nil {
			continue
		}
		if r.Tried == nil || i == 0 {
			return fmt.Errorf("%s: %s is %v at %v", r.List[i].Name(),
				x.NonFinite.Variable, x.NonFinite.Value, x.NonFinite.Time)
		}
		// One of those that a search chose: the others stand without it.
		r.Tried.Broken++
		r.List, r.masks = slices.Delete(r.List, i, i+1), slices.Delete(r.masks, i, i+1)
		results, halved = slices.Delete(results, i, i+1), slices.Delete(halved, i, i+1)
	}
	r.frame.Time = results[0].Time
	r.frame.Horizon = r.frame.Time[len(r.frame.Time)-1]
	r.Horizon, r.Today = r.frame.Horizon, r.frame.Today
	for i, x := range results {
		r.measure(results[0], halved[0], x, halved[i])
	}
	return nil
}

// measure adds the levels and the noise of a bundle's central run.
func (r *bundleRun) measure(base, baseHalved, x, halved *sim.Result) {
	var levels, noise []float64
	var sums []*Discounted
	w := r.frame.window()
	for _, out := range r.Set.Outcomes {
		c := Contrast{
			Time:     r.frame.Time,
			Baseline: r.frame.series(base, out.Variable), BaselineHalved: r.frame.series(baseHalved, out.Variable),
			Value: r.frame.series(x, out.Variable), ValueHalved: r.frame.series(halved, out.Variable),
		}
		first, second := c.curves(out, w)
		levels = append(levels, numbersOf(out, first, second).Value)
		noise = append(noise, c.noise(out, w))
		var sum *Discounted
		if out.Cost && out.Discount != 0 {
			sum = c.discounted(out, w)
		}
		sums = append(sums, sum)
	}
	r.central, r.noise, r.sums = append(r.central, levels), append(r.noise, noise), append(r.sums, sums)
}

// imagine runs each bundle in the futures of [uncertainty], at most so many; 0: all.
func (r *bundleRun) imagine(ctx context.Context, most int, o Options) error {
	f, size, err := r.few(most)
	if err != nil {
		return err
	}
	for m := range size {
		f.members = append(f.members, m)
	}
	r.size = size
	done := 0
	for some := range slices.Chunk(r.List, together) {
		var scenarios []*Scenario
		for _, b := range some {
			scenarios = append(scenarios, &Scenario{Interventions: b.Interventions})
		}
		n := float64(len(r.List))
		runs, err := f.runner.Run(ctx, scenarios, r.Set.Columns(), o.Part(float64(done)/n, float64(done+len(some))/n))
		if err != nil {
			return err
		}
		for _, e := range runs {
			r.take(f, e)
		}
		done += len(some)
	}
	return nil
}

// together is how many bundles run as branches of one ensemble: the more, the more of the years
// before they begin are run once, and the more results are in memory at a time.
const together = 16

// take adds the levels of a bundle in every future.
func (r *bundleRun) take(f *futures, e *sim.EnsembleResult) {
	var bad []int
	for _, x := range e.NonFinite {
		bad = append(bad, x.Member)
	}
	r.bad = append(r.bad, bad)
	w := r.frame.window()
	levels, present := make([][]float64, len(r.Set.Outcomes)), make([][]float64, len(r.Set.Outcomes))
	for k, out := range r.Set.Outcomes {
		levels[k] = f.levels(r.frame, out, e, w)
		if out.Cost && out.Discount != 0 {
			present[k] = f.each(r.frame, out, e, func(c curve.Curve) float64 { return out.PresentValue(c, w) })
		}
	}
	r.future, r.present = append(r.future, levels), append(r.present, present)
}

// count leaves out the futures in which some bundle broke down.
func (r *bundleRun) count() {
	bad := make([]bool, r.size)
	for _, members := range r.bad {
		for _, m := range members {
			bad[m] = true
		}
	}
	for _, all := range [][][][]float64{r.future, r.present} {
		for _, bundle := range all {
			for o, levels := range bundle {
				kept := levels[:0]
				for m, x := range levels {
					if !bad[m] {
						kept = append(kept, x)
					}
				}
				bundle[o] = kept
			}
		}
	}
	r.Futures = len(r.future[0][0])
	r.Excluded = r.size - r.Futures
}

// state fills in the numbers of each bundle and pair, once all have run.
func (r *bundleRun) state() {
	if r.size > 0 {
		r.count()
	}
	for i, b := range r.List {
		for o, out := range r.Set.Outcomes {
			b.Effects = append(b.Effects, r.effect(i, o, out))
		}
		b.Affordable = r.Budget == nil || len(b.Unpriced) == 0 && r.cost(b) <= *r.Budget
	}
	r.synergies()
	if r.Cost == nil {
		return
	}
	level := math.Abs(r.central[0][r.index(r.Outcome)])
	r.frontier(SlightShare*level, func(e Effect) float64 { return e.Median }, func(b *Bundle) *bool { return &b.Frontier })
	r.frontier(SlightShare*level, func(e Effect) float64 { return e.Worst },
		func(b *Bundle) *bool { return &b.FrontierWorst })
}

// effect returns the effect of bundle i on an outcome.
func (r *bundleRun) effect(i, o int, out *Outcome) Effect {
	d := r.central[i][o] - r.central[0][o]
	e := Effect{Outcome: out, Central: d, Median: d, Worst: d, Range: [2]float64{d, d}, Noise: r.noise[i][o], None: d == 0,
		Discounted: r.sums[i][o]}
	if r.Futures == 0 {
		return e
	}
	all := statistic.Minus(r.future[i][o], r.future[0][o])
	e.BetterIn, e.WorseIn = shares(all, e.Noise, out.Better == Higher)
	e.None = e.None && !slices.ContainsFunc(all, func(x float64) bool { return x != 0 })
	e.Range[0], e.Median, e.Range[1] = statistic.Tenths(all) // sorts
	if out.Better == Higher {
		e.Worst = statistic.Mean(all[:(len(all)+9)/10])
	} else {
		e.Worst = statistic.WorstTenth(all)
	}
	if e.Discounted != nil {
		e.Discounted.over(r.present[0][o], r.present[i][o])
	}
	return e
}

// index returns the position of an outcome in the set.
func (b *Bundles) index(o *Outcome) int { return slices.Index(b.Set.Outcomes, o) }

// cost returns a bundle's median cost.
func (b *Bundles) cost(x *Bundle) float64 { return x.Effects[b.index(b.Cost)].Median }

// gain returns a number of a bundle's effect on the outcome, above 0 for the better.
func (b *Bundles) gain(x *Bundle, number func(Effect) float64) float64 {
	g := number(x.Effects[b.index(b.Outcome)])
	if b.Outcome.Better == Lower {
		g = -g
	}
	return g
}

// frontier marks the bundles that no other of the same cost or less beats by more than
// least. Of two that cost and gain the same the smaller bundle stands.
func (b *Bundles) frontier(least float64, number func(Effect) float64, mark func(*Bundle) *bool) {
	points := make([]combine.Point, len(b.List))
	for i, x := range b.List {
		points[i] = combine.Point{Cost: b.cost(x), Gain: b.gain(x, number), Out: !x.Affordable || len(x.Unpriced) > 0}
	}
	for i, on := range combine.Front(points, least) {
		if on {
			*mark(b.List[i]) = true
		}
	}
}

// synergies compares pairs with their parts.
func (r *bundleRun) synergies() {
	at := map[uint64]int{}
	for i, m := range r.masks {
		at[m] = i
	}
	o := r.index(r.Outcome)
	for j, b := range r.Interventions {
		for i, a := range r.Interventions[:j] {
			pair, ok := at[1<<i|1<<j]
			_, first := at[1<<i]
			_, second := at[1<<j]
			if ok && first && second {
				s := r.synergy(pair, at[1<<i], at[1<<j], o)
				s.A, s.B = a, b
				r.Synergies = append(r.Synergies, s)
			}
		}
	}
}

// synergy returns pair - a - b; with levels, pair - a - b + none.
func (r *bundleRun) synergy(pair, a, b, o int) Synergy {
	beyond := func(level func(bundle int) float64) float64 {
		return (level(pair) - level(0)) - (level(a) - level(0)) - (level(b) - level(0))
	}
	s := Synergy{Central: beyond(func(i int) float64 { return r.central[i][o] })}
	s.Median, s.Range = s.Central, [2]float64{s.Central, s.Central}
	if r.Futures == 0 {
		return s
	}
	all := make([]float64, r.Futures)
	for m := range all {
		all[m] = beyond(func(i int) float64 { return r.future[i][o][m] })
	}
	s.Above, s.Below = shares(all, r.noise[pair][o]+r.noise[a][o]+r.noise[b][o], true)
	s.Range[0], s.Median, s.Range[1] = statistic.Tenths(all)
	return s
}

// Name returns the labels of a bundle's interventions: "Coaching + Shared co-op".
func (b *Bundle) Name() string {
	if len(b.Interventions) == 0 {
		return plan.BaselineLabel
	}
	return plan.JointLabel(&Scenario{Interventions: b.Interventions})
}
