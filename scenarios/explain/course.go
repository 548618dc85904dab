package explain

import (
	"context"
	"math"

	"weir/model/resolved"
	"weir/scenarios"
	"weir/scenarios/explain/loops"
)

// Bounds of the loops that are kept of a run, for the page.
const (
	mostScored  = 60    // loops
	leastScored = 0.002 // share of the change that a loop explains at least
	mostCourse  = 60    // times
)

// AddLoops scores the feedback loops of each run of a comparison, central and without futures, and
// adds them to c.Loops: no new decisions, then the scenarios in the set's order. A model without
// loops has none. The error is that of a run, or the context's.
func AddLoops(ctx context.Context, c *scenarios.Comparison) error {
	list := []*scenarios.Scenario{nil}
	for _, r := range c.Runs {
		list = append(list, r.Scenario)
	}
	var found []*scenarios.RunLoops
	for _, s := range list {
		r, err := loops.Of(ctx, c.Set.Resolved, loops.Options{Settings: c.Set.Settings(s)})
		if err != nil {
			return err
		}
		if len(r.Groups) == 0 {
			return nil
		}
		found = append(found, courseOf(r, s, c.Set.Resolved))
	}
	c.Loops = found
	return nil
}

// courseOf returns the loops of a run that explain most, with their scores over time.
func courseOf(r *loops.Result, s *scenarios.Scenario, m *resolved.Model) *scenarios.RunLoops {
	out := &scenarios.RunLoops{Scenario: s, Through: map[string][]int{}, Merged: r.Search.Merged, All: r.Search.All}
	if r.Departure != nil {
		out.Departure = r.Departure.Relative
	}
	every := (len(r.Time) + mostCourse - 1) / mostCourse
	for i := 0; i < len(r.Time); i += every {
		out.Time = append(out.Time, r.Time[i])
	}
	place, kept := map[*loops.Loop]int{}, []*loops.Loop{}
	for _, g := range r.Groups {
		out.Count += len(g.Loops)
		for _, l := range g.Loops {
			if len(out.Loops) == mostScored || l.Share < leastScored {
				break
			}
			place[l] = len(out.Loops)
			kept = append(kept, l)
			passes := l.States
			if len(passes) == 0 {
				passes = l.Variables
			}
			out.Loops = append(out.Loops, scenarios.ScoredLoop{ID: l.ID, Label: l.Label, States: passes,
				Steps: len(l.Variables) - len(passes), Polarity: string(l.Polarity), Share: l.Share,
				Over: means(r.Relative(l), every)})
		}
	}
	for _, v := range m.Variables {
		if v.Hidden {
			continue
		}
		for _, l := range r.Passing(v.Name, kept) {
			out.Through[v.Name] = append(out.Through[v.Name], place[l])
		}
	}
	return out
}

// means returns the mean of each stretch of values, NaN left out; 0 if all are.
func means(values []float64, stretch int) []float64 {
	var out []float64
	for i := 0; i < len(values); i += stretch {
		sum, n := 0.0, 0.0
		for _, x := range values[i:min(len(values), i+stretch)] {
			if !math.IsNaN(x) {
				sum, n = sum+x, n+1
			}
		}
		if n > 0 {
			sum /= n
		}
		out = append(out, sum)
	}
	return out
}
