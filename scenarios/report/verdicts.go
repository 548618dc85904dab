package report

import (
	"math"

	"weir/scenarios"
)

// matrix is every scenario against every outcome, at the horizon.
func (b *builder) matrix() table {
	end := b.cal.date(b.c.Horizon)
	t := table{ID: "matrix", Title: "Every scenario in " + end + ", against no new decisions",
		Columns: []column{{Name: "Scenario"}}}
	figs := b.judged()
	for _, f := range figs {
		name := f.Title
		if f.Outcome.Cost {
			name += ", in all since " + b.cal.date(b.c.Today)
		}
		t.Columns = append(t.Columns, column{name, true})
	}
	for _, r := range b.c.Runs {
		cells := []cell{b.scenarioCell(r.Scenario)}
		for _, f := range figs {
			cells = append(cells, b.differenceCell(f, b.verdict(r.Scenario, f.Outcome)))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	t.Notes = append(t.Notes, "Each number is the scenario’s value in "+end+" less the value with no new decisions in the same year. "+
		b.indistinct()+"“too small to matter” that it is under a thousandth of the outcome’s level.")
	for _, f := range figs {
		if f.Outcome.Cost {
			t.Notes = append(t.Notes, b.costNote(f))
		}
	}
	return t
}

// costNote says how costs are added up.
func (b *builder) costNote(f *figure) string {
	text := capital(b.names.inside(f.Title)) + " is added up from " + b.cal.date(b.c.Today) + " to " + b.cal.date(b.c.Horizon)
	if d := f.Outcome.Discount; d > 0 {
		return text + "; each later year counts " + decimals(speaker(d*100, 0)) + "% less (discounting)."
	}
	return text + ", every year alike (no discounting)."
}

// judged are the charts of outcomes.
func (b *builder) judged() []*figure {
	out := []*figure{}
	for _, f := range b.figs {
		if f.Outcome != nil {
			out = append(out, f)
		}
	}
	return out
}

// verdict finds the verdict of a scenario on an outcome; the zero verdict if there is none.
func (b *builder) verdict(s *scenarios.Scenario, o *scenarios.Outcome) scenarios.Verdict {
	for _, v := range b.c.Verdicts {
		if v.Scenario == s && v.Outcome == o {
			return v
		}
	}
	return scenarios.Verdict{Scenario: s, Outcome: o, Difference: math.NaN()}
}

func (b *builder) scenarioCell(s *scenarios.Scenario) cell {
	n := b.name(s)
	return cell{Text: n.Text, Key: n.Key, How: s.About}
}

// quantityFor is how a verdict's numbers are worded: sums for a cost.
func (f *figure) quantityFor() quantity {
	if f.Outcome.Cost {
		return f.summed()
	}
	return f.Q
}

// differenceCell is a verdict's difference, better or worse in words.
func (b *builder) differenceCell(f *figure, v scenarios.Verdict) cell {
	q := f.quantityFor()
	c := cell{Text: q.signed(v.Difference), Sort: sorted(v.Difference), How: b.howDifference(f, v)}
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		c.Under = "the run broke down"
	case f.Outcome.Cost && !b.priced(v.Scenario):
		return dash("no lever of this scenario moves the cost: it is not modelled, which is not the same as costing nothing").under("not modelled")
	case v.Unsure:
		c.Text, c.Under, c.Class, c.More = "unclear", "not distinguishable", "same", b.inFutures(q, v)
	case !v.Distinguishable:
		c.Text, c.Under, c.Class = "≈ 0", "not distinguishable", "same"
	case q.negligible(v.Difference):
		c.Text, c.Under, c.Class = "≈ 0", "hardly any", "same"
	case v.Slight:
		c.Under, c.Class = "too small to matter", "same"
	case v.Improves:
		c.Under, c.Class, c.More = "better", "better", b.inFutures(q, v)
	default:
		c.Under, c.Class, c.More = "worse", "worse", b.inFutures(q, v)
	}
	return c
}

// priced reports whether a scenario moves the cost outcome at all.
func (b *builder) priced(s *scenarios.Scenario) bool {
	for _, v := range b.c.Verdicts {
		if v.Scenario == s && v.Cost != nil {
			return true
		}
	}
	return false
}

func (b *builder) howDifference(f *figure, v scenarios.Verdict) string {
	what := " in " + b.cal.date(b.c.Horizon)
	if f.Outcome.Cost {
		what = " in all from " + b.cal.date(b.c.Today) + " to " + b.cal.date(b.c.Horizon)
	}
	return exact(v.Value) + " in this scenario less " + exact(v.Baseline) + " with no new decisions," + what +
		"; the time step could make a difference of " + exact(v.Noise)
}

// verdictTables say when and at what price, one table an outcome that is not the cost.
func (b *builder) verdictTables() []table {
	out := []table{}
	for _, f := range b.judged() {
		out = append(out, b.verdictTable(f))
	}
	return out
}

func (b *builder) verdictTable(f *figure) table {
	end := b.cal.date(b.c.Horizon)
	q, priced := b.sumQuantity()
	priced = priced && !f.Outcome.Cost
	t := table{ID: "verdict-" + f.ID, Title: f.Title, Columns: []column{{Name: "Scenario"}, {"In " + end, true},
		{"Against no new decisions", true}, {"Shows from", true}, {"Half of it by", true}, {"First the other way", true}}}
	if f.Outcome.Cost {
		t.Columns[1].Name = "In all to " + end
		t.Columns = append(t.Columns, column{"Money back from", true})
	}
	if priced {
		t.Columns = append(t.Columns, column{"Cost to " + end, true}, column{"Cost for each gained", true})
	}
	for _, r := range b.c.Runs {
		v := b.verdict(r.Scenario, f.Outcome)
		cells := []cell{b.scenarioCell(r.Scenario), b.valueCell(f, v), b.differenceCell(f, v),
			b.dateCell(v.EffectFrom, v, "the difference is larger than the time step could make, and stays so"),
			b.dateCell(v.HalfEffect, v, "the difference first reaches half of its size in "+end), b.worseCell(f, v)}
		if f.Outcome.Cost {
			cells = append(cells, b.dateCell(v.BreakEven, v, "more has been saved than spent"))
		}
		if priced {
			cells = append(cells, b.costCell(q, v), b.perUnitCell(f, q, v))
		}
		t.Rows = append(t.Rows, row{Cells: cells})
	}
	t.Notes = b.verdictNotes(f, priced)
	return t
}

func (b *builder) verdictNotes(f *figure, priced bool) []string {
	end := b.cal.date(b.c.Horizon)
	notes := []string{
		"Shows from: the first time from which the difference is larger than the calculation’s own time step could make. Half of it by: the first time it reaches half of its size in " + end + ".",
		"First the other way: a stretch in which the scenario is worse before it is better, or better before it is worse: the largest difference in it, and when it ends.",
	}
	if f.Outcome.Cost {
		notes = append(notes, b.costNote(f))
	}
	if priced {
		notes = append(notes, "Cost: what is spent beyond no new decisions, added up from "+b.cal.date(b.c.Today)+" to "+end+
			". Cost for each gained: that cost divided by the difference in "+end+"; only where something is gained.")
	}
	return notes
}

func (b *builder) valueCell(f *figure, v scenarios.Verdict) cell {
	return cell{Text: f.quantityFor().number(v.Value), Sort: sorted(v.Value), How: "exactly " + exact(v.Value)}
}

func (b *builder) dateCell(t *float64, v scenarios.Verdict, when string) cell {
	if t == nil {
		return dash("there is no time at which " + when)
	}
	return cell{Text: b.cal.roughly(*t), Sort: sorted(*t), How: "at " + exact(*t) + ", when " + when}
}

func (b *builder) worseCell(f *figure, v scenarios.Verdict) cell {
	if v.Worse == nil {
		return cell{Text: "no", Sort: "0", How: "the difference has one direction from the start"}
	}
	w := v.Worse
	q := f.quantityFor()
	under := "worse until "
	if w.Better {
		under = "better until "
	}
	return cell{Text: q.signed(w.Depth), Under: under + b.cal.roughly(w.To), Sort: sorted(w.Depth),
		How: "from " + b.cal.date(w.From) + " to " + b.cal.date(w.To) + ", largest in " + b.cal.date(w.At) + ": " + exact(w.Depth) +
			"; added up over that time: " + exact(w.Cumulative) + " (amount times " + plural(b.cal.unit, nil) + ")"}
}

func (b *builder) costCell(q quantity, v scenarios.Verdict) cell {
	if v.Cost == nil {
		return dash("the set has no cost outcome, or no lever of this scenario moves it").under("not modelled")
	}
	return cell{Text: q.signed(*v.Cost), Sort: sorted(*v.Cost), How: "exactly " + exact(*v.Cost)}
}

func (b *builder) perUnitCell(f *figure, q quantity, v scenarios.Verdict) cell {
	if v.CostPerUnit == nil {
		return dash("only where something is gained that can be counted, and the cost is known")
	}
	how := exact(*v.Cost) + " divided by " + exact(v.Difference)
	if *v.CostPerUnit < 0 {
		return cell{Text: "saves money", Sort: sorted(*v.CostPerUnit), How: how}
	}
	return cell{Text: q.number(*v.CostPerUnit), Sort: sorted(*v.CostPerUnit), How: how}
}

// order says what the lines do on the way: worse before better, and changes of rank.
// What concerns the main outcome comes first and apart.
func (b *builder) order() (main, others []sentence) {
	for i, f := range b.judged() {
		list := []sentence{}
		for _, r := range b.c.Runs {
			if v := b.verdict(r.Scenario, f.Outcome); v.Worse != nil {
				list = append(list, b.worseSentence(f, v))
			}
		}
		for _, r := range b.c.Reversals {
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

func (b *builder) worseSentence(f *figure, v scenarios.Verdict) sentence {
	w := v.Worse
	which := " is worse before it is better: "
	if w.Better {
		which = " is better before it is worse: "
	}
	q := f.quantityFor()
	text := b.names.inside(f.Title) + ", up to " + q.gap(w.Depth) + " " + q.more(w.Depth) + " than with no new decisions, from " +
		b.cal.roughly(w.From) + " to " + b.cal.roughly(w.To)
	if d := w.To - w.From; d > 0 {
		text += " (on average " + q.gap(w.Cumulative/d) + " over " + b.cal.span(d) + ")"
	}
	return say(b.name(v.Scenario), which+text+".")
}

func (b *builder) reversalSentence(r scenarios.Reversal) sentence {
	return say(capital(b.names.inside(r.Outcome.Label))+": until "+b.cal.roughly(r.At)+" ", b.name(r.Before), " is ahead of ", b.name(r.After),
		"; from then on it is the other way round.")
}
