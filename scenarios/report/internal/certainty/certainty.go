package certainty

import (
	"fmt"
	"math"

	"weir/model"
	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
)

// A Section is the section about the spread of the futures, its causes, and its limits.
type Section struct {
	// Futures explains how the futures were drawn; Excluded names those that broke down, nil
	// if none did.
	Futures, Excluded parts.Sentence
	// Drivers and Regret are about the main outcome; they are empty without futures or outcomes.
	Drivers []Drivers
	Regret  parts.Table
	Worlds  parts.Table // empty for a set without worlds
	// Doubts say what would change the answer; nil if it was not looked for.
	Doubts, MoreDoubts []parts.Sentence
	Tipping, Worth     parts.Table
	// Outside lists the sources of error that no range holds, so that a band is not read as a
	// promise.
	Outside  []parts.Sentence
	Unranged string   // summary of the list
	List     []string // constants without a range
}

// Drivers are bars for the constants on which one number depends.
type Drivers struct {
	Title parts.Sentence
	Bars  []Bar
	Words string
}

// A Bar is one constant: the strength and direction of its influence, and its evidence. Way says
// the direction in words, How the exact number. Hatched is for a constant that nobody has measured.
type Bar struct {
	Label, Way, Grade string
	Width             int // percent of the full width
	Hatched           bool
	How               string
}

// Section returns the section, nil for a set without [uncertainty] and worlds. The constants without a range are listed
// even if no future could be counted.
func (b *Teller) Section() *Section {
	u := b.C.Uncertainty
	if u == nil && len(b.C.Worlds) == 0 && (b.C.Doubt == nil || len(b.C.Doubt.Claims) == 0) {
		return nil
	}
	s := &Section{Tipping: b.tippingTable(), Worth: b.worthTable()}
	s.Doubts = b.doubts()
	if n := min(fewDoubts, len(s.Doubts)); n < len(s.Doubts) {
		s.Doubts, s.MoreDoubts = s.Doubts[:n], s.Doubts[n:]
	}
	if len(b.Judged()) > 0 {
		s.Worlds = b.worldsTable(b.Judged()[0])
	}
	if u == nil {
		return s
	}
	s.Futures, s.Outside = b.futuresSentence(), b.outside()
	if note := u.Note(); note != "" {
		s.Excluded = parts.Say(prose.Capital(note) + ".")
	}
	s.List = b.unranged()
	s.Unranged = "The " + words.Count(len(s.List), "number") + " without a range"
	if len(s.List) == 1 {
		s.Unranged = "The number without a range"
	}
	if !b.HasFutures() || len(b.Judged()) == 0 {
		return s
	}
	s.Drivers, s.Regret = b.allDrivers(b.Judged()[0]), b.regretTable(b.Judged()[0])
	return s
}

// futuresSentence explains how the futures were drawn. Where a calibration or a correlation had a
// say in the draws, it tells that too.
func (b *Teller) futuresSentence() parts.Sentence {
	u := b.C.Uncertainty
	text := prose.Capital(prose.Spelled(u.Runs)) + " futures were computed. In each of them " +
		prose.SpelledCount(len(u.Sources), "number") +
		" that nobody knows exactly " + words.Verb(len(u.Sources), "was", "were") + " drawn at random from " +
		words.Verb(len(u.Sources), "its range", "their ranges") +
		", and every scenario was run in the same futures."
	if n := fromPosterior(u.Sources); n > 0 {
		text += " " + prose.Capital(prose.Spelled(n)) + " of them " +
			words.Verb(n, "was drawn", "were drawn together") +
			" from the values with which the model reproduces its record about as well as it can."
	}
	if n := len(u.Correlations); n > 0 {
		text += " " + prose.Capital(prose.SpelledCount(n, "pair")) + " of them " +
			words.Verb(n, "was", "were") + " drawn with a correlation."
	}
	return parts.Say(text + b.worldsSentence())
}

// fromPosterior returns the count of sources that a calibration narrowed down.
func fromPosterior(list []uncertainty.Source) (n int) {
	for _, s := range list {
		if s.Distribution == uncertainty.FromPosterior {
			n++
		}
	}
	return n
}

// allDrivers returns the drivers of the level with no new decisions, and of the best
// scenario's gain. Without a best scenario there is only the first.
func (b *Teller) allDrivers(f *chart.Figure) []Drivers {
	out := []Drivers{}
	if s, ok := b.OutcomeSpread(f.Outcome); ok {
		out = append(out, b.drivers(parts.Say("“"+f.Title+"” in "+b.Cal.Date(b.C.Horizon)+" with no new "+
			"decisions depends most on"), s.Drivers, "the level"))
	}
	if best := b.Best(); best > 0 {
		v := b.Verdict(b.C.Runs[best-1].Scenario, f.Outcome)
		out = append(out, b.drivers(parts.Say("What ", b.Name(v.Scenario), " changes depends most on"),
			v.Drivers, "the difference"))
	}
	return out
}

// drivers returns the bars of a list of drivers; number names the quantity that they drive. If the
// list explains less than half of the variance, the words say so instead of how much it explains.
func (b *Teller) drivers(title parts.Sentence, d scenarios.Drivers, number string) Drivers {
	out := Drivers{Title: title}
	for _, x := range d.List {
		out.Bars = append(out.Bars, b.bar(x, number))
	}
	out.Words = "No single number stands out: none of those drawn goes with it more than chance would."
	if len(out.Bars) > 0 {
		out.Words = "Together these explain " + prose.Quantity{Kind: prose.Share,
			Finest: 1}.Number(d.Explained) + " of how " + number + " differs from future to future."
	}
	if len(out.Bars) > 0 && d.Unexplained() > 0.5 {
		out.Words = prose.Capital(d.Remainder()) + "."
	}
	return out
}

