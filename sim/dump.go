package sim

import (
	"bufio"
	"fmt"
	"io"
	"sort"
)

// Dump writes the program as a listing: the layout of the vector and the code of each
// phase. A block of n slots is written at slot:n; an operand that is broadcast has
// no length.
func (p *Program) Dump(w io.Writer) error {
	out := bufio.NewWriter(w)
	names := p.slotNames()
	fmt.Fprintf(out, "slots %d, of which named %d, stocks %d to %d\n", p.slots, p.named, p.stocks.from, p.stocks.to)
	for ph, code := range p.code {
		if len(code) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n%s\n", phaseNames[ph])
		for _, in := range code {
			p.dumpInstruction(out, names, in)
		}
	}
	if len(p.netFlows) > 0 {
		fmt.Fprintf(out, "\nstocks\n")
	}
	for _, n := range p.netFlows {
		fmt.Fprintf(out, "  %-22s net", names.at(n.stock, n.n))
		for _, s := range n.in {
			fmt.Fprintf(out, " + %s", names.at(s, n.n))
		}
		for _, s := range n.out {
			fmt.Fprintf(out, " - %s", names.at(s, n.n))
		}
		fmt.Fprintln(out)
	}
	return out.Flush()
}

// dumpInstruction writes one instruction with the names of its slots.
func (p *Program) dumpInstruction(w io.Writer, names slotNames, in instruction) {
	switch in.op {
	case opArray:
		p.dumpArray(w, names, &p.arrays[in.a])
	case opLookup:
		fmt.Fprintf(w, "  %-22s lookup %s %s\n", names.at(int(in.d), 1),
			p.tables.rows[p.lookups[in.b].table].name(), names.at(int(in.a), 1))
	default:
		fmt.Fprintf(w, "  %-22s %s", names.at(int(in.d), 1), ops[in.op].name)
		for _, s := range []uint32{in.a, in.b, in.c}[:ops[in.op].args] {
			fmt.Fprintf(w, " %s", names.at(int(s), 1))
		}
		fmt.Fprintln(w)
	}
}

// dumpArray writes an instruction on arrays, each operand with the range of slots that it goes
// over.
func (p *Program) dumpArray(w io.Writer, names slotNames, a *arrayCode) {
	length := func(k int) int { return (a.n-1)*a.step[k] + 1 }
	fmt.Fprintf(w, "  %-22s %s", names.at(a.at[dst], length(dst)), ops[a.op].name)
	if a.op == opLookup {
		fmt.Fprintf(w, " %s", p.tables.rows[p.lookups[a.site].table].table.Name)
	}
	for k := range ops[a.op].args {
		fmt.Fprintf(w, " %s", names.at(a.at[argA+k], length(argA+k)))
	}
	fmt.Fprintf(w, "   × %d", a.n)
	if a.rows > 1 {
		fmt.Fprintf(w, ", rows %d by %v", a.rows, a.rowStep[:1+ops[a.op].args])
	}
	if a.planes > 1 {
		fmt.Fprintf(w, ", planes %d by %v", a.planes, a.planStep[:1+ops[a.op].args])
	}
	fmt.Fprintln(w)
}

// slotNames has the names of slots for listings.
type slotNames struct {
	p     *Program
	first []int // slots at which variables begin, ascending
	name  []string
}

// slotNames returns the names of named slots, sorted by slot for a search.
func (p *Program) slotNames() slotNames {
	s := slotNames{p: p}
	add := func(slot int, name string) {
		s.first = append(s.first, slot)
		s.name = append(s.name, name)
	}
	for i, name := range [firstNamed]string{"time", "step_start", "step", "start", "stop"} {
		add(i, name)
	}
	for _, v := range p.model.Variables {
		add(p.slot[v.ID], v.Name)
	}
	sort.Sort(&s)
	return s
}

func (s *slotNames) Len() int           { return len(s.first) }
func (s *slotNames) Less(i, j int) bool { return s.first[i] < s.first[j] }
func (s *slotNames) Swap(i, j int) {
	s.first[i], s.first[j] = s.first[j], s.first[i]
	s.name[i], s.name[j] = s.name[j], s.name[i]
}

// at names n slots from a slot on.
func (s *slotNames) at(slot, n int) string {
	text := fmt.Sprintf("t%d", slot-s.p.named)
	switch lit := slot - s.p.literalAt; {
	case slot < s.p.named:
		k := sort.SearchInts(s.first, slot+1) - 1
		text = s.name[k]
		if off := slot - s.first[k]; off > 0 {
			text = fmt.Sprintf("%s+%d", text, off)
		}
	case lit >= 0 && lit < len(s.p.literals):
		text = fmt.Sprintf("%g", s.p.literals[lit])
	}
	if n > 1 {
		text = fmt.Sprintf("%s:%d", text, n)
	}
	return text
}
