package behaviour

import (
	"fmt"
	"math"
	"slices"

	"weir/model"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// balanced is the share of its largest term by which a balance may be off: what
// adding in another order can make of it.
const balanced = 1e-9

// A ledger is a copy of the model in which every flow of a conserved stock is also
// added up in a stock of its own, by the run's own method:
//
//	stock(t) - stock(start) = Σ inflows added up - Σ outflows added up
type ledger struct {
	copied *model.Model
	sums   map[string]string // by flow: the stock that adds it up
}

// newLedger returns a ledger over the flows of the augmented model.
func (p *plan) newLedger() *ledger {
	m := *p.m
	m.Tests = nil
	m.Variables = slices.Clone(p.m.Variables)
	l := &ledger{copied: &m, sums: map[string]string{}}
	for _, t := range p.tests {
		for _, name := range t.conserve {
			s := p.m.Variable(name)
			for _, flow := range slices.Concat(s.Inflow, s.Outflow) {
				p.addUp(l, flow, s.Over)
			}
		}
	}
	return l
}

// addUp adds a stock that a flow of equal size flows into.
func (p *plan) addUp(l *ledger, flow string, over []string) {
	if l.sums[flow] != "" {
		return
	}
	sum, copyOf := p.fresh("added_up_%d", len(l.sums)+1), p.fresh("added_flow_%d", len(l.sums)+1)
	l.sums[flow] = sum
	l.copied.Variables = append(l.copied.Variables,
		&model.Variable{Name: copyOf, Kind: model.KindFlow, Over: over, Equation: model.Text{Text: flow}},
		&model.Variable{Name: sum, Kind: model.KindStock, Over: over,
			Equation: model.Text{Text: "0"}, Inflow: []string{copyOf}})
}

// balance checks one stock, every element of it, at every saved time.
func (p *plan) balance(name string, l *ledger, r *sim.Result) Claim {
	c := Claim{Text: "conserve " + name, Pass: true}
	s := p.m.Variable(name)
	worst := 0.
	for _, e := range element.Product(p.elementsOf(s.Over)) {
		stock := r.Index(element.Join(name, e))
		in, out := l.indexes(r, s.Inflow, e), l.indexes(r, s.Outflow, e)
		for i, t := range r.Time {
			off, largest := residue(r.Row(i), r.Row(0), stock, in, out)
			share := 0.
			if off != 0 {
				share = math.Abs(off) / largest
			}
			if !(share <= balanced) {
				return unbalanced(name, e, t, off, largest)
			}
			worst = max(worst, share)
		}
	}
	c.Message = fmt.Sprintf("%s changes by its flows alone, to %s of the largest term", name, short(worst))
	return c
}

// residue returns the gain of a stock beyond its flows, and the largest term.
func residue(row, start []float64, stock int, in, out []int) (off, largest float64) {
	off = row[stock] - start[stock]
	largest = max(math.Abs(row[stock]), math.Abs(start[stock]))
	for _, i := range in {
		off -= row[i]
		largest = max(largest, math.Abs(row[i]))
	}
	for _, i := range out {
		off += row[i]
		largest = max(largest, math.Abs(row[i]))
	}
	return off, largest
}

// unbalanced returns the failed claim about a stock at a time, with the size of the gap.
func unbalanced(name string, e []string, t, off, largest float64) Claim {
	return Claim{
		Text: "conserve " + name, At: &t, Element: elementText(e), Left: off, Compared: false,
		Message: fmt.Sprintf("%s has gained %s more than its flows brought%s (largest term %s)",
			element.Join(name, e), short(off), when(&t), short(largest)),
	}
}

// indexes returns the columns that add up some flows, for one element.
func (l *ledger) indexes(r *sim.Result, flows, e []string) []int {
	var list []int
	for _, f := range flows {
		list = append(list, r.Index(element.Join(l.sums[f], e)))
	}
	return list
}

// elementsOf returns the elements of an array over dimensions, row-major.
func (p *plan) elementsOf(over []string) [][]string {
	var lists [][]string
	for _, d := range over {
		lists = append(lists, p.dims[d].elements)
	}
	return lists
}
