package sim

import "context"

// Lanes execute a program for many members of an ensemble at once. A slot whose value
// may differ between members has a number for each of them, its lanes, next to each
// other; all other slots have one number. Both lie in one vector: first the slots of
// the program, as in a single run, then L numbers for each slot that varies, in the
// order of slots. Each instruction runs over all lanes before the next, with the loops
// of array instructions: a scalar over lanes is an array like any other.
//
// A member has the bits that Program.Run gives it, since every number is computed by
// the same operations in the same order. How many lanes there are changes nothing.

// A laneProgram is a program's code over lanes. It never changes.
type laneProgram struct {
	p        *Program
	lanes    int
	varies   []bool // by slot: always, or for slots of passing values at some time
	place    []int  // by slot: where its number, or its first lane, is
	size     int    // length of the vector
	segments int    // segments that lookups over lanes remember
	code     [numPhases][]laneCode
	// between is the flows phase for evaluations whose row is not saved: without the variables
	// that only a saved row shows.
	between []laneCode
	fill    laneCopies // from the program's slots to lanes: constants and literals that all members share
	same    laneNetFlows
	differ  laneNetFlows
	delays  []laneDelay
	finite  []span // of the vector: numbers that must be finite for a row to be saved
}

// laneNets are stocks that move together, and where they are in the vector.
type laneNetFlows struct {
	netFlows []netFlow
	stocks   span
}

// A laneMemory is an element of a memory. Its numbers are width wide: all lanes, or
// one that members share.
type laneDelay struct {
	v                *delayState
	at, input, delay int // in the vector; delay is -1 for one step
	width            int
	varies           bool
}

// newLaneProgram makes the code for so many lanes, of which those of the given slots
// differ.
func newLaneProgram(ctx context.Context, p *Program, lanes int, varied []int) *laneProgram {
	classes := classifyLanes(ctx, p, varied)
	lp := &laneProgram{p: p, lanes: lanes, varies: classes.varies}
	lp.lay()
	lp.takeNetFlows()
	lp.takeDelays()
	lp.takeFinite()
	t := &laneTranslator{lp: lp}
	needed := neededBetween(p, false)
	for ph := range p.code {
		lp.code[ph] = t.translate(p.code[ph], classes.operands[ph], nil)
	}
	lp.between = t.translate(p.code[phaseFlows], classes.operands[phaseFlows], needed)
	lp.segments = t.segments
	return lp
}

// lay gives every slot its place.
func (lp *laneProgram) lay() {
	lp.place = make([]int, lp.p.slots)
	lp.size = lp.p.slots
	for s, varies := range lp.varies {
		lp.place[s] = s
		if varies {
			lp.place[s] = lp.size
			lp.size += lp.lanes
		}
	}
	shared := func(from, to int) {
		for s := from; s < to; s++ {
			if lp.varies[s] {
				lp.fill.add(lp.place[s], s)
			}
		}
	}
	shared(0, lp.p.stocks.from)
	shared(lp.p.literalAt, lp.p.literalAt+len(lp.p.literals))
}

// takeNets parts the stocks into those that all members share and the others.
func (lp *laneProgram) takeNetFlows() {
	p := lp.p
	lp.same.stocks = p.stocks
	for _, n := range p.netFlows {
		if !lp.varies[n.stock] {
			lp.same.netFlows = append(lp.same.netFlows, n)
			continue
		}
		m := netFlow{v: n.v, stock: lp.place[n.stock], n: n.n * lp.lanes}
		for _, s := range n.in {
			m.in = append(m.in, lp.place[s])
		}
		for _, s := range n.out {
			m.out = append(m.out, lp.place[s])
		}
		lp.differ.netFlows = append(lp.differ.netFlows, m)
	}
	for s := p.stocks.from; s < p.stocks.to; s++ {
		if !lp.varies[s] {
			continue
		}
		if lp.differ.stocks.to == 0 {
			lp.differ.stocks.from = lp.place[s]
		}
		lp.differ.stocks.to = lp.place[s] + lp.lanes
	}
	if len(lp.same.netFlows) == 0 {
		lp.same.stocks.to = lp.same.stocks.from
	}
}

// takeDelays notes where the delay states and their inputs lie: one number where all lanes agree, else
// one a lane.
func (lp *laneProgram) takeDelays() {
	for i := range lp.p.delays {
		m := &lp.p.delays[i]
		for e := range m.n {
			x := laneDelay{v: m, at: lp.place[m.at+e], input: lp.place[m.input+e], delay: -1, width: 1}
			if m.delay >= 0 {
				x.delay = lp.place[m.delay+e]
			}
			if lp.varies[m.at+e] {
				x.width, x.varies = lp.lanes, true
			}
			lp.delays = append(lp.delays, x)
		}
	}
}

// takeFinite lists the numbers of a saved row that must be finite, and the stocks.
func (lp *laneProgram) takeFinite() {
	add := func(from, n int) {
		for s := from; s < from+n; s++ {
			x := span{lp.place[s], lp.place[s] + 1}
			if lp.varies[s] {
				x.to = x.from + lp.lanes
			}
			if k := len(lp.finite); k > 0 && lp.finite[k-1].to == x.from && (x.from != lp.p.slots) {
				lp.finite[k-1].to = x.to
			} else {
				lp.finite = append(lp.finite, x)
			}
		}
	}
	for _, s := range lp.p.segments {
		if !s.open {
			add(s.slot, s.n)
		}
	}
	add(lp.p.stocks.from, lp.p.stocks.len())
}
