package verdict

import (
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/parts"
)

// Matrix returns the table of all scenarios against all outcomes, at the horizon. A cost is the sum
// since today. Notes explain the words in the cells.
func (b *Teller) Matrix() parts.Table {
	end := b.Cal.Date(b.C.Horizon)
	t := parts.Table{ID: "matrix", Title: "Every scenario in " + end + ", against no new decisions",
		Columns: []parts.Column{{Name: "Scenario"}}}
	figs := b.Judged()
	for _, f := range figs {
		name := f.Title
		if f.Outcome.Cost {
			name += ", in all since " + b.Cal.Date(b.C.Today)
		}
		t.Columns = append(t.Columns, parts.Number(name))
	}
	for _, r := range b.C.Runs {
		cells := []parts.Cell{b.ScenarioCell(r.Scenario)}
		for _, f := range figs {
			cells = append(cells, b.differenceCell(f, b.Verdict(r.Scenario, f.Outcome)))
		}
		t.Rows = append(t.Rows, parts.Row{Cells: cells})
	}
	t.Notes = append(t.Notes, "Each number is the scenario’s value in "+end+" less the value with no new "+
		"decisions in the same year. "+
		b.indistinct()+"“too small to matter” that it is under a thousandth of the outcome’s level.")
	for _, f := range figs {
		if f.Outcome.Cost {
			t.Notes = append(t.Notes, b.costNote(f))
		}
	}
	return t
}

// costNote explains how a cost is added up. A discount rate of 0 is money as it is paid.
func (b *Teller) costNote(f *chart.Figure) string {
	text := prose.Capital(b.Names.Inside(f.Title)) + " is added up from " + b.Cal.Date(b.C.Today) + " to " +
		b.Cal.Date(b.C.Horizon)
	text += " as it is paid, in each year’s money"
	if d := f.Outcome.Discount; d != 0 {
		return text + ". The discounted sum beside it counts each later year " +
			prose.Decimals(prose.Rounded(d*100, 0)) + "% less."
	}
	return text + "."
}

// differenceCell returns the cell of a verdict's difference, with better or worse in words. The
// cases are in order: a number that is no number comes first, then one that is not modelled, then
// the doubts. Only a difference without any of them is called better or worse.
func (b *Teller) differenceCell(f *chart.Figure, v scenarios.Verdict) parts.Cell {
	q := f.QuantityFor()
	c := parts.Cell{Text: q.Signed(v.Difference), Sort: parts.SortKey(v.Difference), How: b.howDifference(f, v)}
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		c.Under = "the run broke down"
	case f.Outcome.Cost && !b.Priced(v.Scenario):
		return parts.Dash("no lever of this scenario moves the cost: it is not modelled, which is not the " +
			"same as costing nothing").WithUnder("not modelled")
	case v.None:
		c.Text, c.Under, c.Class = "none", "no difference at all", "same"
	case v.NeverBaseline() && v.NeverValue():
		c.Text, c.Under, c.Class, c.More = "never", "as with no new decisions", "same", []string{inHowMany(v)}
	case v.NeverValue():
		c.Text, c.Under, c.Class, c.More = "never", "worse", "worse", b.inFutures(q, v)
	case v.NeverBaseline():
		c.Text = "from never to " + q.Number(v.Value)
		c.Under, c.Class, c.More = "better", "better", b.inFutures(q, v)
	case v.Swings != nil:
		c.Under, c.Class, c.More = "changes sign", "same", append([]string{swingsWords(q, v)}, b.inFutures(q, v)...)
	case v.Unsure:
		c.Text, c.Under, c.Class, c.More = "unclear", "not distinguishable", "same", b.inFutures(q, v)
	case !v.Distinguishable:
		c.Text, c.Under, c.Class = "≈ 0", "not distinguishable", "same"
	case q.Negligible(v.Difference):
		c.Text, c.Under, c.Class = "≈ 0", "hardly any", "same"
	case v.Slight:
		c.Under, c.Class = "too small to matter", "same"
	case v.Improves:
		c.Under, c.Class, c.More = "better", "better", b.inFutures(q, v)
	default:
		c.Under, c.Class, c.More = "worse", "worse", b.inFutures(q, v)
	}
	if d := v.Discounted; d != nil && v.Distinguishable {
		c.More = append(c.More, "discounted "+q.Signed(d.Difference))
	}
	return c
}

