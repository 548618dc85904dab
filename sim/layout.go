package sim

import (
	"fmt"

	"weir/model/resolved"
)

// layOut returns every variable its block: constants, decisions, stocks, memories,
// initial values, auxiliaries and flows, each in the model's order.
func (p *Program) layOut() error {
	p.slot = make([]int, len(p.model.Variables))
	next := firstNamed
	for _, k := range []resolved.Kind{resolved.Constant, resolved.Decision, resolved.Stock, resolved.DelayState,
		resolved.Initial, resolved.Aux, resolved.Flow} {
		if k == resolved.Stock {
			p.stocks.from = next
		}
		for _, v := range p.model.Variables {
			if v.Kind != k {
				continue
			}
			size, err := boundedSize(v)
			if err != nil {
				return err
			}
			p.slot[v.ID] = next
			if next += size; next > maxSlots {
				return tooLarge(v)
			}
		}
		if k == resolved.Stock {
			p.stocks.to = next
		}
	}
	p.named = next
	return nil
}

// boundedSize returns v.Size without overflow.
func boundedSize(v *resolved.Variable) (int, error) {
	size := 1
	for _, d := range v.Over {
		if n := len(d.Elements); n > 0 && size > maxSlots/n {
			return 0, tooLarge(v)
		}
		size *= len(d.Elements)
	}
	return size, nil
}

// tooLarge returns the error that names the variable with which the model exceeds maxSlots.
func tooLarge(v *resolved.Variable) error {
	return &Error{Span: v.Span, Message: fmt.Sprintf("the model is too large: with %s it has more than %d numbers", v.Name, maxSlots)}
}

// makeColumns lists the numbers of a saved row: declared variables in the model's order,
// then the data series that equations read.
func (p *Program) makeColumns() {
	c := &columns{index: map[string]int{}, of: map[string]span{}, folded: map[string][]span{}}
	p.open = p.model.Open()
	for _, v := range p.model.Variables {
		if v.Hidden {
			continue
		}
		p.addSegment(segment{p.slot[v.ID], len(c.list), v.Size(), p.open[v.ID]})
		c.addAll(v.Name, v.Label, v.Unit, v.Over)
	}
	for _, d := range p.series {
		p.addSegment(segment{d.slot, len(c.list), len(d.table.Points), false})
		c.addAll(d.table.Name, d.table.Name, "", d.table.Over)
	}
	p.columns = c
}

// addSegment notes a run of slots that is saved, joined to the one before where both go on.
func (p *Program) addSegment(s segment) {
	if n := len(p.segments); n > 0 {
		last := &p.segments[n-1]
		if last.slot+last.n == s.slot && last.column+last.n == s.column && last.open == s.open {
			last.n += s.n
			return
		}
	}
	p.segments = append(p.segments, s)
}

// takeGiven reads the numbers of constants and decisions, which come first in the
// vector, from their equations.
func (p *Program) takeGiven() {
	p.parameters = make([]float64, p.stocks.from-firstNamed)
	for _, v := range p.model.Variables {
		if v.Kind != resolved.Constant && v.Kind != resolved.Decision {
			continue
		}
		for _, part := range v.Parts {
			value, ok := fold(part.Expr).(*resolved.Const)
			if !ok {
				panic("sim: the value of " + v.Name + " is not a number")
			}
			box := boxView(place{fixed, p.slot[v.ID] - firstNamed}, v.Over, part)
			for _, o := range box.offsets(box.loops()) {
				p.parameters[box.at.off+o] = value.Value
			}
		}
	}
}
