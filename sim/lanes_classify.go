package sim

import (
	"context"
	"slices"
)

// laneClasses holds which slots may differ between members: the varied constants, random
// numbers, and everything computed from them. Where an instruction, a stock or a delay
// state reads or writes a block of slots of which one varies, the whole block varies, so
// that a block has either one number per slot or lanes throughout.
type laneClasses struct {
	p      *Program
	varies []bool // by slot: always, or for slots of passing values at some time
	// operands says of each instruction which of its operands vary.
	operands [numPhases][][operands]bool
	forced   [numPhases][]bool // instructions whose result is read together with slots that vary
	now      []bool            // by slot: varies at the present instruction
	writer   []int             // by slot of passing values: the instruction that wrote it, or -1
	changed  bool
}

// classifyLanes finds the classes if the given slots differ between members. They are
// incomplete if the context is done.
func classifyLanes(ctx context.Context, p *Program, varied []int) *laneClasses {
	return classifyIn(ctx, p, varied, laneRounds)
}

// classifyIn returns classifyLanes with spreadLanes after so many rounds.
func classifyIn(ctx context.Context, p *Program, varied []int, rounds int) *laneClasses {
	c := &laneClasses{p: p, varies: make([]bool, p.slots), now: make([]bool, p.slots), writer: make([]int, p.slots)}
	for ph := range p.code {
		c.operands[ph] = make([][operands]bool, len(p.code[ph]))
		c.forced[ph] = make([]bool, len(p.code[ph]))
	}
	for _, s := range varied {
		c.varies[s] = true
	}
	for round := 1; ; round++ {
		c.changed = false
		for ph := range p.code {
			c.walk(phase(ph))
		}
		c.joinNetFlows()
		c.joinDelays()
		if !c.changed || ctx.Err() != nil {
			return c
		}
		if round == rounds {
			spreadLanes(c)
		}
	}
}

// laneRounds is how often a program is walked before spreadLanes looks ahead. Most models
// need three rounds; a chain of stocks against the order of their equations needs one per
// stock.
const laneRounds = 4

// walk goes through a phase in the order in which it runs.
func (c *laneClasses) walk(ph phase) {
	copy(c.now, c.varies[:c.p.passing])
	for s := c.p.passing; s < c.p.slots; s++ {
		c.now[s], c.writer[s] = false, -1
	}
	for i := range c.p.code[ph] {
		c.join(ph, i, c.p.arrayOf(&c.p.code[ph][i]))
	}
}

// join makes an instruction's result vary if an argument does, and whole blocks if a
// part of them does.
func (c *laneClasses) join(ph phase, i int, a *arrayCode) {
	vary := &c.operands[ph][i]
	any := a.op == opDraw || c.forced[ph][i]
	for k := argA; k < argA+ops[a.op].args; k++ {
		vary[k] = c.whole(ph, c.p.hull(a, k))
		any = any || vary[k]
	}
	result := c.p.hull(a, dst)
	result(func(s int) { any = any || s < c.p.passing && c.varies[s] })
	if a.keep { // the result is read, too: it holds what the reduction begins with
		result(func(s int) { any = any || c.now[s] })
		if any {
			c.all(ph, result)
		}
	}
	for k := argA; any && k < argA+ops[a.op].args; k++ {
		if !vary[k] && c.meets(a, k) { // the result is added to this argument
			c.all(ph, c.p.hull(a, k))
			vary[k] = true
		}
	}
	if vary[dst] = any; any && a.combines() && !vary[argA] {
		c.all(ph, c.p.hull(a, argA))
		vary[argA] = true
	}
	if any {
		result(func(s int) { c.vary(s) })
	}
	c.p.slotsOf(a, dst)(func(s int) {
		if c.now[s] = any; s >= c.p.passing {
			c.writer[s] = i
		}
	})
}

// meets reports whether an argument and the result have slots in common.
func (c *laneClasses) meets(a *arrayCode, k int) bool {
	low, high := c.p.ends(a, k)
	first, last := c.p.ends(a, dst)
	return low <= last && first <= high
}

// vary notes that a slot varies, always or at some time.
func (c *laneClasses) vary(s int) {
	c.changed = c.changed || !c.varies[s]
	c.varies[s] = true
}

// whole makes all of an argument vary if some of it does, and reports whether it does.
func (c *laneClasses) whole(ph phase, list slotList) bool {
	any := false
	list(func(s int) { any = any || c.now[s] })
	if any {
		c.all(ph, list)
	}
	return any
}

// all makes slots vary: those of passing values by making the instructions that wrote
// them write lanes.
func (c *laneClasses) all(ph phase, list slotList) {
	list(func(s int) {
		c.vary(s)
		if w := c.writer[s]; s >= c.p.passing && w >= 0 && !c.now[s] {
			c.changed = c.changed || !c.forced[ph][w]
			c.forced[ph][w] = true
		}
		c.now[s] = true
	})
}

// joinNets makes a block of stocks vary with any of its flows, and the reverse.
func (c *laneClasses) joinNetFlows() {
	for _, n := range c.p.netFlows {
		blocks := append(append([]int{n.stock}, n.in...), n.out...)
		c.together(blocks, n.n)
	}
}

// joinDelays makes a delay, its input and its delay time vary together, since they are kept as one.
func (c *laneClasses) joinDelays() {
	for _, m := range c.p.delays {
		blocks := []int{m.at, m.input}
		if m.delay >= 0 {
			blocks = append(blocks, m.delay)
		}
		c.together(blocks, m.n)
	}
}

// together makes blocks of n named slots vary if one of them does.
func (c *laneClasses) together(blocks []int, n int) {
	any := false
	for _, s := range blocks {
		any = any || slices.Contains(c.varies[s:s+n], true)
	}
	for i := 0; any && i < len(blocks); i++ {
		slotsFrom(blocks[i], n)(c.vary)
	}
}
