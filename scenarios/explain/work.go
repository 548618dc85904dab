package explain

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/internal/element"
	"weir/scenarios/words"
	"weir/sim"
	"weir/sim/twin"
)

// copies is how many scenario runs share one base run. With more the base costs less, but
// the numbers of a batch no longer fit the processor's cache.
const copies = 3

// A work is all runs that explanations need, each asked for once and made once.
type work struct {
	c         *scenarios.Comparison
	o         Options
	decisions []*changed
	holds     []twin.Hold
	keptHold  map[string]int
	tasks     []task
	keptTask  map[string]int
	cuts      []int // tasks in which a loop is cut
	whole     []int // tasks of which the channels' own values are wanted

	futures []int // members of the set's futures; one of -1 for the central run
	seen    []int // by place in futures: the place in moves
	results results
	known   map[measuredKey]measured
	moves   results // of the variables of channels
	broken  results // of the tasks in which a loop is cut
}

// A changed is a decision with the changes that its variants have.
type changed struct {
	variable *resolved.Variable
	variants [][]sim.Change
	known    map[string]int
}

// A task is one run: decisions that are not at their base values, and what is held.
type task struct {
	which map[int]int // by place in work.decisions: the variant, from 1
	held  []int       // places in work.holds, ascending
}

// base stands for the run without any change, which needs no task.
const base = -1

// newWork returns the work of explaining a comparison: the central run first, then the futures
// that are asked for.
func newWork(c *scenarios.Comparison, o Options) *work {
	w := &work{c: c, o: o, keptHold: map[string]int{}, keptTask: map[string]int{}, futures: []int{-1},
		known: map[measuredKey]measured{}}
	if u := c.Uncertainty; u != nil && u.Counted > 0 {
		w.futures = u.Evenly(u.Counted)
	}
	w.seen = make([]int, len(w.futures))
	return w
}

// hold returns the place of a hold, which is added if it is new.
func (w *work) hold(h twin.Hold) int {
	var key strings.Builder
	for _, v := range h.Of {
		fmt.Fprint(&key, v.ID, " ")
	}
	for _, v := range h.In {
		fmt.Fprint(&key, "> ", v.ID)
	}
	if at, ok := w.keptHold[key.String()]; ok {
		return at
	}
	w.keptHold[key.String()] = len(w.holds)
	w.holds = append(w.holds, h)
	return len(w.holds) - 1
}

// task returns the place of a run with some changes, in the order in which they apply, and
// holds.
func (w *work) task(changes []sim.Change, held []int) int {
	if len(changes) == 0 {
		return base
	}
	t := task{which: map[int]int{}, held: slices.Clone(held)}
	slices.Sort(t.held)
	byDecision := map[string][]sim.Change{}
	var names []string
	for _, c := range changes {
		name, _, _ := element.Split(c.Variable)
		if byDecision[name] == nil {
			names = append(names, name)
		}
		byDecision[name] = append(byDecision[name], c)
	}
	slices.Sort(names)
	var key strings.Builder
	for _, name := range names {
		d, variant := w.variant(name, byDecision[name])
		t.which[d] = variant
		fmt.Fprint(&key, d, "=", variant, " ")
	}
	fmt.Fprint(&key, t.held)
	if at, ok := w.keptTask[key.String()]; ok {
		return at
	}
	w.keptTask[key.String()] = len(w.tasks)
	w.tasks = append(w.tasks, t)
	return len(w.tasks) - 1
}

// variant returns the place of a decision and the number of its variant with some changes.
func (w *work) variant(name string, changes []sim.Change) (decision, variant int) {
	decision = slices.IndexFunc(w.decisions, func(d *changed) bool { return d.variable.Name == name })
	if decision < 0 {
		decision = len(w.decisions)
		w.decisions = append(w.decisions,
			&changed{variable: element.Variable(w.c.Set.Resolved, name), known: map[string]int{}})
	}
	d := w.decisions[decision]
	key := fmt.Sprint(changes)
	if d.known[key] == 0 {
		d.variants = append(d.variants, changes)
		d.known[key] = len(d.variants)
	}
	return decision, d.known[key]
}

// look makes the runs of whole scenarios, with the values of variables.
func (w *work) look(ctx context.Context, names []string) error {
	w.thin(w.o.Futures)
	for i := range w.futures {
		w.seen[i] = i
	}
	if len(w.whole) == 0 || len(names) == 0 {
		return ctx.Err()
	}
	var err error
	w.moves, err = w.execute(ctx, copies, w.whole, names, nil)
	return err
}

// run makes all runs.
func (w *work) run(ctx context.Context) error {
	if len(w.tasks) == 0 {
		return ctx.Err()
	}
	w.thin(min(w.o.Runs, maxNumbers/max(1, len(w.c.Time)*2*len(w.o.Outcomes))) / len(w.tasks))
	if err := w.affordable(); err != nil {
		return err
	}
	var keep []string
	for _, o := range w.o.Outcomes {
		keep = append(keep, o.Variable)
	}
	// A run without a loop may break down, and takes the other copies of its batch with it.
	rest := make([]int, 0, len(w.tasks))
	for i := range w.tasks {
		if !slices.Contains(w.cuts, i) {
			rest = append(rest, i)
		}
	}
	var err error
	w.results, err = w.execute(ctx, copies, rest, keep, w.o.Progress)
	if err != nil && ctx.Err() == nil { // perhaps too large a model to have so many copies
		w.results, err = w.execute(ctx, 1, rest, keep, w.o.Progress)
	}
	if err == nil {
		w.broken, err = w.execute(ctx, 1, w.cuts, keep, nil)
	}
	return err
}

