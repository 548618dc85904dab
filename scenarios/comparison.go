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
	Centre    Centre    // of every number of an outcome: verdicts, panels, bundles
	Horizon   float64   // the time at which differences are stated: the end of the run
	Today     float64
	Verdicts  []Verdict // one a scenario and outcome, scenario-major, in the set's order
	Reversals []Reversal
	Fits      []Fit     // of the baseline at the centre, as charts show it
	Worlds    []InWorld // the same in each world of the set, in its order; none without [world]
	Panels    []Panel   // outcomes, then charts, in the set's order
	Levers    []Lever   // the changes of each scenario, scenario-major, in the set's order
	Years     []float64 // start, every whole time unit inside the run, stop: for tables
	Version   string    // of weir
	// Structure holds the links and loops, with the signs that hold in the baseline.
	Structure *structure.Graph
	// Uncertainty holds the results of many futures, nil without [uncertainty]. Runs are of the
	// central run: every constant at its own value.
	Uncertainty *Spread
	// Why has the explanations that package explain has added, if any.
	Why []*Explanation
	// Loops has the feedback loops of each run, if explain.AddLoops has added them: no new
	// decisions, then Runs.
	Loops []*RunLoops
	// Bundles has the combinations that are best for their cost, if AddBundles has added them.
	Bundles *Bundles
	// Doubt has what would change the answer, if package sensitivity has added it.
	Doubt *Doubt
}

// A Panel is the content of one chart. Series have one value for each time of
// Comparison.Time, at the comparison's centre: the medians of the bands, or the central run,
// which is NaN from where it met a number that is not finite.
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

// A Centre is the statistic that stands for an outcome wherever one number is wanted: in
// verdicts, charts, tables and files.
type Centre string

// The centres. The median is used wherever futures were drawn, since a run in which every
// constant has its own value is not the middle of them.
const (
	CentralRun   Centre = "central run"
	MedianFuture Centre = "median of the futures"
)

// Numbers are an outcome in two runs: with no new decisions, with a scenario, and their
// difference.
type Numbers struct{ Baseline, Value, Difference float64 }

