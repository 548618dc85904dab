package calibrate

import (
	"errors"
	"fmt"
	"math"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/divide"
	"weir/scenarios/uncertainty"
	"weir/sim/sampling"
)

// MaxSamples is the largest number of members of the global start: a design of more would
// take gigabytes before the first run.
const MaxSamples = 1 << 22

// MaxSamplers is the largest number of samplers: each keeps up to half of its steps in memory.
const MaxSamplers = 1024

// Options say how to search. The zero value is usable.
type Options struct {
	// Until, in model time, ends the fit: points after it are held out and only compared.
	// Nil: all points are fitted.
	Until   *float64
	Samples int // members of the global start, at most MaxSamples; 0: 64 a constant, at least 512
	Starts  int // local searches; 0: 8
	Seed    uint64
	Workers int // 0: one a processor; results do not depend on it
	// Draws is how many draws of the posterior are kept, 0 for no posterior; Steps is the
	// most steps that the sampler takes, 0: 8000.
	Draws, Steps int
	// Samplers is how many flocks of walkers sample, none of which knows of the others; 0: one.
	Samplers int
	// Divide, if not nil, has the samplers run in parts.
	Divide divide.Divider
	// Progress, if not nil, is called now and then with the name of the phase and the share done.
	Progress func(what string, share float64)
}

// Check returns an error for options of which no search can be made. It begins with the name of the
// option; zeros stand for defaults and pass.
func (o *Options) Check() error {
	for _, x := range []struct {
		name               string
		value, least, most int
	}{
		{"starts", o.Starts, 2, math.MaxInt}, {"samples", o.Samples, 16, MaxSamples},
		{"draws", o.Draws, 10, math.MaxInt}, {"steps", o.Steps, 100, math.MaxInt},
		{"samplers", o.Samplers, 1, MaxSamplers},
	} {
		switch {
		case x.value == 0 || x.value >= x.least && x.value <= x.most:
		case x.value > x.most:
			return fmt.Errorf("%s is at most %d, not %d", x.name, x.most, x.value)
		default:
			return fmt.Errorf("%s is at least %d, not %d", x.name, x.least, x.value)
		}
	}
	if o.Until != nil && *o.Until-*o.Until != 0 {
		return fmt.Errorf("until is a time, not %v", *o.Until)
	}
	return nil
}

// fill sets the options that were left at zero, for so many constants.
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
	if o.Samplers == 0 {
		o.Samplers = 1
	}
	if o.Progress == nil {
		o.Progress = func(string, float64) {}
	}
}

// A Report is the result of a calibration. Slices by constant are in the order of Constants.
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
	// Reverted are constants whose values from an earlier calibration were not used, since
	// Options.Until holds years out; nil if there are none.
	Reverted []string

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
	// Kept says that the value is the model's own, or with Options.Until the centre of its
	// range or prior: the fit is as good with it. Silent says
	// that the data say nothing about it at all: it is not known, and has no effect of its own
	// on what was fitted. A silent constant is neither written nor drawn.
	Kept, Silent bool
	// With names constants that can make up for it, if the data do not tell it.
	With []string

	p *parameter
}

// Unknown reports whether the data do not tell the constant.
func (c *Constant) Unknown() bool { return c.OpenBelow && c.OpenTop }

// broad reports whether the interval of a constant is most of its range.
func (c *Constant) broad() bool { return c.To-c.From >= float64(wide*(c.High-c.Low)) }

// A Pair are two constants that cannot be told apart, by position.
type Pair struct {
	A, B        int
	Correlation float64
}

// A Series is an expression over the model with the record that it should reproduce.
type Series struct {
	Name, Variable, Data, Unit string
	Error                      string // log, relative, absolute
	Weight                     float64
	From, To                   float64 // of the fitted points
	Blank                      int     // cells without a value between the dates: left out, not filled
	Fit                        Errors  // of the fitted points
	Held                       Errors  // of the points after Options.Until; Points 0: none
	// Memory is the correlation of each fitted error with the one before: near 0, errors
	// are as good as independent.
	Memory float64

	fit    *model.CalibrationFit
	points []resolved.Point // between the dates, the fitted ones first
	fitted int
	size   float64 // root mean square of the fitted data
	column string
}

// Errors say how far a series is from its record over some points. Numbers are in the
// unit of the data unless they are shares.
type Errors struct {
	Points   int
	From, To float64 // of the first and last point
	MAPE     float64 // mean of |model/record - 1|; NaN if a record is 0
	RMSE     float64 // root mean square of model - record
	Bias     float64 // mean of model - record
	Worst    float64 // the largest model/record - 1, with its sign
	WorstAt  float64
	// Theil's shares of the mean square error (Theil 1966, Applied Economic Forecasting;
	// Sterman 1984, Appropriate summary statistics for evaluating the historical fit of
	// system dynamics models, Dynamica 10): of a difference of means, of swings of another
	// size, and of swings at another time. They add up to 1; NaN without an error.
	Mean, Swing, Timing float64
}

// A Posterior is a sample of the constants that fit the data about as well as chance
// allows: of all but the silent ones, which keep their values.
type Posterior struct {
	Constants  []*Constant // other slices by constant are in this order
	Samplers   int         // independent flocks of walkers
	Walkers    int         // of all samplers
	Steps      int         // of every walker; of several samplers, of the one that took most
	Left       int         // steps at the beginning that do not count, half of them
	Acceptance float64     // share of proposals taken; 0.2 to 0.5 is usual
	RHat       []float64
	Size       []float64   // effective sample sizes
	Draws      [][]float64 // by draw, in the units of the constants
	Mean, SD   []float64
	Low, High  []float64 // 2.5th and 97.5th percentile
	// Correlation of the draws.
	Correlation [][]float64
	Converged   bool
	Why         string // if not
}

// Bounds of the sampler's diagnostics.
const (
	// MostRHat is the highest split R-hat at which the sample counts as converged, and
	// LeastSize the least effective sample size (Vehtari, Gelman, Simpson, Carpenter and
	// Bürkner 2021, Rank-normalization, folding, and localization, Bayesian Analysis 16, ask
	// for both). Every walker is a chain.
	MostRHat  = 1.01
	LeastSize = 400
)

// A parameter is a constant, an array that moves as one, or an element.
type parameter struct {
	Constant
	variable *model.Variable
	place    int                    // row-major, of an element; -1: all of it
	vary     []string               // names that a run sets
	source   *uncertainty.Source    // nil of an element
	all      *uncertainty.Source    // of the whole constant
	prior    *sampling.Distribution // nil: all values of the range are as likely
	at       diagnostic.Span
	own      float64 // where the search begins and to which it returns; see ownOf
}

// errNothingRuns is why there is no fit at all.
var errNothingRuns = errors.New("every run broke down: a number is not finite wherever the constants are in their ranges")
