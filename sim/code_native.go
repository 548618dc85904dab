package sim

import "weir/sim/internal/native"

// takeNative gives a run its machine code, if it has enough evaluations.
func (r *simulation) takeNative() {
	p := r.p
	if evaluations := r.clock.steps * r.method.Stages() * r.parts; evaluations < native.Least || native.Off {
		return
	}
	made := p.machineCode.Get("", func() (any, bool) { return p.makeNative(), true })
	r.native = made.(*machineCode)
	r.memory = native.Memory{V: r.v, Pool: p.tables.pool, Segments: r.segments}
}

// makeNative returns the program's machine code, nil if there is none.
func (p *Program) makeNative() *machineCode {
	s := &native.Source{Slots: p.slots, Stocks: p.stocks.from, Literals: p.literals, First: p.literalAt, Indexes: p.indexes}
	for i := range p.lookups {
		s.Lookups = append(s.Lookups, p.nativeLookup(i))
	}
	a := native.NewAssembler(s)
	if a == nil {
		return nil
	}
	nets := p.viewNets()
	m := &machineCode{flows: a.Routine(p.viewCode(phaseFlows)), slopes: a.Slopes(nets), follow: a.Follow(nets)}
	if !a.Finish() {
		return nil
	}
	return m
}

// nativeLookup returns the tables that the elements of a lookup read.
func (p *Program) nativeLookup(i int) native.Lookup {
	site := &p.lookups[i]
	n := p.segmentCount - site.segment
	if i+1 < len(p.lookups) {
		n = p.lookups[i+1].segment - site.segment
	}
	l := native.Lookup{Segment: site.segment}
	for k := range n {
		row := &p.tables.rows[site.row(k)]
		l.At, l.Points = append(l.At, row.at), append(l.Points, row.n)
	}
	return l
}

// DisableMachineCode lets the virtual machine execute all runs from now on. It is for a program's
// start, where nothing runs yet; no number depends on it.
func DisableMachineCode() { native.Off = true }
