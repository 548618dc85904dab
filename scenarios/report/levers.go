package report

import (
	"strings"

	"weir/model"
	"weir/scenarios"
)

// A change of a decision that several scenarios make alike is one row.
type lever struct {
	scenarios.Lever
	in []*scenarios.Scenario
}

// levers is what was changed, by whom, when and at what price.
func (b *builder) levers() table {
	t := table{ID: "levers", Label: "What was changed", Fixed: true, Columns: []column{{Name: "What is done"},
		{Name: "Lever"}, {Name: "From"}, {Name: "To"}, {Name: "When"}, {Name: "Who decides"}, {Name: "Cost"}, {Name: "In which scenario"}}}
	told := map[*scenarios.Intervention]bool{}
	for _, l := range b.collapsed() {
		t.Rows = append(t.Rows, row{Cells: append([]cell{b.doneCell(l.Intervention, told[l.Intervention])}, b.leverCells(l)...)})
		told[l.Intervention] = true
	}
	return t
}

// collapsed joins rows that say the same for several scenarios.
func (b *builder) collapsed() []*lever {
	out := []*lever{}
next:
	for _, l := range b.c.Levers {
		for _, have := range out {
			if sameLever(have.Lever, l) {
				have.in = append(have.in, l.Scenario)
				continue next
			}
		}
		out = append(out, &lever{l, []*scenarios.Scenario{l.Scenario}})
	}
	return out
}

func sameLever(a, b scenarios.Lever) bool {
	sameEnd := a.Until == nil && b.Until == nil || a.Until != nil && b.Until != nil && *a.Until == *b.Until
	return a.Intervention == b.Intervention && a.Decision == b.Decision && a.Baseline == b.Baseline &&
		a.Value == b.Value && a.Start == b.Start && a.Over == b.Over && sameEnd
}

func (b *builder) leverCells(l *lever) []cell {
	q := b.quantityOfName(l.Decision, l.Unit, max(abs(l.Baseline), abs(l.Value)))
	label := b.names.of(l.Decision)
	if l.Label != "" && !strings.Contains(l.Decision, "[") {
		label = l.Label
	}
	base, _, _ := strings.Cut(l.Decision, "[")
	about := ""
	if v := b.c.Set.Model.Variable(base); v != nil {
		about = v.About
	}
	return []cell{
		{Text: label, How: about},
		{Text: q.with(l.Baseline), Sort: sorted(l.Baseline), How: "exactly " + exact(l.Baseline)},
		{Text: q.with(l.Value), Sort: sorted(l.Value), How: "exactly " + exact(l.Value)},
		b.whenCell(l.Lever),
		{Text: orElse(l.Owner, "nobody is named")},
		{Text: orElse(l.Cost, b.costWords())},
		{Text: b.named(l.in).String()},
	}
}

// doneCell is the intervention with its caution and source; told before, only its name.
func (b *builder) doneCell(i *scenarios.Intervention, told bool) cell {
	c := cell{Text: i.Label}
	if !told {
		caution := ""
		if i.Caution != "" {
			caution = "Caution: " + i.Caution
		}
		c.More = []string{i.About, caution, b.sourceWords(i.Source)}
	}
	return c
}

func (b *builder) whenCell(l scenarios.Lever) cell {
	c := cell{Text: "from " + b.cal.date(l.Start), Sort: sorted(l.Start), How: "starts at " + exact(l.Start)}
	if l.Over > 0 {
		c.Text += ", in full after " + b.cal.span(l.Over)
	} else {
		c.Text += ", at once"
	}
	if l.Until != nil {
		c.Text += ", until " + b.cal.date(*l.Until)
	}
	return c
}

// costWords stand where an intervention gives no cost in words.
func (b *builder) costWords() string {
	if _, ok := b.sumQuantity(); ok {
		return "in the cost chart"
	}
	return "not modelled"
}

func (b *builder) sourceWords(id string) string {
	if id == "" {
		return "no source is given"
	}
	return "Source: " + b.names.source(id)
}

// assumptions are changes that hold in every run, no new decisions among them.
func (b *builder) assumptions() table {
	t := table{ID: "assumptions", Title: "What was assumed otherwise than in the model, for every scenario and for no new decisions alike",
		Columns: []column{{Name: "Assumption"}, {"Taken as", true}, {Name: "When"}}}
	for _, a := range b.c.Set.Assumptions {
		if a.To == nil {
			continue
		}
		t.Rows = append(t.Rows, row{Cells: []cell{{Text: b.names.of(a.Variable)},
			{Text: b.quantityOfName(a.Variable, "", abs(*a.To)).with(*a.To), Sort: sorted(*a.To)}, b.changeWhen(a)}})
	}
	return t
}

func (b *builder) changeWhen(a model.Change) cell {
	if a.Start <= b.c.Set.Model.Time.Start {
		return cell{Text: "from the start"}
	}
	return b.whenCell(scenarios.Lever{Start: a.Start, Over: a.Over, Until: a.Until})
}

// quantityOfName words the numbers of a model variable, in unit or its own.
func (b *builder) quantityOfName(name, unit string, largest float64) quantity {
	base, _, _ := strings.Cut(name, "[")
	if v := b.c.Set.Model.Variable(base); v != nil {
		unit = orElse(unit, v.Units)
		if v.Range != nil {
			largest = max(largest, abs(v.Range[0]), abs(v.Range[1]))
		}
	}
	return quantityOf(unitWords(unit, b.plurals), false, largest)
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func abs(v float64) float64 { return max(v, -v) }
