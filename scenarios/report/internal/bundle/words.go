package bundle

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/health"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/words"
)

// saying returns the findings in sentences. They are in the order of a reader's questions: the
// best, the best but for unknown costs, the way it was computed, and the limits.
func (b *bundler) saying() []parts.Sentence {
	x := b.x
	out := []parts.Sentence{}
	if best := b.best(); best != nil && len(best.Interventions) > 0 {
		out = append(out, parts.Say("Most is gained"+b.knownWords()+b.withinWords()+" by "+b.gainWords(best)+"."))
	} else {
		out = append(out, parts.Say("No combination"+b.knownWords()+b.withinWords()+" does better than no "+
			"new decisions: in "+b.Names.Inside(x.Outcome.Label)+", by the median of the futures."))
	}
	if best := b.bestUnpriced(); best != nil {
		out = append(out, parts.Say("With things whose cost is not known, most is gained by "+b.gainWords(best)+
			", not counting what is not known."))
	}
	in := "Each was run once, with every number at its own value: how sure this is cannot be said."
	if x.Futures > 0 {
		in = "Each was run in the same " + prose.Decimals(float64(x.Futures)) +
			" futures; each number is their median, with the range of 8 in 10 of them."
	}
	text := prose.Decimals(float64(len(x.List)-1)) + " combinations of " +
		prose.Spelled(len(x.Interventions)) + " things to do were compared with no new decisions. " + in
	if how := x.Chosen(); how != "" {
		text += " " + how
	}
	if x.Excluded > 0 {
		text += " " + prose.Decimals(float64(x.Excluded)) +
			" further futures, in which some combination met a number that is not finite, are left out of all."
	}
	out = append(out, parts.Say(text))
	if n := b.unpriced(); n > 0 && b.cost >= 0 {
		out = append(out, parts.Say("What some of these cost is not known. "+prose.Decimals(float64(n))+
			" combinations have such a part: "+
			"they cost more than is shown, are drawn hollow, and none is called best."))
	}
	return out
}

// best returns the bundle with the largest gain: of the frontier, if there is a cost. It is
// nil if none is affordable.
func (b *bundler) best() *scenarios.Bundle {
	var best *scenarios.Bundle
	for _, x := range b.x.List {
		if x.Affordable && (b.cost < 0 || x.Frontier) && (best == nil || b.gain(x) > b.gain(best)) {
			best = x
		}
	}
	return best
}

// gain returns the median effect of a bundle on the outcome, above 0 for better. It has the
// outcome's unit. For an outcome that is better lower its sign is turned.
func (b *bundler) gain(x *scenarios.Bundle) float64 {
	if b.x.Outcome.Better == scenarios.Lower {
		return -x.Effects[b.outcome].Median
	}
	return x.Effects[b.outcome].Median
}

// unpriced returns the count of bundles with a part without a known cost.
func (b *bundler) unpriced() (n int) {
	for _, x := range b.x.List {
		if len(x.Unpriced) > 0 {
			n++
		}
	}
	return n
}

// withinWords returns " within the budget of $5 million", "" without a budget. A budget is in the
// unit of the cost.
func (b *bundler) withinWords() string {
	if b.x.Budget == nil {
		return ""
	}
	return " within the budget of " + b.words[b.cost].With(*b.x.Budget)
}

// knownWords returns a limitation for sets in which some costs are not known. Without it "most is
// gained" would claim more than was compared.
func (b *bundler) knownWords() string {
	if b.unpriced() > 0 && b.cost >= 0 {
		return ", of what has a known cost,"
	}
	return ""
}

// bestUnpriced returns the bundle with the largest gain among those with a part without a
// known cost, if it gains more than the best of the others and its known cost is within the
// budget; otherwise nil.
func (b *bundler) bestUnpriced() *scenarios.Bundle {
	// Without a priced bundle to compare with, nothing can be said of the others either.
	best := b.best()
	if b.cost < 0 || best == nil {
		return nil
	}
	for _, x := range b.x.List {
		within := b.x.Budget == nil || b.costs(x) <= *b.x.Budget
		if len(x.Unpriced) > 0 && within && b.gain(x) > b.gain(best) {
			best = x
		}
	}
	if len(best.Unpriced) == 0 {
		return nil
	}
	return best
}

