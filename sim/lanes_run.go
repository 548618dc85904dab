package sim

import (
	"context"

	"weir/sim/internal/vector"
)

// A batch runs members of an ensemble at once. It is made once a worker, allocates
// little after that, and is not safe for concurrent use.
type batch struct {
	*machine           // of the slots that all members share; its vector is the beginning of v
	e        *ensemble // that runs now: the trunk or a branch
	trunk    *ensemble
	lp       *laneProgram
	v        []float64 // the whole vector
	first    int       // member of lane 0
	members  int       // of this batch; further lanes repeat the last
	row      int       // that will be saved next
	failedIn []int32   // by lane: the row in which it failed, or -1
	alive    int

	laneSegments []int32
	rings        []laneRing
	held         []float64
	moving       []laneMoving
	parts        [2]stepping // shared stocks and lanes
	values       []float64   // of one member
	sketched     []float64   // columns of which quantiles are wanted: column × row × lane
	seriesAt     []int32
	functions    vector.Lanes

	movingOf map[*ensemble][]laneMoving // of the trunk and each branch
	knots    map[int]*knot              // by step at which branches leave the trunk
}

// A stepping has stocks and the slopes that move them.
type stepping struct {
	laneNetFlows
	slopes [][]float64
	y0     []float64
	vector bool // by the processor's instructions: not worth it for single numbers
}

// newStepping returns room for a step of a method with so many stages.
func newStepping(n laneNetFlows, stages int) stepping {
	s := stepping{laneNetFlows: n, slopes: make([][]float64, stages), y0: make([]float64, n.stocks.len())}
	for i := range s.slopes {
		s.slopes[i] = make([]float64, n.stocks.len())
	}
	return s
}

// newBatch returns a batch of members that begin together, with all the memory that it will need.
func newBatch(e *ensemble) *batch {
	lp := e.lp
	b := &batch{e: e, trunk: e, lp: lp, movingOf: map[*ensemble][]laneMoving{}, knots: map[int]*knot{},
		v: make([]float64, lp.size), machine: newMachine(lp.p, e.settings.Settings),
		failedIn: make([]int32, lp.lanes), laneSegments: make([]int32, lp.segments),
		values: make([]float64, len(e.settings.Vary)), seriesAt: make([]int32, len(lp.p.tables.rows)),
		sketched: make([]float64, len(e.result.sketches)*e.clock.rows()*lp.lanes)}
	b.machine.v = b.v[:lp.p.slots]
	for _, fork := range e.forks {
		b.knots[fork] = &knot{}
	}
	stages := len(e.method.B)
	b.parts = [2]stepping{newStepping(lp.same, stages), newStepping(lp.differ, stages)}
	b.parts[1].vector = vector.Available
	return b
}

// memberOf returns the number by which lane l draws.
func (b *batch) memberOf(l int) uint64 {
	return b.e.settings.drawn(b.first + min(l, b.members-1))
}

// fail ends lane l: rows from the next one on do not count.
func (b *batch) fail(l int) {
	row := int32(b.row)
	if b.failedIn[l] < 0 {
		b.failedIn[l] = row
		b.alive--
	}
	b.failedIn[l] = min(b.failedIn[l], row)
}

// failAll fails each lane, where the cause is in what lanes share.
func (b *batch) failAll() {
	for l := range b.failedIn {
		b.fail(l)
	}
}

// An outcome is how a batch ended.
type outcome uint8

const (
	ran       outcome = iota
	stopped           // it was cancelled
	oversized         // its memories take too much: run the members one by one
)

// simulate runs the members from first on in the trunk.
func (b *batch) simulate(ctx context.Context, first, members int) outcome {
	b.e = b.trunk
	b.begin(first, members)
	c, v := b.e.clock, b.machine.v
	v[slotStep], v[slotStart], v[slotStop] = c.step, c.start, c.stop
	b.fillShared()
	return b.steps(ctx, 0)
}

