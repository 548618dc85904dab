package scenarios

import (
	"maps"
	"math"
	"slices"

	"weir/model"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// Compile makes the program that Compare runs.
func (s *Set) Compile() (*sim.Program, error) {
	return sim.Compile(s.Resolved, s.Varying()...)
}

// Settings returns those with which Compare runs a scenario, nil for no new decisions. The
// caller owns them.
func (s *Set) Settings(x *Scenario) sim.Settings { return settings(s, x) }

// varying returns the names of constants that a set's assumptions change during the run.
func varying(assumptions []model.Change, start float64) []string {
	names := map[string]bool{}
	for _, c := range assumptions {
		if !fromStart(c, start) {
			name, _, _ := element.Split(c.Variable)
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// fromStart reports whether a change holds from the start of the run to its end.
func fromStart(c model.Change, start float64) bool {
	return c.Start <= start && c.Over == 0 && c.Until == nil
}

// settings returns those of one scenario; nil is no new decisions.
func settings(set *Set, s *Scenario) sim.Settings {
	out := sim.Settings{Set: map[string]float64{}}
	for _, c := range set.Assumptions {
		if fromStart(c, set.Model.Time.Start) && c.To != nil {
			out.Set[c.Variable] = *c.To
		} else {
			out.Changes = append(out.Changes, Dated(c))
		}
	}
	if set.world != nil {
		for _, x := range set.world.Settings {
			out.Set[x.Name] = x.Value // of single elements, which have the last word
		}
	}
	if s == nil {
		return out
	}
	for _, i := range s.Interventions {
		for _, c := range i.Changes {
			out.Changes = append(out.Changes, Dated(c))
		}
	}
	return out
}

// Dated returns a change as a run takes it.
func Dated(c model.Change) sim.Change {
	out := sim.Change{Variable: c.Variable, Start: c.Start, Over: c.Over, Until: math.Inf(1)}
	switch {
	case c.To != nil:
		out.Kind, out.Amount = sim.To, *c.To
	case c.Add != nil:
		out.Kind, out.Amount = sim.Add, *c.Add
	case c.Times != nil:
		out.Kind, out.Amount = sim.Times, *c.Times
	}
	if c.Until != nil {
		out.Until = *c.Until
	}
	return out
}

// Varying returns the names of the constants that change during a run, for sim.Compile.
func (s *Set) Varying() []string { return varying(s.Assumptions, s.Model.Time.Start) }
