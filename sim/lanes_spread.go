package sim

// A laneGraph has the ways by which variation between members spreads: from a slot to the
// instructions that read it, from an instruction to the slots that it writes, and over
// whole blocks. Its nodes are the slots that keep one value, then one node for each
// instruction, then one for each block. Following it takes one visit of each edge, where
// walking the program again and again takes one round for each step of a chain.
type laneGraph struct {
	c    *laneClasses
	next [][]int32 // by node
}

// spreadLanes makes every slot vary that follows from those that vary now. It finds
// nothing that further rounds of walking would not find.
func spreadLanes(c *laneClasses) {
	g := &laneGraph{c: c, next: make([][]int32, c.p.passing)}
	var draws []int32
	for ph := range c.p.code {
		draws = append(draws, g.phase(phase(ph))...)
	}
	for _, n := range c.p.netFlows {
		g.together(append(append([]int{n.stock}, n.in...), n.out...), n.n)
	}
	for _, m := range c.p.delays {
		blocks := []int{m.at, m.input}
		if m.delay >= 0 {
			blocks = append(blocks, m.delay)
		}
		g.together(blocks, m.n)
	}
	g.follow(draws)
}

// node adds a node without edges and returns its number.
func (g *laneGraph) node() int32 {
	g.next = append(g.next, nil)
	return int32(len(g.next) - 1)
}

func (g *laneGraph) edge(from, to int32) { g.next[from] = append(g.next[from], to) }

// phase adds the instructions of a phase and returns those that draw.
func (g *laneGraph) phase(ph phase) (draws []int32) {
	p := g.c.p
	writer := make([]int32, p.slots-p.passing) // by slot of passing values
	for i := range writer {
		writer[i] = -1
	}
	// source is the node that has the value of a slot at the present instruction.
	source := func(s int) int32 {
		if s < p.passing {
			return int32(s)
		}
		return writer[s-p.passing]
	}
	for i := range p.code[ph] {
		a := p.arrayOf(&p.code[ph][i])
		node := g.node()
		if a.op == opDraw {
			draws = append(draws, node)
		}
		for k := argA; k < argA+ops[a.op].args; k++ {
			block := g.join(p.hull(a, k), source)
			g.edge(block, node)
			if g.c.meets(a, k) || k == argA && a.combines() {
				g.edge(node, block)
			}
		}
		p.hull(a, dst)(func(s int) {
			if s < p.passing {
				g.edge(int32(s), node)
				g.edge(node, int32(s))
			}
		})
		if a.keep {
			block := g.join(p.hull(a, dst), source)
			g.edge(block, node)
			g.edge(node, block)
		}
		p.slotsOf(a, dst)(func(s int) {
			if s >= p.passing {
				writer[s-p.passing] = node
			}
		})
	}
	return draws
}

// join returns the node of a block: if one of its slots varies, all do.
func (g *laneGraph) join(list slotList, source func(slot int) int32) int32 {
	block, last := g.node(), int32(-1)
	list(func(s int) {
		if n := source(s); n >= 0 && n != last {
			g.edge(n, block)
			g.edge(block, n)
			last = n
		}
	})
	return block
}

// together joins blocks of n slots.
func (g *laneGraph) together(blocks []int, n int) {
	g.join(func(visit func(int)) {
		for _, s := range blocks {
			slotsFrom(s, n)(visit)
		}
	}, func(s int) int32 { return int32(s) })
}

// follow makes everything vary that can be reached from the slots that vary, and from the
// nodes given.
func (g *laneGraph) follow(from []int32) {
	seen := make([]bool, len(g.next))
	todo := from
	for s := range g.c.p.passing {
		if g.c.varies[s] {
			todo = append(todo, int32(s))
		}
	}
	for _, n := range todo {
		seen[n] = true
	}
	for len(todo) > 0 {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int(n) < g.c.p.passing {
			g.c.vary(int(n))
		}
		for _, m := range g.next[n] {
			if !seen[m] {
				seen[m] = true
				todo = append(todo, m)
			}
		}
	}
}
