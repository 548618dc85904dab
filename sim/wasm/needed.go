package wasm

import (
	"fmt"
	"slices"

	"weir/sim"
	"weir/sim/internal/code"
)

// needed keeps the instructions of a phase on which the given slots depend.
func (e *emitter) needed(list []code.Instruction, slots []int) []code.Instruction {
	live := map[int]bool{}
	for _, s := range slots {
		live[s] = true
	}
	var kept []code.Instruction
	for i := len(list) - 1; i >= 0; i-- {
		in := &list[i]
		counts := false
		e.touched(in, func(slot int, write bool) { counts = counts || write && live[slot] })
		if !counts {
			continue
		}
		kept = append(kept, *in)
		e.touched(in, func(slot int, write bool) {
			if write {
				delete(live, slot)
			}
		})
		e.touched(in, func(slot int, write bool) {
			if !write {
				live[slot] = true
			}
		})
	}
	slices.Reverse(kept)
	return kept
}

// stage returns the code of an evaluation within a step: flows of stocks and everything they
// depend on. Everything else is computed at the next boundary.
func (e *emitter) stage() []code.Instruction {
	var slots []int
	for _, n := range e.code.Nets {
		for _, s := range append(slices.Clone(n.In), n.Out...) {
			for i := range n.N {
				slots = append(slots, s+i)
			}
		}
	}
	return e.needed(e.code.Flows, slots)
}

// choose makes rows of the given columns only.
func (e *emitter) choose(columns []string) error {
	index := map[string]int{}
	for i, c := range e.program.CodeColumns() {
		index[c.Name()] = i
	}
	all := e.code.Segments
	e.code.Segments, e.code.Width, e.columns = nil, len(columns), columns
	for i, name := range columns {
		c, ok := index[name]
		if !ok {
			return &sim.Error{Message: fmt.Sprintf("there is no column %q", name)}
		}
		k := slices.IndexFunc(all, func(s code.Segment) bool { return c >= s.Column && c < s.Column+s.N })
		e.code.Segments = append(e.code.Segments, code.Segment{Slot: all[k].Slot + c - all[k].Column, Column: i, N: 1, Open: all[k].Open})
	}
	return nil
}

// checks returns the blocks of slots that must be finite at a row: all of a full row but
// data series, which always are, and open segments; and stocks.
func checks(c *code.Program) []code.Block {
	first := c.LiteralAt // of the series
	for _, s := range c.Series {
		first = min(first, s.Slot)
	}
	list := []code.Block{{At: c.Stocks[0], N: c.Stocks[1] - c.Stocks[0]}}
	for _, s := range c.Segments {
		if n := min(s.Slot+s.N, first) - s.Slot; n > 0 && !s.Open {
			list = append(list, code.Block{At: s.Slot, N: n})
		}
	}
	slices.SortFunc(list, func(a, b code.Block) int { return a.At - b.At })
	out := list[:1]
	for _, b := range list[1:] {
		last := &out[len(out)-1]
		if b.At > last.At+last.N {
			out = append(out, b)
			continue
		}
		last.N = max(last.N, b.At+b.N-last.At)
	}
	return out
}

// readSeries returns the data series that rows have.
func readSeries(c *code.Program) []code.Series {
	return slices.DeleteFunc(slices.Clone(c.Series), func(s code.Series) bool {
		return !slices.ContainsFunc(c.Segments, func(g code.Segment) bool {
			return s.Slot >= g.Slot &&
				s.Slot < g.Slot+g.N
		})
	})
}
