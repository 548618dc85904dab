package sim

import (
	"slices"

	"weir/model/resolved"
)

// whole drafts a call: its arguments are put next to each other, and the result is a
// block of which the expression reads an element.
func (c *compiler) whole(e *resolved.ArrayCall, s space) view {
	site := wholeSite{fn: e.Fn, out: e.Size()}
	args := make([]view, len(e.Args))
	own := make([]space, len(e.Args))
	k := classConst
	for i, a := range e.Args {
		own[i] = c.space(a.Loops)
		args[i] = c.expr(a.X, append(slices.Clone(s), own[i]...), nil)
		k = max(k, args[i].class)
		site.args = append(site.args, a.Size())
		site.width += a.Size()
	}
	free := union(s, args...)
	site.turns = size(free)
	if !c.affords(site.turns * (site.width + site.out)) {
		return c.number(0)
	}
	saved := c.phase
	c.phase = c.phaseOf(k)
	defer func() { c.phase = saved }()
	in := c.block(site.turns * site.width)
	at := in
	for i := range args {
		target := packed(at, own[i], k)
		for j := range free {
			target.axes = slices.Insert(target.axes, j, axis{free[j], site.width * size(free[j+1:])})
		}
		c.copyTo(&target, append(slices.Clone(s), own[i]...), args[i])
		at.off += site.args[i]
	}
	out := c.block(site.turns * site.out)
	c.p.wholes = append(c.p.wholes, site)
	d := newDraft(opWhole, []level{{n: site.turns * site.out, step: [operands]int{dst: 1, argA: 1}}}, []view{{at: in}})
	d.site = len(c.p.wholes) - 1
	d.at[dst] = out
	c.add(d)
	return c.pick(e, free, out, s, k)
}

// pick returns the element of a result that an expression reads.
func (c *compiler) pick(e *resolved.ArrayCall, free []*resolved.Loop, out place, s space, k class) view {
	over, at := make([]*resolved.Dimension, 0, len(free)+len(e.Over)), make([]resolved.Pos, 0, len(free)+len(e.At))
	for _, l := range free {
		elements := make([]string, len(l.At))
		turn := make([]int, len(l.At))
		for i := range turn {
			turn[i] = i
		}
		over, at = append(over, &resolved.Dimension{Elements: elements}), append(at, resolved.Pos{Loop: l, Map: turn})
	}
	v := refView(out, append(over, e.Over...), append(at, e.At...), s)
	v.class = k
	if v.bent() {
		return c.pack(v, s, v.loops())
	}
	return v
}
