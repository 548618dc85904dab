package sim

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"strings"

	"weir/model/resolved"
	"weir/sim/internal/change"
)

// load puts constants and decisions into the vector: the model's values, then Set.
// Names of more elements come before names of fewer.
func (m *machine) load(s Settings) error {
	copy(m.v[firstNamed:], m.p.parameters)
	all, err := m.p.settings(slices.Collect(maps.Keys(s.Set)))
	if err != nil {
		return err
	}
	for _, set := range all {
		x := s.Set[set.name]
		if math.IsNaN(x) {
			return errorf("%s cannot be set to %g", set.name, x)
		}
		for _, slot := range set.slots {
			m.v[slot] = x
		}
	}
	return nil
}

// A setting is a name that stands for some elements of a constant or decision.
type setting struct {
	name  string
	slots []int
}

// settings finds the slots that names mean. Those of more elements come first, so that the
// more specific ones have the last word; of equal ones the later by name.
func (p *Program) settings(names []string) ([]setting, error) {
	var all []setting
	for _, name := range slices.Sorted(slices.Values(names)) {
		v, at, err := p.settable(name)
		if err != nil {
			return nil, err
		}
		slots := make([]int, len(at))
		for i, e := range at {
			slots[i] = p.slot[v.ID] + e
		}
		all = append(all, setting{name, slots})
	}
	slices.SortStableFunc(all, func(a, b setting) int { return cmp.Compare(len(b.slots), len(a.slots)) })
	return all, nil
}

// settable finds a constant or decision by name.
func (p *Program) settable(name string) (*resolved.Variable, []int, error) {
	v, at, err := p.find(name)
	if err != nil {
		return nil, nil, p.notQuantity(name, err)
	}
	if v.Kind != resolved.Constant && v.Kind != resolved.Decision {
		return nil, nil, &Error{Message: v.Name + " is computed by the model, so it cannot be set",
			Hint: "only constants and decisions can"}
	}
	return v, at, nil
}

// notQuantity returns the error of finding a name, unless a lookup has it.
func (p *Program) notQuantity(name string, err error) error {
	bare, _ := splitName(name)
	for _, t := range p.model.Tables {
		if strings.EqualFold(t.Name, bare) {
			return &Error{Message: t.Name + " is a table of points, so it cannot be set",
				Hint: "only constants and decisions can"}
		}
	}
	return err
}

// A moving slot has a value that changes while running.
type moving struct {
	slot    int
	base    float64 // from Set or the model
	changes []Change
}

// prepare finds the slots that changes move. Slots are in the order of their first change.
func (m *machine) prepare(list []Change) ([]moving, error) {
	var out []moving
	place := map[int]int{} // by slot
	for _, c := range list {
		v, at, err := m.p.settable(c.Variable)
		if err != nil {
			return nil, err
		}
		if !m.p.varying[v.ID] {
			return nil, &Error{Message: v.Name + " is a constant, and this program was compiled with it fixed",
				Hint: "name it among the varying constants of Compile"}
		}
		if math.IsNaN(c.Amount+c.Start+c.Over) || math.IsInf(c.Amount, 0) || math.IsNaN(c.Until) {
			return nil, errorf("the change of %s is not a number", c.Variable)
		}
		for _, i := range at {
			slot := m.p.slot[v.ID] + i
			k, ok := place[slot]
			if !ok {
				k = len(out)
				place[slot] = k
				out = append(out, moving{slot: slot, base: m.v[slot]})
			}
			out[k].changes = append(out[k].changes, c)
		}
	}
	return out, nil
}

// at returns the value in an evaluation at time now of the step that begins at begin.
func (x *moving) at(now, begin, dt float64) float64 {
	value := x.base
	for i := range x.changes {
		c := &x.changes[i]
		value = change.Value(int32(c.Kind), value, c.Amount, c.Start, c.Over, c.Until, now, begin, dt)
	}
	return value
}

// ramps returns which slots have a change that moves within a step.
func ramps(list []moving) []int {
	var out []int
	for k := range list {
		if slices.ContainsFunc(list[k].changes, func(c Change) bool { return c.Over > 0 }) {
			out = append(out, k)
		}
	}
	return out
}

// Full returns a value with the whole change, whatever its dates.
func (c Change) Full(value float64) float64 {
	return change.Part(int32(c.Kind), value, c.Amount, 1)
}
