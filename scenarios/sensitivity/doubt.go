package sensitivity

import (
	"cmp"
	"context"
	"math"
	"slices"

	"weir/scenarios"
)

// Bounds of the doubts about one comparison, so that they take about as long as its futures.
const (
	mostClaims = 24
	mostProbes = 400_000 // runs on grids; of more, only the first constants are looked at
)

// Add makes the doubts about a finished comparison: the values at which its claims turn, from runs
// of its program in which one constant moves, and what is worth knowing, from its own futures. It
// does nothing for a set without scenarios. The error is the context's, or that of a run.
func Add(ctx context.Context, c *scenarios.Comparison, options scenarios.Options) error {
	if len(c.Runs) == 0 || len(c.Set.Outcomes) == 0 {
		return nil
	}
	_, o := mainOutcome(c.Set)
	d := &scenarios.Doubt{Outcome: o}
	e, err := newEvaluator(c.Set, Question{}, options)
	if err != nil { // nothing is uncertain
		d.Notes = append(d.Notes, "What would turn a claim is not known: "+err.Error()+".")
		d.Sentences, c.Doubt = d.Notes, d
		return ctx.Err()
	}
	t := &tipper{evaluator: e, comparison: c, doubt: d, known: map[probe]map[*scenarios.Scenario]float64{}}
	if err := t.tip(ctx); err != nil {
		return err
	}
	d.Information = information(c)
	d.Sentences = sentences(c, d)
	c.Doubt = d
	return ctx.Err()
}

// mainOutcome returns the outcome that claims are about, with its place in the set: the first that is not a
// cost, otherwise the first.
func mainOutcome(set *scenarios.Set) (place int, o *scenarios.Outcome) {
	i := max(0, slices.IndexFunc(set.Outcomes, func(o *scenarios.Outcome) bool { return !o.Cost }))
	return i, set.Outcomes[i]
}

// A tipper looks for the values at which claims turn.
type tipper struct {
	*evaluator
	comparison *scenarios.Comparison
	doubt      *scenarios.Doubt
	sources    []int       // that are looked at
	centre     []float64   // values of the sources
	draws      [][]float64 // by source and future; nil until they are needed
	// known are the differences of scenarios from no new decisions, by probe.
	known map[probe]map[*scenarios.Scenario]float64
}

// claims lists what the comparison says of its main outcome: each scenario against no new
// decisions, then each of the first eight of the ranking against the next. Both are as in the
// central run, from which the search starts. Differences within the noise of the step, and those
// that change their sign, make no claim; nor does a lead of one scenario over another that is too
// small to matter, since anything would turn it.
func claims(c *scenarios.Comparison, o *scenarios.Outcome) []scenarios.Claim {
	var list []scenarios.Claim
	var ranked []scenarios.Verdict
	for _, v := range c.Verdicts {
		if v.Outcome != o || v.Swings != nil || v.Central.Difference-v.Central.Difference != 0 {
			continue
		}
		ranked = append(ranked, v)
		x := scenarios.Claim{Better: v.Scenario, Lead: gain(o, v), Least: v.Noise}
		if x.Lead < 0 {
			x.Better, x.Worse, x.Lead = nil, v.Scenario, -x.Lead
		}
		if x.Lead > x.Least && len(list) < mostClaims-7 {
			list = append(list, x)
		}
	}
	slices.SortStableFunc(ranked, func(a, b scenarios.Verdict) int { return cmp.Compare(gain(o, b), gain(o, a)) })
	for i := 1; i < min(8, len(ranked)); i++ {
		a, b := ranked[i-1], ranked[i]
		x := scenarios.Claim{Better: a.Scenario, Worse: b.Scenario, Lead: gain(o, a) - gain(o, b),
			Least: a.Noise + b.Noise}
		if x.Lead > x.Least && (o.Cost || x.Lead >= scenarios.SlightShare*abs(a.Central.Baseline)) {
			list = append(list, x)
		}
	}
	return list
}

// gain returns a verdict's difference in the central run, above 0 for the better.
func gain(o *scenarios.Outcome, v scenarios.Verdict) float64 { return toward(o, v.Central.Difference) }

// toward returns a difference in an outcome, above 0 for the better.
func toward(o *scenarios.Outcome, difference float64) float64 {
	if o.Better == scenarios.Lower {
		return -difference
	}
	return difference
}

// leads returns by how much a claim's better choice leads in each of some runs, from the
// differences of scenarios by their place in runs; the first of runs is no new decisions.
func leads(o *scenarios.Outcome, x scenarios.Claim, runs []*scenarios.Scenario, differences [][]float64) []float64 {
	of := func(s *scenarios.Scenario) []float64 { return differences[slices.Index(runs, s)] }
	out := slices.Clone(of(x.Better))
	for i, y := range of(x.Worse) {
		out[i] = toward(o, out[i]-y)
	}
	return out
}

// shares fills in the shares of futures in which a claim holds, in all and by stretches.
func (t *tipper) shares(x *scenarios.Claim) {
	u := t.comparison.Uncertainty
	if u == nil || u.Counted == 0 {
		return
	}
	if t.draws == nil {
		t.draws = u.Draws()
	}
	place, _ := mainOutcome(t.comparison.Set)
	runs := []*scenarios.Scenario{nil}
	levels := [][]float64{u.Levels(place, 0)}
	for i, r := range t.comparison.Runs {
		runs, levels = append(runs, r.Scenario), append(levels, u.Levels(place, i+1))
	}
	lead := leads(t.doubt.Outcome, *x, runs, levels)
	share := func(in func(member int) bool) (n int, p *float64) {
		holds := 0
		for m, y := range lead {
			if in(m) {
				n++
				if y > x.Least {
					holds++
				}
			}
		}
		if n == 0 {
			return 0, nil
		}
		s := float64(holds) / float64(n)
		return n, &s
	}
	_, x.Share = share(func(int) bool { return true })
	for i := range x.Turns {
		at := slices.IndexFunc(u.Sources, func(s source) bool { return s.Name == x.Turns[i].Constant })
		if at < 0 {
			continue
		}
		list := x.Turns[i].Stretches
		for k := range list {
			list[k].Futures, list[k].Share = share(func(m int) bool {
				return (k == 0 || t.draws[at][m] >= list[k].From) && (k == len(list)-1 || t.draws[at][m] < list[k].To)
			})
		}
	}
}

// nearness returns how far a turn is from the constant's own value, as a share of its range.
func nearness(x scenarios.Turn) float64 {
	near := math.Inf(1)
	for _, s := range x.Stretches[1:] {
		near = min(near, abs(s.From-x.Own))
	}
	return near / (x.High - x.Low)
}
