package evidence

import (
	"cmp"
	"math"

	"weir/scenarios"
	"weir/scenarios/report/internal/parts"
)

// A Done is one part of a scenario: what is done, by whom, at which price, with which caution,
// and the decisions that it changes.
type Done struct {
	Label, About, Who, Cost, Caution, Source string
	Changes                                  []parts.Cell // lever, values and dates as one text each
}

// Done returns the parts of a scenario, in its order.
func (b *Teller) Done(s *scenarios.Scenario) []Done {
	out := []Done{}
	for _, i := range s.Interventions {
		d := Done{Label: i.Label, About: i.About, Who: i.Owner, Cost: cmp.Or(i.Cost, b.costWords()), Caution: i.Caution,
			Source: b.sourceWords(i.Source)}
		for _, l := range b.C.Levers {
			if l.Scenario != s || l.Intervention != i {
				continue
			}
			d.Who = cmp.Or(d.Who, l.Owner)
			d.Changes = append(d.Changes, b.changeCell(l))
		}
		d.Who = cmp.Or(d.Who, "nobody is named")
		out = append(out, d)
	}
	return out
}

// changeCell returns a change as one text: "Share of teachers with a coach: 40% instead of 0%,
// from 2027, at once".
func (b *Teller) changeCell(l scenarios.Lever) parts.Cell {
	q := b.Names.Quantity(l.Decision, l.Unit, max(math.Abs(l.Baseline), math.Abs(l.Value)))
	cells := b.leverCells(&lever{l, nil})
	return parts.Cell{Text: cells[0].Text + ": " + q.With(l.Value) + " instead of " + q.With(l.Baseline) + ", " +
		b.whenCell(l).Text, How: cells[0].How}
}
