// Package say puts explanations into sentences. Every amount in them is a number of the
// explanation, rounded by the rules of headline and tables.
package say

import (
	"math"

	"weir/scenarios"
	"weir/scenarios/prose"
)

// A Teller words the explanations of one comparison.
type Teller struct {
	c     *scenarios.Comparison
	names prose.Names
	cal   prose.Calendar
}

// New returns the teller of a comparison.
func New(c *scenarios.Comparison) *Teller {
	time := c.Set.Model.Time
	return &Teller{c: c, names: prose.NewNames(c.Set.Model, c.Set.Text), cal: prose.CalendarOf(time.Unit, time.Start)}
}

// Sentences returns what an explanation says: the difference, then its parts by decision and by
// channel, then loops, and what is not known of them.
func (t *Teller) Sentences(e *scenarios.Explanation) []scenarios.Said {
	a := t.about(e)
	list := []scenarios.Said{a.lead()}
	if !a.any() {
		return list
	}
	if a.apart() {
		return append(list, a.cancelling()...)
	}
	list = append(list, a.decisions()...)
	list = append(list, a.channels()...)
	list = append(list, a.turning()...)
	list = append(list, a.loops()...)
	return append(list, a.unclear()...)
}

// An account is one explanation with the words for its numbers.
type account struct {
	*Teller
	e *scenarios.Explanation
	v scenarios.Verdict
	q prose.Quantity
}

// about returns the account of an explanation with the verdict that it explains, whose centre and
// unit its sentences use.
func (t *Teller) about(e *scenarios.Explanation) *account {
	a := &account{Teller: t, e: e}
	for _, v := range t.c.Verdicts {
		if v.Scenario == e.Scenario && v.Outcome == e.Outcome {
			a.v = v
		}
	}
	o := e.Outcome
	a.q = prose.QuantityOf(prose.PrintedWords(o.MeasureUnit(), t.names.Plurals), o.Index,
		max(math.Abs(a.v.Value), math.Abs(a.v.Baseline)))
	if o.Cost {
		a.q = a.q.Summed()
	}
	return a
}

// any reports whether there is a difference that has parts.
func (a *account) any() bool {
	return len(a.e.Time) > 0 && !a.v.None
}

// apart reports whether the difference is too small or too unsure for shares of it.
func (a *account) apart() bool { return !a.v.Distinguishable || a.q.Negligible(a.e.Difference) }

// lead says the difference: "Children in city public schools in 2045: about 400 more than with
// no new decisions (130 to 840)."
func (a *account) lead() scenarios.Said {
	label := a.e.Outcome.Label + a.when() + ": "
	switch {
	case len(a.e.Time) == 0 && a.v.None:
		return scenarios.Said{{Text: label + "no difference: " + a.e.Channels.How + "."}}
	case len(a.e.Time) == 0:
		return scenarios.Said{{Text: label + "not explained, " + a.e.Channels.How + "."}}
	case a.v.None:
		return scenarios.Said{{Text: label + "no difference at all."}}
	case a.apart():
		return scenarios.Said{{Text: label + "no difference that can be told from none."}}
	}
	s := scenarios.Said{{Text: label + a.q.About()}, a.amount(a.e.Difference, ""),
		{Text: " " + a.more(a.e.Difference) + " than with no new decisions"}}
	if a.e.Futures > 0 {
		s = append(s, scenarios.SaidPiece{Text: " (" + a.q.Apart(a.e.Range, a.e.Difference) + ")"})
	}
	return append(s, scenarios.SaidPiece{Text: "."})
}

// when returns " in 2045", the date of the outcome's number; "" for a measure over time, whose
// label says it.
func (a *account) when() string {
	if !a.e.Outcome.Measure.Dated() {
		return ""
	}
	if a.e.Outcome.Cost {
		return " until " + a.cal.Date(a.c.HorizonOf(a.e.Outcome))
	}
	return " in " + a.cal.Date(a.c.HorizonOf(a.e.Outcome))
}

// more returns "more", "fewer", "less", "higher" or "lower".
func (a *account) more(d float64) string { return a.q.More(d) }

// amount returns the size of a number, with the number itself.
func (a *account) amount(d float64, part string) scenarios.SaidPiece {
	return scenarios.SaidPiece{Text: a.q.Gap(d), Value: &d, Part: part}
}

// signed returns a number with its sign, if it is not that of the difference.
func (a *account) signed(d float64, part string) scenarios.SaidPiece {
	p := a.amount(d, part)
	if (d > 0) != (a.e.Difference > 0) {
		p.Text = a.q.Signed(d)
	}
	return p
}

// Amounts are the words for the numbers of one explanation: differences with their signs.
type Amounts struct{ prose.Quantity }

// Amounts returns the words for an explanation's numbers.
func (t *Teller) Amounts(e *scenarios.Explanation) Amounts { return Amounts{t.about(e).q} }
