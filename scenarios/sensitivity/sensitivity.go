// Package sensitivity answers which of the things that nobody knows matter: how much of the
// spread of an outcome, or of the difference that a scenario makes, comes from each uncertain
// constant. Methods choose points of the unit cube; package uncertainty turns them into futures,
// and package scenarios runs them. Then it asks of a comparison for which value of a constant a
// claim would turn, and what it would be worth to know one of them.
package sensitivity

import (
	"context"
	"fmt"

	"weir/scenarios"
	"weir/scenarios/divide"
	"weir/scenarios/uncertainty"
)

// A Method is a way to find what matters.
type Method string

// The methods.
const (
	Sobol   Method = "sobol"   // shares of the variance, alone and with all others
	Morris  Method = "morris"  // the size of elementary effects: cheap, for many constants
	Tornado Method = "tornado" // each constant at its 10 and 90 % points, the others at their own values
)

// Methods are the names of the methods.
var Methods = []string{string(Sobol), string(Morris), string(Tornado)}

// Runs that a method takes if nothing is said: points of Sobol's, trajectories of Morris's.
const (
	DefaultPoints       = 1024
	DefaultTrajectories = 40
	mostPoints          = 1 << 18
)

// A Question is what is asked of a set. The zero value asks of the set's first outcome what drives
// its level with no new decisions and the difference of every scenario.
type Question struct {
	Outcomes []string // IDs of outcomes of the set, or variables of the model
	Scenario string   // ID; "": all scenarios
	// Constants limits the analysis to some constants; the others keep their own values.
	Constants []string
	Method    Method // "": Sobol
	Runs      int    // points or trajectories; 0: the default of the method. Tornado takes none
	Seed      *uint64
	OverTime  bool // Sobol: indices at each saved time, too
	// Divide, if not nil, has the points run in parts.
	Divide divide.Divider
}

// A Result is the answer. All lists of numbers by factor are in the order of Factors.
type Result struct {
	Set         *scenarios.Set
	Method      Method
	Points      int // of Sobol's, or trajectories of Morris's; 0 for a tornado
	Evaluations int // runs of one scenario
	Excluded    int // points of which a run broke down: left out
	Seed        uint64
	Random      bool // the model draws random numbers itself, which no factor explains
	Factors     []Factor
	Outputs     []Output
	Time        []float64 // of Output.Over
	Notes       []string  // sentences about the factors and the numbers of runs
	Version     string    // of weir
	// Comparison is that of the set, with what would change its answer; nil for a model alone.
	Comparison *scenarios.Comparison
}

// A Factor is what is moved as one: a constant, constants that only make sense together, the
// world, or the shape of a lookup.
type Factor struct {
	Name     string   `json:"factor"`
	Label    string   `json:"label"`
	Unit     string   `json:"unit"`
	Members  []string `json:"members,omitempty"` // constants or ways, where there are several
	Low      float64  `json:"low"`               // of a single constant: its range, and its own value
	Value    float64  `json:"value"`
	High     float64  `json:"high"`
	Evidence string   `json:"evidence,omitempty"` // of a single constant

	axis uncertainty.Axis
}

// An Output is a number of each run: the level of an outcome with no new decisions, or the
// difference that a scenario makes in it.
type Output struct {
	Outcome  *scenarios.Outcome
	Scenario *scenarios.Scenario // nil: the level with no new decisions
	Unit     string
	Mean, SD float64 // over the runs; of a tornado, Mean is the central run's value
	// Constant says that the number is the same in every run, so that there is nothing to explain.
	Constant bool
	Indices  []Index   // Sobol
	Alone    Estimate  // Sobol: the sum of all first-order indices
	Over     [][]Index // Sobol over time: by row of Result.Time and factor; a row of nil is constant
	Effects  []Effect  // Morris
	Swings   []Swing   // tornado
}

// An Estimate is a number estimated from a sample, with the range that holds 95 % of its
// estimates from resampled points.
type Estimate struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// An Index has the shares of the variance that come from a factor. First is the share that goes if
// the factor is known: its main effect. Total is the share that is left if all others are known:
// main effect and every interaction. Both are from 0 to 1 but for errors of estimation.
type Index struct {
	First Estimate `json:"first"`
	Total Estimate `json:"total"`
}

// An Effect has elementary effects of a factor: how much the number changes for a move over the
// whole of its range, from the 5 to the 95 % point.
type Effect struct {
	Mean Estimate `json:"mean_size"` // of the sizes: mu*
	SD   float64  `json:"sd"`        // sigma: how much the effect depends on where it is taken
	// Sign is the mean effect over the mean size: 1 always up, -1 always down; 0 of several
	// constants together.
	Sign float64 `json:"sign"`
}

// A Swing has the number at the two ends of a factor.
type Swing struct {
	Low    float64 `json:"low"` // values of the factor: its 10 and 90 % points; 0 of a choice
	High   float64 `json:"high"`
	AtLow  float64 `json:"at_low"` // the number there; of a choice, the lowest and the highest of its ways
	AtHigh float64 `json:"at_high"`
}

// Size returns the distance between the two ends, or of the farther one from the centre.
func (s Swing) Size(centre float64) float64 {
	return max(abs(s.AtHigh-s.AtLow), abs(s.AtHigh-centre), abs(s.AtLow-centre))
}

// Of answers a question about a set that Load found free of errors, or that OfModel made. The
// error says why it cannot be answered, or is the context's. Results do not depend on the number
// of workers.
func Of(ctx context.Context, set *scenarios.Set, q Question, o scenarios.Options) (*Result, error) {
	e, err := newEvaluator(set, q, o)
	if err != nil {
		return nil, err
	}
	switch q.Method {
	case "", Sobol:
		err = e.sobol(ctx)
	case Morris:
		err = e.morris(ctx)
	case Tornado:
		err = e.tornado(ctx)
	default:
		err = fmt.Errorf("there is no method %q of sensitivity", q.Method)
	}
	if err != nil {
		return nil, err
	}
	return e.result, nil
}

// Ask is Of with the comparison of the set, if it has scenarios, and with the doubts about it.
func Ask(ctx context.Context, set *scenarios.Set, q Question, o scenarios.Options) (*Result, error) {
	if len(set.Scenarios) == 0 {
		return Of(ctx, set, q, o)
	}
	r, err := Of(ctx, set, q, o.Part(0, 0.5))
	if err != nil {
		return nil, err
	}
	alone := *set
	alone.Worlds = nil // what turns a claim is asked of the set's own numbers
	if r.Comparison, err = scenarios.Compare(ctx, &alone, o.Part(0.5, 0.75)); err != nil {
		return nil, err
	}
	return r, Add(ctx, r.Comparison, o.Part(0.75, 1))
}

// abs returns the size of x.
func abs(x float64) float64 { return max(x, -x) }
