package sim

import (
	"context"
	"math"
	"slices"
)

// Branches runs one ensemble for each list of changes, which are made after those of s. Every
// branch has the same members, so the draws of member k are the same in all. The results are in
// the order of the lists, and each has the bits of Ensemble with the same changes.
//
// The first branch is the trunk: up to the first date on which the changes of another branch
// differ from its own, the numbers of both are computed once. Scenarios that begin in the second
// half of a run so cost half as much as apart. An adaptive method shares nothing.
//
// Progress counts the members of all branches together, and Memory is allowed for each. Errors are
// those of Ensemble; if the context is cancelled, the results hold the members that
// were done.
func (p *Program) Branches(ctx context.Context, s EnsembleSettings, lists [][]Change) ([]*EnsembleResult, error) {
	if len(lists) == 0 {
		return nil, nil
	}
	own := s.Changes
	s.Changes = slices.Concat(own, lists[0])
	trunk, err := p.plan(ctx, s)
	if err != nil {
		return nil, err
	}
	for _, list := range lists[1:] {
		if err := trunk.branch(slices.Concat(own, list)); err != nil {
			return nil, err
		}
	}
	if err := trunk.affordable(); err != nil {
		return nil, err
	}
	all := trunk.all()
	for _, e := range all {
		e.allocate()
	}
	trunk.work(ctx)
	results := make([]*EnsembleResult, len(all))
	complete := true
	for i, e := range all {
		e.finish(ctx)
		results[i] = e.result
		complete = complete && e.result.Complete
	}
	if complete {
		return results, nil
	}
	return results, ctx.Err()
}

// branch adds an ensemble that has these changes instead of the trunk's own.
func (e *ensemble) branch(changes []Change) error {
	m := newMachine(e.p, e.settings.Settings)
	if err := m.load(e.settings.Settings); err != nil {
		return err
	}
	moving, err := m.prepare(changes)
	if err != nil {
		return err
	}
	b := *e
	b.branches, b.forks = nil, nil
	b.settings.Changes = changes
	b.moving, b.ramps = moving, ramps(moving)
	b.fork = e.clock.before(parting(e.moving, moving))
	e.branches = append(e.branches, &b)
	if !slices.Contains(e.forks, b.fork) {
		e.forks = append(e.forks, b.fork)
	}
	return nil
}

// all returns the trunk, then its branches.
func (e *ensemble) all() []*ensemble { return append([]*ensemble{e}, e.branches...) }

// parting returns the first date on which the changes of two runs may differ, +Inf if they never
// do.
func parting(a, b []moving) float64 {
	bySlot := map[int][2][]Change{}
	for i, list := range [2][]moving{a, b} {
		for _, m := range list {
			pair := bySlot[m.slot]
			pair[i] = m.changes
			bySlot[m.slot] = pair
		}
	}
	date := math.Inf(1)
	for _, pair := range bySlot {
		date = min(date, differFrom(pair[0], pair[1]))
	}
	return date
}

// differFrom returns the start of the first change that one list of changes of a slot has and the
// other has not, or has in another order; a change has no part in a value before its start.
func differFrom(a, b []Change) float64 {
	var starts []float64
	for _, c := range slices.Concat(a, b) {
		starts = append(starts, c.Start)
	}
	slices.Sort(starts)
	for _, s := range starts {
		later := func(c Change) bool { return c.Start > s }
		if !slices.Equal(slices.DeleteFunc(slices.Clone(a), later), slices.DeleteFunc(slices.Clone(b), later)) {
			return s
		}
	}
	return math.Inf(1)
}

// before returns a step, not the first possible one, before any in which a change that starts at a
// date has a part: one step earlier than needed, so that rounding cannot matter.
func (c clock) before(date float64) int {
	return int(max(0, min(float64(c.steps+1), math.Floor((date-c.start)/c.step)-1)))
}

// A knot is the state of a batch at the start of a step, before anything of that step is done.
type knot struct {
	step               int // of the run; past the end if the run had ended
	v, held            []float64
	segments, series   []int32
	failedIn           []int32
	alive, failedTable int
}

// keepKnot notes the state at the start of step i. The knot's slices are used again.
func (b *batch) keepKnot(k *knot, i int) {
	k.step, k.alive, k.failedTable = i, b.alive, b.failed
	k.v = append(k.v[:0], b.v...)
	k.held = append(k.held[:0], b.held...)
	k.segments = append(k.segments[:0], b.laneSegments...)
	k.series = append(k.series[:0], b.seriesAt...)
	k.failedIn = append(k.failedIn[:0], b.failedIn...)
}

// restore returns to a knot.
func (b *batch) restore(k *knot) {
	b.alive, b.failed = k.alive, k.failedTable
	copy(b.v, k.v)
	copy(b.held, k.held)
	copy(b.laneSegments, k.segments)
	copy(b.seriesAt, k.series)
	copy(b.failedIn, k.failedIn)
}

// tie keeps the state at the start of step i if branches leave the trunk there.
func (b *batch) tie(i int) {
	if slices.Contains(b.trunk.forks, i) {
		b.keepKnot(b.knots[i], i)
	}
}

// tieEnd keeps the state at the end of the trunk, after step i, for the branches that have not
// left it.
func (b *batch) tieEnd(i int) {
	for _, fork := range b.trunk.forks {
		if fork > i {
			b.keepKnot(b.knots[fork], b.e.clock.steps+1)
		}
	}
}

// follow goes on with a branch from its knot. The rows before are the trunk's.
func (b *batch) follow(ctx context.Context, x *ensemble) outcome {
	k := b.knots[x.fork]
	b.restore(k)
	b.e = x
	b.moving = b.movingOf[x]
	rows := len(x.result.Time)
	if k.step <= x.clock.steps {
		rows = x.clock.rowFrom(k.step)
	}
	for c, kept := range x.result.kept {
		for row := range rows {
			at := row*x.settings.Runs + b.first
			copy(kept[at:at+b.members], b.trunk.result.kept[c][at:at+b.members])
		}
	}
	if k.step > x.clock.steps {
		return ran
	}
	return b.steps(ctx, k.step)
}
