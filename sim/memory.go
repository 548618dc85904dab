package sim

import (
	"math"
)

// A ring keeps what one element of a memory took in until it gives it out. Ring i
// of a memory holds n numbers from at on.
type ring struct {
	at, n int
}

// makeRings reads how long each memory holds and fills it with its initial value. A
// ring longer than the run is cut: what it would hold then never comes out.
func (r *simulation) makeRings() error {
	for _, m := range r.p.memories {
		for e := range m.n {
			n := 1
			if m.delay >= 0 {
				delay := r.v[m.delay+e]
				if math.IsNaN(delay) {
					return &Error{Span: m.v.Span, Message: "the delay time of " + ownerName(m.v) + " is not a number at the start"}
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

// remember moves all memories from step i to the next: they take in what was
// computed at its start and give out what is due.
func (r *simulation) remember(i int) {
	k := 0
	for j := range r.p.memories {
		m := &r.p.memories[j]
		for e := range m.n {
			g := r.rings[k]
			k++
			r.held[g.at+i%g.n] = r.v[m.input+e]
			r.v[m.at+e] = r.held[g.at+(i+1)%g.n]
		}
	}
}
