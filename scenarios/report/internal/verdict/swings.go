package verdict

import (
	"strings"

	"weir/scenarios"
	"weir/scenarios/prose"
	"weir/scenarios/report/internal/chart"
	"weir/scenarios/report/internal/parts"
)

// swingsWords returns the predicate of a difference that changes its sign: the shares of time
// and the mean.
func swingsWords(q prose.Quantity, v scenarios.Verdict) string {
	s, share := v.Swings, prose.Quantity{Kind: prose.Share, Finest: 1}
	return "changes sign " + prose.SpelledCount(s.Changes, "time") + ": better " + share.Number(s.BetterShare) +
		" of the time, worse " + share.Number(s.WorseShare) + "; " + q.Signed(s.Mean) + " on average"
}

// swingSentence describes a scenario whose difference has no one direction.
func (b *Teller) swingSentence(f *chart.Figure, v scenarios.Verdict) parts.Sentence {
	q, s := f.QuantityFor(), v.Swings
	peaks := []string{}
	for _, p := range []struct {
		word string
		scenarios.Peak
	}{{"at best ", s.Best}, {"at worst ", s.Worst}} {
		peaks = append(peaks, p.word+q.Signed(p.Value)+" in "+b.Cal.Date(p.At))
	}
	text := " makes a difference that " + swingsWords(q, v) + ", " + strings.Join(peaks, ", ") + "; " + q.Signed(v.Difference) + " in " +
		b.Cal.Date(b.C.HorizonOf(f.Outcome)) + b.listedRange(q, v)
	if s.Settles != nil {
		return parts.Say(b.Name(v.Scenario), text+". It settles in "+b.Cal.Roughly(*s.Settles)+".")
	}
	return parts.Say(b.Name(v.Scenario), text+". It does not settle.")
}
