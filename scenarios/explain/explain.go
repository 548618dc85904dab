// Package explain says why scenarios differ from no new decisions: which decision did it,
// through which variables, and which feedback loop strengthened or resisted it. Each answer
// is computed from runs in which something is switched off, and its parts add up to the
// difference that the verdict states.
//
//   - By decision: the scenario with some of its interventions only, for all of their
//     combinations; a part is a Shapley value.
//   - By channel: the scenario with some channels held, whose readers see what they saw with
//     no new decisions, at each time of the same future, while the channel itself goes on.
//     Again all combinations, and Shapley values; what is left with all held is direct.
//   - By loop: the scenario with one link of the loop cut in the same way.
//
// All of them are copies beside a base run in one model (package sim/twin), and run in lanes.
package explain

import (
	"context"
	"slices"

	"weir/scenarios"
	"weir/scenarios/explain/channel"
	"weir/scenarios/explain/say"
	"weir/scenarios/explain/shapley"
)

// Options say how much is explained. The zero value explains every scenario in the set's first
// outcome that is not a cost.
type Options struct {
	Outcomes  []*scenarios.Outcome
	Scenarios []*scenarios.Scenario
	// Futures is in how many of the set's futures at most; 0: DefaultFutures.
	Futures int
	// Exact is up to how many players all combinations are run; 0: shapley.MaxExact. Beyond it
	// Orders pairs of orders are drawn; 0: DefaultOrders.
	Exact, Orders int
	// Runs bounds how many runs are made; 0: MaxRuns. Fewer futures are taken to keep it, but
	// not fewer than LeastFutures.
	Runs int
	// Loops is how many feedback loops are cut if the model names none.
	Loops int
	// Effort bounds the work of an adaptive method: runs times evaluations times variables; 0: no
	// bound.
	Effort float64
	// ByChange makes each change of a decision a part of its own, not each intervention.
	ByChange bool
	Workers  int
	Progress func(done float64)

	apart bool // for tests: every run from its start
}

// Bounds of the work.
const (
	DefaultFutures = 40
	FewFutures     = 10 // at most, beside a comparison
	LeastFutures   = 5
	DefaultOrders  = 16
	DefaultLoops   = 40 // that are cut to find the few that matter, where the model names none
	MaxRuns        = 60_000
)

// seed draws the orders of players where there are too many to try all. It never changes, so
// that an explanation repeats.
const seed = 1953

// Add explains scenarios of a comparison and adds the explanations to c.Why, in the order of
// the set's scenarios and outcomes. The error says why that cannot be done; it is the
// context's if that ended.
func Add(ctx context.Context, c *scenarios.Comparison, o Options) error {
	_, err := explainAll(ctx, c, o)
	return err
}

// explainAll is Add, and returns the runs that were made.
func explainAll(ctx context.Context, c *scenarios.Comparison, o Options) (*work, error) {
	o.fill(c)
	var subjects []*subject
	web := channel.New(c.Set.Resolved)
	for _, s := range c.Set.Scenarios {
		for _, out := range c.Set.Outcomes {
			if slices.Contains(o.Scenarios, s) && slices.Contains(o.Outcomes, out) {
				subjects = append(subjects, newSubject(c, web, s, out, o))
			}
		}
	}
	w := newWork(c, o)
	var names []string
	for _, s := range subjects {
		names = append(names, s.begin(w)...)
	}
	slices.Sort(names)
	if err := w.look(ctx, slices.Compact(names)); err != nil {
		return nil, err
	}
	for _, s := range subjects {
		s.ask(w)
	}
	if err := w.run(ctx); err != nil {
		return nil, err
	}
	teller := say.New(c)
	for _, s := range subjects {
		e := s.explain(w)
		e.Sentences = teller.Sentences(e)
		c.Why = append(c.Why, e)
	}
	return w, nil
}

// fill replaces zero values.
func (o *Options) fill(c *scenarios.Comparison) {
	or := func(x *int, value int) {
		if *x <= 0 {
			*x = value
		}
	}
	or(&o.Futures, DefaultFutures)
	or(&o.Exact, shapley.MaxExact)
	or(&o.Orders, DefaultOrders)
	or(&o.Runs, MaxRuns)
	if o.Scenarios == nil {
		o.Scenarios = c.Set.Scenarios
	}
	if o.Outcomes == nil {
		o.Outcomes = []*scenarios.Outcome{Main(c.Set)}
	}
}

// Beside returns the options of an explanation that goes with every comparison: so few runs that
// it adds about a quarter to the work of the comparison.
func Beside(c *scenarios.Comparison) Options {
	runs := 1
	if c.Uncertainty != nil {
		runs = c.Uncertainty.Runs
	}
	return Options{Exact: 4, Orders: 2, Futures: FewFutures, Effort: 4e8,
		Runs: runs * (len(c.Runs) + 1) / 12}
}

// Main returns the outcome that is explained if none is named: the first that is not a cost.
func Main(set *scenarios.Set) *scenarios.Outcome {
	for _, o := range set.Outcomes {
		if !o.Cost {
			return o
		}
	}
	return set.Outcomes[0]
}