// maxNumbers bounds how many numbers of outcomes are kept: half a gigabyte of them.
const maxNumbers = 1 << 26

// affordable refuses runs by an adaptive method, which takes each alone, if they are more work than
// the options allow.
func (w *work) affordable() error {
	m, err := w.c.Program.Method(w.c.Set.Settings(nil))
	if err != nil || !m.Adaptive() || w.o.Effort == 0 {
		return err
	}
	runs := len(w.tasks) * len(w.futures)
	base := w.c.Baseline.Result
	if float64(runs)*float64(base.Evaluations)*float64(len(base.Columns)) > w.o.Effort {
		return fmt.Errorf("it takes %s by %s: weir explain makes them", words.Count(runs, "run"), m.Name)
	}
	return nil
}

// thin takes no more than so many futures, but not fewer than LeastFutures: of as many groups
// of equal size, in their order, the middle one.
func (w *work) thin(most int) {
	n := max(LeastFutures, min(most, w.o.Futures))
	if n >= len(w.futures) {
		return
	}
	var futures, seen []int
	for k := range n {
		at := (2*k + 1) * len(w.futures) / (2 * n)
		futures, seen = append(futures, w.futures[at]), append(seen, w.seen[at])
	}
	w.futures, w.seen = futures, seen
}

// compile makes the program of the base and its copies over a model, which is the set's or one with
// the same names.
func (w *work) compile(r *resolved.Model, keep []string, copies int) (*sim.Program, *resolved.Model, error) {
	own := map[string]*resolved.Variable{}
	for _, v := range r.Variables {
		if !v.Hidden {
			own[v.Name] = v
		}
	}
	these := func(list []*resolved.Variable) []*resolved.Variable {
		var out []*resolved.Variable
		for _, v := range list {
			out = append(out, own[v.Name])
		}
		return out
	}
	plan := twin.Plan{Model: r, Copies: copies}
	for _, h := range w.holds {
		plan.Holds = append(plan.Holds, twin.Hold{Of: these(h.Of), In: these(h.In)})
	}
	for _, d := range w.decisions {
		plan.Decisions = append(plan.Decisions,
			twin.Decision{Variable: own[d.variable.Name], Variants: len(d.variants)})
	}
	for _, name := range keep {
		name, _, _ = element.Split(name)
		plan.Keep = append(plan.Keep, own[name])
	}
	made := twin.Make(plan)
	program, err := sim.Compile(made, slices.Concat(w.c.Set.Varying(), w.switches(copies))...)
	return program, made, err
}

// A strand is the futures that run one model, by their places in work.futures.
type strand struct {
	model   *resolved.Model
	futures []int
}

// strands parts the futures by the models that they run.
func (w *work) strands() ([]strand, error) {
	var list []strand
	at := map[string]int{}
	for i, member := range w.futures {
		key := ""
		if member >= 0 {
			key = w.c.ModelKey(member)
		}
		k, known := at[key]
		if !known {
			x := strand{model: w.c.Set.Resolved}
			if key != "" {
				var err error
				if x.model, err = w.c.ModelIn(member); err != nil {
					return nil, err
				}
			}
			k = len(list)
			at[key], list = k, append(list, x)
		}
		list[k].futures = append(list[k].futures, i)
	}
	return list, nil
}

// settings returns those of all runs, in which each variant of a decision has its changes.
func (w *work) settings() sim.Settings {
	s := w.c.Set.Settings(nil)
	for _, d := range w.decisions {
		for n, changes := range d.variants {
			for _, c := range changes {
				c.Variable = twin.Variant(c.Variable, n+1)
				s.Changes = append(s.Changes, c)
			}
		}
	}
	return s
}

// switches returns the names of the constants that steer copies.
func (w *work) switches(copies int) []string {
	var names []string
	for k := range copies {
		for _, d := range w.decisions {
			names = append(names, twin.Which(d.variable.Name, k+1))
		}
		for i := range w.holds {
			names = append(names, twin.Held(i, k+1))
		}
	}
	return names
}

// set steers the copies of one batch. A copy without a task is as the base.
func (w *work) set(to []float64, tasks []int, batch, copies int) {
	clear(to)
	width := len(w.decisions) + len(w.holds)
	for k := range copies {
		at := batch*copies + k
		if at >= len(tasks) {
			return
		}
		t := w.tasks[tasks[at]]
		for d, variant := range t.which {
			to[k*width+d] = float64(variant)
		}
		for _, h := range t.held {
			to[k*width+len(w.decisions)+h] = 1
		}
	}
}

// A measuredKey is an outcome in a task and a future, by their places.
type measuredKey struct {
	outcome      *scenarios.Outcome
	task, future int
}

// A measured is an outcome's course and its measure.
type measured struct {
	course []float64
	number float64
}

// outcome returns an outcome's course and its measure in a task; NaN if the run broke down.
func (w *work) outcome(o *scenarios.Outcome, task, future int) (course []float64, number float64) {
	key := measuredKey{o, task, future}
	m, ok := w.known[key]
	if !ok {
		r := &w.results
		if _, cut := w.broken.place[task]; cut {
			r = &w.broken
		}
		y := r.series(o.Variable, task, future)
		y = y[:min(len(y), len(w.c.Time))]
		_, m.course = w.c.Course(o, y)
		m.number = w.c.Measured(o, y)
		w.known[key] = m
	}
	return m.course, m.number
}

// moved reports whether a task changes a variable at any saved time of any future. A run that
// broke down counts as changed.
func (w *work) moved(v *resolved.Variable, task int) bool {
	for f := range w.futures {
		for _, name := range columns(v) {
			if !slices.Equal(w.moves.series(name, task, f), w.moves.series(name, base, f)) {
				return true
			}
		}
	}
	return false
}
