package sim

import (
	"fmt"

	clocks "weir/model/numeric/clock"
	"weir/model/resolved"
)

// A limitUse counts, for each element of a limit, when it held something back.
type limitUse struct {
	elements []limitElement
}

type limitElement struct {
	start, last float64 // turned away, at the start of the run and of the present step
	first       float64
	steps       int
}

// startLimits notes the amounts turned away before the run, usually none.
func (r *simulation) startLimits() {
	for i, l := range r.p.model.Limits {
		at := r.p.slot[l.TurnedAway.ID]
		r.limits[i].elements = make([]limitElement, l.TurnedAway.Size())
		for e := range r.limits[i].elements {
			r.limits[i].elements[e] = limitElement{start: r.v[at+e], last: r.v[at+e]}
		}
	}
}

// countLimits notes which limits held something back in the step that began at t.
func (r *simulation) countLimits(t float64) {
	for i := range r.limits {
		at := r.p.slot[r.p.model.Limits[i].TurnedAway.ID]
		for e := range r.limits[i].elements {
			x := &r.limits[i].elements[e]
			if now := r.v[at+e]; now > x.last {
				if x.steps == 0 {
					x.first = t
				}
				x.steps++
				x.last = now
			}
		}
	}
}

// limitUses returns the outflows that were held back, with the first time and the amount; nil for none.
func (r *simulation) limitUses() []LimitUse {
	var list []LimitUse
	for i, l := range r.p.model.Limits {
		for e, x := range r.limits[i].elements {
			if x.steps > 0 {
				list = append(list, LimitUse{Stock: elementName(l.Stock.Name, l.Stock.Over, e),
					Flow:  elementName(l.Flow.Name, l.Flow.Over, e),
					First: x.first, Steps: x.steps, Amount: x.last - x.start})
			}
		}
	}
	return list
}

// guardTolerance forgives the rounding of a delay that is exactly a step long.
const guardTolerance = clocks.Tolerance

// checkGuards refuses delays that are shorter than a step at the start.
func (r *simulation) checkGuards() error {
	for _, g := range r.p.model.Guards {
		for e := range g.Time.Size() {
			if t := r.v[r.p.slot[g.Time.ID]+e]; t < r.clock.step*(1-guardTolerance) {
				return &Error{Span: g.Span,
					Message: fmt.Sprintf("%s in %s is shorter than a step: one of its stages takes %g, a step %g",
						g.What, elementOf(g.Owner, g.Time, e), t, r.clock.step),
					Hint: "make the step smaller, or the delay longer"}
			}
		}
	}
	return nil
}

// elementOf names an element of a variable by the position in another, if they have
// the same dimensions.
func elementOf(v, like *resolved.Variable, e int) string {
	if v.Size() == like.Size() {
		return elementName(v.Name, v.Over, e)
	}
	return v.Name
}

// ownerName returns the declared variable that a hidden one belongs to.
func ownerName(v *resolved.Variable) string {
	if v.Hidden && v.Owner != nil {
		return v.Owner.Name
	}
	return v.Name
}
