package sim

import (
	"math"
)

// A ring keeps the inputs of one element of a delay state until they are due: n numbers
// from position at of held on, the one of substep i at position i mod n.
type ring struct {
	at, n int
}

// makeRings reads each delay time and fills the ring with the initial value. A ring
// longer than the run is cut: its further numbers would never be due. A delay of one step
// has a ring of one; a fixed delay has a number for each substep.
func (r *simulation) makeRings() error {
	for _, m := range r.p.delays {
		for e := range m.n {
			n := 1
			if m.delay >= 0 {
				delay := r.v[m.delay+e]
				if math.IsNaN(delay) {
					return &Error{Span: m.v.Span, Message: "the delay time of " + ownerName(m.v) +
						" is not a number at the start"}
				}
				n = r.parts * int(max(1, min(math.Floor(delay/r.clock.step+0.5), float64(r.clock.steps+1))))
			}
			if len(r.held)+n > maxSlots {
				return &Error{Span: m.v.Span, Message: "the delay of " + ownerName(m.v) + " holds too many steps"}
			}
			r.rings = append(r.rings, ring{len(r.held), n})
			for range n {
				r.held = append(r.held, r.v[m.at+e])
			}
		}
	}
	return nil
}

// passOn moves all fixed delays from substep i to the next: they take in the numbers
// computed at its start and put out those that are due.
func (r *simulation) passOn(i int) {
	k := 0
	for j := range r.p.delays {
		m := &r.p.delays[j]
		if m.delay < 0 {
			k += m.n
			continue
		}
		for e := range m.n {
			g := r.rings[k]
			k++
			r.held[g.at+i%g.n] = r.v[m.input+e]
			r.v[m.at+e] = r.held[g.at+(i+1)%g.n]
		}
	}
}

// remember moves all delays of one step to the next: they put out the numbers computed at
// the start of the step, which rings hold since takeIn.
func (r *simulation) remember() {
	k := 0
	for j := range r.p.delays {
		m := &r.p.delays[j]
		for e := range m.n {
			if m.delay < 0 {
				r.v[m.at+e] = r.held[r.rings[k].at]
			}
			k++
		}
	}
}

// takeIn keeps the inputs of delays of one step, computed at the start of the step.
func (r *simulation) takeIn() {
	k := 0
	for j := range r.p.delays {
		m := &r.p.delays[j]
		for e := range m.n {
			if m.delay < 0 {
				r.held[r.rings[k].at] = r.v[m.input+e]
			}
			k++
		}
	}
}
