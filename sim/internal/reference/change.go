package reference

import (
	"strings"

	"weir/model/resolved"
	"weir/sim"
)

// changed is a constant's or decision's number in force during the present step:
// what the settings set, then moved by the settings' changes, in order.
func (r *run) changed(v *resolved.Variable, element int, x float64) float64 {
	if set, ok := r.s.Set[v.Name]; ok {
		x = set
	}
	if set, ok := r.s.Set[ElementName(v.Name, v.Over, element)]; ok {
		x = set
	}
	for _, c := range r.s.Changes {
		if c.Variable == v.Name || c.Variable == ElementName(v.Name, v.Over, element) {
			x = r.moved(c, x)
		}
	}
	return x
}

// moved is a number after one change.
func (r *run) moved(c sim.Change, x float64) float64 {
	reached := r.begin + r.clock.Step/2
	if reached <= c.Start || reached > c.Until {
		return x
	}
	to := c.Amount
	switch c.Kind {
	case sim.Add:
		to = x + c.Amount
	case sim.Times:
		to = x * c.Amount
	}
	passed := r.begin - c.Start
	if passed >= c.Over {
		return to
	}
	share := max(0, passed) / c.Over
	return x + float64(share*(to-x))
}

// ElementName is an element's name as results have it: name, or name[a,b].
func ElementName(name string, over []*resolved.Dimension, element int) string {
	if len(over) == 0 {
		return name
	}
	labels := make([]string, len(over))
	for i, p := range positions(over, element) {
		labels[i] = over[i].Elements[p]
	}
	return name + "[" + strings.Join(labels, ",") + "]"
}
