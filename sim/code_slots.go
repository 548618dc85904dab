package sim

import "weir/model/resolved"

// neededBetween tells which instructions of the flows phase matter although no row is
// saved: those from which a stock's flow, the input of a delay state or a random number
// is computed, and tables that must not be read outside their points; all tables if their readings
// are counted.
func neededBetween(p *Program, counted bool) []bool {
	live := make([]bool, p.slots)
	mark := func(s int) { live[s] = true }
	for _, n := range p.netFlows {
		for _, s := range append(append([]int(nil), n.in...), n.out...) {
			slotsFrom(s, n.n)(mark)
		}
	}
	for _, m := range p.delays {
		slotsFrom(m.input, m.n)(mark)
	}
	for i := range p.code[phaseInputs] {
		p.markArguments(&p.code[phaseInputs][i], mark)
	}
	code := p.code[phaseFlows]
	needed := make([]bool, len(code))
	for i := len(code) - 1; i >= 0; i-- {
		a := p.arrayOf(&code[i])
		needed[i] = a.op == opDraw || p.mustNotLeave(a) || counted && a.op == opLookup
		p.slotsOf(a, dst)(func(s int) { needed[i] = needed[i] || live[s] })
		if needed[i] {
			if !a.keep {
				p.slotsOf(a, dst)(func(s int) { live[s] = false })
			}
			p.markArguments(&code[i], mark)
		}
	}
	return needed
}

// markArguments calls mark with each slot that an instruction reads.
func (p *Program) markArguments(in *instruction, mark func(int)) {
	a := p.arrayOf(in)
	for k := argA; k < argA+ops[a.op].args; k++ {
		p.slotsOf(a, k)(mark)
	}
}

// mustNotLeave reports whether an instruction reads a table that stops a run if it is
// read outside its points.
func (p *Program) mustNotLeave(a *arrayCode) bool {
	if a.op != opLookup {
		return false
	}
	site := &p.lookups[a.site]
	for i := range a.n {
		if p.tables.rows[site.row(i)].beyond == resolved.Fail {
			return true
		}
	}
	return false
}

// A slotList calls back for each slot.
type slotList func(func(slot int))

// slotsFrom returns n slots from s on.
func slotsFrom(s, n int) slotList {
	return func(visit func(int)) {
		for i := range n {
			visit(s + i)
		}
	}
}

// combines reports whether an instruction takes its result's block as the beginning
// of a reduction.
func (a *arrayCode) combines() bool {
	return a.op == opReduceSum || a.op == opReduceProd || a.op == opReduceMin || a.op == opReduceMax
}

// arrayOf returns an instruction as one on arrays: itself, or a scalar one as a block of
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
		case a.op == opWhole && k == argA:
			slotsFrom(a.at[k], p.wholes[a.site].turns*p.wholes[a.site].width)(visit)
			return
		}
		step := a.step[k]
		if k == dst && a.combines() {
			step = 0
		}
		n, rows, planes := iterations(a.n, step), iterations(a.rows, a.rowStep[k]), iterations(a.planes, a.planStep[k])
		for z := range planes {
			for y := range rows {
				for x := range n {
					visit(a.at[k] + z*a.planStep[k] + y*a.rowStep[k] + x*step)
				}
			}
		}
	}
}

// hull returns the slots of an operand and all between them, so that distances between them
// are the same over lanes; those that are found by an index do not need it.
func (p *Program) hull(a *arrayCode, k int) slotList {
	if a.op == opGather && k == argA || a.op == opScatter && k == dst {
		return p.slotsOf(a, k)
	}
	low, high := p.ends(a, k)
	return slotsFrom(low, high-low+1)
}

// ends returns the lowest and the highest slot of an operand.
func (p *Program) ends(a *arrayCode, k int) (low, high int) {
	low, high = -1, -1
	p.slotsOf(a, k)(func(s int) {
		if low < 0 {
			low = s
		}
		low, high = min(low, s), max(high, s)
	})
	return low, high
}

// turnsOf returns how many turns of a loop move an operand.
func iterations(n, step int) int {
	if step == 0 {
		return 1
	}
	return n
}
