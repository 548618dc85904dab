package sim

import (
	"cmp"
	"slices"

	"weir/model/resolved"
)

// Functions cost most where each stands alone: those that do not wait for each other's results are put
// next to each other, so that an executor can compute several at once. Every draft has a level, the
// number of functions that come before it in a chain; a level's functions follow its other drafts.

// calls reports whether an operation is a function that several numbers at once suit.
func (o op) calls() bool {
	return o == op(resolved.Pow) || o == op(resolved.Exp) || o == op(resolved.Ln) || o == op(resolved.Sin) || o == op(resolved.Cos)
}

// batched is up to how many numbers a function is put next to others: with more it gains nothing, and
// large temporaries would be needed for longer.
const batched = 64

// An access is what has happened to a slot so far: the least level of a draft that reads it, or writes
// it, next.
type access struct{ read, write int32 }

// A leveller finds the levels of a phase's drafts in their order.
type leveller struct {
	c      *compiler
	slots  []access       // of the named ones
	blocks map[int]access // of the others
	large  int32          // of the last large draft: they stay in order
}

// order sorts the drafts of the flows phase by level. Their results stay the same: none moves past one
// that writes what it reads or writes, or reads what it writes.
func (c *compiler) order() {
	code := c.drafts[phaseFlows]
	l := &leveller{c: c, slots: make([]access, c.p.named), blocks: map[int]access{}}
	type placed struct {
		draft
		key int32
	}
	list := make([]placed, len(code))
	for i, d := range code {
		list[i] = placed{d, 2 * l.level(d)}
		if d.op.calls() {
			list[i].key++
		}
	}
	slices.SortStableFunc(list, func(a, b placed) int { return cmp.Compare(a.key, b.key) })
	for i := range list {
		code[i] = list[i].draft
	}
}

// level returns the level of the next draft, and notes its accesses.
func (l *leveller) level(d draft) int32 {
	level := int32(0)
	size := d.n * d.rows * d.planes
	if size > batched {
		level = l.large
	}
	l.each(d, func(k int, a *access) {
		if level = max(level, a.read); k == dst {
			level = max(level, a.write)
		}
	})
	if size > batched {
		l.large = level
	}
	after := level
	if d.op.calls() {
		after++
	}
	l.each(d, func(k int, a *access) {
		if a.write = max(a.write, after); k == dst {
			a.read = max(a.read, after)
		}
	})
	return level
}

// each visits what is known of the places of a draft's operands: of a temporary as a whole, of named
// slots one by one.
func (l *leveller) each(d draft, visit func(k int, a *access)) {
	for k := range operands {
		switch b := d.at[k].block; {
		case d.unused[k]:
		case b != fixed:
			a := l.blocks[b]
			visit(k, &a)
			l.blocks[b] = a
		case d.op == opGather && k == argA || d.op == opScatter && k == dst:
			for _, i := range l.c.p.indexes[d.site] {
				visit(k, &l.slots[d.at[k].off+int(i)])
			}
		default:
			d.eachSlot(k, func(s int) { visit(k, &l.slots[s]) })
		}
	}
}

// eachSlot visits the slots of an operand of a named block.
func (d *draft) eachSlot(k int, visit func(slot int)) {
	turns := func(n, step int) int {
		if step == 0 {
			return 1
		}
		return n
	}
	n, rows, planes := turns(d.n, d.step[k]), turns(d.rows, d.rowStep[k]), turns(d.planes, d.planStep[k])
	for z := range planes {
		for y := range rows {
			for x := range n {
				visit(d.at[k].off + z*d.planStep[k] + y*d.rowStep[k] + x*d.step[k])
			}
		}
	}
}
