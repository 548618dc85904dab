package sim

import (
	"encoding/binary"
	"slices"

	"weir/model/resolved"
)

// A draft is an instruction whose operands have no final place yet.
type draft struct {
	arrayCode
	at     [operands]place
	unused [operands]bool
}

// A block is a piece of the vector for temporaries.
type block struct {
	size int
	keep bool // read in another phase or at another time than it is written
	at   int  // final place
}

// A value identifies a computation: the same operation on the same operands is done
// once a phase.
type value struct {
	op              op
	site            int
	n, rows, planes int
	at              [operands]place
	step, row, plan [operands]int
}

// block returns a new temporary of n slots. Passing the bound on slots fails the compilation.
func (c *compiler) block(n int) place {
	c.within(n, maxSlots)
	c.blocks = append(c.blocks, block{size: n})
	return place{len(c.blocks) - 1, 0}
}

// affords counts n numbers that the program has to remember, and reports whether all
// of them are within bounds. It is asked before anything of that size is made.
func (c *compiler) affords(n int) bool {
	c.spent += n
	return c.within(c.spent, maxRemembered)
}

// within reports whether n is within a bound, and notes the error if it is not.
func (c *compiler) within(n, bound int) bool {
	if n > bound && c.err == nil {
		c.err = errorf("the model is too large: its equations need more than %d numbers at once", bound)
	}
	return n <= bound
}

// emit drafts an elementwise operation over the loops that its arguments depend on,
// and puts the result at target if there is one.
func (c *compiler) emit(o op, s space, target *view, args ...view) view {
	k := classConst
	for _, a := range args {
		k = max(k, a.class)
	}
	loops := union(s, args...)
	if target == nil || len(loops) < len(target.axes) || c.phaseOf(k) != c.phase {
		v := c.emitNew(o, s, loops, k, args)
		return c.copyTo(target, s, v)
	}
	return c.emitAt(o, s, loops, *target, args)
}

// emitNew puts the result in a new block, or finds it computed already.
func (c *compiler) emitNew(o op, s space, loops []*resolved.Loop, k class, args []view) view {
	saved := c.phase
	c.phase = c.phaseOf(k)
	defer func() { c.phase = saved }()
	args = c.straighten(s, loops, args)
	v := packed(place{}, loops, k)
	d := newDraft(o, levelsOf(loops, append([]view{v}, args...)), args)
	if at, ok := c.known[c.phase][d.value()]; ok {
		v.at = at
		return v
	}
	v.at = c.block(size(loops))
	c.remember(d, v.at)
	return v
}

// emitAt puts the result at a target that has exactly these loops.
func (c *compiler) emitAt(o op, s space, loops []*resolved.Loop, target view, args []view) view {
	levels := levelsOf(loops, append([]view{target}, args...))
	if !fits(levels, 0) {
		return c.copyTo(&target, s, c.emitNew(o, s, loops, target.class, args))
	}
	args = c.straighten(s, loops, args)
	levels = levelsOf(loops, append([]view{target}, args...))
	if len(levels) > 3 {
		for i := range args {
			args[i] = c.pack(args[i], s, loops)
		}
		levels = levelsOf(loops, append([]view{target}, args...))
	}
	if len(levels) > 3 {
		v := c.emitNew(o, s, loops, target.class, args)
		return c.scatter(s, target, v)
	}
	d := newDraft(o, levels, args)
	if at, ok := c.known[c.phase][d.value()]; ok && target.isPacked(loops) && o != opCopy {
		return c.copyTo(&target, s, packed(at, loops, target.class))
	}
	if target.isPacked(loops) {
		c.remember(d, target.at)
		return target
	}
	d.at[dst] = target.at
	c.add(d)
	return target
}

// remember drafts d with its result at a place, for later use of the same value.
func (c *compiler) remember(d draft, at place) {
	c.known[c.phase][d.value()] = at
	d.at[dst] = at
	c.add(d)
}

// add appends an instruction to the phase that is being compiled.
func (c *compiler) add(d draft) { c.drafts[c.phase] = append(c.drafts[c.phase], d) }

