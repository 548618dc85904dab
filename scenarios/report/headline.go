package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
)

// headline says what the comparison found, in the order in which a leader asks:
// what happens anyway, what does most, when, at what price, and what does nothing.
func (b *builder) headline() []sentence {
	if len(b.figs) == 0 || b.figs[0].Outcome == nil || len(b.figs[0].Lines[0].Values) == 0 {
		return nil
	}
	f := b.figs[0]
	out := []sentence{b.baselineSentence(f)}
	ranked := b.ranked(f.Outcome)
	if len(ranked) > 0 && ranked[0].Improves && !f.slight(ranked[0]) {
		out = append(out, b.bestSentences(f, ranked))
	}
	for _, s := range []sentence{b.restSentence(f, ranked), b.backSentence(f)} {
		if len(s) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// baselineSentence is what the main outcome comes to with no new decisions.
func (b *builder) baselineSentence(f *figure) sentence {
	end, now := f.Lines[0].last(), f.at(f.Lines[0], b.c.Today)
	text := "With no new decisions, " + b.wouldBe(f, end) + " in " + b.cal.date(b.c.Horizon)
	return say(text + b.baselineRange(f) + b.againstToday(f, end-now, now) + ".")
}

// wouldBe is "there would be about 21,800 children in city public schools", or
// "families' confidence would be 0.85".
func (b *builder) wouldBe(f *figure, v float64) string {
	label := b.names.inside(f.Title)
	unit, _ := cutRate(f.Q.unit)
	if unit != "" && strings.HasPrefix(strings.ToLower(f.Title), strings.ToLower(unit)) {
		return "there would be " + f.Q.about() + f.Q.number(v) + " " + label
	}
	if unit != "" && strings.Contains(strings.ToLower(label), strings.ToLower(unit)) {
		return label + ": there would be " + f.Q.about() + f.Q.number(v)
	}
	return label + " would be " + f.Q.about() + f.Q.with(v)
}

// about stands before a rounded number; shares and indexes are spoken without it.
func (q quantity) about() string {
	if q.kind == share || q.kind == index {
		return ""
	}
	return "about "
}

// againstToday is ", 5,400 fewer than in 2026".
func (b *builder) againstToday(f *figure, d, now float64) string {
	switch {
	case math.IsNaN(d) || b.c.Today <= f.Times[0]:
		return ""
	case math.Abs(d) <= 0.005*math.Abs(now):
		return ", about the same as in " + b.cal.date(b.c.Today)
	}
	return ", " + f.Q.gap(d) + " " + f.Q.more(d) + " than in " + b.cal.date(b.c.Today)
}

// ranked are the verdicts on an outcome, the largest gain first; those that cannot
// be told from nothing stand between gains and losses.
func (b *builder) ranked(o *scenarios.Outcome) []scenarios.Verdict {
	list := []scenarios.Verdict{}
	for _, v := range b.c.Verdicts {
		if v.Outcome == o {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b scenarios.Verdict) int { return cmp.Compare(gain(b), gain(a)) })
	return list
}

// gain is a verdict's difference in the direction wanted, 0 if indistinguishable.
func gain(v scenarios.Verdict) float64 {
	switch {
	case !v.Distinguishable:
		return 0
	case v.Improves:
		return math.Abs(v.Difference)
	}
	return -math.Abs(v.Difference)
}

// bestSentences are about the scenario that does most.
func (b *builder) bestSentences(f *figure, ranked []scenarios.Verdict) sentence {
	v := ranked[0]
	s := say(b.name(v.Scenario))
	if len(ranked) > 1 {
		s = append(s, phrase{Text: " does the most of the " + number(len(ranked)) + " scenarios: "})
	} else {
		s = append(s, phrase{Text: " would make a difference: "})
	}
	s = append(s, phrase{Text: f.Q.about() + f.Q.gap(v.Difference) + " " + f.Q.more(v.Difference) +
		" in " + b.cal.date(b.c.Horizon) + " than with no new decisions" + b.differenceRange(f.Q, v) + b.agreement(v) + "."})
	for _, text := range []string{b.timing(v), b.worseFirst(f, v), b.price(f, v)} {
		if text != "" {
			s = append(s, phrase{Text: " " + text})
		}
	}
	return s
}

// timing is when the difference shows and when half of it is there.
func (b *builder) timing(v scenarios.Verdict) string {
	if v.EffectFrom == nil || v.HalfEffect == nil {
		return ""
	}
	from, half := b.cal.roughly(*v.EffectFrom), b.cal.roughly(*v.HalfEffect)
	if from == half {
		return "The difference shows, and half of it is there, in " + from + "."
	}
	return "The difference shows from " + from + " on; half of it is there in " + half + "."
}

// worseFirst tells of a first stretch in the other direction.
func (b *builder) worseFirst(f *figure, v scenarios.Verdict) string {
	if v.Worse == nil {
		return ""
	}
	start := "It is worse before it is better: "
	if v.Worse.Better {
		start = "It is better before it is worse: "
	}
	return start + "until " + b.cal.roughly(v.Worse.To) + ", with up to " + f.Q.gap(v.Worse.Depth) + " " +
		f.Q.more(v.Worse.Depth) + " than with no new decisions."
}

// price is what a scenario costs or saves, and for each unit gained.
func (b *builder) price(f *figure, v scenarios.Verdict) string {
	q, ok := b.sumQuantity()
	if !ok || v.Cost == nil {
		return ""
	}
	verb := "It costs "
	if *v.Cost < 0 {
		verb = "It saves "
	}
	text := verb + "about " + q.with(math.Abs(*v.Cost)) + " in all until " + b.cal.date(b.c.Horizon) + b.costRange(q, v)
	if v.CostPerUnit != nil && *v.CostPerUnit > 0 {
		text += ", about " + q.with(*v.CostPerUnit) + " for each " + b.gained(f) + " gained by then"
	}
	return text + "." + unpriced(v.Scenario)
}

// unpriced says that a cost leaves out what nobody knows.
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

// gained names one unit of an outcome.
func (b *builder) gained(f *figure) string {
	amount, _ := cutRate(f.Q.unit)
	return singular(amount, b.plurals)
}

// restSentence names the other scenarios: what they gain, lose, or that they do nothing.
func (b *builder) restSentence(f *figure, ranked []scenarios.Verdict) sentence {
	var gains, losses sentence
	var nothing, hardly []*scenarios.Scenario
	for i, v := range ranked {
		switch {
		case !v.Distinguishable:
			nothing = append(nothing, v.Scenario)
		case f.slight(v):
			hardly = append(hardly, v.Scenario)
		case v.Improves && i > 0:
			gains = b.append(gains, f, v)
		case !v.Improves:
			losses = b.append(losses, f, v)
		}
	}
	s := sentence{}
	if len(gains) > 0 {
		s = append(s, say("Also better than no new decisions: ", gains, ". ")...)
	}
	if len(losses) > 0 {
		s = append(s, say("Worse than no new decisions: ", losses, ". ")...)
	}
	if len(hardly) > 0 {
		s = append(s, say(b.named(hardly), verb(len(hardly), " makes", " make")+" hardly any difference, less than one in a thousand. ")...)
	}
	if len(nothing) > 0 {
		s = append(s, say(b.named(nothing), verb(len(nothing), " is", " are")+" not distinguishable from no new decisions. ")...)
	}
	return s
}

// slight reports whether a difference is too small to matter, or to be written.
func (f *figure) slight(v scenarios.Verdict) bool {
	return v.Slight || f.quantityFor().negligible(v.Difference)
}

// verb takes the form for one or for several.
func verb(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// append adds "name (+300)" to a list.
func (b *builder) append(s sentence, f *figure, v scenarios.Verdict) sentence {
	if len(s) > 0 {
		s = append(s, phrase{Text: ", "})
	}
	return append(s, b.name(v.Scenario), phrase{Text: " (" + f.Q.signed(v.Difference) + b.listedRange(f.Q, v) + b.turn(v) + ")"})
}

// turn says until when a listed scenario had gone the other way.
func (b *builder) turn(v scenarios.Verdict) string {
	switch {
	case v.Worse == nil:
		return ""
	case v.Worse.Better:
		return "; better until " + b.cal.roughly(v.Worse.To)
	}
	return "; worse until " + b.cal.roughly(v.Worse.To)
}

// backSentence says if nothing brings a falling outcome back to where it is today.
func (b *builder) backSentence(f *figure) sentence {
	now := f.at(f.Lines[0], b.c.Today)
	short := func(v float64) bool {
		if f.Outcome.Better == scenarios.Lower {
			return v > now*1.005
		}
		return v < now*0.995
	}
	if b.c.Today <= f.Times[0] || len(f.Lines) < 2 || f.Outcome.Cost {
		return nil
	}
	for _, l := range f.Lines {
		if !short(l.last()) {
			return nil
		}
	}
	return say("No scenario here brings back the level of " + b.cal.date(b.c.Today) + ", " + f.Q.about() + f.Q.with(now) + ".")
}

var small = [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// number writes a count in words up to twelve.
func number(n int) string {
	if n < len(small) {
		return small[n]
	}
	return decimals(float64(n))
}

// sumQuantity words sums over time of the cost outcome; false if there is none.
func (b *builder) sumQuantity() (quantity, bool) {
	for _, f := range b.figs {
		if f.Outcome != nil && f.Outcome.Cost {
			return f.summed(), true
		}
	}
	return quantity{}, false
}

// summed is a figure's quantity added up over time: dollars a year become dollars.
func (f *figure) summed() quantity { return f.Q.summed() }

func (q quantity) summed() quantity {
	q.rate, q.finest, q.coarse = "", min(q.finest, 1), 0
	if amount, rate := cutRate(q.unit); rate != "" {
		q.unit = amount
	}
	return q
}

// Headline is what the page says first, one string a paragraph: computed sentences
// whose numbers are the charts' numbers. It needs no web assets. Empty if the set
// has no outcome. c is only read.
func Headline(c *scenarios.Comparison) []string {
	out := []string{}
	b := newBuilder(c)
	for _, s := range append(b.warnings(), b.headline()...) {
		out = append(out, strings.TrimSpace(s.String()))
	}
	return out
}

// Difference is a verdict's difference in the words and the rounding of the page:
// "+1,150 children, better", or that it cannot be told from nothing.
func Difference(v scenarios.Verdict) string {
	q := quantityOf(printedWords(v.Outcome.Unit, nil), v.Outcome.Index, max(abs(v.Value), abs(v.Baseline)))
	if v.Outcome.Cost {
		q = q.summed()
	}
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		return "the run broke down"
	case !v.Distinguishable:
		return "not distinguishable from no new decisions"
	case v.Slight || q.negligible(v.Difference):
		return "hardly any difference, less than one in a thousand"
	case v.Improves:
		return join(q.signed(v.Difference), q.unit) + ", better"
	}
	return join(q.signed(v.Difference), q.unit) + ", worse"
}
