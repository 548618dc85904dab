package sim

import (
	"math"
)

// A ring keeps the inputs of one element of a delay state until they are due: n numbers
// from position at of held on, the one of step i at position i mod n.
type ring struct {
	at, n int
}

// makeRings reads each delay time and fills the ring with the initial value. A ring
// longer than the run is cut: its further numbers would never be due.
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
				n = int(max(1, min(math.Floor(delay/r.clock.step+0.5), float64(r.clock.steps+1))))
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

// remember moves all delay states from step i to the next: they take in the numbers
// computed at its start and put out those that are due.
func (r *simulation) remember(i int) {
	k := 0
	for j := range r.p.delays {
		m := &r.p.delays[j]
		for e := range m.n {
			g := r.rings[k]
			k++
			r.held[g.at+i%g.n] = r.v[m.input+e]
			r.v[m.at+e] = r.held[g.at+(i+1)%g.n]
		}
	}
}
