package report

import (
	"math"
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
	"weir/scenarios/report/internal/wire"
)

// A reason is the explanation of one scenario in the main outcome. Short is its largest parts
// in one line; Picked is the one that is shown at first.
type reason struct {
	Name   parts.Phrase
	Short  string
	Picked bool
	Said   []scenarios.Said
}

// why returns the explanations that package explain has put into the comparison.
func (b *maker) why() []reason {
	var list []reason
	for _, e := range b.C.Why {
		name := b.Name(e.Scenario)
		list = append(list, reason{name, reasonWords{e, b.quantityOf(e)}.short(),
			name.Key == draw.SlotKey(b.Best()), e.Sentences})
	}
	return list
}

// inShort bounds the parts that are named in one line.
const inShort = 3

// short returns the largest clear channels in one line, or the decisions where there are none:
// "families stay (+300) · fuller classes (−40)". Where none is clear it says so of the largest; it
// is "" only without parts.
func (r reasonWords) short() string {
	list := r.e.Channels.Parts
	if len(list) == 0 {
		list = r.e.Decisions.Parts
	}
	out := r.named(list, true)
	if len(out) > 0 {
		return strings.Join(out, " · ")
	}
	if out = r.named(list, false); len(out) > 0 {
		return strings.Join(out, " · ") + "; nine in ten futures agree on the direction of none"
	}
	return ""
}

// named returns the largest parts with their amounts, only the clear ones if asked for.
func (r reasonWords) named(list []scenarios.Part, clear bool) []string {
	out := []string{}
	for _, p := range list {
		if (p.Clear || !clear) && !r.q.Negligible(p.Amount) && len(out) < inShort {
			out = append(out, p.Label+" ("+r.q.Signed(p.Amount)+")")
		}
	}
	return out
}

// mostTimes bounds the points of a part over time: a waterfall and a few areas need no more.
const mostTimes = 60

// reasonData returns the explanations for the script.
func (b *maker) reasonData() []wire.Reason {
	var list []wire.Reason
	for _, e := range b.C.Why {
		r := reasonWords{e, b.quantityOf(e)}
		out := wire.Reason{Outcome: e.Outcome.Label, Difference: e.Difference, Words: r.q.Signed(e.Difference),
			Futures: e.Futures, Times: []float64{}, Decisions: r.split(e.Decisions), Channels: r.split(e.Channels),
			Loops: []wire.ReasonLoop{}, Said: [][]wire.SaidPiece{}}
		for i, run := range b.C.Runs {
			if run.Scenario == e.Scenario {
				out.Key = draw.SlotKey(i + 1)
			}
		}
		for _, i := range r.rows() {
			out.Times = append(out.Times, e.Time[i])
		}
		for _, l := range e.Loops {
			out.Loops = append(out.Loops, wire.ReasonLoop{ID: l.ID, Label: l.Label, Variables: l.Variables,
				Amount: l.Amount,
				Words:  r.q.Signed(l.Amount), Without: r.q.Signed(l.Without), Clear: l.Clear, Gain: l.Gain})
		}
		for _, s := range e.Sentences {
			pieces := []wire.SaidPiece{}
			for _, p := range s {
				pieces = append(pieces, wire.SaidPiece(p))
			}
			out.Said = append(out.Said, pieces)
		}
		list = append(list, out)
	}
	return list
}

// quantityOf returns the words for the numbers of an explanation.
func (b *maker) quantityOf(e *scenarios.Explanation) prose.Quantity {
	for _, f := range b.Figs {
		if f.Outcome == e.Outcome {
			return f.QuantityFor()
		}
	}
	return prose.Quantity{}
}

// A reasonWords puts one explanation into words.
type reasonWords struct {
	e *scenarios.Explanation
	q prose.Quantity
}

// rows returns those of the times that are carried, the last among them.
func (r reasonWords) rows() []int {
	var rows []int
	n := len(r.e.Time)
	every := (n + mostTimes - 1) / mostTimes
	for i := range n {
		if (n-1-i)%every == 0 {
			rows = append(rows, i)
		}
	}
	return rows
}

// split returns a difference in parts for the page, with the pairs that work together.
func (r reasonWords) split(s scenarios.Split) wire.ReasonSplit {
	out := wire.ReasonSplit{Parts: []wire.ReasonPart{}, Pairs: []wire.ReasonPair{}, How: s.How}
	for _, p := range s.Parts {
		out.Parts = append(out.Parts, r.part(p))
	}
	if s.Rest != nil {
		rest := r.part(*s.Rest)
		out.Rest = &rest
	}
	for _, p := range s.Synergies {
		out.Pairs = append(out.Pairs, wire.ReasonPair{Of: [2]string{p.A, p.B}, Amount: p.Amount,
			Words: r.q.Signed(p.Amount), Clear: p.Clear})
	}
	return out
}

// part returns one part with its amount as a number and in words.
func (r reasonWords) part(p scenarios.Part) wire.ReasonPart {
	out := wire.ReasonPart{ID: p.ID, Label: p.Label, Variables: p.Variables, Amount: p.Amount,
		Words: r.q.Signed(p.Amount),
		Clear: p.Clear, Way: p.Way, Why: p.Why, Over: []float64{}}
	if out.Variables == nil {
		out.Variables = []string{}
	}
	if r.e.Futures > 0 {
		out.Range = r.q.Apart(p.Range, p.Amount)
	}
	// Lines need no more than a thousandth of the difference.
	scale := 1.0
	if d := math.Abs(r.e.Difference); d > 0 {
		scale = math.Pow(10, 3-math.Floor(math.Log10(d)))
	}
	for _, i := range r.rows() {
		out.Over = append(out.Over, math.Round(p.Over[i]*scale)/scale)
	}
	return out
}
