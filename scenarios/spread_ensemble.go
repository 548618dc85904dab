package scenarios

import (
	"context"

	"weir/sim"
)

// run simulates scenarios in every future, one strand after the other; nil is no new decisions. The
// results are in the order of the scenarios.
func (f *futures) run(ctx context.Context, set *Set, scenarios []*Scenario, o Options) ([]*sim.EnsembleResult, error) {
	e := sim.EnsembleSettings{
		Settings: settings(set, nil), Runs: f.sampler.Size(), Vary: f.sampler.Vary(), Values: f.sampler.Values,
		Keep: set.columns(), Workers: o.Workers,
	}
	e.Seed = set.Uncertainty.Seed
	e.Changes = nil // settings has them for each branch
	branches := make([][]sim.Change, len(scenarios))
	for i, s := range scenarios {
		branches[i] = settings(set, s).Changes
	}
	parts := make([][]*sim.EnsembleResult, len(scenarios)) // by scenario and strand
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
		runs, err := x.program.Branches(ctx, e, branches)
		if err != nil {
			return nil, err
		}
		for i, r := range runs {
			parts[i] = append(parts[i], r)
		}
		done += e.Runs
		members = append(members, x.members)
	}
	out := make([]*sim.EnsembleResult, len(scenarios))
	for i, p := range parts {
		if out[i] = p[0]; len(p) > 1 {
			out[i] = sim.Join(p, members)
		}
	}
	return out, nil
}
