package scenarios

import "weir/sim"

// Compile makes the program that Compare runs.
func (s *Set) Compile() (*sim.Program, error) {
	return sim.Compile(s.Resolved, varying(s.Assumptions, s.Model.Time.Start)...)
}

// Settings are those with which Compare runs a scenario, nil for no new decisions. The
// caller owns them.
func (s *Set) Settings(x *Scenario) sim.Settings { return settings(s, x) }

// SumWeights are the factors, one a saved time, with which a cost's rate counts in its
// discounted sum from today to the horizon: the sum over rows of weight times rate is
// that of the verdicts, up to rounding.
func (c *Comparison) SumWeights(o *Outcome) []float64 {
	out := make([]float64, len(c.Time))
	unit := make([]float64, len(c.Time))
	for i := range unit {
		unit[i] = 1
		out[i] = o.judged(curve{c.Time, unit}, c.window()).last()
		unit[i] = 0
	}
	return out
}
