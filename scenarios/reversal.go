package scenarios

import (
	"cmp"
	"math"
	"slices"

	"weir/scenarios/internal/curve"
)

// A contender is one scenario's outcome over the window: at the centre, in the central run,
// and in that run at half the step.
type contender struct {
	scenario                *Scenario
	course, central, halved curve.Curve
}

// reversals returns the dates at which two of the contenders change places, in order
// of time, then of the contenders. With e(t) the lead of one over the other in the
// direction wanted, n its noise (as for a verdict) and m its largest magnitude, a
// contender leads where |e| > max(n, m/100) and, but for a cost, by a thousandth of
// the outcome's level; the date is the last time before the
// new lead at which e is zero.
func reversals(o *Outcome, all []contender) []Reversal {
	var list []Reversal
	for i, a := range all {
		for _, b := range all[i+1:] {
			list = append(list, pairReversals(o, a, b)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Reversal) int { return cmp.Compare(a.At, b.At) })
	return list
}

// pairReversals returns those of two contenders, in order of time.
func pairReversals(o *Outcome, a, b contender) []Reversal {
	first, second := a.course, b.course
	lead := first.Minus(second)
	if o.Better == Lower {
		lead = lead.Times(-1)
	}
	e := a.central.Minus(b.central).Minus(a.halved.Minus(b.halved))
	noise := max(2*max(math.Abs(e.Last()), e.RMS()), rounding*(first.Magnitude()+second.Magnitude()))
	if !lead.Finite() || math.IsNaN(noise) {
		return nil
	}
	lead = lead.Flat(rounding * (first.Magnitude() + second.Magnitude()))
	var list []Reversal
	for _, s := range swaps(lead, max(noise, shallow*lead.Magnitude(), smallOf(o, second))) {
		r := Reversal{Outcome: o, Before: a.scenario, After: b.scenario, At: s.at}
		if s.up {
			r.Before, r.After = b.scenario, a.scenario
		}
		list = append(list, r)
	}
	return list
}
