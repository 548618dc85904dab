package sim

import "weir/model/resolved"

// neededBetween tells which instructions of the flows phase matter although no row is
// saved: those from which a stock's flow, the input of a delay state or a random number
// is computed, and tables that must not be read outside their points.
func neededBetween(p *Program) []bool {
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
		needed[i] = a.op == opDraw || p.mustNotLeave(a)
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
