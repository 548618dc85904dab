package sim

import (
	"math"
	"slices"

	"weir/model/resolved"
)

// A reduction is how values are combined: from identity, by step, one at a time or
// a row at once.
type reduction struct {
	step     resolved.Op
	row      op
	identity float64
}

var reductions = map[resolved.Op]reduction{
	resolved.Sum:  {resolved.Add, opReduceSum, 0},
	resolved.Prod: {resolved.Mul, opReduceProd, 1},
	resolved.Min:  {resolved.Min, opReduceMin, math.Inf(1)},
	resolved.Max:  {resolved.Max, opReduceMax, math.Inf(-1)},
}

// reduce drafts a reduction, with its result at the target if it fits there. Its loops run in
// their own order, so that sums have the same bits however memory is laid out; the loops around
// it run where it suits memory.
func (c *compiler) reduce(e *resolved.Reduce, s space, target *view) view {
	own := c.space(e.Loops)
	inner := c.reduceSpace(e, s, own)
	x := c.expr(e.X, inner, nil)
	saved := c.phase
	c.phase = c.phaseOf(x.class)
	defer func() { c.phase = saved }()
	if c.phase != saved {
		target = nil
	}

	all := slices.DeleteFunc(slices.Clone(inner), func(l *resolved.Loop) bool {
		return x.step(l) == 0 && !slices.Contains(own, l) &&
			!slices.ContainsFunc(x.axes, func(a axis) bool { return a.loop == l })
	})
	if len(all) == 0 {
		return x
	}
	around := slices.DeleteFunc(slices.Clone(all), func(l *resolved.Loop) bool { return slices.Contains(own, l) })
	out := packed(place{}, around, x.class)
	levels := levelsOf(all, []view{out, x})
	if len(levels) > 3 || !fits(levels, argA) {
		all = append(slices.Clone(around), own...)
		x = c.pack(x, inner, all)
		levels = levelsOf(all, []view{out, x})
	}
	out.at = place{noBlock, 0}
	if target != nil && target.isPacked(around) {
		out.at = target.at
	}
	out.at = c.combine(reductions[e.Op], levels, out, x, size(around))
	return out
}

// combine drafts the instructions of a reduction of x, and gives the place of its n
// results: that of out if it has one.
func (c *compiler) combine(r reduction, levels []level, out, x view, n int) place {
	last := levels[len(levels)-1]
	d := newDraft(r.row, levels, []view{x})
	if at, ok := c.known[c.phase][d.value()]; ok {
		return at
	}
	at := out.at
	if at.block == noBlock {
		at = c.block(n)
	}
	c.known[c.phase][d.value()] = at
	loops := 0 // that combine
	for _, l := range levels {
		if l.step[dst] == 0 {
			loops++
		}
	}
	d.at[dst] = at
	if loops == 1 && last.step[dst] == 0 {
		c.add(d)
		return at
	}
	fill := newDraft(opCopy, []level{{n: n, step: [operands]int{dst: 1}}}, []view{c.number(r.identity)})
	fill.at[dst] = at
	c.add(fill)
	if last.step[dst] == 0 {
		d.keep = true
		c.add(d)
		return at
	}
	out.at = at
	for i := range levels {
		levels[i].step[argA], levels[i].step[argB] = levels[i].step[dst], levels[i].step[argA]
	}
	d = newDraft(op(r.step), levels, []view{out, x})
	d.at[dst] = at
	c.add(d)
	return at
}

// reduceSpace returns the order of loops for the inside of a reduction: that of memory in
// the largest array it reads, if its own loops keep their order in it.
func (c *compiler) reduceSpace(e *resolved.Reduce, s, own space) space {
	plain := append(slices.Clone(s), own...)
	var best space
	visitRefs(e.X, func(r *resolved.Ref) {
		v := refView(place{}, r.Var.Over, r.At, plain)
		v.axes = slices.DeleteFunc(v.axes, func(a axis) bool { return !slices.Contains(plain, a.loop) })
		slices.SortStableFunc(v.axes, func(a, b axis) int { return max(b.step, -b.step) - max(a.step, -a.step) })
		if len(v.axes) > len(best) {
			best = v.loops()
		}
	})
	order := slices.DeleteFunc(slices.Clone(plain), func(l *resolved.Loop) bool { return slices.Contains(best, l) })
	order = append(order, best...)
	kept := slices.DeleteFunc(slices.Clone(order), func(l *resolved.Loop) bool { return !slices.Contains(own, l) })
	if !slices.Equal(kept, own) {
		return plain
	}
	return order
}

// visitRefs calls visit for every reference in a tree.
func visitRefs(e resolved.Expr, visit func(*resolved.Ref)) {
	if r, ok := e.(*resolved.Ref); ok {
		visit(r)
	}
	for _, x := range resolved.Children(e) {
		visitRefs(x, visit)
	}
}
