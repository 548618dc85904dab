package sim

import "weir/sim/internal/native"

// machineCode is a program as machine code: evaluations and the slopes of stocks. What runs once a
// step or less is left to the virtual machine.
type machineCode struct {
	flows, slopes, follow *native.Routine
}

// execNative executes a routine made of code. What it leaves is done here.
func (m *machine) execNative(r *native.Routine, code []instruction) {
	for k := r.Start(&m.memory); k >= 0; k = r.Resume(&m.memory, k) {
		x := &r.Exits[k]
		if x.Element < 0 {
			m.exec(code[x.First:x.Last])
			continue
		}
		m.lookupElement(&code[x.First], x.Element)
	}
}

// lookupElement reads one table of a lookup.
func (m *machine) lookupElement(in *instruction, i int) {
	if in.op == opLookup {
		site := &m.p.lookups[in.b]
		m.v[in.d] = m.lookup(site, site.table, site.segment, m.v[in.a])
		return
	}
	a := &m.p.arrays[in.a]
	site := &m.p.lookups[a.site]
	m.v[a.at[dst]+i] = m.lookup(site, site.row(i), site.segment+i, m.v[a.at[argA]+i*a.step[argA]])
}
