package scenarios

import (
	"context"

	"weir/sim"
)

// run simulates one scenario in every future.
func (f *futures) run(ctx context.Context, program *sim.Program,
	set *Set, s *Scenario, o Options) (*sim.EnsembleResult, error) {
	e := sim.EnsembleSettings{
		Settings: settings(set, s), Runs: f.sampler.Size(), Vary: f.sampler.Vary(), Values: f.sampler.Values,
		Keep: set.columns(), Workers: o.Workers,
	}
	e.Seed = set.Uncertainty.Seed
	if o.Progress != nil {
		e.Progress = func(p sim.Progress) { o.Progress(p.Share) }
	}
	return program.Ensemble(ctx, e)
}
