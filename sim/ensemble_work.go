package sim

import (
	"context"
	"maps"
	"math"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"weir/sim/sketch"
)

// allocate makes the result.
func (e *ensemble) allocate() {
	r := &EnsembleResult{Runs: e.settings.Runs, Method: e.method.Name, Step: e.clock.step,
		index: make(map[string]int, len(e.slots)), columns: e.p.columns}
	for row := range e.clock.rows() {
		r.Time = append(r.Time, e.clock.start+float64(float64(row)*e.clock.save))
	}
	for i, c := range append(append([]int(nil), e.kept...), e.sketched...) {
		r.index[e.p.columns.list[c].Name()] = i
	}
	r.kept = make([][]float64, len(e.kept))
	each := len(r.Time) * r.Runs
	all := make([]float64, each*len(r.kept)) // one block: many columns may have few numbers each
	for i := range r.kept {
		r.kept[i] = all[i*each : (i+1)*each : (i+1)*each]
	}
	r.sketches = make([][]sketch.Sketch, len(e.sketched))
	for i := range r.sketches {
		r.sketches[i] = make([]sketch.Sketch, len(r.Time))
	}
	r.rows = make([]int32, r.Runs)
	for i := range r.rows {
		r.rows[i] = notRun
	}
	e.result = r
}

// notRun marks a member that was not reached.
const notRun = -1

// work runs all batches, or until the context is cancelled.
func (e *ensemble) work(ctx context.Context) {
	e.state.begun = time.Now()
	batches := (e.settings.Runs + e.lanes - 1) / e.lanes
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(e.workers, batches) {
		all.Go(func() {
			w := &worker{e: e}
			for ctx.Err() == nil {
				k := int(next.Add(1)) - 1
				if k >= batches {
					return
				}
				first := k * e.lanes
				w.run(ctx, first, min(e.lanes, e.settings.Runs-first))
			}
		})
	}
	all.Wait()
}

// A worker runs one batch after the other.
type worker struct {
	e     *ensemble
	batch *batch
}

// run does members side by side, or one by one where there is no program for lanes or the batch does
// not fit into memory.
func (w *worker) run(ctx context.Context, first, members int) {
	if w.e.lp == nil {
		w.oneByOne(ctx, first, members)
		return
	}
	if w.batch == nil {
		w.batch = newBatch(w.e)
	}
	switch w.batch.simulate(ctx, first, members) {
	case oversized:
		w.oneByOne(ctx, first, members)
	case ran:
		w.batch.deliver()
		w.e.advanced(members)
		w.follow(ctx, members)
	}
}

// follow runs the branches of the batch that was just run. The last to leave the trunk goes first:
// rows of which only quantiles are wanted lie in the batch, and it must find the trunk's.
func (w *worker) follow(ctx context.Context, members int) {
	for _, x := range slices.Backward(slices.SortedStableFunc(slices.Values(w.e.branches),
		func(a, b *ensemble) int { return a.fork - b.fork })) {
		if w.batch.follow(ctx, x) == stopped {
			return
		}
		w.batch.deliver()
		w.e.advanced(members)
	}
}

// deliver hands in the rows that members have, and counts those of members that have
// them all.
func (b *batch) deliver() {
	r := b.e.result
	rows := len(r.Time)
	for l := range b.members {
		n := rows
		if f := b.failedIn[l]; f >= 0 {
			n = int(f)
		}
		r.rows[b.first+l] = int32(n)
		for k := range r.kept {
			for row := n; row < rows; row++ {
				r.kept[k][row*r.Runs+b.first+l] = math.NaN()
			}
		}
	}
	for k := range r.sketches {
		b.e.state.lock(k)
		for row := range rows {
			s := &r.sketches[k][row]
			for l, x := range b.keptRow(len(r.kept)+k, row) {
				if b.failedIn[l] < 0 {
					s.Add(x)
				}
			}
		}
		b.e.state.unlock(k)
	}
}

// together is how many single runs are handed in at once: the numbers of neighbours lie next to each
// other in the result, and a line of the processor's memory has eight.
const together = 8

// oneByOne runs members as single runs, of every branch.
func (w *worker) oneByOne(ctx context.Context, first, members int) {
	for _, e := range w.e.all() {
		for from := first; from < first+members; from += together {
			list := make([]*Result, 0, together)
			for member := from; member < min(from+together, first+members); member++ {
				got := e.member(ctx, member)
				if ctx.Err() != nil && !got.Complete {
					e.takeRuns(from, list)
					return
				}
				list = append(list, got)
				w.e.advanced(1)
			}
			e.takeRuns(from, list)
		}
	}
}

