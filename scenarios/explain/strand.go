package explain

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"

	"weir/scenarios/internal/element"
	"weir/sim"
	"weir/sim/twin"
)

// results are the columns of some tasks.
type results struct {
	strands []strandRuns
	strand  []int       // by place of a future: its strand
	within  []int       // by place of a future: its place in the strand
	place   map[int]int // by task: its place among those that were run
	copies  int
	batches int // of copies, for one future
	shared  map[string]bool
}

// strandRuns are the runs of one strand: one ensemble with all batches of a future next to each other,
// or an ensemble of the futures for each batch.
type strandRuns []*sim.EnsembleResult

// series returns a column of a batch in the future at a place of the strand. It is a view.
func (s strandRuns) series(column string, future, batch, batches int) []float64 {
	if len(s) == 1 {
		return s[0].Series(column, future*batches+batch)
	}
	return s[batch].Series(column, future)
}

// series returns a column of a task in a future, by their places.
func (r *results) series(column string, task, future int) []float64 {
	runs, within := r.strands[r.strand[future]], r.within[future]
	if task == base || r.shared[column] {
		return runs.series(column, within, 0, r.batches)
	}
	at := r.place[task]
	return runs.series(twin.Copy(column, at%r.copies+1), within, at/r.copies, r.batches)
}

// execute runs some tasks in all futures, up to so many of them as copies beside one base.
func (w *work) execute(ctx context.Context, copies int, tasks []int, keep []string,
	progress func(float64)) (results, error) {
	r := results{place: map[int]int{}, copies: min(copies, len(tasks)), shared: map[string]bool{}}
	for i, t := range tasks {
		r.place[t] = i
	}
	if len(keep) == 0 || len(tasks) == 0 {
		return r, nil
	}
	r.batches = (len(tasks) + r.copies - 1) / r.copies
	strands, err := w.strands()
	if err != nil {
		return r, err
	}
	r.strand, r.within = make([]int, len(w.futures)), make([]int, len(w.futures))
	done := 0.0
	for k, x := range strands {
		for i, f := range x.futures {
			r.strand[f], r.within[f] = k, i
		}
		share := float64(len(x.futures)) / float64(len(w.futures))
		from := done
		e, err := w.runStrand(ctx, &r, x, tasks, keep, func(done float64) {
			if progress != nil {
				progress(from + share*done)
			}
		})
		if err != nil {
			return r, err
		}
		r.strands = append(r.strands, e)
		done += share
	}
	return r, nil
}

// runStrand runs tasks in the futures of one strand.
func (w *work) runStrand(ctx context.Context, r *results, x strand, tasks []int, keep []string,
	progress func(float64)) (strandRuns, error) {
	p, made, err := w.compile(x.model, keep, r.copies)
	if err != nil {
		return nil, err
	}
	s := sim.EnsembleSettings{Settings: w.settings(), Workers: w.o.Workers}
	if u := w.c.Uncertainty; w.futures[0] >= 0 {
		s.Vary, s.Seed = slices.Clone(u.Vary), u.Seed
	}
	for _, name := range keep {
		s.Keep = append(s.Keep, name)
		bare, _, _ := element.Split(name)
		if r.shared[name] = element.Variable(made, twin.Copy(bare, 1)) == nil; r.shared[name] {
			continue
		}
		for k := range r.copies {
			s.Keep = append(s.Keep, twin.Copy(name, k+1))
		}
	}
	if lists := w.dated(p, s, r, x, tasks); lists != nil {
		return w.runBranches(ctx, p, s, x, lists, progress)
	}
	known := len(s.Vary)
	s.Vary = append(s.Vary, w.switches(r.copies)...)
	s.Runs = r.batches * len(x.futures)
	member := func(place int) int { return w.futures[x.futures[place/r.batches]] }
	s.Values = func(place int, to []float64) {
		if known > 0 {
			w.c.Uncertainty.Values(member(place), to[:known])
		}
		w.set(to[known:], tasks, place%r.batches, r.copies)
	}
	s.DrawAs = func(place int) uint64 { return uint64(max(0, member(place))) }
	s.Progress = func(p sim.Progress) { progress(p.Share) }
	e, err := p.Ensemble(ctx, s)
	return strandRuns{e}, err
}

