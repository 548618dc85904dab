// Package calibrate fits constants of a model to its data, says how well they fit and
// what the data cannot tell, and samples what the data leave open.
//
// The error of a fit is the weighted sum of squares over all points of all series. The
// size of a single error is not known beforehand; with the usual prior of a scale it
// drops out, and the log posterior of the constants is -n/2 times the logarithm of that
// sum (Gelman, Carlin, Stern, Dunson, Vehtari and Rubin 2013, Bayesian Data Analysis,
// section 3.2; n points), plus that of the priors. All searches minimise its negative,
// which is called the misfit: a misfit that is 1.92 higher is at the edge of a 95 percent
// interval. Where errors go on from point to point, points count for less. Constants are searched in shares of their ranges, 0 to 1.
package calibrate

import (
	"context"
	"errors"
	"fmt"

	"weir/model"
	"weir/model/resolved"
)

// Options say how to search. The zero value is usable.
type Options struct {
	// Until, in model time, ends the fit: points after it are held out and only compared.
	// Nil: all points are fitted.
	Until   *float64
	Samples int // members of the global start; 0: 64 a constant, at least 512
	Starts  int // local searches; 0: 8
	Seed    uint64
	Workers int // 0: one a processor; results do not depend on it
	// Draws is how many draws of the posterior are kept, 0 for no posterior; Steps is the
	// most steps that the sampler takes, 0: 8000.
	Draws, Steps int
	// Progress, if not nil, is called now and then with what is done and the share of it.
	Progress func(what string, share float64)
}

func (o *Options) fill(constants int) {
	if o.Samples == 0 {
		o.Samples = max(512, 64*constants)
	}
	if o.Starts == 0 {
		o.Starts = 8
	}
	if o.Steps == 0 {
		o.Steps = 8000
	}
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
}

// A Report is what a calibration found. Slices by constant are in the order of Constants.
type Report struct {
	Model     *model.Model
	Resolved  *resolved.Model
	Options   Options
	Constants []*Constant
	Series    []*Series
	Points    int // fitted
	// Effective is how many independent points they are worth: fewer, as errors of
	// neighbouring years go together; see Series.Memory. Draws count these; each interval
	// counts its own; see inflation.
	Effective float64
	Before    float64 // the sum of squares with the model's own values
	After     float64 // with the fitted ones
	Runs      int     // of the model, in all

	// Converged is false if the search ended otherwise than at a lowest point that at
	// least two starts found; Why says so.
	Converged bool
	Why       string
	Agreed    int // starts that came to the best fit, of Options.Starts

	Correlation [][]float64 // of the constants near the fit; see correlate
	Pairs       []Pair
	Posterior   *Posterior // nil unless asked for
}

// A Constant is one that was fitted. Numbers are in Unit.
type Constant struct {
	Name, Label, Unit string // Name as x or x[a,b]
	Low, High         float64
	Before, Value     float64 // in the model and in the fit; of an array that moves as one, the mean
	AtBound           bool    // within a thousandth of its range from an end
	// From and To are the ends of the 95 percent interval by profile likelihood; an end of
	// the range if the data do not bound the constant on that side, and then Open is true
	// there. If both are open, the data do not tell it: any value fits as well.
	From, To           float64
	OpenBelow, OpenTop bool
	// Kept says that the value is the model's own: the fit is as good with it. Silent says
	// that the data say nothing about it at all: it is not known, and has no effect of its own
	// on what was fitted. A silent constant is not among what is written, nor among the draws.
	Kept, Silent bool
	// With names constants that can make up for it, if the data do not tell it.
	With []string

	p *parameter
}

// Unknown reports whether the data do not tell the constant.
func (c *Constant) Unknown() bool { return c.OpenBelow && c.OpenTop }

// A Pair are two constants that cannot be told apart, by position.
type Pair struct {
	A, B        int
	Correlation float64
}

// Run calibrates a model. The error is a diagnostic.List if the model's [calibration] has
// mistakes (see Check), the context's if it was cancelled, or says what a run is refused
// for. A search that does not converge is no error: see Report.Converged.
func Run(ctx context.Context, m *model.Model, o Options) (*Report, error) {
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
	return r, nil
}

// errNothingRuns is why there is no fit at all.
var errNothingRuns = errors.New("every run broke down: a number is not finite wherever the constants are in their ranges")
