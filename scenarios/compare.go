package scenarios

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/sim"
)

const (
	baselineID    = "baseline"
	baselineLabel = "No new decisions"
)

// Options say how a set is compared. The zero value works.
type Options struct {
	Version string // of weir, for the record
	// Workers is how many runs go on at once; 0: one a processor. Results do not
	// depend on it.
	Workers int
	// Progress, if not nil, is called now and then with the share of the work done,
	// 0 to 1, never decreasing and never twice at once, from any goroutine.
	Progress func(done float64)
}

// Compare runs no new decisions and every scenario of a set that Load found free
// of errors, each of them also with half the step, and judges the differences.
// Assumptions of the set hold in every run. It returns an error if a run cannot be
// done at all, or the context's error if that is cancelled; a run that met NaN is
// no error, its result says so.
func Compare(ctx context.Context, set *Set, o Options) (*Comparison, error) {
	if set.Resolved == nil {
		return nil, errors.New("the set has mistakes; Load lists them")
	}
	program, err := sim.Compile(set.Resolved, varying(set.Assumptions, set.Model.Time.Start)...)
	if err != nil {
		return nil, err
	}
	runs := []*Run{{ID: baselineID, Label: baselineLabel}}
	for _, s := range set.Scenarios {
		runs = append(runs, &Run{ID: s.ID, Label: s.Label, Scenario: s})
	}
	central, rest := o, o
	if set.Uncertainty != nil {
		central, rest = o.share(0, centralShare), o.share(centralShare, 1)
	}
	if err = execute(ctx, program, set, runs, central); err != nil {
		return nil, err
	}
	if x := runs[0].Result.NonFinite; len(longest(runs)) == 0 && x != nil {
		return nil, fmt.Errorf("the model cannot start: %s is %v", x.Variable, x.Value)
	}
	c := &Comparison{
		Set: set, Program: program, Baseline: runs[0], Runs: runs[1:], Version: o.Version,
		Today: set.today(), Time: longest(runs), Levers: levers(set),
	}
	c.Horizon = c.Time[len(c.Time)-1]
	c.Years = years(c.Time[0], c.Horizon)
	if set.Uncertainty == nil {
		c.judge(nil)
		return c, nil
	}
	f, err := c.imagine(ctx, program, rest)
	if err != nil {
		return nil, err
	}
	c.judge(f)
	if err = f.band(ctx, c, o.Workers); err != nil {
		return nil, err
	}
	return c, nil
}

// centralShare is the share of the work that the central runs are, with futures: a guess.
const centralShare = 0.05

// share are the options with a progress that goes from one share of the work to another.
func (o Options) share(from, to float64) Options {
	if tell := o.Progress; tell != nil {
		o.Progress = func(done float64) { tell(from + float64((to-from)*done)) }
	}
	return o
}

// varying are the names of constants that a set's assumptions change during the run.
func varying(assumptions []model.Change, start float64) []string {
	names := map[string]bool{}
	for _, c := range assumptions {
		if !fromStart(c, start) {
			name, _, _ := element.Split(c.Variable)
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// fromStart reports whether a change holds from the start of the run to its end.
func fromStart(c model.Change, start float64) bool {
	return c.Start <= start && c.Over == 0 && c.Until == nil
}

// settings are those of one scenario; nil is no new decisions.
func settings(set *Set, s *Scenario) sim.Settings {
	out := sim.Settings{Set: map[string]float64{}}
	for _, c := range set.Assumptions {
		if fromStart(c, set.Model.Time.Start) && c.To != nil {
			out.Set[c.Variable] = *c.To
		} else {
			out.Changes = append(out.Changes, Dated(c))
		}
	}
	if s == nil {
		return out
	}
	for _, i := range s.Interventions {
		for _, c := range i.Changes {
			out.Changes = append(out.Changes, Dated(c))
		}
	}
	return out
}

// Dated is a change as a run takes it.
func Dated(c model.Change) sim.Change {
	out := sim.Change{Variable: c.Variable, Start: c.Start, Over: c.Over, Until: math.Inf(1)}
	switch {
	case c.To != nil:
		out.Kind, out.Amount = sim.To, *c.To
	case c.Add != nil:
		out.Kind, out.Amount = sim.Add, *c.Add
	case c.Times != nil:
		out.Kind, out.Amount = sim.Times, *c.Times
	}
	if c.Until != nil {
		out.Until = *c.Until
	}
	return out
}

// execute fills Result, Check and Halved of every run.
func execute(ctx context.Context, program *sim.Program, set *Set, runs []*Run, o Options) error {
	var jobs []job
	for _, r := range runs {
		s := settings(set, r.Scenario)
		jobs = append(jobs,
			job{what: r.Label, cost: 1, run: simulate(program.Run, s, &r.Result)},
			job{what: r.Label, cost: 2, run: simulate(program.RunHalved, s, &r.Check)})
	}
	if err := work(ctx, jobs, o); err != nil {
		return err
	}
	for _, r := range runs {
		r.Halved = sim.Compare(r.Result, r.Check)
	}
	return nil
}

// simulate is a job's work: one run, put where it belongs.
func simulate(run func(context.Context, sim.Settings) (*sim.Result, error), s sim.Settings, to **sim.Result) func(context.Context, func(float64)) error {
	return func(ctx context.Context, progress func(float64)) error {
		s.Progress = progress
		result, err := run(ctx, s)
		*to = result
		return err
	}
}

// longest are the saved times of the run that came furthest: all of them, unless
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

// years are start, the whole numbers between, and stop.
func years(start, stop float64) []float64 {
	list := []float64{start}
	for y := math.Floor(start) + 1; y < stop; y++ {
		list = append(list, y)
	}
	return append(list, stop)
}

// levers lists what each scenario changes.
func levers(set *Set) []Lever {
	var list []Lever
	for _, s := range set.Scenarios {
		for _, i := range s.Interventions {
			for _, c := range i.Changes {
				list = append(list, leversOf(set, s, i, c)...)
			}
		}
	}
	return list
}

// leversOf is one change: one lever, or one an element where the elements differ.
func leversOf(set *Set, s *Scenario, i *Intervention, c model.Change) []Lever {
	name, subscripts, _ := element.Split(c.Variable)
	v := set.variable(name)
	old, all, places := constants(v), element.All(v.Over), set.Resolved.Places(v, subscripts)
	if !slices.ContainsFunc(places, func(p int) bool { return old[p] != old[places[0]] }) {
		return []Lever{lever(set, s, i, c, v, subscripts, old[places[0]])}
	}
	var list []Lever
	for _, p := range places {
		list = append(list, lever(set, s, i, c, v, all[p], old[p]))
	}
	return list
}

func lever(set *Set, s *Scenario, i *Intervention, c model.Change, v *resolved.Variable, elements []string, old float64) Lever {
	owner := i.Owner
	if d := set.Model.Variable(v.Name); owner == "" && d != nil {
		owner = d.Owner
	}
	return Lever{
		Scenario: s, Intervention: i, Decision: element.Join(v.Name, elements), Label: withElements(v.Label, elements),
		Unit: set.plural(v.Unit), Owner: owner, Baseline: old, Value: amount(c, old),
		Start: c.Start, Over: c.Over, Until: c.Until, Cost: i.Cost,
	}
}

// variable is the declared variable of that name.
func (s *Set) variable(name string) *resolved.Variable {
	for _, v := range s.Resolved.Variables {
		if !v.Hidden && v.Name == name {
			return v
		}
	}
	panic(fmt.Sprintf("scenarios: the set was not checked: no variable %q", name))
}
