package scenarios

import (
	"context"
	"maps"
	"math"

	"weir/sim"
)

// A slowEnsemble holds the kept columns of runs that were done one by one.
type slowEnsemble struct {
	rows int
	data map[string][]float64 // by column: member-major
}

func (e *slowEnsemble) Series(column string, member int) []float64 {
	return e.data[column][member*e.rows : (member+1)*e.rows]
}

func (e *slowEnsemble) Values(column string, row int) []float64 {
	var out []float64
	for i := row; i < len(e.data[column]); i += e.rows {
		out = append(out, e.data[column][i])
	}
	return out
}

// run simulates one scenario in every future.
func (f *futures) run(ctx context.Context, program *sim.Program, set *Set, s *Scenario, o Options) (ensemble, []Failure, error) {
	e := &slowEnsemble{data: map[string][]float64{}}
	var bad []Failure
	base := settings(set, s)
	base.Seed = set.Uncertainty.Seed
	to := make([]float64, len(f.sampler.vary))
	for m := range set.Uncertainty.Runs {
		x := base
		x.Set, x.Member = maps.Clone(base.Set), uint64(m)
		f.sampler.Values(m, to)
		for i, name := range f.sampler.vary {
			x.Set[name] = to[i]
		}
		r, err := program.Run(ctx, x)
		if err != nil {
			return nil, nil, err
		}
		if n := r.NonFinite; n != nil {
			bad = append(bad, Failure{Member: m, Variable: n.Variable, Time: n.Time})
		}
		e.rows = max(e.rows, int(math.Round((set.Model.Time.Stop-set.Model.Time.Start)/set.Model.Time.Save))+1)
		for _, name := range set.columns() {
			series := r.Series(name)
			for len(series) < e.rows {
				series = append(series, math.NaN())
			}
			e.data[name] = append(e.data[name], series...)
		}
		if o.Progress != nil {
			o.Progress(float64(m+1) / float64(set.Uncertainty.Runs))
		}
	}
	return e, bad, nil
}
