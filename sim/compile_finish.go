package sim

import (
	"slices"

	"weir/model/resolved"
)

// finish gives every block its place and writes the final code.
func (c *compiler) finish() {
	p := c.p
	next := p.named
	for i := range p.series {
		p.series[i].slot = next
		next += len(p.series[i].table.Points)
	}
	c.blocks[literalBlock].at = next
	p.literalAt = next
	next += len(p.literals)
	c.fuse()
	c.order()
	c.keepShared()
	for i := range c.blocks[firstTemporary:] {
		if b := &c.blocks[firstTemporary+i]; b.keep {
			b.at = next
			next += b.size
		}
	}
	p.slots, p.passing = next, next
	for ph := range c.drafts {
		if c.ctx.Err() != nil {
			return
		}
		end := c.place(c.drafts[ph], next)
		p.slots = max(p.slots, end)
		p.code[ph] = c.write(c.drafts[ph])
	}
	for i, h := range c.holds {
		p.delays[i].input = c.blocks[h.input.block].at
		if h.delay.block != fixed {
			p.delays[i].delay = c.blocks[h.delay.block].at
		}
	}
	for _, d := range c.drafts[phaseFlows] {
		p.work += d.n * d.rows * d.planes
	}
}

// keepShared marks the blocks that are read in another phase than they are written.
func (c *compiler) keepShared() {
	writer := make([]phase, len(c.blocks))
	for ph, code := range c.drafts {
		for _, d := range code {
			writer[d.at[dst].block] = phase(ph)
		}
	}
	for ph, code := range c.drafts {
		for _, d := range code {
			for k := argA; k < operands; k++ {
				if b := d.at[k].block; !d.unused[k] && b >= firstTemporary && writer[b] != phase(ph) {
					c.blocks[b].keep = true
				}
			}
		}
	}
}

// place lays out the temporaries of a phase from slot next on. A block's slots are
// used again after its last reader. It returns the end.
func (c *compiler) place(code []draft, next int) int {
	last := map[int]int{}
	for i, d := range code {
		for k, p := range d.at {
			if !d.unused[k] {
				last[p.block] = i
			}
		}
	}
	free := map[int][]int{} // slots by size
	placed := map[int]bool{}
	release := func(i int, d draft) {
		done := map[int]bool{}
		for k := argA; k < operands; k++ {
			b := d.at[k].block
			if !d.unused[k] && c.temporary(b) && last[b] == i && placed[b] && !done[b] && b != d.at[dst].block {
				free[c.blocks[b].size] = append(free[c.blocks[b].size], c.blocks[b].at)
				done[b] = true
				placed[b] = false
			}
		}
	}
	for i, d := range code {
		inPlace := d.op.elementwise() && d.rows == 1 && d.planes == 1
		if inPlace {
			release(i, d)
		}
		if b := d.at[dst].block; c.temporary(b) && !placed[b] {
			blk := &c.blocks[b]
			if list := free[blk.size]; len(list) > 0 {
				blk.at = list[len(list)-1]
				free[blk.size] = list[:len(list)-1]
			} else {
				blk.at = next
				next += blk.size
			}
			placed[b] = true
		}
		if !inPlace {
			release(i, d)
		}
	}
	return next
}

// temporary reports whether a block holds a passing value, whose slots others may use after it.
func (c *compiler) temporary(b int) bool { return b >= firstTemporary && !c.blocks[b].keep }

// write makes final code of drafts: scalar instructions in line, array instructions
// in the program's list.
func (c *compiler) write(drafts []draft) []instruction {
	code := make([]instruction, 0, len(drafts))
	for _, d := range drafts {
		for k := range d.at {
			if !d.unused[k] {
				d.arrayCode.at[k] = c.slotOf(d.at[k])
			}
		}
		a := d.arrayCode
		if a.n == 1 && a.rows == 1 && a.planes == 1 && d.op.elementwise() {
			code = append(code, instruction{a.op, uint32(a.at[dst]), uint32(a.at[argA]), uint32(a.at[argB]),
				uint32(a.at[argC])})
			continue
		}
		if a.op == opLookup && a.n == 1 {
			code = append(code, instruction{opLookup, uint32(a.at[dst]), uint32(a.at[argA]), uint32(a.site), 0})
			continue
		}
		a.kernel, a.function = a.chooseKernel(), rowFunctions[a.op]
		code = append(code, instruction{op: opArray, a: uint32(len(c.p.arrays))})
		c.p.arrays = append(c.p.arrays, a)
	}
	return code
}

// chooseKernel picks the loops of an instruction, nil if it has none of its own.
func (a *arrayCode) chooseKernel() func([]float64, *arrayCode, [operands]int) {
	switch {
	case a.op == opReduceSum && !a.keep && a.step[argA] == 1:
		return sumRows
	case a.op == op(resolved.Add) && a.at[dst] == a.at[argA] && a.rowStep[dst] == 0 && a.rowStep[argA] == 0 &&
		a.step[argB] == 1:
		return sumColumns
	}
	return kernels[a.op][a.step[argA]|a.step[argB]<<1|a.step[argC]<<2]
}

// slotOf returns the slot of a place, once blocks have theirs.
func (c *compiler) slotOf(p place) int {
	if p.block == fixed {
		return p.off
	}
	return c.blocks[p.block].at + p.off
}

// placeSeries notes the data series that some equation reads at other times than the present
// only: one that stands by its name is a variable already.
func (c *compiler) placeSeries() {
	used := map[*resolved.Table]bool{}
	var visit func(e resolved.Expr)
	visit = func(e resolved.Expr) {
		if l, ok := e.(*resolved.Lookup); ok && l.Table.Data {
			used[l.Table] = true
		}
		for _, x := range resolved.Children(e) {
			visit(x)
		}
	}
	eachExpr(c.p.model, visit)
	for _, t := range c.p.model.Tables {
		if used[t] && !declared(c.p.model, t.Name) {
			c.p.series = append(c.p.series, series{table: t, first: c.p.tables.first[t.ID]})
		}
	}
}

// declared reports whether a variable of that name has columns of its own.
func declared(m *resolved.Model, name string) bool {
	return slices.ContainsFunc(m.Variables, func(v *resolved.Variable) bool { return !v.Hidden && v.Name == name })
}

// eachExpr visits the equations of a model.
func eachExpr(m *resolved.Model, visit func(resolved.Expr)) {
	for _, list := range [][]resolved.Assign{m.Init, m.Flows} {
		for _, a := range list {
			visit(a.Part.Expr)
		}
	}
	for _, v := range m.Variables {
		for _, parts := range [][]*resolved.Part{v.Input, v.Delay} {
			for _, part := range parts {
				visit(part.Expr)
			}
		}
	}
}
