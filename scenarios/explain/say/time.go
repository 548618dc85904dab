package say

import (
	"math"

	"weir/scenarios"
)

// early is the share of its largest size from which a difference over time is looked at: before,
// it is too small to have parts.
const early = 0.2

// turning says that another channel carries most at first than at the end.
func (a *account) turning() []scenarios.Said {
	parts := a.e.Channels.Parts
	if len(parts) < 2 || !a.e.Outcome.Measure.Dated() {
		return nil
	}
	largest := 0.0
	total := func(row int) float64 {
		sum := 0.0
		for _, p := range parts {
			sum += p.Over[row]
		}
		return sum
	}
	for row := range a.e.Time {
		largest = max(largest, math.Abs(total(row)))
	}
	first, until := -1, 0
	for row := range a.e.Time {
		if math.Abs(total(row)) < early*largest {
			continue
		}
		top := 0
		for i, p := range parts {
			if math.Abs(p.Over[row]) > math.Abs(parts[top].Over[row]) {
				top = i
			}
		}
		if first < 0 {
			first = top
		}
		if top == first {
			until = row
		}
	}
	last := len(a.e.Time) - 1
	if first <= 0 || until == last || parts[first].Over[until] == 0 {
		return nil // the largest at the end, or no other
	}
	p := parts[first]
	return []scenarios.Said{{{Text: "At first, until " + a.cal.Roughly(a.e.Time[until]) + ", the most passes " +
		a.through(scenarios.Part{ID: p.ID, Label: p.Label}) + "."}}}
}

// loops says which feedback loops strengthen or resist the difference.
func (a *account) loops() []scenarios.Said {
	var list []scenarios.Said
	for _, l := range a.e.Loops {
		if !l.Clear || a.minor(l.Amount) || len(list) == mostLoops {
			continue
		}
		does := "strengthens"
		if (l.Amount > 0) != (a.e.Difference > 0) {
			does = "resists"
		}
		s := scenarios.Said{{Text: "The loop “" + l.Label + "” " + does + " it: without it the difference would be " + a.q.About()},
			a.signed(l.Without, l.ID), {Text: ", not "}, a.signed(a.e.Difference, "")}
		if l.Gain != nil {
			s = append(s, scenarios.SaidPiece{Text: "; it multiplies the effect by "},
				scenarios.SaidPiece{Text: factor(*l.Gain), Value: l.Gain, Part: l.ID})
		}
		end := "."
		if !l.Pure {
			end = "; a first way of the effect is cut with it."
		}
		list = append(list, append(s, scenarios.SaidPiece{Text: end}))
	}
	return list
}

// mostLoops is how many loops get a sentence.
const mostLoops = 3