// costs returns the median cost of a bundle.
func (b *bundler) costs(x *scenarios.Bundle) float64 { return x.Effects[b.cost].Median }

// gainWords returns a bundle's name, effect and cost as part of a sentence. Without futures it has
// neither a range nor a share.
func (b *bundler) gainWords(x *scenarios.Bundle) string {
	e, q := x.Effects[b.outcome], b.words[b.outcome]
	text := b.togetherWords(x) + ": " + q.About() + q.Gap(e.Median) + " " + q.More(e.Median) +
		b.unitWords() + " in " + b.Cal.Date(b.x.Horizon)
	if b.x.Futures > 0 {
		text += " (" + q.Apart(e.Range, e.Median) + "), better in " + prose.Hundred(e.BetterIn) + " futures"
	}
	if b.cost < 0 {
		return text
	}
	return text + b.priceWords(x)
}

// unitWords returns " children" for a unit that is counted, otherwise "".
func (b *bundler) unitWords() string {
	if u := b.words[b.outcome].Unit; u != "" {
		return " " + u
	}
	return ""
}

// priceWords returns ", for about $3.1 million in all", or that the bundle saves money.
func (b *bundler) priceWords(x *scenarios.Bundle) string {
	q, c := b.words[b.cost], x.Effects[b.cost].Median
	switch {
	case q.Negligible(c):
		return ", at hardly any cost"
	case c < 0:
		return ", and costs " + q.About() + q.Gap(c) + " less in all"
	}
	return ", for " + q.About() + q.Gap(c) + " in all"
}

// togetherWords returns the name of a bundle as a sentence has it. For example: “Open the hot tap”
// and “Lay a hose”.
func (b *bundler) togetherWords(x *scenarios.Bundle) string {
	labels := []string{}
	for _, i := range x.Interventions {
		labels = append(labels, "“"+i.Label+"”")
	}
	if len(labels) == 0 {
		return "no new decisions"
	}
	return words.List(labels)
}

// outcomeTitle returns the title of an outcome with its date. A cost is added up over time, so it
// has no date.
func (b *bundler) outcomeTitle(o *scenarios.Outcome) string {
	if o.Cost {
		return o.Label + ", in all"
	}
	return o.Label + ", in " + b.Cal.Date(b.x.Horizon)
}

// effectWords returns the difference, the range, the worst tenth, and the share of futures
// in which a bundle is better; "none" alone for no effect. Without futures it is the difference
// alone. i is the place of the outcome.
func (b *bundler) effectWords(i int, e scenarios.Effect) [4]string {
	q := b.words[i]
	if e.BetterIn == 0 && e.WorseIn == 0 && q.Negligible(e.Median) {
		return [4]string{"none"}
	}
	if b.x.Futures == 0 {
		return [4]string{q.Signed(e.Median)}
	}
	return [4]string{q.Signed(e.Median), q.SignedRange(e.Range), q.Signed(e.Worst), prose.Hundred(e.BetterIn)}
}

// known returns remarks on a bundle: budget, frontier and cautions.
func (b *bundler) known(x *scenarios.Bundle) []string {
	out := []string{}
	for _, i := range x.Unpriced {
		out = append(out, "“"+i.Label+"”: "+i.Cost+", so all of it costs more than is shown.")
	}
	switch {
	case b.x.Budget != nil && len(x.Unpriced) > 0:
		out = append(out, "Whether it keeps within the budget cannot be said.")
	case !x.Affordable:
		out = append(out, "It costs more than the budget of "+b.words[b.cost].With(*b.x.Budget)+".")
	case x.Frontier && x.FrontierWorst && b.x.Futures > 0:
		out = append(out, "Nothing that costs the same or less does better, in the median of the futures "+
			"and in the worst tenth of them.")
	case x.Frontier:
		out = append(out, "Nothing that costs the same or less does better.")
	case x.FrontierWorst && b.x.Futures > 0:
		out = append(out, "In the worst tenth of futures nothing that costs the same or less does better.")
	}
	for _, i := range x.Interventions {
		if i.Caution != "" {
			out = append(out, "Caution, “"+i.Label+"”: "+i.Caution)
		}
	}
	return out
}

