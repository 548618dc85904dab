package sim

import (
	"context"
	"math"
)

// StepError says how wrong the step alone makes a result that Run gave for the same
// settings: it compares the result with that of RunHalved.
func (p *Program) StepError(ctx context.Context, s Settings, r *Result) (Difference, error) {
	s.Progress = nil
	half, err := p.RunHalved(ctx, s)
	if err != nil {
		return Difference{}, err
	}
	return Compare(r, half), nil
}

// RunHalved returns Run with every step divided in two. Everything that belongs to a step stays as
// long as it was: pulses, changes, random draws, fixed delays and previous keep their
// times, so that a difference from Run is that of integration alone. rk45 chooses its
// own substeps; for it the tolerance counts, and it is run with at least two
// substeps a step.
func (p *Program) RunHalved(ctx context.Context, s Settings) (*Result, error) {
	return p.run(ctx, s, 2)
}

// Compare finds the largest differences between two results of one program. ByColumn
// has the largest absolute difference of each column. A column of zeros has no
// relative difference. Rows that either result lacks are not compared.
func Compare(a, b *Result) Difference {
	d := Difference{ByColumn: make([]float64, a.width)}
	size := make([]float64, a.width)
	when := make([]float64, a.width)
	for i := range min(len(a.Time), len(b.Time)) {
		x, y := a.Row(i), b.Row(i)
		for k := range x {
			size[k] = max(size[k], math.Abs(x[k]))
			if diff := math.Abs(x[k] - y[k]); diff > d.ByColumn[k] {
				d.ByColumn[k], when[k] = diff, a.Time[i]
			}
		}
	}
	for k, diff := range d.ByColumn {
		if size[k] > 0 && diff/size[k] > d.Relative {
			d.Column, d.Relative, d.At = a.Columns[k].Name(), diff/size[k], when[k]
		}
	}
	return d
}
