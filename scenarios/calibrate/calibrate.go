// Package calibrate fits constants of a model to its data, measures how well they fit, finds
// those that the data do not determine, and samples the range that the data leave open.
//
// The error of a fit is the weighted sum of squares over all points of all series. The size of
// a single error is not known beforehand; with the usual prior of a scale it drops out, and the
// log posterior of the constants is -n/2 times the logarithm of that sum (Gelman, Carlin,
// Stern, Dunson, Vehtari and Rubin 2013, Bayesian Data Analysis, section 3.2; n points), plus
// that of the priors. All searches minimise its negative, which is called the misfit: a misfit
// that is 1.92 higher is at the edge of a 95 percent interval. Where errors go on from point to
// point, points count for less. Constants are searched in shares of their ranges, 0 to 1.
package calibrate

import (
	"context"
	"fmt"
	"slices"

	"weir/model"
)

// Run calibrates a model. The error is a diagnostic.List if the model's [calibration] has
// mistakes (see Check), the context's if it was cancelled, or says why a run is refused
// for. A search that does not converge is no error: see Report.Converged.
func Run(ctx context.Context, m *model.Model, o Options) (*Report, error) {
	asked := m
	if o.Until != nil {
		m = withoutFitted(m)
	}
	p, list := newProblem(m, o.Until)
	if list.HasErrors() {
		return nil, &Mistakes{list}
	}
	if p.plain, list = model.Check(m); p.plain == nil {
		return nil, &Mistakes{list}
	}
	o.fill(len(p.parameters))
	if err := p.compile(); err != nil {
		return nil, err
	}
	s := &search{problem: p, ctx: ctx, options: o}
	r, err := s.run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be calibrated: %w", m.File, err)
	}
	r.Model = asked
	if m != asked {
		r.Reverted = asked.Calibrated.Constants
	}
	return r, nil
}

// withoutFitted returns a copy of a model in which constants have the values of the model's
// own file, not those of an earlier calibration, which may rest on years that are held out;
// m itself if it names none.
func withoutFitted(m *model.Model) *model.Model {
	if m.Calibrated == nil {
		return m
	}
	copied := *m
	copied.Calibrated = nil
	copied.Variables = slices.Clone(m.Variables)
	for i, v := range copied.Variables {
		if own := m.Calibrated.Own[v.Name]; own != nil {
			copied.Variables[i] = own
		}
	}
	return &copied
}
