package plan

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

// Settings returns those with which Compare runs a scenario, nil for no new decisions. The
// caller owns them.
func (s *Set) Settings(x *Scenario) sim.Settings {
	out := sim.Settings{Set: map[string]float64{}}
	for _, c := range s.Assumptions {
		if fromStart(c, s.Model.Time.Start) && c.To != nil {
			out.Set[c.Variable] = *c.To
		} else {
			out.Changes = append(out.Changes, Dated(c))
		}
	}
	if s.world != nil {
		for _, w := range s.world.Settings {
			out.Set[w.Name] = w.Value // of single elements, which have the last word
		}
	}
	if x == nil {
		return out
	}
	for _, i := range x.Interventions {
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

// Amount returns the value that a change makes of an old one, once its ramp is over.
func Amount(c model.Change, old float64) float64 {
	if c.To == nil && c.Add == nil && c.Times == nil {
		return old
	}
	return Dated(c).Full(old)
}
