package sim

import (
	"slices"

	"weir/model/resolved"
	"weir/sim/internal/code"
)

// Code returns the program in the form for translators: instructions on one vector of
// float64, and everything around them. It is a copy.
func (p *Program) Code() *code.Program {
	c := &code.Program{Slots: p.slots, Stocks: [2]int{p.stocks.from, p.stocks.to},
		Values:   [2]int{firstNamed, p.stocks.from},
		Literals: slices.Clone(p.literals), LiteralAt: p.literalAt, Width: len(p.columns.list)}
	for ph, to := range []*[]code.Instruction{&c.Const, &c.Init, &c.Start, &c.Flows, &c.Inputs, &c.Delays} {
		*to = p.viewCode(p.code[ph])
	}
	for _, x := range p.indexes {
		c.Indexes = append(c.Indexes, slices.Clone(x))
	}
	p.viewTables(c)
	for _, d := range p.draws {
		c.Draws = append(c.Draws, code.Draw{Dist: d.dist, Key: d.key, Element: slices.Clone(d.element)})
	}
	for _, w := range p.wholes {
		c.Wholes = append(c.Wholes, code.Whole{Fn: w.fn, Args: slices.Clone(w.args), Out: w.out, Turns: w.turns})
	}
	c.Nets = p.viewNets()
	for _, m := range p.delays {
		c.DelayStates = append(c.DelayStates, code.DelayState{Name: ownerName(m.v), At: m.at, N: m.n,
			Input: m.input, Delay: m.delay})
	}
	for _, g := range p.model.Guards {
		c.Guards = append(c.Guards, code.Block{Name: ownerName(g.Time), At: p.slot[g.Time.ID], N: g.Time.Size()})
	}
	for _, s := range p.segments {
		c.Segments = append(c.Segments, code.Segment{Slot: s.slot, Column: s.column, N: s.n, Open: s.open})
	}
	return c
}

// viewTables adds the tables with their points and the way they go on beyond them.
func (p *Program) viewTables(c *code.Program) {
	for i := range p.tables.rows {
		r := &p.tables.rows[i]
		c.Tables = append(c.Tables, code.Table{Name: r.name(), Points: slices.Clone(r.table.Points[r.element]),
			Beyond: r.beyond})
	}
	for _, s := range p.series {
		for e := range s.table.Points {
			c.Series = append(c.Series, code.Series{Table: s.first + e, Slot: s.slot + e})
		}
	}
	for i, l := range p.lookups {
		n := p.segmentCount - l.segment
		if i+1 < len(p.lookups) {
			n = p.lookups[i+1].segment - l.segment
		}
		c.Lookups = append(c.Lookups, code.Lookup{Table: l.table, Segment: l.segment, N: n, Pick: slices.Clone(l.pick)})
	}
}

// CodeValues lists the constants and decisions in the order of their slots, with
// their values in the model or in s.Set.
func (p *Program) CodeValues(s Settings) ([]code.Value, error) {
	m := newMachine(p, s)
	if err := m.load(s); err != nil {
		return nil, err
	}
	var list []code.Value
	for _, k := range []resolved.Kind{resolved.Constant, resolved.Decision} {
		for _, v := range p.model.Variables {
			if v.Kind != k {
				continue
			}
			for e := range v.Size() {
				slot := p.slot[v.ID] + e
				list = append(list, code.Value{Name: elementName(v.Name, v.Over, e), Slot: slot, Value: m.v[slot],
					Decision: k == resolved.Decision, Varying: p.varying[v.ID]})
			}
		}
	}
	return list, nil
}

// CodeChanges lists the changes of s slot by slot, in an order of application that
// leads to the values of a run.
func (p *Program) CodeChanges(s Settings) ([]code.Change, error) {
	m := newMachine(p, s)
	if err := m.load(s); err != nil {
		return nil, err
	}
	list, err := m.prepare(s.Changes)
	var out []code.Change
	for _, x := range list {
		for _, c := range x.changes {
			out = append(out, code.Change{Slot: x.slot, Kind: int32(c.Kind), Amount: c.Amount, Start: c.Start,
				Over: c.Over, Until: c.Until})
		}
	}
	return out, err
}

// CodeClock returns the times of a run with these settings.
func (p *Program) CodeClock(s Settings) (code.Clock, error) {
	c, err := p.makeClock(s)
	return code.Clock{Start: c.start, Stop: c.stop, Step: c.step, Save: c.save, Steps: c.steps, Every: c.every}, err
}

// CodeColumns lists the numbers of a saved row in order. It is a view: do not change it.
func (p *Program) CodeColumns() []Column { return p.columns.list }