// steps runs from the start of a step to the end.
func (b *batch) steps(ctx context.Context, from int) outcome {
	c, v := b.e.clock, b.machine.v
	for i := from; ; i++ {
		if b.e == b.trunk {
			b.tie(i)
		}
		t := c.at(i)
		b.step, v[slotNow], v[slotStepStart] = i, t, t
		saved := i%c.every == 0
		b.row = c.rowFrom(i)
		for k := range b.moving {
			b.moving[k].move(b.v, t, t, c.step)
		}
		b.counting = true
		if i == 0 {
			b.run(b.lp.code[phaseConst])
			b.run(b.lp.code[phaseInit])
			b.run(b.lp.code[phaseStart])
		}
		b.evaluate(saved)
		b.heed()
		if i == 0 && !b.started() {
			return oversized
		}
		if saved {
			b.save()
			b.row++
		}
		b.run(b.lp.code[phaseInputs])
		b.heed()
		b.counting = false
		if i == c.steps || b.alive == 0 {
			if b.e == b.trunk {
				b.tieEnd(i)
			}
			return ran
		}
		if i%b.e.check == 0 && ctx.Err() != nil {
			return stopped
		}
		b.advance(t)
		b.remember(i)
	}
}

// heed fails all lanes if the part that they share read a table where it must not be.
func (b *batch) heed() {
	if b.failed >= 0 {
		b.failAll()
	}
}

// begin clears the machine and puts in the numbers that all members share.
func (b *batch) begin(first, members int) {
	b.first, b.members, b.alive, b.row = first, members, b.lp.lanes, 0
	clear(b.v)
	clear(b.segments)
	clear(b.seriesAt)
	clear(b.laneSegments)
	for l := range b.failedIn {
		b.failedIn[l] = -1
	}
	b.failed = -1
	copy(b.v[b.lp.p.literalAt:], b.lp.p.literals)
	copy(b.v[:b.lp.p.stocks.from], b.e.parameters)
}

// fillShared copies the numbers that members share to the lanes that need them, puts the
// varied constants on top and prepares the slots that changes move.
func (b *batch) fillShared() {
	b.lp.fill.run(b.v, b.lp.lanes, b.lp.p.slots)
	for l := range b.lp.lanes {
		if l < b.members && b.e.settings.Values != nil {
			b.e.settings.Values(b.first+l, b.values)
		}
		for _, x := range b.e.varied {
			value := b.values[x.index]
			if b.v[b.lp.place[x.slot]+l] = value; value-value != 0 {
				b.fail(l)
			}
		}
	}
	for _, e := range b.trunk.all() {
		b.movingOf[e] = b.movingLanes(b.movingOf[e][:0], e.moving)
	}
	b.moving = b.movingOf[b.trunk]
}

// movingLanes appends the slots that changes move to a list, with the values that they have now.
func (b *batch) movingLanes(list []laneMoving, slots []moving) []laneMoving {
	for _, m := range slots {
		x := laneMoving{moving: m, at: b.lp.place[m.slot], bases: []float64{m.base}}
		if b.lp.varies[m.slot] {
			x.bases = append([]float64(nil), b.v[x.at:x.at+b.lp.lanes]...)
		}
		list = append(list, x)
	}
	return list
}

// A laneMoving is a slot that changes while running, with the lanes' own beginnings.
type laneMoving struct {
	moving
	at    int
	bases []float64
}

// move sets a constant that a dated change moves, in each lane from the lane's own value.
func (m *laneMoving) move(v []float64, now, begin, dt float64) {
	for l, base := range m.bases {
		m.base = base
		v[m.at+l] = m.moving.at(now, begin, dt)
	}
}

// evaluate computes flows and auxiliaries: all of them if the row is saved.
func (b *batch) evaluate(all bool) {
	if all {
		b.run(b.lp.code[phaseFlows])
		return
	}
	b.run(b.lp.between)
}

// started is done once, after the first evaluation. It reports false if memories would
// hold too much.
func (b *batch) started() bool {
	for _, g := range b.lp.p.model.Guards {
		for e := range g.Time.Size() {
			b.guard(b.lp.p.slot[g.Time.ID] + e)
		}
	}
	b.row++ // a table that is read here ends a run only after its first row
	b.run(b.lp.code[phaseDelays])
	b.row--
	return b.makeRings()
}

