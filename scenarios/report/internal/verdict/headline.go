package verdict

import (
	"fmt"
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
)

// Headline returns the findings of the comparison in the order in which a leader asks for
// them: the future without new decisions, the scenario with the largest effect, its dates
// and price, and the others. It is nil for a set without outcomes. The main outcome is the one of
// the first figure. A scenario that does hardly anything, or whose difference changes sign, is
// never called the best.
func (b *Teller) Headline() []parts.Sentence {
	if len(b.Figs) == 0 || b.Figs[0].Outcome == nil || len(b.Figs[0].Lines[0].Values) == 0 {
		return nil
	}
	f := b.Figs[0]
	out := []parts.Sentence{b.baselineSentence(f)}
	ranked := b.Ranked(f.Outcome)
	if len(ranked) > 0 && ranked[0].Improves && ranked[0].Swings == nil && !f.Slight(ranked[0]) {
		out = append(out, b.bestSentences(f, ranked))
	}
	for _, s := range []parts.Sentence{b.restSentence(f, ranked), b.backSentence(f)} {
		if len(s) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// Lead returns the first two sentences: the future without new decisions, and the scenario that
// does the most, or that none does better. It is nil where Headline is.
func (b *Teller) Lead() []parts.Sentence {
	if len(b.Headline()) == 0 {
		return nil
	}
	f := b.Figs[0]
	out := []parts.Sentence{b.baselineSentence(f)}
	ranked := b.Ranked(f.Outcome)
	switch {
	case len(ranked) == 0:
	case ranked[0].Improves && ranked[0].Swings == nil && !f.Slight(ranked[0]):
		out = append(out, b.bestSentence(f, ranked))
	default:
		text := "None of the " + prose.Spelled(len(ranked)) + " scenarios is clearly better than no new decisions."
		if len(ranked) == 1 {
			text = "The one scenario is not clearly better than no new decisions."
		}
		out = append(out, parts.Say(text))
	}
	return out
}

// baselineSentence describes the main outcome with no new decisions. For a measure over time there
// is no value today to compare with.
func (b *Teller) baselineSentence(f *chart.Figure) parts.Sentence {
	for _, v := range b.C.Verdicts {
		if v.Outcome == f.Outcome && v.NeverBaseline() {
			return parts.Say(b.neverBaseline(f, v))
		}
	}
	end, now := b.baseline(f), f.At(f.Lines[0], b.C.Today)
	text := "With no new decisions, " + b.wouldBe(f, end) + b.when(f)
	if !f.Outcome.Measure.Dated() {
		return parts.Say(text + b.baselineRange(f) + ".")
	}
	return parts.Say(text + b.baselineRange(f) + b.againstToday(f, end-now, now) + ".")
}

// baseline returns the measure of an outcome with no new decisions, as its verdicts have it.
// Without verdicts it is the last value of the line.
func (b *Teller) baseline(f *chart.Figure) float64 {
	for _, v := range b.C.Verdicts {
		if v.Outcome == f.Outcome {
			return v.Baseline
		}
	}
	return f.Lines[0].Last()
}

// when returns " in 2040", the date of an outcome's number; "" for a measure over time, whose
// name says it.
func (b *Teller) when(f *chart.Figure) string {
	if !f.Outcome.Measure.Dated() {
		return ""
	}
	return " in " + b.Cal.Date(b.C.HorizonOf(f.Outcome))
}

// wouldBe returns "there would be about 21,800 children in city public schools", or
// "families' confidence would be 0.85". A unit that the title names already is not said twice.
func (b *Teller) wouldBe(f *chart.Figure, v float64) string {
	label := b.Names.Inside(f.Title)
	q := f.QuantityFor()
	unit, _ := prose.CutRate(q.Unit)
	dated := f.Outcome.Measure.Dated()
	if dated && unit != "" && strings.HasPrefix(strings.ToLower(f.Title), strings.ToLower(unit)) {
		return "there would be " + q.About() + q.Number(v) + " " + label
	}
	if dated && unit != "" && strings.Contains(strings.ToLower(label), strings.ToLower(unit)) {
		return label + ": there would be " + q.About() + q.Number(v)
	}
	return label + " would be " + q.About() + q.With(v)
}

// againstToday returns ", 5,400 fewer than in 2026"; d is the change since today, now the
// value today. A change under half a percent counts as none.
func (b *Teller) againstToday(f *chart.Figure, d, now float64) string {
	switch {
	case math.IsNaN(d) || b.C.Today <= f.Times[0]:
		return ""
	case math.Abs(d) <= 0.005*math.Abs(now):
		return ", about the same as in " + b.Cal.Date(b.C.Today)
	}
	return ", " + f.Q.Gap(d) + " " + f.Q.More(d) + " than in " + b.Cal.Date(b.C.Today)
}

// bestSentences are about the scenario with the largest gain. ranked must not be empty; its first
// is the best.
func (b *Teller) bestSentences(f *chart.Figure, ranked []scenarios.Verdict) parts.Sentence {
	s, v := b.bestSentence(f, ranked), ranked[0]
	for _, text := range []string{b.timing(v), b.misfit(f, v), b.worseFirst(f, v), b.price(f, v),
		b.inWorlds(v)} {
		if text != "" {
			s = append(s, parts.Phrase{Text: " " + text})
		}
	}
	return s
}

// bestSentence is the first of bestSentences: by how much, and how surely.
func (b *Teller) bestSentence(f *chart.Figure, ranked []scenarios.Verdict) parts.Sentence {
	v := ranked[0]
	s := parts.Say(b.Name(v.Scenario))
	if len(ranked) > 1 {
		s = append(s, parts.Phrase{Text: " does the most of the " + prose.Spelled(len(ranked)) + " scenarios: "})
	} else {
		s = append(s, parts.Phrase{Text: " would make a difference: "})
	}
	q := f.QuantityFor()
	if never := neverWords(q, v); never != "" {
		return append(s, parts.Phrase{Text: never + b.agreement(v) + "."})
	}
	s = append(s, parts.Phrase{Text: q.About() + q.Gap(v.Difference) + " " + q.More(v.Difference) +
		b.when(f) + " than with no new decisions" + b.differenceRange(q, v) +
		b.agreement(v) + "."})
	return s
}

// timing returns the dates at which the difference shows and half of it is reached; "" if
// there are none.
func (b *Teller) timing(v scenarios.Verdict) string {
	if v.EffectFrom == nil || v.HalfEffect == nil {
		return ""
	}
	from, half := b.Cal.Roughly(*v.EffectFrom), b.Cal.Roughly(*v.HalfEffect)
	if from == half {
		return "The difference shows, and half of it is there, in " + from + "."
	}
	return "The difference shows from " + from + " on; half of it is there in " + half + "."
}

// misfit returns a sentence about a difference that is smaller than the model's own misfit
// to the record; "" if it is not, or there is no record.
func (b *Teller) misfit(f *chart.Figure, v scenarios.Verdict) string {
	if v.Misfit == nil || math.Abs(v.Difference) >= *v.Misfit {
		return ""
	}
	return "That is less than the model’s own misfit to the record, " + f.Q.About() + f.Q.Gap(*v.Misfit) + " on average."
}

// worseFirst describes a first stretch in the other direction; "" if there is none.
func (b *Teller) worseFirst(f *chart.Figure, v scenarios.Verdict) string {
	if v.Worse == nil {
		return ""
	}
	start := "It is worse before it is better: "
	if v.Worse.Better {
		start = "It is better before it is worse: "
	}
	return start + "until " + b.Cal.Roughly(v.Worse.To) + ", with up to " + f.Q.Gap(v.Worse.Depth) + " " +
		f.Q.More(v.Worse.Depth) + " than with no new decisions."
}

// price returns the cost of a scenario, and of each unit gained; "" if it is not modelled. A cost
// for each unit is told only if it is above 0, since a saving for each unit gained reads as a
// price.
func (b *Teller) price(f *chart.Figure, v scenarios.Verdict) string {
	q, ok := b.SumQuantity()
	if !ok || v.Cost == nil {
		return ""
	}
	verb := "It costs "
	if *v.Cost < 0 {
		verb = "It saves "
	}
	text := verb + "about " + q.With(math.Abs(*v.Cost)) + " in all until " + b.Cal.Date(b.C.Horizon) + b.costRange(q, v)
	if d := v.CostDiscounted; d != nil {
		text += ", or about " + q.With(math.Abs(*d)) + " discounted to " + b.Cal.Date(b.C.Today)
	}
	if v.CostPerUnit != nil && *v.CostPerUnit > 0 {
		text += ", about " + q.With(*v.CostPerUnit) + " for each " + b.gained(f) + " gained by then"
	}
	return text + "." + unpriced(v.Scenario)
}

// unpriced returns a sentence about the parts of a scenario without a known cost; "" if
// there are none.
func unpriced(s *scenarios.Scenario) string {
	unknown := 0
	for _, i := range s.Interventions {
		if i.Unpriced() {
			unknown++
		}
	}
	switch {
	case unknown == 0:
		return ""
	case len(s.Interventions) == 1:
		return " What else it costs is not known, and not in it."
	}
	return fmt.Sprintf(" What %d of its %d parts cost is not known, and not in it.", unknown, len(s.Interventions))
}

// gained returns the singular of an outcome's unit. For example "child" for children a year.
func (b *Teller) gained(f *chart.Figure) string {
	amount, _ := prose.CutRate(f.Q.Unit)
	return prose.Singular(amount, b.Plurals)
}

// restSentence names the other scenarios: gains, losses, and those without an effect. It is empty
// if the best, which has its own sentence, is the only one.
func (b *Teller) restSentence(f *chart.Figure, ranked []scenarios.Verdict) parts.Sentence {
	var gains, losses parts.Sentence
	var swings []parts.Sentence
	var none, nothing, hardly []*scenarios.Scenario
	for i, v := range ranked {
		switch {
		case v.Swings != nil:
			swings = append(swings, b.swingSentence(f, v))
		case v.None:
			none = append(none, v.Scenario)
		case !v.Distinguishable:
			nothing = append(nothing, v.Scenario)
		case f.Slight(v):
			hardly = append(hardly, v.Scenario)
		case v.Improves && i > 0:
			gains = b.append(gains, f, v)
		case !v.Improves:
			losses = b.append(losses, f, v)
		}
	}
	// Gains come first, then losses; scenarios that do little come last.
	s := parts.Sentence{}
	if len(gains) > 0 {
		s = append(s, parts.Say("Also better than no new decisions: ", gains, ". ")...)
	}
	if len(losses) > 0 {
		s = append(s, parts.Say("Worse than no new decisions: ", losses, ". ")...)
	}
	for _, x := range swings {
		s = append(append(s, x...), parts.Phrase{Text: " "})
	}
	if len(none) > 0 {
		s = append(s, parts.Say(b.Named(none), words.Verb(len(none), " makes", " make")+" no difference at all. ")...)
	}
	if len(hardly) > 0 {
		s = append(s, parts.Say(b.Named(hardly), words.Verb(len(hardly), " makes",
			" make")+" hardly any difference, less than one in a thousand. ")...)
	}
	if len(nothing) > 0 {
		s = append(s, parts.Say(b.Named(nothing), words.Verb(len(nothing), " is",
			" are")+" not distinguishable from no new decisions. ")...)
	}
	return s
}

// append adds "name (+300)" to a list.
func (b *Teller) append(s parts.Sentence, f *chart.Figure, v scenarios.Verdict) parts.Sentence {
	if len(s) > 0 {
		s = append(s, parts.Phrase{Text: ", "})
	}
	return append(s, b.Name(v.Scenario), parts.Phrase{Text: " (" + f.QuantityFor().Signed(v.Difference) +
		b.listedRange(f.QuantityFor(), v) + b.turn(v) + ")"})
}

// turn returns the end of a first stretch in the other direction, for a list; "" if there
// is none.
func (b *Teller) turn(v scenarios.Verdict) string {
	switch {
	case v.Worse == nil:
		return ""
	case v.Worse.Better:
		return "; better until " + b.Cal.Roughly(v.Worse.To)
	}
	return "; worse until " + b.Cal.Roughly(v.Worse.To)
}

// backSentence is there if no scenario brings a worsening outcome back to its level of
// today, within half a percent. A reader may take "better than no new decisions" for "as good as
// today"; this sentence prevents that. It is nil for costs and for measures over time.
func (b *Teller) backSentence(f *chart.Figure) parts.Sentence {
	now := f.At(f.Lines[0], b.C.Today)
	short := func(v float64) bool {
		if f.Outcome.Better == scenarios.Lower {
			return v > now*1.005
		}
		return v < now*0.995
	}
	if b.C.Today <= f.Times[0] || len(f.Lines) < 2 || f.Outcome.Cost || !f.Outcome.Measure.Dated() {
		return nil
	}
	for _, l := range f.Lines {
		if !short(l.Last()) {
			return nil
		}
	}
	return parts.Say("No scenario here brings back the level of " + b.Cal.Date(b.C.Today) + ", " +
		f.Q.About() + f.Q.With(now) + ".")
}

// DifferenceWords returns a verdict's difference and its direction; see report.Difference. It is
// for a terminal: plain text, without the range over the futures.
func DifferenceWords(v scenarios.Verdict) string {
	q := prose.QuantityOf(prose.PrintedWords(v.Outcome.MeasureUnit(), nil), v.Outcome.Index,
		max(math.Abs(v.Value), math.Abs(v.Baseline)))
	if v.Outcome.Cost {
		q = q.Summed()
	}
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		return "the run broke down"
	case v.None:
		return "no difference at all"
	case v.NeverBaseline() && v.NeverValue(), v.Distinguishable && neverWords(q, v) != "":
		return neverWords(q, v)
	case v.Swings != nil:
		return prose.Join(q.Signed(v.Difference), q.Unit) + " at the end; the difference " + swingsWords(q, v)
	case !v.Distinguishable:
		return "not distinguishable from no new decisions"
	case v.Slight || q.Negligible(v.Difference):
		return "hardly any difference, less than one in a thousand"
	}
	text := prose.Join(q.Signed(v.Difference), q.Unit) + ", worse"
	if v.Improves {
		text = prose.Join(q.Signed(v.Difference), q.Unit) + ", better"
	}
	// With futures the range comes next, which is not that of the discounted sum.
	if d := v.Discounted; d != nil && v.Range == [2]float64{} {
		text += "; discounted " + q.Signed(d.Difference)
	}
	return text
}

// Sentence returns what a scenario does to the main outcome, in one or two sentences.
func (b *Teller) Sentence(s *scenarios.Scenario) string {
	f := b.Figs[0]
	v := b.Verdict(s, f.Outcome)
	q := f.QuantityFor()
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		return "The run broke down: nothing can be read from it."
	case v.None:
		return "It makes no difference at all."
	case v.Swings != nil:
		return "The difference " + swingsWords(q, v) + "."
	case v.Unsure || !v.Distinguishable:
		return "It is not distinguishable from no new decisions" + b.differenceRange(q, v) + "."
	}
	text := prose.Capital(q.About()+q.Gap(v.Difference)) + " " + q.More(v.Difference) + b.when(f) +
		" than with no new decisions" + b.differenceRange(q, v) + b.agreement(v) + "."
	return text
}

// Course returns how the difference of a scenario goes over time: when it shows, whether it is
// first the other way, and its price.
func (b *Teller) Course(s *scenarios.Scenario) string {
	f := b.Figs[0]
	v := b.Verdict(s, f.Outcome)
	out := []string{}
	for _, text := range []string{b.timing(v), b.worseFirst(f, v), b.price(f, v)} {
		if text != "" {
			out = append(out, text)
		}
	}
	return strings.Join(out, " ")
}