// A Verdict is the effect of a scenario on an outcome, against no new decisions. Times
// are model time; a nil pointer means that it never happens.
//
// All numbers are of one centre: the median over the futures where futures were drawn,
// otherwise the central run (Comparison.Centre says which). The median difference is that of
// the differences within each future, so it need not be Value - Baseline.
//
// The difference over time d(t) is value minus baseline at t; for a cost it is the sum of
// that from today to t, undiscounted. It is read on straight lines between the saved rows,
// from Today to the Horizon. If one of the two series holds NaN or an infinity in that time,
// only Baseline, Value and Difference are given, as computed, and Distinguishable is false.
type Verdict struct {
	Scenario *Scenario
	Outcome  *Outcome
	// Baseline and Value are the measure of the outcome (see Measure): its value at the
	// horizon if the set says nothing else; for a cost, the sums paid since today.
	Baseline, Value float64
	Difference      float64
	Central         Numbers     // those of the central run, whatever the centre is
	Discounted      *Discounted // of a cost with a discount; nil otherwise
	// Distinguishable is false unless |Difference| exceeds Noise and, with [uncertainty],
	// enough futures agree; see Unsure.
	Distinguishable bool
	Improves        bool    // distinguishable, and in the direction wanted
	Noise           float64 // the largest change of the difference that half the step makes; see noise
	// None says that the scenario makes exactly no difference, at no time and in no future.
	None bool
	// Slight says that the difference is distinguishable, but under a thousandth of the
	// outcome's level: too small to matter. Never for a cost.
	Slight bool
	// Swings describes a difference that changes its sign more than once, nil if it does
	// not, and for a measure over time. Such a difference has no date of effect and is neither better nor worse as a
	// whole: EffectFrom, HalfEffect and Worse are nil.
	Swings *Swings
	// EffectFrom is the first saved time from which d exceeds Noise and Visible in its final
	// direction, and stays; nil if the difference is not distinguishable or never so large.
	EffectFrom *float64
	// HalfEffect is the first saved time from which d is more than half of its last value,
	// and stays; never before EffectFrom, and nil with it.
	HalfEffect *float64
	// Visible is the size from which a difference shows in a chart: a two-hundredth of the
	// largest value with no new decisions; for a cost, of the last difference.
	Visible    float64
	Worse      *WorseBefore
	Largest    float64 // d where |d| is largest
	LargestAt  float64 // the first such time
	Cumulative float64 // d integrated from today to the horizon; for a cost, Difference itself
	// Never says how often a time never comes before the horizon; nil for other measures.
	// Baseline, Value and Difference count such a run with the whole time to the horizon.
	Never *Never
	// Misfit is the mean error of the baseline against the record of the outcome, in its
	// unit at the baseline's value; nil without a record. A difference below it is smaller
	// than the model's own misfit.
	Misfit *float64
	// Cost is the money paid beyond no new decisions, of the set's cost outcome,
	// undiscounted; CostDiscounted is its discounted sum, nil without a discount. Both are
	// nil if there is no cost outcome, or if the scenario never moves it: then its cost is
	// not modelled, which is not the same as costing nothing.
	Cost, CostDiscounted *float64
	// CostPerUnit is Cost over the gain, in the cost's unit for one unit of the outcome. Nil
	// without a Cost, for the cost outcome itself and for an index, if the outcome improves
	// by less than one unit or a slight amount, or if the cost is not distinguishable;
	// negative if the scenario saves money and gains as well.
	CostPerUnit *float64
	// CostPerUnitTime is Cost over the gain added up over time: a child's year. Nil
	// where CostPerUnit is, and where that sum is under one.
	CostPerUnitTime *float64
	// BreakEven is the time from which all spending has been saved again:
	// d turns from above zero to below it, for good. Cost outcomes only.
	BreakEven *float64

	// Results of the futures; all zero without [uncertainty] (Comparison.Uncertainty is
	// nil then) and if no future could be counted. The difference of a future is that of the
	// scenario and the baseline in that same future.
	Range                     [2]float64 // the difference's 10th and 90th percentile
	BaselineRange, ValueRange [2]float64 // those of Baseline and of Value
	Median                    float64    // Difference, as long as any future counts
	// BetterShare and WorseShare are the shares of futures, 0 to 1, in which the
	// scenario differs from the baseline by more than Noise, for the better and for the
	// worse. The rest are those in which it makes no difference.
	BetterShare, WorseShare float64
	// Unsure says that the difference exceeds Noise, and fewer than AgreeShare of
	// the futures go in its direction. Distinguishable is then false.
	Unsure bool
	// Regret is the mean of the largest tenth of shortfalls; the shortfall of a future
	// is how much worse the scenario's outcome is in it than the best one's, no new
	// decisions included. Never negative; in the outcome's unit (a cost: its sum).
	Regret float64
	// Drivers are the constants on which the difference depends.
	Drivers Drivers
}

// A Never is how often the level of a TimeToReach outcome is not reached, or a TimeToSettle outcome
// does not settle, before the horizon.
type Never struct {
	Baseline, Value float64 // shares of the futures; without futures 0 or 1
}

// mostNever is the share from which the median of the futures is such a run, so that there is no time to
// name.
const mostNever = 0.5

// NeverBaseline reports whether the baseline never gets there: the median future does not.
func (v *Verdict) NeverBaseline() bool { return v.Never != nil && v.Never.Baseline >= mostNever }

// NeverValue reports whether the scenario never gets there: its median future does not.
func (v *Verdict) NeverValue() bool { return v.Never != nil && v.Never.Value >= mostNever }

// Discounted are the discounted sums of a cost since today, in values of today.
type Discounted struct {
	Rate float64 // a year
	Numbers
	Range [2]float64 // the difference's 10th and 90th percentile; both Difference without futures
}

// Swings are the numbers of a difference that changes its sign more than once.
type Swings struct {
	Changes                 int     // of sign, beyond the noise and a hundredth of the largest difference
	BetterShare, WorseShare float64 // shares of the time from today to the horizon
	Mean                    float64 // of the difference over time; its sum is Verdict.Cumulative
	Best, Worst             Peak    // the largest differences for the better and for the worse
	// Settles is the time from which the difference stays within a twentieth of its largest
	// size of its last value; nil if less than a tenth of the time is left then.
	Settles *float64
}

// A Peak is a difference with its time.
type Peak struct{ Value, At float64 }

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
