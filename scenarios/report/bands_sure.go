package report

import (
	"fmt"
	"math"

	"weir/model"
	"weir/scenarios"
)

// A sure is the section that says how far the futures spread, why, and what is not in them.
type sure struct {
	Futures, Excluded sentence
	Drivers           []drivers
	Regret            table
	Outside           []sentence
	Unranged          string   // summary of the list
	List              []string // constants without a range
}

// drivers are the bars of what one number depends on.
type drivers struct {
	Title sentence
	Bars  []bar
	Words string
}

// A bar is one constant: how strongly, in which direction, and on what evidence.
type bar struct {
	Label, Way, Grade string
	Width             int // percent of the full width
	Hatched           bool
	How               string
}

// sure is nil without futures.
func (b *builder) sure() *sure {
	u := b.c.Uncertainty
	if u == nil {
		return nil
	}
	s := &sure{Futures: b.futuresSentence(), Outside: b.outside()}
	if note := u.Note(); note != "" {
		s.Excluded = say(capital(note) + ".")
	}
	s.List = b.unranged()
	s.Unranged = "The " + count(len(s.List), "number") + " without a range"
	if len(s.List) == 1 {
		s.Unranged = "The number without a range"
	}
	if !b.hasFutures() || len(b.judged()) == 0 {
		return s
	}
	s.Drivers, s.Regret = b.allDrivers(b.judged()[0]), b.regretTable(b.judged()[0])
	return s
}

// futuresSentence says what a future is.
func (b *builder) futuresSentence() sentence {
	u := b.c.Uncertainty
	text := capital(number(u.Runs)) + " futures were computed. In each of them " + countWords(len(u.Sources), "number") +
		" that nobody knows exactly " + verb(len(u.Sources), "was", "were") + " drawn anew from " + verb(len(u.Sources), "its range", "their ranges") +
		", and every scenario was run in the same futures."
	if n := fromPosterior(u.Sources); n > 0 {
		text += " " + capital(number(n)) + " of them " + verb(n, "was drawn", "were drawn together") +
			" from the values with which the model reproduces its record about as well as it can."
	}
	if n := len(u.Correlations); n > 0 {
		text += " " + capital(countWords(n, "pair")) + " of them " + verb(n, "was", "were") + " drawn together, because they go together."
	}
	return say(text)
}

// fromPosterior counts the numbers that a calibration narrowed down.
func fromPosterior(list []scenarios.Source) (n int) {
	for _, s := range list {
		if s.Distribution == scenarios.FromPosterior {
			n++
		}
	}
	return n
}

// countWords writes a number of things, in words up to twelve: "three pairs".
func countWords(n int, thing string) string {
	if n == 1 {
		return "one " + thing
	}
	return number(n) + " " + plural(thing, nil)
}

// allDrivers are those of the level with no new decisions, and of the best scenario's gain.
func (b *builder) allDrivers(f *figure) []drivers {
	out := []drivers{}
	if s, ok := b.outcomeSpread(f.Outcome); ok {
		out = append(out, b.drivers(say("“"+f.Title+"” in "+b.cal.date(b.c.Horizon)+" with no new decisions depends most on"), s.Drivers, "the level"))
	}
	if best := b.best(); best > 0 {
		v := b.verdict(b.c.Runs[best-1].Scenario, f.Outcome)
		out = append(out, b.drivers(say("What ", b.name(v.Scenario), " changes depends most on"), v.Drivers, "the difference"))
	}
	return out
}

func (b *builder) drivers(title sentence, d scenarios.Drivers, what string) drivers {
	out := drivers{Title: title}
	for _, x := range d.List {
		out.Bars = append(out.Bars, b.bar(x, what))
	}
	out.Words = "No single number stands out: none of those drawn goes with it more than chance would."
	if len(out.Bars) > 0 {
		out.Words = "Together these explain " + quantity{kind: share, finest: 1}.number(d.Explained) + " of how " + what + " differs from future to future."
	}
	return out
}

