// Package scenarios compares futures: a set names outcomes, interventions and
// scenarios over one model; Compare runs them against "no new decisions" and
// computes the verdicts on the differences. It draws nothing.
package scenarios

import (
	"weir/model/resolved"
	"weir/model/structure"
	"weir/sim"
)

// A Comparison is every run of a set with the verdicts on them.
type Comparison struct {
	Set       *Set
	Program   *sim.Program // of every run; see Set.Settings
	Baseline  *Run
	Runs      []*Run    // in the set's order
	Time      []float64 // the saved times, of every complete run
	Horizon   float64   // the time at which differences are stated: the end of the run
	Today     float64
	Verdicts  []Verdict // one a scenario and outcome, scenario-major, in the set's order
	Reversals []Reversal
	Fits      []Fit
	Panels    []Panel   // outcomes, then charts, in the set's order
	Levers    []Lever   // the changes of each scenario, scenario-major, in the set's order
	Years     []float64 // start, every whole time unit inside the run, stop: for tables
	Version   string    // of weir
	// Structure holds the links and loops, with the signs that hold in the baseline.
	Structure *structure.Graph
	// Uncertainty holds the results of many futures, nil without [uncertainty]. Everything else
	// in the comparison is of the central run: every constant at its own value.
	Uncertainty *Spread
}

// A Panel is the content of one chart. Series have one value a time of Comparison.Time;
// they are NaN from where a run met a number that is not finite.
type Panel struct {
	Outcome  *Outcome // nil for a chart that is not judged
	Chart    *Chart   // nil for an outcome
	Variable string   // name or name[element]
	Time     []float64
	Baseline []float64
	Runs     [][]float64      // in the order of Comparison.Runs
	History  []resolved.Point // recorded points within the run, in order of time; nil if none
	// Bands over the futures, nil without [uncertainty]: of the baseline, of each run,
	// and of each run minus the baseline in the same future (paired, so narrower than
	// the two bands look). RunBands and DifferenceBands are in the order of Runs.
	BaselineBand    *Band
	RunBands        []*Band
	DifferenceBands []*Band
}

// A Lever is one change that a scenario makes to a decision, against no new
// decisions. A change of an array that gives its elements different values is one
// Lever an element. Values are in Unit.
type Lever struct {
	Scenario     *Scenario
	Intervention *Intervention
	Decision     string // name or name[element]
	Label, Unit  string
	Owner        string   // who decides: the intervention's, otherwise the decision's; "" if nobody is named
	Baseline     float64  // without the change
	Value        float64  // once the ramp is over
	Start        float64  // model time
	Over         float64  // length of the ramp, 0 for at once
	Until        *float64 // back to Baseline; nil: for good
	Cost         string   // the intervention's, in words
}

// A Run is one scenario's result, with the error of its step.
type Run struct {
	ID, Label string    // "baseline" and "No new decisions" for the baseline
	Scenario  *Scenario // nil for the baseline
	Result    *sim.Result
	Halved    sim.Difference // against the same run with half the step
	// Check is that run with half the step, at the same saved times. Either result
	// may end early, if it met a number that is not finite.
	Check *sim.Result
}