// lists returns the frontier, or without a cost the bundles with the largest gains. Without a cost
// at most 15 are listed.
func (b *bundler) lists() []parts.Table {
	list := slices.Clone(b.x.List)
	if b.cost < 0 {
		slices.SortStableFunc(list, func(x, y *scenarios.Bundle) int { return cmp.Compare(b.gain(y), b.gain(x)) })
		return []parts.Table{b.bundleTable("best", "The combinations that gain most", list[:min(len(list), 15)])}
	}
	list = slices.DeleteFunc(list, func(x *scenarios.Bundle) bool { return !x.Frontier })
	slices.SortStableFunc(list, func(x, y *scenarios.Bundle) int {
		return cmp.Compare(x.Effects[b.cost].Median, y.Effects[b.cost].Median)
	})
	return []parts.Table{b.bundleTable("frontier",
		"Best for their cost: nothing that costs the same or less does better"+b.withinWords(), list)}
}

// bundleTable returns a table of bundles with their effects. The columns on futures are left out if
// there was one run.
func (b *bundler) bundleTable(id, title string, list []*scenarios.Bundle) parts.Table {
	t := parts.Table{ID: id, Title: title, Columns: []parts.Column{{Name: "What is done"}}}
	if b.cost >= 0 {
		t.Columns = append(t.Columns, parts.Number(b.outcomeTitle(b.x.Cost)))
	}
	t.Columns = append(t.Columns, parts.Number(b.outcomeTitle(b.x.Outcome)))
	if b.x.Futures > 0 {
		t.Columns = append(t.Columns, parts.Number("In the worst tenth of futures"), parts.Number("Better in"))
	}
	for _, x := range list {
		t.Rows = append(t.Rows, b.bundleRow(x))
	}
	return t
}

// bundleRow returns the row of a bundle. Its cells match the columns of bundleTable.
func (b *bundler) bundleRow(x *scenarios.Bundle) parts.Row {
	name := parts.Cell{Text: "No new decisions"}
	if len(x.Interventions) > 0 {
		name = parts.Cell{Text: x.Interventions[0].Label}
		for _, i := range x.Interventions[1:] {
			name.Text += " + " + i.Label
		}
	}
	r := parts.Row{Cells: []parts.Cell{name}}
	number := func(i int) {
		e, q := x.Effects[i], b.words[i]
		c := parts.Cell{Text: q.Signed(e.Median), Sort: parts.SortKey(e.Median), How: "exactly " +
			prose.Exact(e.Median)}
		if b.x.Futures > 0 && !q.Negligible(e.Median) {
			c.Under = q.SignedRange(e.Range)
		}
		r.Cells = append(r.Cells, c)
	}
	if b.cost >= 0 {
		number(b.cost)
	}
	number(b.outcome)
	if b.x.Futures > 0 {
		e, q := x.Effects[b.outcome], b.words[b.outcome]
		r.Cells = append(r.Cells, parts.Cell{Text: q.Signed(e.Worst), Sort: parts.SortKey(e.Worst)})
		share := parts.Cell{Text: prose.Hundred(e.BetterIn), Sort: parts.SortKey(e.BetterIn)}
		if e.BetterIn == 0 && e.WorseIn == 0 {
			share = parts.Dash("it makes no difference in any future")
		}
		r.Cells = append(r.Cells, share)
	}
	return r
}

// mostPairs is how many pairs the first table shows.
const mostPairs = 6