// howDifference returns the title of the cell: the two exact values and the noise. It has all
// digits, for a reader who checks the numbers.
func (b *Teller) howDifference(f *chart.Figure, v scenarios.Verdict) string {
	what := b.when(f)
	if f.Outcome.Cost {
		what = " in all from " + b.Cal.Date(b.C.Today) + " to " + b.Cal.Date(b.C.Horizon)
	}
	return prose.Exact(v.Value) + " in this scenario less " + prose.Exact(v.Baseline) +
		" with no new decisions," + what +
		"; the time step could make a difference of " + prose.Exact(v.Noise)
}

// Tables returns a table per outcome with the dates and the price of every scenario. They are in
// the order of the figures that are judged.
func (b *Teller) Tables() []parts.Table {
	out := []parts.Table{}
	for _, f := range b.Judged() {
		out = append(out, b.verdictTable(f))
	}
	return out
}

// verdictTable returns the table of one outcome. Columns about money are there only if the
// set has a cost, and the date of breaking even only for the cost itself. A row is a scenario, in
// the order of the set.
func (b *Teller) verdictTable(f *chart.Figure) parts.Table {
	end := b.Cal.Date(b.C.Horizon)
	q, priced := b.SumQuantity()
	priced = priced && !f.Outcome.Cost
	t := parts.Table{ID: "verdict-" + f.ID, Title: f.Title,
		Columns: []parts.Column{{Name: "Scenario"}, parts.Number(prose.Capital(strings.TrimSpace(b.when(f)))),
			parts.Number("Against no new decisions"), parts.Number("Shows from"), parts.Number("Half of it by"),
			parts.Number("First the other way")}}
	if !f.Outcome.Measure.Dated() {
		t.Columns[1].Name = "Its value"
	}
	// A cost is judged by its sum, and only a cost can break even.
	if f.Outcome.Cost {
		t.Columns[1].Name = "In all to " + end
		t.Columns = append(t.Columns, parts.Number("Money back from"))
	}
	if priced {
		t.Columns = append(t.Columns, parts.Number("Cost to "+end), parts.Number("Cost for each gained"))
	}
	for _, r := range b.C.Runs {
		v := b.Verdict(r.Scenario, f.Outcome)
		cells := []parts.Cell{b.ScenarioCell(r.Scenario), b.valueCell(f, v), b.differenceCell(f, v),
			b.dateCell(v.EffectFrom, v,
				"the difference is larger than the time step could make and large enough to see, and stays so"),
			b.dateCell(v.HalfEffect, v,
				"the difference has more than half of its size in "+end+", and keeps it"), b.worseCell(f, v)}
		if f.Outcome.Cost {
			cells = append(cells, b.dateCell(v.BreakEven, v, "more has been saved than spent"))
		}
		if priced {
			cells = append(cells, b.costCell(q, v), b.perUnitCell(f, q, v))
		}
		t.Rows = append(t.Rows, parts.Row{Cells: cells})
	}
	t.Notes = b.verdictNotes(f, priced)
	return t
}

// visibleOf names the size of which a difference has to be a two-hundredth to show. A cost is
// counted by its own size, since it may well be 0 with no new decisions.
func visibleOf(f *chart.Figure) string {
	if f.Outcome.Cost {
		return "its size at the end"
	}
	return "the largest value with no new decisions"
}

// verdictNotes explains how the columns are computed. They are below the table, for a reader who
// doubts a date.
func (b *Teller) verdictNotes(f *chart.Figure, priced bool) []string {
	end := b.Cal.Date(b.C.Horizon)
	notes := []string{
		"Shows from: the first time from which the difference stays larger than the calculation’s own time step " +
			"could make, and than a two-hundredth of " + visibleOf(f) + ". Half of it by: the first time from " +
			"which it keeps more than half of its size in " + end + ".",
		"First the other way: a stretch in which the scenario is worse before it is better, or better " +
			"before it is worse: the largest difference in it, and when it ends.",
	}
	if f.Outcome.Cost {
		notes = append(notes, b.costNote(f))
	}
	if priced {
		notes = append(notes, "Cost: what is spent beyond no new decisions, added up from "+
			b.Cal.Date(b.C.Today)+" to "+end+". Cost for each gained: "+
			"that cost divided by the difference in "+end+"; only where something is gained.")
	}
	return notes
}

// valueCell returns the cell of the level at the horizon. Its title has all digits.
func (b *Teller) valueCell(f *chart.Figure, v scenarios.Verdict) parts.Cell {
	return parts.Cell{Text: TimeWords(v.NeverValue(), f.QuantityFor().Number(v.Value)), Sort: parts.SortKey(v.Value),
		How: "exactly " +
			prose.Exact(v.Value)}
}