// bar returns the bar of a rank correlation. The width is the strength: a rank correlation of -0.4
// has 40. An influence that goes up and then down has no rank to speak of, so its share of the
// variance is taken.
func (b *Teller) bar(x scenarios.Driver, number string) Bar {
	out := Bar{Label: b.driverName(x), Width: int(math.Round(math.Abs(x.Rank) * 100)),
		How: "rank correlation (Spearman) " + fmt.Sprintf("%.2f", x.Rank)}
	out.Way = "the higher, the higher " + number
	if x.Rank < 0 {
		out.Way = "the higher, the lower " + number
	}
	if x.Bends {
		out.Way, out.Width = "in no one direction", int(math.Round(x.Share*100))
		out.How = fmt.Sprintf("share of the variance %.2f; ", x.Share) + out.How
	}
	if v := b.C.Set.Model.Variable(x.Name); v != nil {
		out.Grade, out.Hatched = prose.GradeOf(v).Words, prose.Unmeasured(prose.GradeOf(v).ID)
	}
	return out
}

// driverName returns the label of a driver: that of its variable, or its own if it is the world.
func (b *Teller) driverName(x scenarios.Driver) string {
	if b.C.Set.Model.Variable(x.Name) == nil {
		return prose.Capital(x.Label)
	}
	return b.Names.Of(x.Name)
}

// regretTable returns, for each choice, its range and its shortfall against the best choice
// of the same future in the worst tenth. No new decisions are a choice as well and come first.
func (b *Teller) regretTable(f *chart.Figure) parts.Table {
	end := b.Cal.Date(b.C.Horizon)
	t := parts.Table{ID: "regret", Title: "If it turns out badly: " + b.Names.Inside(f.Title),
		Columns: []parts.Column{{Name: "Choice"},
			parts.Number("In 8 of 10 futures, " + end),
			parts.Number("In the worst tenth, behind the best choice by")}}
	q := f.QuantityFor()
	add := func(name parts.Cell, level [2]float64, regret float64) {
		behind := parts.Cell{Text: q.Gap(regret), Sort: parts.SortKey(regret), How: "exactly " + prose.Exact(regret)}
		if q.Negligible(regret) {
			behind.Text = "nothing"
		}
		t.Rows = append(t.Rows,
			parts.Row{Cells: []parts.Cell{name, {Text: q.Between(level[0], level[1]),
				Sort: parts.SortKey(level[0]), How: prose.Exact(level[0]) + " to " + prose.Exact(level[1])},
				behind}})
	}
	if s, ok := b.OutcomeSpread(f.Outcome); ok {
		add(parts.Cell{Text: b.C.Baseline.Label, Key: draw.SlotKey(0)}, s.Range, s.Regret)
	}
	for i, r := range b.C.Runs {
		add(b.ScenarioCell(r.Scenario), b.levelRange(f, i), b.Verdict(r.Scenario, f.Outcome).Regret)
	}
	t.Notes = []string{"Choosing is regretted where another choice would have done better in the same " +
		"future. The last column is how far each choice stays behind the best one, on average over the " +
		"tenth of the futures where it stays behind furthest."}
	return t
}

// levelRange returns the 10th and the 90th percentile of an outcome at the horizon in a
// run; NaN for a cost and without futures. A cost is drawn by the year and judged by its sum, so
// the band of its chart is no answer.
func (b *Teller) levelRange(f *chart.Figure, run int) [2]float64 {
	band := f.Lines[run+1].Band
	if band == nil || f.Outcome.Cost {
		return [2]float64{math.NaN(), math.NaN()}
	}
	return [2]float64{band.Low[len(band.Low)-1], band.High[len(band.High)-1]}
}

// unranged returns the labels of the constants that are the same in every future.
func (b *Teller) unranged() []string {
	drawn := map[string]bool{}
	for _, s := range b.C.Uncertainty.Sources {
		drawn[s.Name] = true
	}
	out := []string{}
	for _, v := range b.C.Set.Model.Variables {
		if v.Kind == model.KindConstant && !drawn[v.Name] {
			out = append(out, b.Names.Of(v.Name))
		}
	}
	return out
}

// outside lists the sources of error that the range leaves out. The last sentence is always there.
func (b *Teller) outside() []parts.Sentence {
	curves, records := 0, 0
	for _, v := range b.C.Set.Model.Variables {
		switch v.Kind {
		case model.KindLookup:
			curves++
		case model.KindData:
			records++
		}
	}
	out := []parts.Sentence{}
	if n := len(b.unranged()); n > 0 {
		out = append(out, parts.Say(prose.Capital(prose.SpelledCount(n,
			"number"))+" of the model "+words.Verb(n, "has",
			"have")+" the same value in every future, because nobody gave "+words.Verb(n, "it",
			"them")+" a range."))
	}
	if n := curves + records; n > 0 {
		out = append(out, parts.Say("Curves and records ("+prose.SpelledCount(curves,
			"curve")+", "+prose.SpelledCount(records,
			"record")+") are taken as they are, errors of counting included."))
	}
	return append(out, parts.Say("Whether the model has the right causes in it at all, and whatever no "+
		"one has thought of: a pandemic, a new law, a factory that opens. The true future may lie outside "+
		"every band."))
}
