package sim

import (
	"math"
	"slices"

	"weir/model/resolved"
)

// A space is the loops that an expression stands in, outermost first: the order in
// which its temporaries are laid out.
type space []*resolved.Loop

// space leaves out loops of one turn.
func (c *compiler) space(loops []*resolved.Loop) space {
	return slices.DeleteFunc(slices.Clone(loops), func(l *resolved.Loop) bool { return len(l.At) == 1 })
}

// expr drafts the code of an expression. If target is not nil the value is put
// there, for all its turns, and target is returned.
func (c *compiler) expr(e resolved.Expr, s space, target *view) view {
	switch e := e.(type) {
	case *resolved.Apply:
		return c.apply(e, s, target)
	case *resolved.If:
		return c.branch(e, s, target)
	case *resolved.Reduce:
		return c.copyTo(target, s, c.reduce(e, s, target))
	case *resolved.Lookup:
		return c.lookup(e, s, target)
	case *resolved.Draw:
		return c.draw(e, s, target)
	case *resolved.ArrayCall:
		return c.copyTo(target, s, c.whole(e, s))
	}
	return c.copyTo(target, s, c.leaf(e, s))
}

// leaf returns a value that is there already.
func (c *compiler) leaf(e resolved.Expr, s space) view {
	switch e := e.(type) {
	case *resolved.Const:
		return c.number(e.Value)
	case *resolved.Clock:
		return view{at: place{fixed, clockSlots[e.Kind]}, class: c.classOf(e)}
	case *resolved.Ref:
		if !c.within(size(refLoops(e.At)), maxSlots) {
			return c.number(0)
		}
		v := refView(place{fixed, c.p.slot[e.Var.ID]}, e.Var.Over, e.At, s)
		v.class = c.class[e.Var.ID]
		if v.bent() {
			return c.pack(v, s, v.loops())
		}
		return v
	}
	panic("sim: unknown kind of expression")
}

// refLoops returns the loops that a reference runs through, once for each position.
func refLoops(at []resolved.Pos) []*resolved.Loop {
	var list []*resolved.Loop
	for _, p := range at {
		if p.Loop != nil {
			list = append(list, p.Loop)
		}
	}
	return list
}

// clockSlots are the slots of the quantities that the run supplies, by ClockKind.
var clockSlots = [...]int{
	resolved.Now:       slotNow,
	resolved.StepStart: slotStepStart,
	resolved.StepSize:  slotStep,
	resolved.StartTime: slotStart,
	resolved.StopTime:  slotStop,
}

// number returns a literal; equal ones share a slot.
func (c *compiler) number(x float64) view {
	i, ok := c.literal[math.Float64bits(x)]
	if !ok {
		i = len(c.p.literals)
		c.literal[math.Float64bits(x)] = i
		c.p.literals = append(c.p.literals, x)
	}
	return view{at: place{literalBlock, i}}
}

// apply drafts an operation on its arguments. More than two of an operation that
// takes two are combined from the left.
func (c *compiler) apply(e *resolved.Apply, s space, target *view) view {
	if o, ok := powerOf(e); ok {
		x := c.expr(e.Args[0], s, nil)
		if o == opCopy {
			return c.copyTo(target, s, x)
		}
		return c.emit(o, s, target, x)
	}
	args := make([]view, len(e.Args))
	for i, a := range e.Args {
		args[i] = c.expr(a, s, nil)
	}
	for len(args) > ops[e.Op].args {
		args = slices.Insert(args[2:], 0, c.emit(op(e.Op), s, nil, args[0], args[1]))
	}
	if len(args) < ops[e.Op].args {
		return c.copyTo(target, s, args[0])
	}
	return c.emit(op(e.Op), s, target, args...)
}

// powerOf returns the cheaper operation for some constant exponents. They give the bits
// of functions.Pow.
func powerOf(e *resolved.Apply) (op, bool) {
	if e.Op != resolved.Pow {
		return 0, false
	}
	k, ok := e.Args[1].(*resolved.Const)
	if !ok {
		return 0, false
	}
	switch k.Value {
	case 1:
		return opCopy, true
	case 2:
		return opSquare, true
	case 0.5:
		return op(resolved.Sqrt), true
	case -1:
		return opReciprocal, true
	}
	return 0, false
}