// branchFutures is from how many futures on they fill the lanes of a batch by themselves. A batch of
// fewer costs more than the years before the decisions do.
const branchFutures = 16

// dated returns, by batch, changes that set its switches shortly before the first decision of its
// tasks, when a copy has the base's numbers whether it is steered or not. So the years before are run
// once for all batches. It returns nil if that saves nothing, or could change a number: where a decision
// has another value than its variants from the start.
func (w *work) dated(p *sim.Program, s sim.EnsembleSettings, r *results, x strand, tasks []int) [][]sim.Change {
	m, err := p.Method(s.Settings)
	if w.o.apart || err != nil || m.Adaptive() || len(x.futures) < branchFutures || r.batches < 2 || w.valued(s) {
		return nil
	}
	time, names := x.model.Time, w.switches(r.copies)
	step := time.Step
	if s.Step != nil {
		step = *s.Step
	}
	values := make([]float64, len(names))
	lists := make([][]sim.Change, r.batches)
	for batch := range lists {
		start := math.Inf(1)
		for _, t := range tasks[batch*r.copies : min(len(tasks), (batch+1)*r.copies)] {
			start = min(start, w.begins(w.tasks[t]))
		}
		if start -= 2 * step; !(start > time.Start+step) {
			return nil
		}
		w.set(values, tasks, batch, r.copies)
		for i, name := range names {
			if values[i] != 0 {
				lists[batch] = append(lists[batch], sim.Change{Variable: name, Kind: sim.To, Amount: values[i],
					Start: start, Until: math.Inf(1)})
			}
		}
	}
	return lists
}

// begins returns the date of a task's first change.
func (w *work) begins(t task) float64 {
	first := math.Inf(1)
	for d, variant := range t.which {
		for _, c := range w.decisions[d].variants[variant-1] {
			first = min(first, c.Start)
		}
	}
	return first
}

// valued reports whether settings give a decision a value that its variants do not get.
func (w *work) valued(s sim.EnsembleSettings) bool {
	is := func(name string) bool {
		name, _, _ = element.Split(name)
		return slices.ContainsFunc(w.decisions, func(d *changed) bool { return d.variable.Name == name })
	}
	for name := range s.Set {
		if is(name) {
			return true
		}
	}
	return slices.ContainsFunc(s.Vary, is) ||
		slices.ContainsFunc(s.Changes, func(c sim.Change) bool { return is(c.Variable) })
}

// runBranches runs the batches as branches of one run that has no decision. Workers part the batches,
// not the futures, so that the lanes of each are full; each runs the years before once.
func (w *work) runBranches(ctx context.Context, p *sim.Program, s sim.EnsembleSettings, x strand,
	lists [][]sim.Change, progress func(float64)) (strandRuns, error) {
	member := func(place int) int { return w.futures[x.futures[place]] }
	s.Runs = len(x.futures)
	if len(s.Vary) > 0 {
		s.Values = func(place int, to []float64) { w.c.Uncertainty.Values(member(place), to) }
	}
	s.DrawAs = func(place int) uint64 { return uint64(max(0, member(place))) }
	workers := s.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = min(workers, len(lists))
	s.Workers, s.Lanes = 1, evenLanes(len(x.futures))
	runs, errs, done := make(strandRuns, len(lists)), make([]error, workers), make([]float64, workers)
	var all sync.WaitGroup
	var told sync.Mutex
	for k := range workers {
		all.Go(func() {
			from, to := k*len(lists)/workers, (k+1)*len(lists)/workers
			own := s
			own.Progress = func(p sim.Progress) {
				told.Lock()
				defer told.Unlock()
				done[k] = p.Share
				sum := 0.0
				for _, x := range done {
					sum += x / float64(workers)
				}
				progress(sum)
			}
			got, err := p.Branches(ctx, own, slices.Concat([][]sim.Change{nil}, lists[from:to]))
			if errs[k] = err; err == nil {
				copy(runs[from:to], got[1:])
			}
		})
	}
	all.Wait()
	return runs, errors.Join(errs...)
}

// mostLanes is how many futures of a model with copies run side by side.
const mostLanes = 40

// evenLanes returns how many lanes part so many futures into batches of about the same size.
func evenLanes(futures int) int {
	batches := (futures + mostLanes - 1) / mostLanes
	return (futures + batches - 1) / batches
}
