package reference

import (
	"strings"

	"weir/model/resolved"
	"weir/sim"
)

// changed returns a constant's or decision's number in force during the present step:
// the value of the settings, then moved by the settings' changes, in order.
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

// moved returns a number after one change: a jump holds for whole steps, a ramp moves
// within them.
func (r *run) moved(c sim.Change, x float64) float64 {
	middle := r.begin + r.clock.Step/2
	if middle > c.Until || c.Over == 0 && middle <= c.Start {
		return x
	}
	passed := r.now - c.Start
	switch {
	case c.Over == 0 || passed >= c.Over:
		return there(c, x)
	case passed <= 0:
		return x
	}
	share := passed / c.Over
	switch c.Kind {
	case sim.Add:
		return x + float64(share*c.Amount)
	case sim.Times:
		return x * (1 + float64(share*(c.Amount-1)))
	}
	return x + float64(share*(c.Amount-x))
}

// there returns where a change leads.
func there(c sim.Change, x float64) float64 {
	switch c.Kind {
	case sim.Add:
		return x + c.Amount
	case sim.Times:
		return x * c.Amount
	}
	return c.Amount
}

// ElementName returns an element's name as results have it: name, or name[a,b].
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
