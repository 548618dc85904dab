package sim

import (
	"context"
	"math"
)

// StepError says how wrong the step alone makes a result that Run gave for the same
// settings: it runs again with every step divided in two and compares the saved
// rows. What belongs to a step stays as long as it was: pulses, changes, random draws,
// fixed delays and previous keep their times, so that the difference is that of
// integration alone. rk45 chooses its own substeps; for it the tolerance is what
// counts, and it is run with at least two substeps a step.
//
// ByColumn has the largest absolute difference of each column. A column of zeros has
// no relative difference. Rows that either run lacks are not compared.
func (p *Program) StepError(ctx context.Context, s Settings, r *Result) (Difference, error) {
	s.Progress = nil
	half, err := p.run(ctx, s, 2)
	if err != nil {
		return Difference{}, err
	}
	return compare(r, half), nil
}

// compare finds the largest differences between two results of one program.
func compare(a, b *Result) Difference {
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
