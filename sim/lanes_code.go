package sim

import (
	"weir/sim/internal/vector"
)

// A laneCode is one step of a phase over lanes: instructions on slots that all members
// share, or loops over lanes, or one of the few that have no loops of that form.
// Exactly one field is set.
type laneCode struct {
	shared []instruction
	loops  *laneLoops
	lookup *laneLookup
	draw   *laneDraw
	whole  *laneWhole
	copies *laneCopies
	fill   *laneFill
}

// run executes a phase. Between the starts of steps nothing is drawn.
func (b *batch) run(code []laneCode) {
	for i := range code {
		c := &code[i]
		switch {
		case c.loops != nil:
			c.loops.run(b)
		case c.lookup != nil:
			c.lookup.run(b)
		case c.shared != nil:
			b.exec(c.shared)
		case c.copies != nil:
			c.copies.run(b.v, b.lp.lanes, b.lp.p.slots)
		case c.fill != nil:
			c.fill.run(b.v)
		case c.whole != nil:
			c.whole.run(b)
		case b.counting:
			c.draw.run(b)
		}
	}
}

// laneLoops are the loops of an instruction, of which there may be one more than in an
// array instruction. The innermost are the kernel's.
type laneLoops struct {
	arrayCode
	turns     int
	outerStep [operands]int
	vector    vector.Row // instead of a kernel; nil if the processor has none
}

// run computes all rows of an array instruction; one with a single row needs no loop.
func (l *laneLoops) run(b *batch) {
	if l.turns == 1 && l.planes == 1 {
		l.plane(b, l.at)
		return
	}
	at := l.at
	for range l.turns {
		plane := at
		for range l.planes {
			l.plane(b, plane)
			for k := range plane {
				plane[k] += l.planStep[k]
			}
		}
		for k := range at {
			at[k] += l.outerStep[k]
		}
	}
}

// plane computes the rows of a plane.
func (l *laneLoops) plane(b *batch, at [operands]int) {
	switch {
	case l.function != nil:
		l.functionRows(&b.functions, b.v, at)
	case l.vector != nil:
		l.vectorRows(b.v, at)
	default:
		l.kernel(b.v, &l.arrayCode, at)
	}
}

// laneCopies are copies of single numbers to lanes, or of lanes to lanes, by place.
type laneCopies struct {
	to, from []int
}

// add notes one more copy, from a place to another.
func (c *laneCopies) add(to, from int) {
	c.to, c.from = append(c.to, to), append(c.from, from)
}

// run copies; places below shared hold one number.
func (c *laneCopies) run(v []float64, lanes, shared int) {
	for i, to := range c.to {
		from, d := c.from[i], v[to:to+lanes]
		if from >= shared {
			copy(d, v[from:from+lanes])
			continue
		}
		x := v[from]
		for k := range d {
			d[k] = x
		}
	}
}

// A laneFill sets places to a number.
type laneFill struct {
	x     float64
	spans []span
}

// add takes in n places from one on, and joins them to the span before if they follow it.
func (f *laneFill) add(from, n int) {
	if k := len(f.spans); k > 0 && f.spans[k-1].to == from {
		f.spans[k-1].to += n
		return
	}
	f.spans = append(f.spans, span{from, from + n})
}

// run writes the number into all its places.
func (f *laneFill) run(v []float64) {
	for _, s := range f.spans {
		d := v[s.from:s.to]
		for i := range d {
			d[i] = f.x
		}
	}
}

// A laneTranslator makes the code over lanes.
type laneTranslator struct {
	lp       *laneProgram
	segments int
	vary     [operands]bool // of the present instruction
	out      []laneCode
}

// translate makes the code of a phase, or of the needed instructions of it.
func (t *laneTranslator) translate(code []instruction, vary [][operands]bool, needed []bool) []laneCode {
	t.out = nil
	for i := range code {
		if needed == nil || needed[i] {
			t.vary = vary[i]
			t.instruction(&code[i])
		}
	}
	return t.out
}

// instruction translates one instruction of the program. What is the same in all lanes stays a single
// number.
func (t *laneTranslator) instruction(in *instruction) {
	p, a := t.lp.p, t.lp.p.arrayOf(in)
	switch {
	case !t.vary[dst]:
		t.share(in)
	case a.op == opDraw:
		t.out = append(t.out, laneCode{draw: t.drawing(a)})
	case a.op == opGather || a.op == opScatter:
		t.move(a)
	case !t.argumentVaries(a) && a.op != opCopy:
		t.share(in)
		c := &laneCopies{}
		p.slotsOf(a, dst)(func(s int) { c.add(t.lp.place[s], s) })
		t.out = append(t.out, laneCode{copies: c})
	case a.op == opLookup:
		t.out = append(t.out, laneCode{lookup: t.lookup(a)})
	case a.op == opWhole:
		t.out = append(t.out, laneCode{whole: &laneWhole{site: &p.wholes[a.site], to: t.at(a.at[dst], dst),
			from: t.at(a.at[argA], argA)}})
	case a.combines():
		t.reduce(a)
	default:
		t.loops(t.levels(a), a.op, a.at)
	}
}

