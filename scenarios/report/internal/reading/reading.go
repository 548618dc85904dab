// Package reading holds a comparison together with the words for it, and answers the
// questions about scenarios, verdicts and futures that all parts of the page have.
package reading

import (
	"cmp"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/draw"
	"weir/scenarios/report/internal/parts"
)

// A Reading is a comparison with the calendar, the names and the units of its model. It
// never changes after New, and it only reads the comparison.
type Reading struct {
	C       *scenarios.Comparison
	Cal     prose.Calendar
	Names   prose.Names
	Plurals map[string]string // of the units that the model declares; see prose.Names
}

// New returns the reading of a comparison, of which only the set and the dates must be
// filled in.
func New(c *scenarios.Comparison) *Reading {
	names := prose.NewNames(c.Set.Model, c.Set.Text)
	return &Reading{
		C: c, Names: names, Plurals: names.Plurals,
		Cal: prose.CalendarOf(c.Set.Model.Time.Unit, c.Set.Model.Time.Start),
	}
}

// Best returns the slot of the scenario whose band is shown at first: the one that the
// headline names, or the first. It is 0 if there is none.
func (b *Reading) Best() int {
	if len(b.C.Runs) == 0 || len(b.C.Set.Outcomes) == 0 {
		return 0
	}
	top := b.Ranked(b.C.Set.Outcomes[0])
	for i, r := range b.C.Runs {
		if len(top) > 0 && r.Scenario == top[0].Scenario {
			return i + 1
		}
	}
	return 1
}

// HasFutures reports whether the comparison was made in many futures.
func (b *Reading) HasFutures() bool { return b.C.Uncertainty != nil && b.C.Uncertainty.Counted > 0 }

// OutcomeSpread returns the statistics of an outcome with no new decisions over the
// futures; ok is false without futures.
func (b *Reading) OutcomeSpread(o *scenarios.Outcome) (s scenarios.OutcomeSpread, ok bool) {
	if b.HasFutures() {
		for _, s := range b.C.Uncertainty.Outcomes {
			if s.Outcome == o {
				return s, true
			}
		}
	}
	return scenarios.OutcomeSpread{}, false
}

// Series returns a panel's line of run i; run 0 is the baseline.
func Series(p scenarios.Panel, i int) []float64 {
	if i == 0 {
		return p.Baseline
	}
	return p.Runs[i-1]
}

// RankedBy says in which order Ranked has scenarios, for a reader.
const RankedBy = "Order: clear gains at the end, the largest first; unclear ones, by the share of futures in which " +
	"they are better, less that in which they are worse; clear losses."

// Ranked returns the verdicts on an outcome in the order that RankedBy says. Without futures those
// that are unclear go by their difference; of equal ones the set's order stands. Runs that broke
// down come last.
func (b *Reading) Ranked(o *scenarios.Outcome) []scenarios.Verdict {
	list := []scenarios.Verdict{}
	for _, v := range b.C.Verdicts {
		if v.Outcome == o {
			list = append(list, v)
		}
	}
	slices.SortStableFunc(list, func(a, b scenarios.Verdict) int {
		return cmp.Or(cmp.Compare(Rank(a), Rank(b)), cmp.Compare(lean(b), lean(a)), cmp.Compare(gain(b), gain(a)))
	})
	return list
}

// Rank returns the group of a verdict in the order of Ranked: 0 for a clear gain, 1 for one that is
// unclear or changes its sign more than once, 2 for a clear loss, 3 for a run that broke down.
func Rank(v scenarios.Verdict) int {
	switch {
	case math.IsNaN(v.Difference):
		return 3
	case !v.Distinguishable || v.Swings != nil:
		return 1
	case v.Improves:
		return 0
	}
	return 2
}

// lean returns by how much larger the share of futures is in which an unclear scenario is better;
// 0 for clear ones, which go by their gain.
func lean(v scenarios.Verdict) float64 {
	if Rank(v) != 1 {
		return 0
	}
	return v.BetterShare - v.WorseShare
}

// gain returns a verdict's difference in the direction wanted; NaN if there is none.
func gain(v scenarios.Verdict) float64 {
	if v.Outcome.Better == scenarios.Lower {
		return -v.Difference
	}
	return v.Difference
}

// Runs returns the baseline and the scenarios, in the order of their colours.
func (b *Reading) Runs() []*scenarios.Run {
	return append([]*scenarios.Run{b.C.Baseline}, b.C.Runs...)
}

// Name returns a scenario's label in its colour; nil is the baseline.
func (b *Reading) Name(s *scenarios.Scenario) parts.Phrase {
	for i, r := range b.C.Runs {
		if r.Scenario == s {
			return parts.Phrase{Text: r.Label, Key: draw.SlotKey(i + 1)}
		}
	}
	return parts.Phrase{Text: "no new decisions", Key: draw.SlotKey(0)}
}

// Named joins the labels of scenarios as in a sentence.
func (b *Reading) Named(list []*scenarios.Scenario) parts.Sentence {
	out := parts.Sentence{}
	for i, s := range list {
		switch {
		case i > 0 && i == len(list)-1:
			out = append(out, parts.Phrase{Text: " and "})
		case i > 0:
			out = append(out, parts.Phrase{Text: ", "})
		}
		out = append(out, b.Name(s))
	}
	return out
}

// Verdict returns the verdict of a scenario on an outcome. If there is none, its Difference
// is NaN.
func (b *Reading) Verdict(s *scenarios.Scenario, o *scenarios.Outcome) scenarios.Verdict {
	for _, v := range b.C.Verdicts {
		if v.Scenario == s && v.Outcome == o {
			return v
		}
	}
	return scenarios.Verdict{Scenario: s, Outcome: o, Difference: math.NaN()}
}

// ScenarioCell returns the cell that names a scenario in a table.
func (b *Reading) ScenarioCell(s *scenarios.Scenario) parts.Cell {
	n := b.Name(s)
	return parts.Cell{Text: n.Text, Key: n.Key, How: s.About}
}

// Priced reports whether a scenario moves the cost outcome at all.
func (b *Reading) Priced(s *scenarios.Scenario) bool {
	for _, v := range b.C.Verdicts {
		if v.Scenario == s && v.Cost != nil {
			return true
		}
	}
	return false
}
