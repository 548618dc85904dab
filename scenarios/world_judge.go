package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"weir/scenarios/uncertainty"
)

// An InWorld is what a comparison finds in one world, in the same futures.
type InWorld struct {
	World *World // nil: the model as written
	// Share of the comparison's own futures that are drawn in it; nil if worlds are not drawn.
	// Verdicts of the comparison itself are then of all these futures together.
	Share *float64
	// Comparison has the runs and verdicts of the world, in the order of the whole comparison's.
	*Comparison
}

// A Finding is the answer of a verdict in one word.
type Finding string

// The findings.
const (
	IsBetter Finding = "better"
	IsWorse  Finding = "worse"
	Open     Finding = "open" // not distinguishable from no new decisions
)

// Finding returns the verdict in one word.
func (v *Verdict) Finding() Finding {
	switch {
	case !v.Distinguishable:
		return Open
	case v.Improves:
		return IsBetter
	}
	return IsWorse
}

// A Standing is the place of a scenario in a ranking.
type Standing struct {
	Scenario *Scenario // nil: no new decisions
	Gain     float64   // against no new decisions, above 0 for the better; of the outcome's measure
}

// Ranking returns the scenarios and no new decisions from the best for an outcome to the worst,
// by the differences of verdicts. Those that gain the same stay in the set's order, after no new
// decisions. A difference that is not distinguishable counts as none.
func Ranking(verdicts []Verdict, o *Outcome) []Standing {
	list := []Standing{{}}
	for i := range verdicts {
		v := &verdicts[i]
		if v.Outcome != o {
			continue
		}
		x := Standing{Scenario: v.Scenario}
		if v.Distinguishable {
			x.Gain = v.Difference
			if o.Better == Lower {
				x.Gain = -x.Gain
			}
		}
		list = append(list, x)
	}
	slices.SortStableFunc(list, func(a, b Standing) int { return cmp.Compare(b.Gain, a.Gain) })
	return list
}

// Holds reports, for each of Comparison.Worlds, whether verdict i has the same finding there.
func (c *Comparison) Holds(i int) []bool {
	out := make([]bool, len(c.Worlds))
	for k := range c.Worlds {
		out[k] = c.Worlds[k].Verdicts[i].Finding() == c.Verdicts[i].Finding()
	}
	return out
}

// inWorlds compares the set in each of its worlds; if the futures are drawn over worlds, in the
// model as written, too.
func (c *Comparison) inWorlds(ctx context.Context, o Options) error {
	if len(c.Set.Worlds) == 0 { // also in a world itself, although its set still draws them
		return nil
	}
	list := slices.Clone(c.Set.Worlds)
	u := c.Set.Uncertainty
	var drawn *uncertainty.Choice
	if u != nil {
		drawn = u.World
	}
	if drawn != nil {
		list = slices.Insert(list, 0, nil)
	}
	for i, w := range list {
		n := float64(len(list))
		in, err := Compare(ctx, c.Set.In(w), o.Part(float64(i)/n, float64(i+1)/n))
		if err != nil {
			return fmt.Errorf("%s: %w", WorldLabel(w), err)
		}
		x := InWorld{World: w, Comparison: in}
		if drawn != nil {
			x.Share = &drawn.Shares[i]
		}
		c.Worlds = append(c.Worlds, x)
	}
	return nil
}
