package scenarios

import (
	"context"
	"fmt"
	"math"
	"slices"

	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/statistic"
	"weir/sim"
)

// A bundleRun is bundles being computed. Levels are those of the outcomes at the horizon;
// for a cost, discounted sums.
type bundleRun struct {
	*Bundles
	frame   *Comparison // for its times and window
	program *sim.Program
	masks   []uint64
	central [][]float64   // by bundle and outcome
	future  [][][]float64 // by bundle, outcome and member; then by place in those that count
}

// RunBundles runs every combination of a set's interventions that Load found free of
// errors, against no new decisions, in the same futures. The error says why that cannot be
// done, or is the context's.
func RunBundles(ctx context.Context, set *Set, o BundleOptions) (*Bundles, error) {
	b, masks, err := newBundles(set, o)
	if err != nil {
		return nil, err
	}
	program, err := sim.Compile(set.Resolved, varying(set.Assumptions, set.Model.Time.Start)...)
	if err != nil {
		return nil, err
	}
	r := &bundleRun{Bundles: b, program: program, masks: masks, frame: &Comparison{Set: set, Today: set.today()}}
	central, rest := o.Options, o.Options
	if set.Uncertainty != nil {
		central, rest = o.share(0, centralShare), o.share(centralShare, 1)
	}
	if err := r.runCentral(ctx, central); err != nil {
		return nil, err
	}
	if set.Uncertainty != nil {
		if err := r.imagine(ctx, rest); err != nil {
			return nil, err
		}
		r.count()
	}
	r.state()
	return b, nil
}

// runCentral does one run a bundle.
func (r *bundleRun) runCentral(ctx context.Context, o Options) error {
	results := make([]*sim.Result, len(r.List))
	var jobs []job
	for i, b := range r.List {
		s := settings(r.Set, &Scenario{Interventions: b.Interventions})
		jobs = append(jobs, job{what: b.Name(), cost: 1, run: simulate(r.program.Run, s, &results[i])})
	}
	if err := work(ctx, jobs, o); err != nil {
		return err
	}
	for i, x := range results {
		if x.NonFinite != nil {
			return fmt.Errorf("%s: %s is %v at %v", r.List[i].Name(),
				x.NonFinite.Variable, x.NonFinite.Value, x.NonFinite.Time)
		}
	}
	r.frame.Time = results[0].Time
	r.frame.Horizon = r.frame.Time[len(r.frame.Time)-1]
	r.Horizon, r.Today = r.frame.Horizon, r.frame.Today
	for _, x := range results {
		var levels []float64
		for _, out := range r.Set.Outcomes {
			levels = append(levels, out.judged(curve.Curve{T: r.frame.Time, Y: x.Series(out.Variable)},
				r.frame.window()).Last())
		}
		r.central = append(r.central, levels)
	}
	return nil
}

// imagine runs each bundle in the first futures of [uncertainty].
func (r *bundleRun) imagine(ctx context.Context, o Options) error {
	u := *r.Set.Uncertainty
	if u.Method != "grid" { // a grid is whole or nothing
		u.Runs = min(u.Runs, BundleFutures)
	}
	sampler, err := u.Sampler()
	if err != nil {
		return err
	}
	f := &futures{sampler: sampler}
	for m := range u.Runs {
		f.members = append(f.members, m)
	}
	for i, b := range r.List {
		share := o.share(float64(i)/float64(len(r.List)), float64(i+1)/float64(len(r.List)))
		e, err := f.run(ctx, r.program, r.Set, &Scenario{Interventions: b.Interventions}, share)
		if err != nil {
			return fmt.Errorf("%s: %w", b.Name(), err)
		}
		var levels [][]float64
		for _, out := range r.Set.Outcomes {
			levels = append(levels, f.levels(r.frame, out, e, r.frame.window()))
		}
		r.future = append(r.future, levels)
	}
	return nil
}

// count leaves out the futures in which some bundle broke down: its numbers are NaN.
func (r *bundleRun) count() {
	n := len(r.future[0][0])
	bad := make([]bool, n)
	for _, bundle := range r.future {
		for _, levels := range bundle {
			for m, x := range levels {
				bad[m] = bad[m] || math.IsNaN(x) || math.IsInf(x, 0)
			}
		}
	}
	for _, bundle := range r.future {
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
	r.Futures = len(r.future[0][0])
	r.Excluded = n - r.Futures
}

// state fills in the numbers of each bundle and pair.
func (r *bundleRun) state() {
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
	r.frontier(slight*level, func(e Effect) float64 { return e.Median }, func(b *Bundle) *bool { return &b.Frontier })
	r.frontier(slight*level, func(e Effect) float64 { return e.Worst },
		func(b *Bundle) *bool { return &b.FrontierWorst })
}

// effect returns the effect of bundle i on an outcome.
func (r *bundleRun) effect(i, o int, out *Outcome) Effect {
	d := r.central[i][o] - r.central[0][o]
	e := Effect{Outcome: out, Central: d, Median: d, Worst: d, Range: [2]float64{d, d}}
	if r.Futures == 0 {
		return e
	}
	all := statistic.Minus(r.future[i][o], r.future[0][o])
	e.BetterIn, e.WorseIn = betterIn(all, r.future[0][o], out.Better == Higher)
	e.Range[0], e.Median, e.Range[1] = statistic.Tenths(all) // sorts
	if out.Better == Higher {
		e.Worst = statistic.Mean(all[:(len(all)+9)/10])
	} else {
		e.Worst = statistic.WorstTenth(all)
	}
	return e
}

// betterIn returns the shares of futures in which a difference goes one way and the other.
func betterIn(differences, levels []float64, higher bool) (better, worse float64) {
	for m, d := range differences {
		switch {
		case math.Abs(d) <= rounding*math.Abs(levels[m]):
		case d > 0 == higher:
			better++
		default:
			worse++
		}
	}
	n := float64(len(differences))
	return better / n, worse / n
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
	var list []*Bundle
	for _, x := range b.List {
		if x.Affordable && len(x.Unpriced) == 0 {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(list, func(x, y *Bundle) int {
		switch cx, cy := b.cost(x), b.cost(y); {
		case cx < cy:
			return -1
		case cx > cy:
			return 1
		case b.gain(x, number) > b.gain(y, number):
			return -1
		case b.gain(x, number) < b.gain(y, number):
			return 1
		}
		return 0
	})
	best := math.Inf(-1)
	for _, x := range list {
		if g := b.gain(x, number); g > best+least {
			best = g
			*mark(x) = true
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
			if pair, ok := at[1<<i|1<<j]; ok {
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
		least := rounding * math.Abs(r.future[0][o][m])
		if all[m] > least {
			s.Above += 1 / float64(r.Futures)
		} else if all[m] < -least {
			s.Below += 1 / float64(r.Futures)
		}
	}
	s.Range[0], s.Median, s.Range[1] = statistic.Tenths(all)
	return s
}

// Name returns the labels of a bundle's interventions: "Coaching + Shared co-op".
func (b *Bundle) Name() string {
	if len(b.Interventions) == 0 {
		return baselineLabel
	}
	return jointLabel(&Scenario{Interventions: b.Interventions})
}