// guard fails the lanes in which a delay is shorter than a step.
func (b *batch) guard(slot int) {
	at, tooShort := b.lp.place[slot], b.e.clock.step*(1-guardTolerance)
	if !b.lp.varies[slot] {
		if b.v[at] < tooShort {
			b.failAll()
		}
		return
	}
	for l, t := range b.v[at : at+b.lp.lanes] {
		if t < tooShort {
			b.fail(l)
		}
	}
}

// advance moves the stocks from t to the end of the step.
func (b *batch) advance(t float64) {
	h, m := b.e.clock.step, b.e.method
	if len(m.B) == 1 {
		for k := range b.parts {
			b.parts[k].follow(b.v, h)
		}
		return
	}
	for k := range b.parts {
		b.parts[k].begin(b.v)
	}
	for i := 1; i < len(m.B); i++ {
		for k := range b.parts {
			b.parts[k].combine(b.v, h, m.A[i])
		}
		now := t + float64(m.C[i]*h)
		b.machine.v[slotNow] = now
		for _, k := range b.e.ramps {
			b.moving[k].move(b.v, now, t, h)
		}
		b.evaluate(false)
		for k := range b.parts {
			b.parts[k].slope(b.v, i)
		}
	}
	for k := range b.parts {
		b.parts[k].combine(b.v, h, m.B)
	}
}

// follow carries the stocks over a step h by their slopes at its start: Euler's method.
func (s *stepping) follow(v []float64, h float64) {
	for i := range s.netFlows {
		if n := &s.netFlows[i]; s.vector {
			n.followVector(v, h, s.slopes[0])
		} else {
			n.follow(v, h, s.slopes[0])
		}
	}
}

// begin notes the stocks at the start of a step and their slopes there.
func (s *stepping) begin(v []float64) {
	copy(s.y0, v[s.stocks.from:s.stocks.to])
	s.slope(v, 0)
}

// slope computes the net flows of the stocks at a stage.
func (s *stepping) slope(v []float64, stage int) {
	for i := range s.netFlows {
		n := &s.netFlows[i]
		at := n.stock - s.stocks.from
		to := s.slopes[stage][at : at+n.n]
		if s.vector {
			n.array(to, v, byVector)
		} else {
			n.array(to, v, inGo)
		}
	}
}

// combine sets the stocks to those at the start of the step and the weighted slopes of the stages so far.
func (s *stepping) combine(v []float64, h float64, weights []float64) {
	switch {
	case len(s.netFlows) == 0:
	case s.vector:
		combineVector(v[s.stocks.from:s.stocks.to], s.y0, s.slopes, h, weights)
	default:
		combine(v[s.stocks.from:s.stocks.to], s.y0, s.slopes, h, weights)
	}
}

// save keeps the columns of a row, and fails the lanes in which a number is not finite.
func (b *batch) save() {
	p, lanes := b.lp.p, b.lp.lanes
	p.readSeries(b.machine.v, b.seriesAt)
	for _, s := range b.lp.finite {
		if finite(b.v[s.from:s.to]) {
			continue
		}
		if s.from < p.slots {
			b.failAll()
			continue
		}
		for i, x := range b.v[s.from:s.to] {
			if x-x != 0 {
				b.fail(i % lanes)
			}
		}
	}
	for k, slot := range b.e.slots {
		to := b.keptRow(k, b.row)
		if at := b.lp.place[slot]; b.lp.varies[slot] {
			copy(to, b.v[at:])
		} else {
			for l := range to {
				to[l] = b.v[at]
			}
		}
	}
}

// keptRow returns where a row of a column is kept, one number a member: in the result, or
// until the end of the batch if only quantiles of it are wanted.
func (b *batch) keptRow(column, row int) []float64 {
	r := b.e.result
	if column < len(r.kept) {
		return r.kept[column][row*r.Runs+b.first:][:b.members]
	}
	return b.sketched[((column-len(r.kept))*b.e.clock.rows()+row)*b.lp.lanes:][:b.members]
}