// bar words a rank correlation.
func (b *builder) bar(x scenarios.Driver, what string) bar {
	out := bar{Label: b.names.of(x.Name), Width: int(math.Round(math.Abs(x.Rank) * 100)), How: "rank correlation (Spearman) " + fmt.Sprintf("%.2f", x.Rank)}
	out.Way = "the higher, the higher " + what
	if x.Rank < 0 {
		out.Way = "the higher, the lower " + what
	}
	if v := b.c.Set.Model.Variable(x.Name); v != nil {
		out.Grade, out.Hatched = gradeOf(v).words, unmeasured(gradeOf(v).id)
	}
	return out
}

// regretTable says how badly each choice can turn out against the best one.
func (b *builder) regretTable(f *figure) table {
	end := b.cal.date(b.c.Horizon)
	t := table{ID: "regret", Title: "If it turns out badly: " + b.names.inside(f.Title), Columns: []column{{Name: "Choice"},
		{"In eight of ten futures, " + end, true}, {"In the worst tenth, behind the best choice by", true}}}
	q := f.quantityFor()
	add := func(name cell, level [2]float64, regret float64) {
		behind := cell{Text: q.gap(regret), Sort: sorted(regret), How: "exactly " + exact(regret)}
		if q.negligible(regret) {
			behind.Text = "nothing"
		}
		t.Rows = append(t.Rows, row{Cells: []cell{name, {Text: q.between(level[0], level[1]), Sort: sorted(level[0]), How: exact(level[0]) + " to " + exact(level[1])}, behind}})
	}
	if s, ok := b.outcomeSpread(f.Outcome); ok {
		add(cell{Text: b.c.Baseline.Label, Key: slotKey(0)}, s.Range, s.Regret)
	}
	for i, r := range b.c.Runs {
		add(b.scenarioCell(r.Scenario), b.levelRange(f, i), b.verdict(r.Scenario, f.Outcome).Regret)
	}
	t.Notes = []string{"Choosing is regretted where another choice would have done better in the same future. The last column is how far each choice stays behind the best one, on average over the tenth of the futures where it stays behind furthest."}
	return t
}

// levelRange is where an outcome lies at the end in eight of ten futures of a run.
func (b *builder) levelRange(f *figure, run int) [2]float64 {
	band := f.Lines[run+1].Band
	if band == nil || f.Outcome.Cost {
		return [2]float64{math.NaN(), math.NaN()}
	}
	return [2]float64{band.Low[len(band.Low)-1], band.High[len(band.High)-1]}
}

// unranged are the constants that are the same in every future.
func (b *builder) unranged() []string {
	drawn := map[string]bool{}
	for _, s := range b.c.Uncertainty.Sources {
		drawn[s.Name] = true
	}
	out := []string{}
	for _, v := range b.c.Set.Model.Variables {
		if v.Kind == model.KindConstant && !drawn[v.Name] {
			out = append(out, b.names.of(v.Name))
		}
	}
	return out
}

// outside says what the range does not hold.
func (b *builder) outside() []sentence {
	curves, records := 0, 0
	for _, v := range b.c.Set.Model.Variables {
		switch v.Kind {
		case model.KindLookup:
			curves++
		case model.KindData:
			records++
		}
	}
	out := []sentence{}
	if n := len(b.unranged()); n > 0 {
		out = append(out, say(capital(countWords(n, "number"))+" of the model "+verb(n, "has", "have")+" the same value in every future, because nobody gave "+verb(n, "it", "them")+" a range."))
	}
	if n := curves + records; n > 0 {
		out = append(out, say("Curves and records ("+countWords(curves, "curve")+", "+countWords(records, "record")+") are taken as they are, errors of counting included."))
	}
	return append(out, say("Whether the model has the right causes in it at all, and whatever no one has thought of: a pandemic, a new law, a factory that opens. The true future may lie outside every band."))
}

// bandChoice are the scenarios whose range can be picked to be shown.
func (b *builder) bandChoice() []chip {
	out := []chip{}
	if !b.hasFutures() {
		return out
	}
	for i, r := range b.c.Runs {
		out = append(out, chip{Key: slotKey(i + 1), Name: r.Label, Lit: i+1 == b.best()})
	}
	return out
}
