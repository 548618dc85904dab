package uncertainty

import "testing"

// Fewer futures than draws see all of the draws, evenly.
func TestPosteriorIsThinned(t *testing.T) {
	p := &Posterior{Draws: make([][]float64, 1000)}
	for i := range p.Draws {
		p.Draws[i] = []float64{float64(i)}
	}
	for m := range 10 {
		if got := p.of(m, 10); got != 100*m {
			t.Errorf("member %d of 10 has draw %v", m, got)
		}
	}
}
