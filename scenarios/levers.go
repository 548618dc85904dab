package scenarios

import (
	"slices"

	"weir/model"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/scenarios/plan"
)

// levers lists the changes of each scenario.
func levers(set *Set) []Lever {
	var list []Lever
	for _, s := range set.Scenarios {
		for _, i := range s.Interventions {
			for _, c := range i.Changes {
				list = append(list, leversOf(set, s, i, c)...)
			}
		}
	}
	return list
}

// leversOf returns the levers of one change: one, or one for each element where they differ.
func leversOf(set *Set, s *Scenario, i *Intervention, c model.Change) []Lever {
	name, subscripts, _ := element.Split(c.Variable)
	v := set.Variable(name)
	old, all, places := element.Values(v), element.All(v.Over), set.Resolved.Places(v, subscripts)
	if !slices.ContainsFunc(places, func(p int) bool { return old[p] != old[places[0]] }) {
		return []Lever{lever(set, s, i, c, v, subscripts, old[places[0]])}
	}
	var list []Lever
	for _, p := range places {
		list = append(list, lever(set, s, i, c, v, all[p], old[p]))
	}
	return list
}

// lever describes one change of a decision, or of elements of it, whose value was old. Who
// decides is the intervention's owner, otherwise the decision's.
func lever(set *Set, s *Scenario, i *Intervention, c model.Change,
	v *resolved.Variable, elements []string, old float64) Lever {
	owner := i.Owner
	if d := set.Model.Variable(v.Name); owner == "" && d != nil {
		owner = d.Owner
	}
	return Lever{
		Scenario: s, Intervention: i, Decision: element.Join(v.Name, elements), Label: element.Label(v.Label, elements),
		Unit: set.Plural(v.Unit), Owner: owner, Baseline: old, Value: plan.Amount(c, old),
		Start: c.Start, Over: c.Over, Until: c.Until, Cost: i.Cost,
	}
}