// copyTo copies a value to target, for all turns of the target, and returns the
// target; without a target it returns the value.
func (c *compiler) copyTo(target *view, s space, v view) view {
	if target == nil {
		return v
	}
	if v.at == target.at && slices.Equal(v.axes, target.axes) {
		return v
	}
	loops := target.loops()
	levels := levelsOf(loops, []view{*target, v})
	if len(levels) > 3 || !fits(levels, 0) {
		return c.scatter(s, *target, v)
	}
	args := []view{v}
	if !fits(levels, 1) {
		args[0] = c.pack(v, s, v.inOrder(loops))
		levels = levelsOf(loops, []view{*target, args[0]})
	}
	d := newDraft(opCopy, levels, args)
	d.at[dst] = target.at
	c.add(d)
	return *target
}

// straighten makes every argument step by 0 or 1 in the innermost loop, and leaves
// no more than three levels of loops.
func (c *compiler) straighten(s space, loops []*resolved.Loop, args []view) []view {
	out := append([]view(nil), args...)
	result := packed(place{}, loops, classConst)
	for i, a := range out {
		if levels := levelsOf(loops, []view{result, a}); !fits(levels, 1) {
			out[i] = c.pack(a, s, a.inOrder(loops))
		}
	}
	if len(levelsOf(loops, append([]view{result}, out...))) > 3 {
		for i := range out {
			out[i] = c.pack(out[i], s, loops)
		}
	}
	return out
}

// pack copies a value to a new block in which the given loops lie row-major, unless
// it lies so already.
func (c *compiler) pack(v view, s space, loops []*resolved.Loop) view {
	if v.isPacked(loops) || !c.affords(size(loops)) {
		return v
	}
	saved := c.phase
	c.phase = c.phaseOf(v.class)
	defer func() { c.phase = saved }()
	out := packed(place{}, loops, v.class)
	d := draft{arrayCode: arrayCode{op: opGather, n: size(loops), rows: 1, planes: 1,
		site: c.indexOf(v.offsets(loops))}}
	d.step = [operands]int{1, 1}
	d.at[argA] = v.at
	d.unused = [operands]bool{argB: true, argC: true}
	at, ok := c.known[c.phase][d.value()]
	if !ok {
		at = c.block(size(loops))
		c.remember(d, at)
	}
	out.at = at
	return out
}

// scatter puts a value at a target whose slots are irregular.
func (c *compiler) scatter(s space, target, v view) view {
	loops := target.loops()
	if !c.affords(size(loops)) {
		return target
	}
	v = c.pack(v, s, loops)
	d := draft{arrayCode: arrayCode{op: opScatter, n: size(loops), rows: 1, planes: 1,
		site: c.indexOf(target.offsets(loops))}}
	d.step = [operands]int{1, 1}
	d.at = [operands]place{target.at, v.at}
	d.unused = [operands]bool{argB: true, argC: true}
	c.add(d)
	return target
}

// flat drafts an operation that knows one loop only: arguments are packed or scalar.
func (c *compiler) flat(o op, site int, s space, loops []*resolved.Loop, k class, target *view, args ...view) view {
	saved := c.phase
	c.phase = c.phaseOf(k)
	for i, a := range args {
		if len(a.axes) > 0 {
			args[i] = c.pack(a, s, loops)
		}
	}
	into := packed(place{}, loops, k)
	d := newDraft(o, []level{{n: size(loops), step: flatSteps(args)}}, args)
	d.site = site
	direct := target != nil && target.isPacked(loops) && c.phase == saved
	if direct {
		into = *target
	} else {
		into.at = c.block(size(loops))
	}
	d.at[dst] = into.at
	c.add(d)
	c.phase = saved
	if direct {
		return into
	}
	return c.copyTo(target, s, into)
}

// flatSteps returns the steps of an instruction on operands that lie without gaps: 1 for an array,
// 0 for a number that all elements share.
func flatSteps(args []view) [operands]int {
	step := [operands]int{dst: 1}
	for i, a := range args {
		if len(a.axes) > 0 {
			step[argA+i] = 1
		}
	}
	return step
}

// indexOf returns the position of an index among the program's; equal ones are shared.
func (c *compiler) indexOf(offsets []int) int {
	bytes := make([]byte, 0, 4*len(offsets))
	for _, o := range offsets {
		bytes = binary.LittleEndian.AppendUint32(bytes, uint32(int32(o)))
	}
	if i, ok := c.index[string(bytes)]; ok {
		return i
	}
	list := make([]int32, len(offsets))
	for i, o := range offsets {
		list[i] = int32(o)
	}
	c.p.indexes = append(c.p.indexes, list)
	c.index[string(bytes)] = len(c.p.indexes) - 1
	return len(c.p.indexes) - 1
}
