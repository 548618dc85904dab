package sim

import (
	"slices"

	"weir/sim/internal/code"
)

// viewCode returns instructions, those on arrays written out with their steps.
func (p *Program) viewCode(phase []instruction) []code.Instruction {
	var list []code.Instruction
	for _, in := range phase {
		if in.op == opArray {
			a := p.arrays[in.a]
			list = append(list, code.Instruction{Op: codeName(a.op), Args: ops[a.op].args, Keep: a.keep, N: a.n,
				Rows: a.rows, Planes: a.planes,
				At: a.at, Step: a.step, RowStep: a.rowStep, PlanesStep: a.planStep, Site: a.site})
			continue
		}
		x := code.Instruction{Op: codeName(in.op), Args: ops[in.op].args, N: 1, Rows: 1, Planes: 1,
			At: [operands]int{int(in.d), int(in.a), int(in.b), int(in.c)}}
		if in.op == opLookup {
			x.Site = int(in.b)
		}
		list = append(list, x)
	}
	return list
}

// codeName returns an operation's name; reductions have the names of operations on two
// numbers, so they are told apart.
func codeName(o op) string {
	if o >= opReduceSum && o <= opReduceMax {
		return "reduce " + ops[o].name
	}
	return ops[o].name
}

// viewNets returns how stocks change.
func (p *Program) viewNets() []code.Net {
	list := make([]code.Net, len(p.netFlows))
	for i, n := range p.netFlows {
		list[i] = code.Net{Stock: n.stock, N: n.n, In: slices.Clone(n.in), Out: slices.Clone(n.out)}
	}
	return list
}
