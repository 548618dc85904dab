package evidence

import (
	"cmp"
	"math"
	"strings"

	"weir/model"
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/parts"
)

// A lever is a change of a decision that several scenarios make alike.
type lever struct {
	scenarios.Lever
	// in has all scenarios that make it.
	in []*scenarios.Scenario
}

// Levers returns the table of changes: by whom, when and at which price. The description of an
// intervention is told once, in its first row.
func (b *Teller) Levers() parts.Table {
	t := parts.Table{ID: "levers", Label: "What was changed", Fixed: true,
		Columns: []parts.Column{{Name: "What is done"},
			{Name: "Lever"}, {Name: "From"}, {Name: "To"}, {Name: "When"}, {Name: "Who decides"},
			{Name: "Cost"}, {Name: "In which scenario"}}}
	told := map[*scenarios.Intervention]bool{}
	for _, l := range b.collapsed() {
		t.Rows = append(t.Rows,
			parts.Row{Cells: append([]parts.Cell{b.doneCell(l.Intervention, told[l.Intervention])},
				b.leverCells(l)...)})
		told[l.Intervention] = true
	}
	return t
}

// collapsed joins the equal changes of several scenarios. The order is that in which the changes
// first come.
func (b *Teller) collapsed() []*lever {
	out := []*lever{}
next:
	for _, l := range b.C.Levers {
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

// sameLever reports whether two scenarios make the same change. Dates must be equal as well; all
// numbers are compared exactly.
func sameLever(a, b scenarios.Lever) bool {
	sameEnd := a.Until == nil && b.Until == nil || a.Until != nil && b.Until != nil && *a.Until == *b.Until
	return a.Intervention == b.Intervention && a.Decision == b.Decision && a.Baseline == b.Baseline &&
		a.Value == b.Value && a.Start == b.Start && a.Over == b.Over && sameEnd
}

// leverCells returns the cells of a change, without the one of its intervention. They match the
// columns of Levers from the second on.
func (b *Teller) leverCells(l *lever) []parts.Cell {
	q := b.Names.Quantity(l.Decision, l.Unit, max(math.Abs(l.Baseline), math.Abs(l.Value)))
	label := b.Names.Of(l.Decision)
	// The label of a lever does not name the element, so it is used only without one.
	if l.Label != "" && !strings.Contains(l.Decision, "[") {
		label = l.Label
	}
	base, _, _ := strings.Cut(l.Decision, "[")
	about := ""
	if v := b.C.Set.Model.Variable(base); v != nil {
		about = v.About
	}
	return []parts.Cell{
		{Text: label, How: about},
		{Text: q.With(l.Baseline), Sort: parts.SortKey(l.Baseline), How: "exactly " + prose.Exact(l.Baseline)},
		{Text: q.With(l.Value), Sort: parts.SortKey(l.Value), How: "exactly " + prose.Exact(l.Value)},
		b.whenCell(l.Lever),
		{Text: cmp.Or(l.Owner, "nobody is named")},
		{Text: cmp.Or(l.Cost, b.costWords())},
		{Text: b.Named(l.in).String()},
	}
}

// doneCell returns the cell of an intervention: with its description, caution and source,
// or only with its name if another row has them.
func (b *Teller) doneCell(i *scenarios.Intervention, told bool) parts.Cell {
	c := parts.Cell{Text: i.Label}
	if !told {
		caution := ""
		if i.Caution != "" {
			caution = "Caution: " + i.Caution
		}
		c.More = []string{i.About, caution, b.sourceWords(i.Source)}
	}
	return c
}

// whenCell returns the cell of a change's dates. For example "from 2026, in full after 3 years,
// until 2040".
func (b *Teller) whenCell(l scenarios.Lever) parts.Cell {
	c := parts.Cell{Text: "from " + b.Cal.Date(l.Start), Sort: parts.SortKey(l.Start), How: "starts at " +
		prose.Exact(l.Start)}
	if l.Over > 0 {
		c.Text += ", in full after " + b.Cal.Span(l.Over)
	} else {
		c.Text += ", at once"
	}
	if l.Until != nil {
		c.Text += ", until " + b.Cal.Date(*l.Until)
	}
	return c
}

// costWords are for an intervention whose cost is not given in words.
func (b *Teller) costWords() string {
	if _, ok := b.SumQuantity(); ok {
		return "in the cost chart"
	}
	return "not modelled"
}

// sourceWords returns the source of an intervention, by its id or as the sentence that it
// is.
func (b *Teller) sourceWords(id string) string {
	if id == "" {
		return "no source is given"
	}
	return "Source: " + b.Names.Source(id)
}

// Assumptions returns the table of changes that hold in every run, the baseline included. Those
// without a new value are left out. It has no rows if there are none.
func (b *Teller) Assumptions() parts.Table {
	t := parts.Table{ID: "assumptions",
		Title:   "What was assumed otherwise than in the model, for every scenario and for no new decisions alike",
		Columns: []parts.Column{{Name: "Assumption"}, parts.Number("Taken as"), {Name: "When"}}}
	for _, a := range b.C.Set.Assumptions {
		if a.To == nil {
			continue
		}
		t.Rows = append(t.Rows, parts.Row{Cells: []parts.Cell{{Text: b.Names.Of(a.Variable)},
			{Text: b.Names.Quantity(a.Variable, "", math.Abs(*a.To)).With(*a.To),
				Sort: parts.SortKey(*a.To)}, b.changeWhen(a)}})
	}
	return t
}

// changeWhen returns the cell of an assumption's dates.
func (b *Teller) changeWhen(a model.Change) parts.Cell {
	if a.Start <= b.C.Set.Model.Time.Start {
		return parts.Cell{Text: "from the start"}
	}
	return b.whenCell(scenarios.Lever{Start: a.Start, Over: a.Over, Until: a.Until})
}