// dateCell returns the cell of a date; when completes the sentence about it, in the title. A nil
// date is a dash with the reason in its title.
func (b *Teller) dateCell(t *float64, v scenarios.Verdict, when string) parts.Cell {
	if t == nil {
		return parts.Dash("there is no time at which " + when)
	}
	return parts.Cell{Text: b.Cal.Roughly(*t), Sort: parts.SortKey(*t), How: "at " + prose.Exact(*t) + ", when " + when}
}

// worseCell returns the cell about a first stretch in the other direction. Without one it says "no"
// and sorts before all others.
func (b *Teller) worseCell(f *chart.Figure, v scenarios.Verdict) parts.Cell {
	if v.Worse == nil {
		return parts.Cell{Text: "no", Sort: "0", How: "the difference has one direction from the start"}
	}
	w := v.Worse
	q := f.QuantityFor()
	under := "worse until "
	if w.Better {
		under = "better until "
	}
	return parts.Cell{Text: q.Signed(w.Depth), Under: under + b.Cal.Roughly(w.To), Sort: parts.SortKey(w.Depth),
		How: "from " + b.Cal.Date(w.From) + " to " + b.Cal.Date(w.To) + ", largest in " + b.Cal.Date(w.At) +
			": " + prose.Exact(w.Depth) +
			"; added up over that time: " + prose.Exact(w.Cumulative) + " (amount times " +
			prose.Plural(b.Cal.Unit, nil) + ")"}
}

// costCell returns the cell of a scenario's cost beside another outcome.
func (b *Teller) costCell(q prose.Quantity, v scenarios.Verdict) parts.Cell {
	if v.Cost == nil {
		return parts.Dash("the set has no cost outcome, or no lever of this scenario moves it").
			WithUnder("not modelled")
	}
	c := parts.Cell{Text: q.Signed(*v.Cost), Sort: parts.SortKey(*v.Cost), How: "exactly " + prose.Exact(*v.Cost)}
	if v.CostDiscounted != nil {
		c.Under = "discounted " + q.Signed(*v.CostDiscounted)
	}
	return c
}

// perUnitCell returns the cell of the cost of one unit gained.
func (b *Teller) perUnitCell(f *chart.Figure, q prose.Quantity, v scenarios.Verdict) parts.Cell {
	if v.CostPerUnit == nil {
		return parts.Dash("only where something is gained that can be counted, and the cost is known")
	}
	how := prose.Exact(*v.Cost) + " divided by " + prose.Exact(v.Difference)
	if *v.CostPerUnit < 0 {
		return parts.Cell{Text: "saves money", Sort: parts.SortKey(*v.CostPerUnit), How: how}
	}
	return parts.Cell{Text: q.Number(*v.CostPerUnit), Sort: parts.SortKey(*v.CostPerUnit), How: how}
}

// Order returns sentences about the course of the lines, worse before better and changes of
// rank: those of the main outcome, and those of the others.
func (b *Teller) Order() (main, others []parts.Sentence) {
	for i, f := range b.Judged() {
		list := []parts.Sentence{}
		for _, r := range b.C.Runs {
			if v := b.Verdict(r.Scenario, f.Outcome); v.Worse != nil {
				list = append(list, b.worseSentence(f, v))
			}
		}
		for _, r := range b.C.Reversals {
			if r.Outcome == f.Outcome {
				list = append(list, b.reversalSentence(r))
			}
		}
		if i == 0 {
			main = list
			continue
		}
		others = append(others, list...)
	}
	return main, others
}

// worseSentence describes a first stretch in the other direction.
func (b *Teller) worseSentence(f *chart.Figure, v scenarios.Verdict) parts.Sentence {
	w := v.Worse
	which := " is worse before it is better: "
	if w.Better {
		which = " is better before it is worse: "
	}
	q := f.QuantityFor()
	text := b.Names.Inside(f.Title) + ", up to " + q.Gap(w.Depth) + " " + q.More(w.Depth) +
		" than with no new decisions, from " +
		b.Cal.Roughly(w.From) + " to " + b.Cal.Roughly(w.To)
	if d := w.To - w.From; d > 0 {
		text += " (on average " + q.Gap(w.Cumulative/d) + " over " + b.Cal.Span(d) + ")"
	}
	return parts.Say(b.Name(v.Scenario), which+text+".")
}

// reversalSentence describes a date at which two scenarios change places.
func (b *Teller) reversalSentence(r scenarios.Reversal) parts.Sentence {
	return parts.Say(prose.Capital(b.Names.Inside(r.Outcome.Label))+": until "+b.Cal.Roughly(r.At)+" ",
		b.Name(r.Before), " is ahead of ", b.Name(r.After),
		"; from then on it is the other way round.")
}
