package explain

import (
	"fmt"
	"slices"

	"weir/model/diagnostic"
	"weir/scenarios"
	"weir/scenarios/words"
)

// Choose limits an explanation to an outcome and a scenario by their IDs; "" is the main outcome,
// and every scenario. The error names those that there are.
func (o *Options) Choose(set *scenarios.Set, outcome, scenario string) error {
	if outcome != "" {
		var ids []string
		for _, x := range set.Outcomes {
			ids = append(ids, x.ID)
		}
		i := slices.Index(ids, outcome)
		if i < 0 {
			return unknown("outcome", outcome, ids)
		}
		o.Outcomes = set.Outcomes[i : i+1]
	}
	if scenario != "" {
		var ids []string
		for _, x := range set.Scenarios {
			ids = append(ids, x.ID)
		}
		i := slices.Index(ids, scenario)
		if i < 0 {
			return unknown("scenario", scenario, ids)
		}
		o.Scenarios = set.Scenarios[i : i+1]
	}
	return nil
}

// unknown is the error of an ID that the set does not have.
func unknown(thing, id string, ids []string) error {
	if near := diagnostic.DidYouMean(id, ids); near != "" {
		return fmt.Errorf("the set has no %s %q: %s", thing, id, near)
	}
	return fmt.Errorf("the set has no %s %q; it has %s", thing, id, words.List(ids))
}
