package scenarios

import (
	"context"

	"weir/sim"
)

// run simulates one scenario in every future, one strand after the other.
func (f *futures) run(ctx context.Context, set *Set, s *Scenario, o Options) (*sim.EnsembleResult, error) {
	e := sim.EnsembleSettings{
		Settings: settings(set, s), Runs: f.sampler.Size(), Vary: f.sampler.Vary(), Values: f.sampler.Values,
		Keep: set.columns(), Workers: o.Workers,
	}
	e.Seed = set.Uncertainty.Seed
	var parts []*sim.EnsembleResult
	var members [][]int
	done := 0
	for _, x := range f.strands {
		if x.members != nil {
			e.Runs, e.Members = len(x.members), x.members
		}
		share := o.share(float64(done)/float64(f.sampler.Size()), float64(done+e.Runs)/float64(f.sampler.Size()))
		if share.Progress != nil {
			e.Progress = func(p sim.Progress) { share.Progress(p.Share) }
		}
		part, err := x.program.Ensemble(ctx, e)
		if err != nil {
			return nil, err
		}
		done += e.Runs
		parts, members = append(parts, part), append(members, x.members)
	}
	if len(parts) == 1 {
		return parts[0], nil
	}
	return sim.Join(parts, members), nil
}
