package imported

import (
	"context"
	"fmt"
	"math"

	"weir/model/numeric/clock"
	"weir/sim"
)

// mostSteps bounds the search for the end of a run that ends itself.
const mostSteps = 1 << 20

// End sets the stop of a run that ends itself to the first step, after the start, at which
// time has reached the variable by, as Vensim reads FINAL TIME again at every step. Saved
// rows come more often if the end would be none of them. The settings are changed in place.
// A run that does not end within mostSteps steps is an error.
func End(ctx context.Context, p *sim.Program, s *sim.Settings, by string) error {
	// An ensemble of one keeps a single column, however large the model is, and draws as the
	// run does.
	probe := sim.EnsembleSettings{Settings: *s, Runs: 1, Keep: []string{by}}
	c, err := p.CodeClock(probe.Settings)
	if err != nil {
		return err
	}
	probe.Save = &c.Step
	for {
		r, err := p.Ensemble(ctx, probe)
		if err != nil {
			return err
		}
		if len(r.NonFinite) > 0 { // the run itself will say why
			s.Stop = probe.Stop
			return nil
		}
		ends := r.Series(by, 0)
		for i, end := range ends {
			if i > 0 && clock.NotBefore(r.Time[i], end) {
				s.Stop = &r.Time[i]
				if _, whole := clock.Multiple(r.Time[i]-c.Start, c.Save); !whole {
					s.Save = &c.Step
				}
				return nil
			}
		}
		// It goes on at least to the end that it names now; twice as far bounds the work.
		last := len(ends) - 1
		steps := max(math.Ceil((ends[last]-c.Start)/c.Step-clock.Tolerance), float64(2*last), 1)
		if !(steps <= mostSteps) {
			return fmt.Errorf("the run does not end: at time %g it is to end at %g, more than %d steps from its start; "+
				"--stop TIME ends it", r.Time[last], ends[last], mostSteps)
		}
		stop := c.Start + float64(steps*c.Step)
		probe.Stop = &stop
	}
}
