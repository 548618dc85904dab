package sim

import (
	"slices"

	"weir/sim/internal/native"
)

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
	s := &native.Source{Slots: p.slots, Stocks: p.stocks.from, Literals: p.literals, First: p.literalAt,
		Indexes: p.indexes}
	for i := range p.lookups {
		s.Lookups = append(s.Lookups, nativeLookupOf(p, i))
	}
	a := native.NewAssembler(s)
	if a == nil {
		return nil
	}
	nets := p.viewNets()
	var between []instruction
	for i, needed := range neededBetween(p, true) {
		if needed {
			between = append(between, p.code[phaseFlows][i])
		}
	}
	m := &machineCode{flows: nativePhaseOf(p, a, p.code[phaseFlows]), between: nativePhaseOf(p, a, between)}
	m.slopes, m.follow = a.Slopes(nets), a.Follow(nets)
	if !a.Finish() {
		return nil
	}
	return m
}

// nativePhaseOf writes a phase as machine code.
func nativePhaseOf(p *Program, a *native.Assembler, code []instruction) *nativePhase {
	ph := &nativePhase{Routine: a.Routine(p.viewCode(code)), code: code}
	ph.left = make([][]leftCode, len(ph.Exits))
	for k, x := range ph.Exits {
		if x.Element < 0 {
			ph.left[k] = gatherOf(p, code[x.First:x.Last])
		}
	}
	return ph
}

// gatherOf puts numbers of the same function together where none of them is made from another.
func gatherOf(p *Program, code []instruction) []leftCode {
	var out []leftCode
	written, read := map[int32]bool{}, map[int32]bool{} // by the functions since from
	from := 0
	for i := range code {
		g, ok := numbersOf(p, &code[i])
		free := ok
		for k := range g.d {
			free = free && !written[g.a[k]] && !written[g.b[k]] && !written[g.d[k]] && !read[g.d[k]]
		}
		if !free {
			from = len(out)
			clear(written)
			clear(read)
		}
		if !ok {
			out = append(out, leftCode{code: code[i : i+1]})
			from = len(out)
			continue
		}
		for k := range g.d {
			written[g.d[k]], read[g.a[k]], read[g.b[k]] = true, true, true
		}
		same := slices.IndexFunc(out[from:], func(l leftCode) bool {
			return l.gathered.op == g.op && len(l.gathered.d)+len(g.d) <= batched
		})
		if same < 0 {
			out = append(out, leftCode{gathered: &g})
			continue
		}
		all := out[from+same].gathered
		all.d, all.a, all.b = append(all.d, g.d...), append(all.a, g.a...), append(all.b, g.b...)
	}
	return out
}

// numbersOf returns the single numbers of a function. It reports false of other operations, and of rows
// that are long enough by themselves.
func numbersOf(p *Program, in *instruction) (g gathered, ok bool) {
	a := in.alone()
	if in.op == opArray {
		a = p.arrays[in.a]
	}
	if rowFunctions[a.op] == nil || a.n*a.rows*a.planes > batched || a.n >= fewNumbers {
		return g, false
	}
	g.op = a.op
	for z := range a.planes {
		for y := range a.rows {
			for x := range a.n {
				at := func(k int) int32 { return int32(a.at[k] + z*a.planStep[k] + y*a.rowStep[k] + x*a.step[k]) }
				g.d, g.a, g.b = append(g.d, at(dst)), append(g.a, at(argA)), append(g.b, at(argB))
			}
		}
	}
	return g, true
}

// alone returns a scalar instruction as an array of one.
func (in *instruction) alone() arrayCode {
	return arrayCode{op: in.op, n: 1, rows: 1, planes: 1, at: [operands]int{int(in.d), int(in.a), int(in.b), int(in.c)}}
}

// nativeLookupOf returns the tables that the elements of a lookup read.
func nativeLookupOf(p *Program, i int) native.Lookup {
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
