// Package scenarios compares futures: a set names outcomes, interventions and
// scenarios over one model; Compare runs them against "no new decisions" and
// computes what can be said about the difference. It draws nothing.
package scenarios

import (
	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// A Set is a scenario set file as read and checked against its model.
type Set struct {
	Name, About   string
	File          string // as given to Load
	Text          []byte
	Hash          string // SHA-256 of the set file, in hexadecimal
	Model         *model.Model
	Resolved      *resolved.Model
	Outcomes      []*Outcome
	Interventions []*Intervention
	Scenarios     []*Scenario    // without the baseline
	Assumptions   []model.Change // [assumption.x]: another future for everybody, baseline too
	Charts        []*Chart       // small multiples besides the outcomes
	Warnings      diagnostic.List
}

// An Outcome is a variable by which scenarios are judged.
type Outcome struct {
	ID       string
	Variable string // name or name[element]
	Label    string // in a leader's words
	Unit     string // as printed: "students"
	Better   Better
	Discount float64 // a year, for sums over time; 0 if not given
	// History is the data variable drawn as recorded points and judged for fit; "" if none.
	History string
	Cost    bool // a cost outcome: cumulative, discounted, and the denominator of cost per unit
	Index   bool // a relative index (start = 1), not a count
}

// Better says which direction of an outcome is wanted.
type Better string

// The directions.
const (
	Higher Better = "higher"
	Lower  Better = "lower"
)

// An Intervention is something somebody does: dated changes of decisions.
type Intervention struct {
	ID, Label, About, Owner, Source, Caution string
	Cost                                     string // in words: "cost not known"; "" if the cost outcome has it
	Changes                                  []model.Change
	Span                                     diagnostic.Span
}

// A Scenario is a combination of interventions.
type Scenario struct {
	ID, Label, About string
	Interventions    []*Intervention
	Span             diagnostic.Span
}

// A Chart is a variable drawn but not judged.
type Chart struct{ Variable, Label, Unit string }

// A Comparison is every run of a set and what they say together.
type Comparison struct {
	Set       *Set
	Baseline  *Run
	Runs      []*Run  // in the set's order
	Horizon   float64 // the time at which differences are stated: the end of the run
	Today     float64
	Verdicts  []Verdict // one a scenario and outcome, scenario-major, in the set's order
	Reversals []Reversal
	Fits      []Fit
	Version   string // of weir
}

// A Run is one scenario's result, with what is known about its numbers.
type Run struct {
	ID, Label string    // "baseline" and "No new decisions" for the baseline
	Scenario  *Scenario // nil for the baseline
	Result    *sim.Result
	Halved    sim.Difference // the same run with half the step
}

// A Verdict is what a scenario does to an outcome, against no new decisions. Times
// are model time; a nil pointer means that it never happens.
type Verdict struct {
	Scenario        *Scenario
	Outcome         *Outcome
	Baseline, Value float64  // at the horizon
	Difference      float64  // Value - Baseline; for a cost, of the discounted sums since today
	Distinguishable bool     // false if |Difference| is below what the step size alone could make
	Noise           float64  // that size
	EffectFrom      *float64 // first time the difference exceeds Noise in its final direction, and stays
	HalfEffect      *float64 // first time it reaches half of its final size
	Worse           *WorseBefore
	CostPerUnit     *float64 // discounted cost per unit of difference at the horizon; nil if no cost, or no gain
	BreakEven       *float64 // first time the cumulative gain since today exceeds the cumulative cost; for cost outcomes only
}

// WorseBefore is a time in which a scenario is worse than no new decisions before
// it is better, or better before it is worse (Better true).
type WorseBefore struct {
	Better     bool
	From, To   float64 // dates
	Depth      float64 // the largest difference in that time, signed as Difference is
	At         float64 // when
	Cumulative float64 // difference times time, summed from From to To
}

// A Reversal is a date at which two scenarios change places on an outcome.
type Reversal struct {
	Outcome       *Outcome
	Before, After *Scenario // Before leads until At, After leads from then on
	At            float64
}

// A Fit is how the baseline compares with recorded data.
type Fit struct {
	Outcome  *Outcome
	Data     string  // the data variable
	MAPE     float64 // mean absolute relative error, 0.013 is 1.3 percent
	From, To float64
	Points   int
	Worst    float64 // largest relative error, signed
	WorstAt  float64
}