// branch computes both values and takes one. A lookup in a branch that is not taken
// is given NaN, which no table counts as outside its points.
func (c *compiler) branch(e *resolved.If, s space, target *view) view {
	outer := c.mask
	defer func() { c.mask = outer }()
	cond := c.expr(e.Cond, s, nil)
	if reads(e.Then) {
		c.mask = c.both(s, outer, cond)
	}
	then := c.expr(e.Then, s, nil)
	c.mask = outer
	if reads(e.Else) {
		c.mask = c.both(s, outer, c.emit(op(resolved.Not), s, nil, cond))
	}
	other := c.expr(e.Else, s, nil)
	return c.emit(opSelect, s, target, cond, then, other)
}

// both returns whether a branch inside another is taken.
func (c *compiler) both(s space, outer *view, cond view) *view {
	if outer != nil {
		cond = c.emit(op(resolved.And), s, nil, *outer, cond)
	}
	return &cond
}

// reads reports whether an expression reads a table.
func reads(e resolved.Expr) bool {
	if _, ok := e.(*resolved.Lookup); ok {
		return true
	}
	return slices.ContainsFunc(resolved.Children(e), reads)
}

// lookup drafts the reading of a table, or of one table of an array for each turn.
func (c *compiler) lookup(e *resolved.Lookup, s space, target *view) view {
	x := c.expr(e.X, s, nil)
	if c.mask != nil {
		x = c.emit(opWhen, s, nil, *c.mask, x)
	}
	rows := refView(place{}, e.Table.Over, e.At, s)
	loops := union(s, x, rows)
	if !c.affords(size(loops)) {
		return x
	}
	site := lookupSite{table: c.p.tables.first[e.Table.ID] + rows.at.off, segment: c.p.segmentCount,
		fixed: c.again && x.class != classFlow}
	if len(rows.axes) > 0 {
		site.pick = rows.offsets(loops)
	}
	c.p.segmentCount += size(loops)
	c.p.lookups = append(c.p.lookups, site)
	return c.flat(opLookup, len(c.p.lookups)-1, s, loops, x.class, target, x)
}

// draw drafts a random number. Its block stays, since it is filled at the start of a
// step and read until the next.
func (c *compiler) draw(e *resolved.Draw, s space, target *view) view {
	args := make([]view, len(e.Args))
	for i, a := range e.Args {
		args[i] = c.expr(a, s, nil)
	}
	own := make([]axis, 0, len(e.Loops))
	for _, l := range c.space(e.Loops) {
		own = append(own, axis{loop: l})
	}
	loops := union(s, append(slices.Clone(args), view{axes: own})...)
	if !c.affords(size(loops)) {
		return c.number(0)
	}
	c.p.draws = append(c.p.draws, drawSite{e.Dist, e.Key, drawElements(e.Loops, loops)})
	v := c.flat(opDraw, len(c.p.draws)-1, s, loops, classFlow, nil, args...)
	c.blocks[v.at.block].keep = true
	return c.copyTo(target, s, v)
}

// drawElements numbers the elements of a draw: positions in the dimensions, so that an
// equation for part of an array draws the same numbers as one for the whole.
func drawElements(own, loops []*resolved.Loop) []uint32 {
	out := make([]uint32, size(loops))
	for i := range out {
		turn := iterationOf(loops, i)
		for _, l := range own {
			t := 0
			if k := slices.Index(loops, l); k >= 0 {
				t = turn[k]
			}
			out[i] = out[i]*uint32(len(l.Dim.Elements)) + uint32(l.At[t])
		}
	}
	return out
}

// union returns the loops that any of the views depends on, in the order of the space.
func union(s space, views ...view) []*resolved.Loop {
	var loops []*resolved.Loop
	for _, l := range s {
		if slices.ContainsFunc(views, func(v view) bool {
			return slices.ContainsFunc(v.axes, func(a axis) bool { return a.loop == l })
		}) {
			loops = append(loops, l)
		}
	}
	return loops
}
