package random

import (
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// write makes the equations.
func (g *generator) write() {
	for i, s := range g.stocks {
		g.tables = append(g.tables, g.stock(s, i))
	}
	for i, v := range g.rates {
		g.tables = append(g.tables, g.rate(v, i))
	}
}

// text returns the file; all but its head may come in any order.
func (g *generator) text() string {
	order := rapid.Permutation(g.tables).Draw(g.t, "order")
	return strings.Join(append(slices.Clone(g.head), order...), "\n")
}

// stock returns the table of stock i with its flows.
func (g *generator) stock(s *variable, i int) string {
	text := s.header()
	initial := &scope{generator: g, over: s.over, visible: g.before(i, 0, true), safe: true, depth: 1}
	text += fmt.Sprintf("initial = %q\n", initial.expression())
	if len(s.inflow) > 0 {
		text += "inflow = [" + quoted(names(s.inflow)) + "]\n"
	}
	if len(s.outflow) > 0 {
		text += "outflow = [" + quoted(names(s.outflow)) + "]\n"
	}
	if s.limited {
		text += "non_negative = true\n"
	}
	return text
}

// names returns the names of variables.
func names(variables []*variable) []string {
	out := make([]string, len(variables))
	for i, v := range variables {
		out[i] = v.name
	}
	return out
}

// before returns the names that an equation may use in the same step: inputs, data, the first so
// many stocks and rates; only safe rates if safe.
func (g *generator) before(stocks, rates int, safe bool) []*variable {
	all := slices.Concat(g.inputs_, g.data, g.stocks[:stocks])
	for _, v := range g.rates[:rates] {
		if v.safe || !safe {
			all = append(all, v)
		}
	}
	return all
}

// rate returns a flow's or an auxiliary's table. Safe ones use no stocks but through a
// memory, and may be used in initial values.
func (g *generator) rate(v *variable, i int) string {
	stocks := len(g.stocks)
	if v.safe {
		stocks = 0
	}
	s := &scope{generator: g, over: v.over, visible: g.before(stocks, i, v.safe), safe: v.safe,
		depth: 1 + g.choose(3, "depth"), memory: true, self: v}
	ordered := len(v.over) > 0 && v.over[0].name == "da" && g.maybe(2, "neighbours")
	if ordered {
		s.offset = -1
	}
	text := v.header() + fmt.Sprintf("equation = %q\n", g.bounded(v, s))
	s.offset = 0
	switch {
	case ordered:
		text += g.at(v, v.over[0].elements[0], s)
	case len(v.over) > 0 && g.maybe(3, "own equation"):
		d := v.over[0]
		text += g.at(v, d.elements[g.choose(len(d.elements), "element")], s)
	}
	return text
}

// at returns the equation of one element of the first dimension.
func (g *generator) at(v *variable, element string, s *scope) string {
	if len(v.over) == 2 {
		element += ", *"
	}
	return fmt.Sprintf("[%s.%s.at]\n%q = %q\n", v.kind, v.name, element, g.bounded(v, s))
}

// bounded keeps flows small most of the time.
func (g *generator) bounded(v *variable, s *scope) string {
	e := s.expression()
	if g.maybe(6, "unbounded") {
		return e
	}
	if v.limited {
		return "max(0, min(5, " + e + "))"
	}
	return "max(-5, min(5, " + e + "))"
}
