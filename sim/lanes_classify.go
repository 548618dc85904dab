package sim

// varyingSlots finds the slots whose numbers may differ between members: the given
// ones, what is drawn, and what is computed from any of them. Where an instruction, a
// stock or a memory reads or writes a block of slots of which one varies, all of the
// block do, so that a block is either one number a slot or lanes throughout. It errs
// on the side of varying: a slot varies or not at all times, also one that holds
// several values in turn.
func varyingSlots(p *Program, varied []int) []bool {
	c := &laneClasses{p: p, varies: make([]bool, p.slots)}
	for _, s := range varied {
		c.varies[s] = true
	}
	for c.changed = true; c.changed; {
		c.changed = false
		for ph := range p.code {
			for i := range p.code[ph] {
				a := p.arrayOf(&p.code[ph][i])
				c.join(a)
			}
		}
		c.joinNets()
		c.joinMemories()
	}
	return c.varies
}

type laneClasses struct {
	p       *Program
	varies  []bool
	changed bool
}

// join makes an instruction's result vary if an argument does, and whole blocks if a
// part of them does.
func (c *laneClasses) join(a *arrayCode) {
	any := a.op == opDraw
	for k := argA; k < argA+ops[a.op].args; k++ {
		any = c.whole(c.p.hull(a, k)) || any
	}
	if any || c.some(c.p.hull(a, dst)) {
		c.all(c.p.hull(a, dst))
		if a.combines() { // with what the result holds already
			c.all(c.p.hull(a, argA))
		}
	}
}

// joinNets makes a block of stocks vary with any of its flows, and the reverse.
func (c *laneClasses) joinNets() {
	for _, n := range c.p.nets {
		blocks := append(append([]int{n.stock}, n.in...), n.out...)
		any := false
		for _, s := range blocks {
			any = c.some(slotsFrom(s, n.n)) || any
		}
		for _, s := range blocks {
			if any {
				c.all(slotsFrom(s, n.n))
			}
		}
	}
}

func (c *laneClasses) joinMemories() {
	for _, m := range c.p.memories {
		blocks := []int{m.at, m.input}
		if m.delay >= 0 {
			blocks = append(blocks, m.delay)
		}
		any := false
		for _, s := range blocks {
			any = c.some(slotsFrom(s, m.n)) || any
		}
		for _, s := range blocks {
			if any {
				c.all(slotsFrom(s, m.n))
			}
		}
	}
}

// A slotList calls back for each slot.
type slotList func(func(slot int))

// slotsFrom is n slots from s on.
func slotsFrom(s, n int) slotList {
	return func(visit func(int)) {
		for i := range n {
			visit(s + i)
		}
	}
}

func (c *laneClasses) some(list slotList) bool {
	any := false
	list(func(s int) { any = any || c.varies[s] })
	return any
}

func (c *laneClasses) all(list slotList) {
	list(func(s int) {
		c.changed = c.changed || !c.varies[s]
		c.varies[s] = true
	})
}

// whole makes all vary if some do, and reports whether they do.
func (c *laneClasses) whole(list slotList) bool {
	any := c.some(list)
	if any {
		c.all(list)
	}
	return any
}

// combines reports whether an instruction takes its result's block as the beginning
// of a reduction.
func (a *arrayCode) combines() bool {
	return a.op == opReduceSum || a.op == opReduceProd || a.op == opReduceMin || a.op == opReduceMax
}

// arrayOf is an instruction as one on arrays: itself, or a scalar one as a block of
// one.
func (p *Program) arrayOf(in *instruction) *arrayCode {
	if in.op == opArray {
		return &p.arrays[in.a]
	}
	a := &arrayCode{op: in.op, n: 1, rows: 1, planes: 1, at: [operands]int{int(in.d), int(in.a), int(in.b), int(in.c)},
		step: [operands]int{1, 1, 1, 1}}
	if in.op == opLookup {
		a.site = int(in.b)
	}
	return a
}

// slotsOf lists the slots of an operand, some perhaps more than once.
func (p *Program) slotsOf(a *arrayCode, k int) slotList {
	return func(visit func(int)) {
		switch {
		case a.op == opGather && k == argA, a.op == opScatter && k == dst:
			for _, i := range p.indexes[a.site] {
				visit(a.at[k] + int(i))
			}
			return
		}
		step := a.step[k]
		if k == dst && a.combines() {
			step = 0
		}
		n, rows, planes := turnsOf(a.n, step), turnsOf(a.rows, a.rowStep[k]), turnsOf(a.planes, a.planStep[k])
		for z := range planes {
			for y := range rows {
				for x := range n {
					visit(a.at[k] + z*a.planStep[k] + y*a.rowStep[k] + x*step)
				}
			}
		}
	}
}

// hull is the slots of an operand and all between them, so that distances between them
// are the same over lanes; those that are found by an index do not need it.
func (p *Program) hull(a *arrayCode, k int) slotList {
	list := p.slotsOf(a, k)
	if a.op == opGather && k == argA || a.op == opScatter && k == dst {
		return list
	}
	low, high := a.at[k], a.at[k]
	list(func(s int) { low, high = min(low, s), max(high, s) })
	return slotsFrom(low, high-low+1)
}

// turnsOf is how many turns of a loop move an operand.
func turnsOf(n, step int) int {
	if step == 0 {
		return 1
	}
	return n
}