// A Verdict is the effect of a scenario on an outcome, against no new decisions. Times
// are model time; a nil pointer means that it never happens.
//
// The difference over time d(t) is value minus baseline at t; for a cost it is the
// discounted sum of that from today to t (see Accumulate). Everything below is read
// from d on straight lines between the saved rows, from Today to the Horizon. If
// one of the two series holds NaN or an infinity in that time, only Baseline, Value
// and Difference are given, as computed, and Distinguishable is false.
type Verdict struct {
	Scenario        *Scenario
	Outcome         *Outcome
	Baseline, Value float64  // at the horizon; for a cost, the discounted sums since today
	Difference      float64  // d at the horizon: Value - Baseline
	Distinguishable bool     // false unless |Difference| exceeds Noise and, with [uncertainty], enough futures agree; see Unsure
	Improves        bool     // distinguishable, and in the direction wanted
	Noise           float64  // the largest change of d that half the step makes; see Noise
	Slight          bool     // distinguishable, but under a thousandth of the outcome's level: too small to matter; never for a cost
	EffectFrom      *float64 // first saved time from which d exceeds Noise in its final direction, and stays; nil if not distinguishable
	HalfEffect      *float64 // first saved time d reaches half of Difference; nil if not distinguishable
	Worse           *WorseBefore
	Largest         float64 // d where |d| is largest
	LargestAt       float64 // the first such time
	Cumulative      float64 // d integrated from today to the horizon; for a cost, Difference itself
	// Cost is the discounted cost against no new decisions, of the set's cost outcome.
	// Nil if there is none, or if the scenario never moves it: then its cost is not
	// modelled, which is not the same as costing nothing.
	Cost *float64
	// CostPerUnit is Cost over the gain at the horizon, in the cost's unit for one
	// unit of the outcome. Nil without a Cost, for the cost outcome itself and for an
	// index, or unless the outcome improves by more than a slight amount and the cost
	// is distinguishable; negative if the scenario saves money and gains as well.
	CostPerUnit *float64
	// CostPerUnitTime is Cost over the gain added up over time: a child's year. Nil
	// where CostPerUnit is, and where that sum is not a gain.
	CostPerUnitTime *float64
	// BreakEven is the time from which all spending has been saved again:
	// d turns from above zero to below it, for good. Cost outcomes only.
	BreakEven *float64

	// Results of the futures; all zero without [uncertainty] (Comparison.Uncertainty is
	// nil then) and if no future could be counted. Above, only Distinguishable depends
	// on them, and every field that is nil or false without it. The difference of a future is d at
	// the horizon, of the scenario minus the baseline in that same future.
	Range  [2]float64 // the difference's 10th and 90th percentile
	Median float64
	// BetterShare and WorseShare are the shares of futures, 0 to 1, in which the
	// scenario differs from the baseline by more than Noise, for the better and for the
	// worse. The rest are those in which it makes no difference.
	BetterShare, WorseShare float64
	// Unsure says that the central run is distinguishable, and fewer than AgreeShare of
	// the futures go in its direction. Distinguishable is then false.
	Unsure bool
	// Regret is the mean of the largest tenth of shortfalls; the shortfall of a future
	// is how much worse the scenario's outcome is in it than the best one's, no new
	// decisions included. Never negative; in the outcome's unit (a cost: its sum).
	Regret float64
	// Drivers are the constants on which the difference depends.
	Drivers Drivers
}

// WorseBefore is a time in which a scenario is worse than no new decisions before
// it is better, or better before it is worse (Better true). Of several such times
// it is the one with the largest depth; a depth within the noise, under a hundredth
// of the final difference or under a thousandth of the outcome's level is none.
type WorseBefore struct {
	Better     bool
	From, To   float64 // dates at which d crosses zero, or leaves it
	Depth      float64 // the largest difference in that time, signed as Difference is
	At         float64 // when
	Cumulative float64 // difference times time, summed from From to To
}

// A Reversal is a date from Today on at which two scenarios change places on an
// outcome: Before leads by more than the noise and a slight amount, then After does.
type Reversal struct {
	Outcome       *Outcome
	Before, After *Scenario // Before leads until At, After leads from then on (or until the next reversal of the two)
	At            float64
}

// A Fit is how the baseline compares with recorded data, at the times that have
// data within the run. A recorded zero is left out: no relative error exists there.
type Fit struct {
	Outcome  *Outcome
	Data     string  // the data variable
	MAPE     float64 // mean absolute relative error, 0.013 is 1.3 percent; NaN without points
	From, To float64 // the first and last time compared
	Points   int
	Worst    float64 // largest relative error, signed: above 0, the model is too high
	WorstAt  float64
	// DirectionsRight of Directions steps from one recorded point to the next go the
	// same way, up or down, in the model; a recorded step of zero is not counted.
	DirectionsRight, Directions int
}
