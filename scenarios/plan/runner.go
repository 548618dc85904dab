package plan

import (
	"context"

	"weir/sim"
)

// A Sample is futures in which a set is run: those of its [uncertainty], or others. All methods
// depend on the member only, and may be called from several goroutines at once.
type Sample interface {
	Size() int                       // members, from 0 to Size()-1
	Vary() []string                  // the names that a run sets, constants or elements
	Values(member int, to []float64) // their numbers, in the order of Vary
	World(member int) int            // of Futures.Worlds, -1 for the model as written
	Shapes(member int) []int         // the way of each of Futures.Shapes
	Number(member int) int           // by which random draws in the run are told apart
}

// A Runner runs scenarios of a set in the futures of a sample, the same for each.
type Runner struct {
	set     *Set
	sample  Sample
	strands []strand
}

// A strand is the futures that one program runs: lookups have the same points in all of them.
type strand struct {
	program *sim.Program
	members []int
}

// Runner returns the runner of a set that Load found free of errors. program is that of
// Set.Compile.
func (s *Set) Runner(program *sim.Program, sample Sample) (*Runner, error) {
	r := &Runner{set: s, sample: sample}
	place := map[string]int{}
	own := pointsKey(s.world.points())
	for m := range sample.Size() {
		points := s.pointsOf(sample.World(m), sample.Shapes(m))
		key := pointsKey(points)
		at, ok := place[key]
		if !ok {
			at = len(r.strands)
			place[key] = at
			x := strand{program: program}
			if key != own {
				var err error
				if x.program, err = s.programWith(points); err != nil {
					return nil, err
				}
			}
			r.strands = append(r.strands, x)
		}
		r.strands[at].members = append(r.strands[at].members, m)
	}
	return r, nil
}

// Programs returns how many programs the futures take: more than one if lookups have other
// points in some of them.
func (r *Runner) Programs() int { return len(r.strands) }

// Run simulates scenarios in every future, nil for no new decisions, one strand after the other. It
// keeps the variables named by keep. Results are in the order of the scenarios. The error is the
// context's, or says why the set cannot be run so.
func (r *Runner) Run(ctx context.Context, scenarios []*Scenario, keep []string,
	o Options) ([]*sim.EnsembleResult, error) {
	branches := make([][]sim.Change, len(scenarios))
	for i, s := range scenarios {
		branches[i] = r.set.Settings(s).Changes
	}
	parts := make([][]*sim.EnsembleResult, len(scenarios)) // by scenario and strand
	var members [][]int
	size, done := float64(r.sample.Size()), 0
	for _, x := range r.strands {
		e := sim.EnsembleSettings{Settings: r.set.Settings(nil), Runs: len(x.members), Vary: r.sample.Vary(),
			Values: func(place int, to []float64) { r.sample.Values(x.members[place], to) },
			DrawAs: func(place int) uint64 { return uint64(r.sample.Number(x.members[place])) },
			Keep:   keep, Workers: o.Workers}
		e.Changes = nil // each branch has its own
		if u := r.set.Uncertainty; u != nil {
			e.Seed = u.Seed
		}
		if share := o.Part(float64(done)/size, float64(done+e.Runs)/size); share.Progress != nil {
			e.Progress = func(p sim.Progress) { share.Progress(p.Share) }
		}
		runs, err := x.program.Branches(ctx, e, branches)
		if err != nil {
			return nil, err
		}
		for i, p := range runs {
			parts[i] = append(parts[i], p)
		}
		done += e.Runs
		members = append(members, x.members)
	}
	out := make([]*sim.EnsembleResult, len(scenarios))
	for i, p := range parts {
		if out[i] = p[0]; len(p) > 1 { // the members of a single strand are all, in their order
			out[i] = sim.Join(p, members)
		}
	}
	return out, nil
}
