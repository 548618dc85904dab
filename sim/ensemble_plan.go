package sim

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"

	"weir/model/method"
	"weir/sim/internal/native"
	"weir/sim/internal/vector"
	"weir/sim/sketch"
)

// An ensemble is shared by its workers.
type ensemble struct {
	p          *Program
	settings   EnsembleSettings
	lp         *laneProgram // nil for rk45
	lanes      int
	workers    int
	clock      clock
	method     *method.Method
	parameters []float64 // the first slots as all members have them
	varied     []variedSlot
	moving     []moving
	ramps      []int // of moving: those that change within a step
	kept       []int // columns
	sketched   []int
	slots      []int // of the kept columns, then of the sketched
	check      int   // steps between looks at the context
	result     *EnsembleResult
	state      *progressState // shared with the branches
	branches   []*ensemble    // of a trunk: see Branches
	forks      []int          // of a trunk: the steps at which branches leave it
	fork       int            // of a branch: the step at which it leaves the trunk
}

// A variedSlot takes its value from Vary[index].
type variedSlot struct{ slot, index int }

const (
	defaultMemory = 4 << 30
	maxRuns       = 1 << 30
	maxLanes      = 256
	// cache is how much of the processor's second cache the numbers of a batch take, and
	// leastLanes how many members there are at least; with the instructions of package
	// vector, beginning a row costs more than a few numbers in it.
	cache, cacheVector           = 320 << 10, 512 << 10
	leastLanes, leastLanesVector = 16, 32
	// checkWork is how many numbers are computed between looks at the context: a few
	// milliseconds.
	checkWork = 2_000_000
)

// plan checks settings. It allocates nothing large.
func (p *Program) plan(ctx context.Context, s EnsembleSettings) (*ensemble, error) {
	e := &ensemble{p: p, settings: s, state: &progressState{}}
	if s.Runs < 1 || s.Runs > maxRuns {
		return nil, errorf("an ensemble has 1 to %d members, not %d", maxRuns, s.Runs)
	}
	if len(s.Vary) > 0 && s.Values == nil {
		return nil, errorf("constants vary between members, but nothing gives their values")
	}
	var err error
	if e.method, err = p.Method(s.Settings); err != nil {
		return nil, err
	}
	if e.clock, err = p.makeClock(s.Settings); err != nil {
		return nil, err
	}
	m := newMachine(p, s.Settings)
	if err := m.load(s.Settings); err != nil {
		return nil, err
	}
	e.parameters = m.v[:p.stocks.from:p.stocks.from]
	if e.moving, err = m.prepare(s.Changes); err != nil {
		return nil, err
	}
	e.ramps = ramps(e.moving)
	if err := e.vary(); err != nil {
		return nil, err
	}
	if err := e.choose(); err != nil {
		return nil, err
	}
	e.size(ctx)
	return e, ctx.Err()
}

// vary finds which slots take their values from Values. As with Set, names of more
// elements come first, so that the more specific ones have the last word.
func (e *ensemble) vary() error {
	names := slices.Clone(e.settings.Vary)
	for name := range e.settings.Set {
		names = append(names, name)
	}
	slices.Sort(names)
	all, err := e.p.settings(slices.Compact(names))
	if err != nil {
		return err
	}
	index := map[int]int{}
	position := map[string]int{}
	for i, name := range slices.Backward(e.settings.Vary) {
		position[name] = i
	}
	for _, set := range all {
		k, ok := position[set.name]
		if !ok {
			k = -1
		}
		for _, slot := range set.slots {
			index[slot] = k
		}
	}
	for slot, k := range index {
		if k >= 0 {
			e.varied = append(e.varied, variedSlot{slot, k})
		}
	}
	slices.SortFunc(e.varied, func(a, b variedSlot) int { return a.slot - b.slot })
	return nil
}

// choose finds the columns.
func (e *ensemble) choose() error {
	var err error
	if e.kept, err = e.p.columnsOf(e.settings.Keep, nil); err != nil {
		return err
	}
	if e.sketched, err = e.p.columnsOf(e.settings.Sketch, e.kept); err != nil {
		return err
	}
	slot := make([]int, len(e.p.columns.list))
	for _, s := range e.p.segments {
		for i := range s.n {
			slot[s.column+i] = s.slot + i
		}
	}
	for _, c := range append(slices.Clone(e.kept), e.sketched...) {
		e.slots = append(e.slots, slot[c])
	}
	return nil
}

// columnsOf returns the columns of names, each once, but for those in except.
func (p *Program) columnsOf(names []string, except []int) ([]int, error) {
	var list []int
	taken := make([]bool, len(p.columns.list))
	for _, i := range except {
		taken[i] = true
	}
	for _, name := range names {
		base, subscripts := splitName(name)
		found := false
		for _, of := range p.columns.folded[folded(base)] {
			for i := of.from; i < of.to; i++ {
				if subscripts != nil && !slices.EqualFunc(p.columns.list[i].Elements, subscripts, strings.EqualFold) {
					continue
				}
				found = true
				if !taken[i] {
					taken[i] = true
					list = append(list, i)
				}
			}
		}
		if !found {
			if _, _, err := p.find(name); err != nil {
				return nil, err
			}
			return nil, errorf("there is no column %q", name)
		}
	}
	return list, nil
}