// pairs returns tables of the effects of pairs beyond the sum of each, the largest first:
// some, then all. It is nil if there are none.
func (b *bundler) pairs() []parts.Table {
	list := slices.Clone(b.x.Synergies)
	slices.SortStableFunc(list,
		func(x, y scenarios.Synergy) int { return cmp.Compare(math.Abs(y.Median), math.Abs(x.Median)) })
	if len(list) == 0 {
		return nil
	}
	all := parts.Table{ID: "pairs", Label: "All pairs",
		Columns: []parts.Column{{Name: "The one"}, {Name: "The other"},
			parts.Number("Beyond the sum of each alone")}}
	if b.x.Futures > 0 {
		all.Columns = append(all.Columns, parts.Number("More than the sum in"), parts.Number("Less in"))
	}
	for _, s := range list {
		all.Rows = append(all.Rows, b.pairRow(s))
	}
	if len(list) <= mostPairs {
		return []parts.Table{all}
	}
	some := all
	some.ID, some.Rows = "main-pairs", all.Rows[:mostPairs]
	return []parts.Table{some, all}
}

// pairRow returns the row of a pair. A pair that only adds up has the word "nothing" in place of a
// number that rounds to 0.
func (b *bundler) pairRow(s scenarios.Synergy) parts.Row {
	q := b.words[b.outcome]
	c := parts.Cell{Text: q.Signed(s.Median), Sort: parts.SortKey(s.Median), How: "exactly " + prose.Exact(s.Median)}
	if b.x.Futures > 0 && !q.Negligible(s.Median) {
		c.Under = q.SignedRange(s.Range)
	}
	if q.Negligible(s.Median) {
		c.Text, c.Class = "nothing", "same"
	}
	r := parts.Row{Cells: []parts.Cell{{Text: s.A.Label}, {Text: s.B.Label}, c}}
	if b.x.Futures > 0 {
		r.Cells = append(r.Cells, parts.Cell{Text: prose.Hundred(s.Above), Sort: parts.SortKey(s.Above)},
			parts.Cell{Text: prose.Hundred(s.Below), Sort: parts.SortKey(s.Below)})
	}
	return r
}

// beyond describes a synergy in a sentence. "More" is about the number and "beyond" about the
// outcome's better side: for lower is better, more than the sum falls short of it.
func (b *bundler) beyond(s scenarios.Synergy) string {
	q := b.words[b.outcome]
	pair := "“" + s.A.Label + "” and “" + s.B.Label + "” together "
	if q.Negligible(s.Median) || math.IsNaN(s.Median) {
		return pair + "do what each does alone, added up."
	}
	in := ""
	if b.x.Futures > 0 {
		share, words := s.Above, "more"
		if s.Median < 0 {
			share, words = s.Below, "less"
		}
		in = ", and " + words + " than the sum in " + prose.Hundred(share) + " futures"
	}
	more := "beyond"
	if s.Median > 0 != (b.x.Outcome.Better != scenarios.Lower) {
		more = "short of"
	}
	return pair + "come out " + q.Gap(s.Median) + b.unitWords() + " " + more +
		" the sum of what each does alone" + in + "."
}

// apart lists the pairs that cannot be combined. It gives the reason too, so that a reader sees why
// a button is off.
func (b *bundler) apart() []string {
	out := []string{}
	for _, c := range b.x.Conflicts {
		changed := b.Names.Inside(b.Names.Of(c.Decision))
		out = append(out, "“"+c.A.Label+"” and “"+c.B.Label+"”: both change "+changed+" at the same time.")
	}
	return out
}

// made returns the footer: files, hashes, dates, futures and version. With these a reader can tell
// whether two pages come from the same files.
func (b *bundler) made() [][2]string {
	set := b.x.Set
	rows := [][2]string{
		{"Model", prose.Join(set.Model.Name,
			"("+prose.BaseName(set.Model.File)+", SHA-256 "+health.Short(set.Model.Hash)+")")},
		{"Scenario set", prose.Join(set.Name, "("+prose.BaseName(set.File)+", SHA-256 "+health.Short(set.Hash)+")")},
		{"Time", b.Cal.Date(set.Model.Time.Start) + " to " + b.Cal.Date(b.x.Horizon) + "; today is " +
			b.Cal.Date(b.x.Today)},
	}
	if u := set.Uncertainty; u != nil {
		rows = append(rows, [2]string{"Futures", prose.Decimals(float64(b.x.Futures)) + ", seed " +
			strings.TrimSpace(prose.Decimals(float64(u.Seed)))})
	}
	return append(rows, [2]string{"Made with", prose.Join("weir", b.x.Version)})
}
