// Package answer makes the first screen of the page: two sentences, and a row for each
// scenario with its effect on one common scale, its dates and its price.
package answer

import (
	"html/template"
	"math"
	"slices"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/evidence"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/reading"
	"weir/scenarios/report/internal/verdict"
)

// A Teller makes the first screen of a comparison.
type Teller struct {
	*chart.Charts
	verdict  *verdict.Teller
	evidence *evidence.Teller
}

// New returns the teller of a comparison, which borrows the words of two others.
func New(c *chart.Charts, v *verdict.Teller, e *evidence.Teller) *Teller { return &Teller{c, v, e} }

// A Board is the first screen without its chart. Rows has one scenario each, in the order of
// reading.Ranked.
type Board struct {
	Lead, More []parts.Sentence // the two sentences, and all that the comparison says beyond them
	Rows       []Row
	Scale      string // what the bars of all rows show, in words
	Order      string // of the rows, in words; "" if all effects are clear
}

// A Row is a scenario. Effect is its difference from no new decisions, or the word for one that
// is not a plain number; Range is its range over the futures, "" without futures.
type Row struct {
	Key, Name, Effect, Range string
	Picked                   bool
	Bar                      template.HTML
	Facts                    []string // when, the dip, the price
	About                    string
	Parts                    []evidence.Done
}

// Board returns the first screen. It has no rows for a set without outcomes or scenarios.
func (b *Teller) Board() Board {
	whole := b.verdict.Headline()
	out := Board{Lead: b.verdict.Lead(), More: whole}
	if len(b.Figs) == 0 || b.Figs[0].Outcome == nil {
		return out
	}
	f := b.Figs[0]
	ranked := b.Ranked(f.Outcome)
	// One scale for all rows: a long bar is a large effect, whichever row it is in.
	low, high := extent(ranked)
	for _, v := range ranked {
		out.Rows = append(out.Rows, b.row(f, v, low, high))
	}
	q := f.QuantityFor()
	if len(out.Rows) > 0 && low < high {
		out.Scale = "Bars: from " + q.Signed(low) + " to " + q.Signed(high) + " " + prose.Join(q.Unit, q.Rate) + b.at(f)
	}
	if slices.ContainsFunc(ranked, func(v scenarios.Verdict) bool { return reading.Rank(v) == 1 }) {
		out.Order = reading.RankedBy
	}
	return out
}

// at returns the date of an outcome's number, for the end of a sentence; "" for a measure over
// time.
func (b *Teller) at(f *chart.Figure) string {
	if !f.Outcome.Measure.Dated() {
		return ""
	}
	return " in " + b.Cal.Date(b.C.HorizonOf(f.Outcome))
}

// extent returns the ends of the scale of all bars. Zero is always on it; numbers that are not
// finite are not.
func extent(list []scenarios.Verdict) (low, high float64) {
	for _, v := range list {
		for _, x := range []float64{v.Difference, v.Range[0], v.Range[1]} {
			if !math.IsNaN(x) && !math.IsInf(x, 0) {
				low, high = min(low, x), max(high, x)
			}
		}
	}
	return low, high
}

// row returns the row of a verdict on the main outcome.
func (b *Teller) row(f *chart.Figure, v scenarios.Verdict, low, high float64) Row {
	q := f.QuantityFor()
	name := b.Name(v.Scenario)
	out := Row{Key: name.Key, Name: name.Text, About: v.Scenario.About, Parts: b.evidence.Done(v.Scenario),
		Picked: b.Best() > 0 && draw.SlotKey(b.Best()) == name.Key, Bar: bar(name.Key, v, low, high, b.HasFutures())}
	// A number is written only if none of the doubts before it holds.
	switch {
	case math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0):
		out.Effect, out.Facts = "–", []string{"the run broke down"}
		return out
	case v.None:
		out.Effect, out.Facts = "none", []string{"no difference at all"}
		return out
	case mixed(v):
		out.Effect = "mixed"
	case v.Unsure || !v.Distinguishable:
		out.Effect = "unclear"
	case f.Slight(v):
		out.Effect = "≈ 0"
	default:
		out.Effect = q.Signed(v.Difference)
	}
	if b.HasFutures() {
		out.Range = q.SignedRange(v.Range)
	}
	out.Facts = append(out.Facts, b.facts(f, q, v)...)
	return out
}

// mixed reports whether a difference has no one direction: it changes sign more than once, or
// its last value and its sum over time go opposite ways.
func mixed(v scenarios.Verdict) bool {
	return v.Swings != nil || v.Distinguishable && v.Worse != nil && v.Cumulative*v.Difference < 0
}