// size chooses workers and lanes.
func (e *ensemble) size(ctx context.Context) {
	e.workers = e.settings.Workers
	if e.workers < 1 {
		e.workers = runtime.GOMAXPROCS(0)
	}
	e.workers = min(e.workers, e.settings.Runs)
	if e.method.Adaptive() || e.settings.Lanes < 1 && e.few() {
		e.lanes = 1
		return
	}
	varied := make([]int, len(e.varied))
	for i, x := range e.varied {
		varied[i] = x.slot
	}
	if e.lanes = min(e.settings.Lanes, e.settings.Runs); e.lanes < 1 {
		n := 1 + varyingSlots(ctx, e.p, varied)
		if e.wide(n) {
			e.lanes = together
			return
		}
		e.lanes = e.even(e.lanesFor(n))
	}
	e.lp = laneProgramOf(ctx, e.p, e.lanes, varied)
	e.check = max(1, checkWork/(e.lanes*max(1, e.p.work+e.p.stocks.len())*len(e.method.B)))
}

// fewMembers is up to how many members of a worker are faster as single runs, which keep all their
// columns, than in lanes: a batch takes four to five times as long as one of them.
const fewMembers = 4

// few reports whether single runs suit the members.
func (e *ensemble) few() bool {
	each := (e.settings.Runs + e.workers - 1) / e.workers
	return each <= fewMembers && e.clock.rows() <= cacheVector/max(1, len(e.p.columns.list))
}

// wideSlots is from how many slots on the lanes of a batch leave the processor's second cache; wideRow
// how many numbers an instruction has in the mean in models of long arrays.
const wideSlots, wideRow = 2048, 16

// wide reports whether members run faster one after the other, as machine code along the subscripts,
// than in lanes of so many slots.
func (e *ensemble) wide(slots int) bool {
	return native.Available() && slots > wideSlots && e.p.work > wideRow*len(e.p.code[phaseFlows])
}

// lanesFor returns how many lanes of n slots suit the cache and leave every worker several
// batches, so that none waits long for the others at the end.
func (e *ensemble) lanesFor(n int) int {
	budget, least := cache, leastLanes
	if vector.Available {
		budget, least = cacheVector, leastLanesVector
	}
	lanes := min(maxLanes, budget/(8*n), (e.settings.Runs+4*e.workers-1)/(4*e.workers))
	return max(least, lanes&^7)
}

// even returns how many lanes, of at most so many, part the members evenly into as few batches: the
// lanes of a last batch that is nearly empty cost as much as others. With the processor's instructions
// it is a multiple of 8, so that ensembles of about the same size share lane programs.
func (e *ensemble) even(most int) int {
	batches := (e.settings.Runs + most - 1) / most
	lanes := (e.settings.Runs + batches - 1) / batches
	if vector.Available {
		lanes = (lanes + 7) &^ 7
	}
	return min(most, lanes)
}

// memory estimates the bytes that the ensemble takes.
func (e *ensemble) memory() int64 {
	rows, runs := int64(e.clock.rows()), int64(e.settings.Runs)
	results := int64(1 + len(e.branches))
	kept := times(times(int64(len(e.kept)), rows), times(runs, 8*results))
	sketches := times(times(int64(len(e.sketched)), rows), results*sketch.Bytes)
	worker := times(times(int64(len(e.sketched)), rows), 8*int64(e.lanes))
	if e.lp != nil {
		worker += 8*int64(e.lp.size)*int64(1+len(e.forks)) + 4*int64(e.lp.segments) + 16*int64(e.lp.differ.stocks.len()*(len(e.method.B)+1))
	} else {
		worker += 8 * (int64(e.p.slots) + times(rows, int64(len(e.p.columns.list))))
	}
	return plus(plus(kept, sketches), plus(times(worker, int64(e.workers)), times(4*runs, results)))
}

// times and plus stop at the largest number.
func times(a, b int64) int64 {
	if a > 0 && b > math.MaxInt64/a {
		return math.MaxInt64
	}
	return a * b
}

// plus returns a + b, or the largest number if that is more.
func plus(a, b int64) int64 {
	if b > math.MaxInt64-a {
		return math.MaxInt64
	}
	return a + b
}

// affordable refuses an ensemble that would take too much memory.
func (e *ensemble) affordable() error {
	allowed := e.settings.Memory
	if allowed == 0 {
		allowed = defaultMemory
	}
	allowed *= int64(1 + len(e.branches))
	need := e.memory()
	if need <= allowed {
		return nil
	}
	err := errorf("%d members with %d columns kept and %d for quantiles, at %d times, would take %s of memory; %s are allowed",
		e.settings.Runs, len(e.kept), len(e.sketched), e.clock.rows(), bytesText(need), bytesText(allowed))
	err.Hint = "keep fewer columns, save less often, or allow more memory"
	if len(e.kept) > 0 {
		err.Hint = "take quantiles of columns instead of keeping them, keep fewer, save less often, or allow more memory"
	}
	return err
}

// bytesText returns a size in words, rounded up below a megabyte.
func bytesText(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f kB", math.Ceil(float64(n)/1e3))
}
