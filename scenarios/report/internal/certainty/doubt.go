package certainty

import (
	"fmt"

	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/sensitivity"
)

// fewDoubts is how many sentences about what would change the answer are shown at first.
const fewDoubts = 4

// doubts returns what would change the answer, in sentences; nil if it was not looked for.
func (b *Teller) doubts() []parts.Sentence {
	var list []parts.Sentence
	if d := b.C.Doubt; d != nil {
		for _, s := range d.Sentences {
			list = append(list, parts.Say(s))
		}
	}
	return list
}

// tippingTable returns a row for each claim and each constant that turns it. It has no rows if none
// does.
func (b *Teller) tippingTable() parts.Table {
	t := parts.Table{ID: "tipping", Title: "Where a claim turns, if one number alone is another",
		Columns: []parts.Column{{Name: "Claim"}, {Name: "Number"}, {Name: "Where it holds"}},
		Notes: []string{"Every other number has its own value. In parentheses: futures with the number there, " +
			"whatever the " +
			"others are, and in how many of them the claim holds."}}
	if b.C.Doubt == nil {
		return t
	}
	for _, x := range b.C.Doubt.Claims {
		for k, turn := range x.Turns {
			claim := parts.Cell{Text: sensitivity.ClaimWords(x)}
			if x.Better != nil {
				claim.Key = b.Name(x.Better).Key
			}
			if k == 0 && x.Share != nil {
				claim.Under = fmt.Sprintf("in %.0f of 100 futures", 100**x.Share)
			}
			t.Rows = append(t.Rows, parts.Row{Cells: []parts.Cell{claim, {Text: b.Names.Of(turn.Constant)},
				{Text: sensitivity.TurnWords(b.C, turn)}}})
		}
	}
	return t
}

// worthTable returns a row for each constant that is worth knowing before the choice, the most
// valuable first. It has no rows without futures, and if none is.
func (b *Teller) worthTable() parts.Table {
	t := parts.Table{ID: "worth", Title: "What is worth measuring before the choice",
		Columns: []parts.Column{{Name: "Number"},
			parts.Number("Worth, on average"), parts.Number("By chance alone"),
			parts.Number("Another choice, of 100 futures")}}
	if b.C.Doubt == nil || b.C.Doubt.Information == nil {
		return t
	}
	q := sensitivity.WorthQuantity(b.C)
	for _, x := range b.C.Doubt.Information.Values {
		if x.Sure {
			t.Rows = append(t.Rows, parts.Row{Cells: []parts.Cell{{Text: b.Names.Of(x.Constant)}, amountCell(q,
				x.Value), amountCell(q, x.Chance),
				{Text: fmt.Sprintf("%.0f", 100*x.Changes), Sort: parts.SortKey(x.Changes)}}})
		}
	}
	t.Notes = []string{"How much better the main outcome would be on average if the number were known before the " +
		"choice among the " +
		"scenarios and no new decisions, by that outcome alone: no cost is weighed. An estimate is too high by up " +
		"to what chance gives."}
	return t
}

// amountCell returns the cell of an amount.
func amountCell(q prose.Quantity, x float64) parts.Cell {
	return parts.Cell{Text: q.Number(x), Sort: parts.SortKey(x), How: "exactly " + prose.Exact(x)}
}