// share adds an instruction on single numbers, to those before it if it can.
func (t *laneTranslator) share(in *instruction) {
	if n := len(t.out); n > 0 && t.out[n-1].shared != nil {
		t.out[n-1].shared = append(t.out[n-1].shared, *in)
		return
	}
	t.out = append(t.out, laneCode{shared: []instruction{*in}})
}

// at returns the place of a slot of an operand.
func (t *laneTranslator) at(slot, k int) int {
	if t.vary[k] {
		return t.lp.place[slot]
	}
	return slot
}

// argumentVaries reports whether any argument differs between lanes.
func (t *laneTranslator) argumentVaries(a *arrayCode) bool {
	for k := argA; k < argA+ops[a.op].args; k++ {
		if t.vary[k] {
			return true
		}
	}
	return false
}

// levels returns the loops of an instruction, outermost first, and that over lanes within,
// with the distances in the vector. Neighbours that continue each other are joined.
func (t *laneTranslator) levels(a *arrayCode) []level {
	list := []level{{a.planes, a.planStep}, {a.rows, a.rowStep}, {a.n, a.step}, {n: t.lp.lanes}}
	for k := range operands {
		used := k == dst || k < argA+ops[a.op].args
		for i := range list {
			switch {
			case !used:
				list[i].step[k] = 0
			case !t.vary[k]:
			case i == len(list)-1:
				list[i].step[k] = 1
			default:
				list[i].step[k] *= t.lp.lanes
			}
		}
	}
	return joined(list)
}

// joined leaves out loops of one turn, but for the innermost, and joins others.
func joined(list []level) []level {
	out := list[:0:0]
	for i, l := range list {
		if l.n == 1 && i < len(list)-1 {
			continue
		}
		if k := len(out); k > 0 && joins(out[k-1], l) {
			l.n *= out[k-1].n
			out = out[:k-1]
		}
		out = append(out, l)
	}
	return out
}

// loops adds an elementwise operation over at most four levels.
func (t *laneTranslator) loops(levels []level, o op, at [operands]int) {
	l := &laneLoops{arrayCode: arrayCode{op: o, rows: 1, planes: 1}, turns: 1}
	for k := range at {
		if k < argA+ops[o].args {
			l.at[k] = t.at(at[k], k)
		}
	}
	for i := range levels {
		x := levels[len(levels)-1-i]
		switch i {
		case 0:
			l.n, l.step = x.n, x.step
		case 1:
			l.rows, l.rowStep = x.n, x.step
		case 2:
			l.planes, l.planStep = x.n, x.step
		case 3:
			l.turns, l.outerStep = x.n, x.step
		}
	}
	l.kernel = l.chooseKernel()
	if l.function = rowFunctions[o]; l.kernel == nil {
		l.kernel = generalRows
	}
	l.vector = l.chooseVector(t.lp.size)
	t.out = append(t.out, laneCode{loops: l})
}

// generalRows are the loops of operations that have none of their own.
func generalRows(v []float64, in *arrayCode, at [operands]int) {
	for range in.rows {
		general(in, v[at[dst]:at[dst]+in.n], in.operand(v, at, argA), in.operand(v, at, argB), in.operand(v, at, argC))
		for k := range at {
			at[k] += in.rowStep[k]
		}
	}
}

// reduce adds a reduction: the identity, unless the result holds the beginning, then
// one argument after the other.
func (t *laneTranslator) reduce(a *arrayCode) {
	r := a.reduction()
	b := *a
	b.op = op(r.step)
	b.at[argB], b.at[argA] = a.at[argA], a.at[dst]
	b.step = [operands]int{argB: a.step[argA]}
	b.rowStep[argB], b.rowStep[argA] = a.rowStep[argA], a.rowStep[dst]
	b.planStep[argB], b.planStep[argA] = a.planStep[argA], a.planStep[dst]
	if !a.keep {
		f := &laneFill{x: r.identity}
		t.lp.p.slotsOf(a, dst)(func(s int) { f.add(t.lp.place[s], t.lp.lanes) })
		t.out = append(t.out, laneCode{fill: f})
	}
	t.vary[argA], t.vary[argB] = t.vary[dst], t.vary[argA]
	t.loops(t.levels(&b), b.op, b.at)
}

// reduction returns the operation of an instruction that reduces.
func (a *arrayCode) reduction() reduction {
	for _, r := range reductions {
		if r.row == a.op {
			return r
		}
	}
	panic("sim: not a reduction")
}

// move adds the copies of a gather or a scatter.
func (t *laneTranslator) move(a *arrayCode) {
	c := &laneCopies{}
	for i, x := range t.lp.p.indexes[a.site][:a.n] {
		to, from := a.at[dst]+i, a.at[argA]+int(x)
		if a.op == opScatter {
			to, from = a.at[dst]+int(x), a.at[argA]+i
		}
		c.add(t.at(to, dst), t.at(from, argA))
	}
	t.out = append(t.out, laneCode{copies: c})
}