// facts are the small print of a row: direction, dates, the first stretch the other way, price,
// and what the run met on its way.
func (b *Teller) facts(f *chart.Figure, q prose.Quantity, v scenarios.Verdict) []string {
	// The order is that in which a reader asks: how surely and when, at which loss on the way, at
	// which price, and what the number rests on.
	out := []string{}
	add := func(text string) {
		if text != "" {
			out = append(out, text)
		}
	}
	switch {
	case v.Unsure:
		dip, then := b.OnTheWayWords(v), ""
		if dip != "" {
			then = "then "
		}
		add(dip)
		add(then + "better in " + strings.TrimSuffix(prose.Hundred(v.BetterShare), " of 100") + ", worse in " +
			prose.Hundred(v.WorseShare) + " futures")
	case !v.Distinguishable:
		add("not distinguishable from no new decisions")
	case f.Slight(v):
		add("too small to matter")
	case v.EffectFrom != nil && v.Worse == nil:
		add("from " + b.Cal.Roughly(*v.EffectFrom))
	}
	add(b.course(f, q, v))
	add(b.price(v))
	add(b.met(v.Scenario))
	return out
}

// course describes a difference that does not always go one way; "" if it does.
func (b *Teller) course(f *chart.Figure, q prose.Quantity, v scenarios.Verdict) string {
	switch {
	case v.Swings != nil:
		return "better " + prose.Quantity{Kind: prose.Share, Finest: 1}.Number(v.Swings.BetterShare) + " of the time, " +
			q.Signed(v.Difference) + " at the end"
	case v.Worse == nil:
		return ""
	}
	text := b.Dip(f, v) + ", " + turnWord(v) + " until " + b.Cal.Roughly(v.Worse.To)
	if mixed(v) {
		text += ", then " + q.Signed(v.Difference) + "; " + turnWord(v) + " over the years"
	}
	return text
}

// turnWord returns the word for a first stretch in the other direction.
func turnWord(v scenarios.Verdict) string {
	if v.Worse.Better {
		return "better"
	}
	return "worse"
}

// price returns the cost of a scenario until the horizon, undiscounted: as it is paid. It is ""
// for a set without a cost outcome, and for the cost itself.
func (b *Teller) price(v scenarios.Verdict) string {
	q, ok := b.SumQuantity()
	if !ok || v.Outcome.Cost {
		return ""
	}
	open := unpriced(v.Scenario)
	switch {
	case v.Cost == nil && open:
		return "cost not known"
	case v.Cost == nil:
		return "cost not modelled"
	}
	text := q.Number(math.Abs(*v.Cost))
	if *v.Cost < 0 {
		text = "saves " + text
	}
	if open {
		text += " as far as known"
	}
	return text
}

// met names a stock that ran empty in a scenario and not without it: its numbers rest on a
// limit of the model. It is "" if there is none.
func (b *Teller) met(s *scenarios.Scenario) string {
	for _, r := range b.C.Runs {
		if r.Scenario != s || r.Result == nil {
			continue
		}
		for _, l := range r.Result.Limits {
			if !limited(b.C.Baseline, l.Stock) {
				return "“" + b.Names.Of(l.Stock) + "” runs empty in " + b.Cal.Roughly(l.First)
			}
		}
	}
	return ""
}

// limited reports whether a stock ran empty in a run.
func limited(r *scenarios.Run, stock string) bool {
	if r == nil || r.Result == nil {
		return false
	}
	for _, l := range r.Result.Limits {
		if l.Stock == stock {
			return true
		}
	}
	return false
}

// The size of a bar's picture, in its own units.
const barWidth, barHeight, barEdge = 200.0, 16.0, 6.0

// bar returns the picture of an effect with its range, on the scale from low to high that all
// rows share. It is "" where there is nothing to draw: all effects are 0, or this one is no number.
// Screen readers skip it, since the row has the same numbers in words.
func bar(key string, v scenarios.Verdict, low, high float64, ranged bool) template.HTML {
	if !(low < high) || math.IsNaN(v.Difference) || math.IsInf(v.Difference, 0) {
		return ""
	}
	at := func(x float64) float64 { return barEdge + (x-low)/(high-low)*(barWidth-2*barEdge) }
	c := &draw.Canvas{}
	c.Put(`<svg class="bar %v" viewBox="0 0 %v %v" aria-hidden="true">`, key, barWidth, barHeight)
	c.Rule(at(0), 0, at(0), barHeight, "zero")
	if ranged {
		c.Put(`<rect x="%v" y="5" width="%v" height="6" class="range"/>`, at(v.Range[0]),
			max(1, at(v.Range[1])-at(v.Range[0])))
	}
	c.Put(`<circle cx="%v" cy="8" r="5" class="mid"/>`, at(v.Difference))
	c.Close()
	return template.HTML(c.String())
}
