package sim

import "weir/sim/internal/native"

// machineCode is a program as machine code: evaluations and the slopes of stocks. What runs once a
// step or less is left to the virtual machine.
type machineCode struct {
	flows          *nativePhase
	between        *nativePhase // flows, without those that only a saved row shows
	slopes, follow *native.Routine
}

// A nativePhase is a phase as machine code, with what it leaves to do at each of its exits.
type nativePhase struct {
	*native.Routine
	code []instruction
	left [][]leftCode // by exit
}

// A leftCode is instructions for the virtual machine, or a function of several numbers.
type leftCode struct {
	code     []instruction
	gathered *gathered
}

// execNative executes a phase. What the machine code leaves is done here.
func (m *machine) execNative(ph *nativePhase) {
	for k := ph.Start(&m.memory); k >= 0; k = ph.Resume(&m.memory, k) {
		x := &ph.Exits[k]
		if x.Element >= 0 {
			m.lookupElement(&ph.code[x.First], x.Element)
			continue
		}
		for i := range ph.left[k] {
			if l := &ph.left[k][i]; l.gathered != nil {
				l.gathered.compute(m)
			} else {
				m.exec(l.code)
			}
		}
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