// member runs one member by itself, and saves nothing but the kept and sketched columns in their order.
func (e *ensemble) member(ctx context.Context, member int) *Result {
	r, err := e.p.beginWith(ctx, e.memberSettings(member), 1, e.slots)
	if err != nil {
		return &Result{}
	}
	_ = r.simulate() // an error ends the rows, and finish looks for its cause
	return r.result
}

// takeRuns hands in the rows of single runs, of members from first on.
func (e *ensemble) takeRuns(first int, list []*Result) {
	r := e.result
	for i, got := range list {
		r.rows[first+i] = int32(len(got.Time))
		if len(got.Time) == len(r.Time) {
			e.sketchRun(got)
		}
	}
	for k := range e.kept {
		for row := range r.Time {
			to := r.kept[k][row*r.Runs+first:][:len(list)]
			for i, got := range list {
				if to[i] = math.NaN(); row < len(got.Time) {
					to[i] = got.rows[row*got.width+k]
				}
			}
		}
	}
}

// sketchRun adds the rows of a member to the sketches. A column is locked while it takes them in, since
// several workers add at once.
func (e *ensemble) sketchRun(got *Result) {
	for k := range e.sketched {
		e.state.lock(k)
		for row := range got.Time {
			e.result.sketches[k][row].Add(got.rows[row*got.width+len(e.kept)+k])
		}
		e.state.unlock(k)
	}
}

// drawn returns the number by which a member draws.
func (s *EnsembleSettings) drawn(member int) uint64 {
	if s.DrawAs != nil {
		return s.Member + s.DrawAs(member)
	}
	return s.Member + uint64(member)
}

// memberSettings returns those with which Run gives the numbers of the member at a place.
func (e *ensemble) memberSettings(place int) Settings {
	s := e.settings.Settings
	s.Progress, s.Member = nil, e.settings.drawn(place)
	if len(e.settings.Vary) == 0 {
		return s
	}
	values := make([]float64, len(e.settings.Vary))
	e.settings.Values(place, values)
	set := maps.Clone(s.Set)
	if set == nil {
		set = map[string]float64{}
	}
	for i, name := range e.settings.Vary {
		set[name] = values[i]
	}
	s.Set = set
	return s
}

// Located is of how many failed members the cause is looked for.
const Located = 100

// finish counts the members and says why the first failed ones did.
func (e *ensemble) finish(ctx context.Context) {
	r := e.result
	for member, n := range r.rows {
		if n == notRun {
			for k := range r.kept {
				for row := range r.Time {
					r.kept[k][row*r.Runs+member] = math.NaN()
				}
			}
			continue
		}
		r.Done++
		if int(n) < len(r.Time) {
			r.NonFinite = append(r.NonFinite, MemberFailure{Member: member, Time: r.Time[n]})
		}
	}
	r.Complete = r.Done == r.Runs
	for i := range r.NonFinite[:min(Located, len(r.NonFinite))] {
		e.locate(ctx, &r.NonFinite[i])
	}
}

// locate repeats a member as a single run, which finds the cause.
func (e *ensemble) locate(ctx context.Context, f *MemberFailure) {
	got, err := e.p.Run(ctx, e.memberSettings(f.Member))
	switch {
	case ctx.Err() != nil:
	case err != nil:
		f.Message = err.Error()
	case got.NonFinite != nil:
		f.Variable, f.Time, f.Cause = got.NonFinite.Variable, got.NonFinite.Time, got.NonFinite
	}
}

// progressState is shared by the workers, under its mutex.
type progressState struct {
	begun   time.Time
	mutex   sync.Mutex
	done    int
	last    time.Time
	columns [16]sync.Mutex // of sketches, by column
}

func (s *progressState) lock(column int)   { s.columns[column%len(s.columns)].Lock() }
func (s *progressState) unlock(column int) { s.columns[column%len(s.columns)].Unlock() }

// progressEvery is the shortest time between calls of Progress.
const progressEvery = 100 * time.Millisecond

// advanced notes that members are done.
func (e *ensemble) advanced(members int) {
	s := e.state
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.done += members
	if e.settings.Progress == nil {
		return
	}
	now, runs := time.Now(), e.settings.Runs*(1+len(e.branches))
	if s.done < runs && now.Sub(s.last) < progressEvery {
		return
	}
	s.last = now
	x := Progress{Done: s.done, Runs: runs, Share: float64(s.done) / float64(runs)}
	x.PerSecond = float64(s.done) / max(1e-9, now.Sub(s.begun).Seconds())
	x.Left = time.Duration(float64(x.Runs-x.Done) / x.PerSecond * float64(time.Second))
	e.settings.Progress(x)
}
