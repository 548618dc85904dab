package scenarios

import "weir/sim/sampling"

// AgreeShare is the share of futures that must go in the central run's direction
// before a difference is stated: nine in ten. A difference on which the futures are
// divided more evenly is not distinguishable from no new decisions.
const AgreeShare = 0.9

// ThinFutures is how many single futures are drawn.
const ThinFutures = 15

// An Uncertainty is [uncertainty] of a set: how many futures, and what is drawn anew in
// each. Load fills in defaults and finds the constants.
type Uncertainty struct {
	Runs         int // how many futures
	Method       sampling.Method
	Seed         uint64
	Sources      []Source // those of the posterior, then the others in the model's order
	Correlations []Correlation
	Posterior    *Posterior // draws of constants that fit the data; nil if there are none
}

// A Source of uncertainty is a constant that is drawn anew in each future. Numbers are
// in Unit.
type Source struct {
	Name, Label, Unit string
	// Low and High are the ends of the range; where the model gives a distribution
	// without a range, the values between which 95 percent of the draws lie.
	Low, High    float64
	Value        float64 // in the central run; of an array, the mean of its elements
	Distribution string  // uniform, triangular, normal, lognormal, posterior
	Evidence     string  // measured, study, expert, assumed; "" if the model does not say
	// Elements is how many numbers the constant holds, 1 for a scalar. One draw moves
	// them all: to the drawn value if they are equal. If they differ, each goes the same
	// share of its own way: with m their mean, x the draw and v the element's value,
	//
	//	x >= m:  v + (x - m)/(High - m) (High - v)
	//	x <  m:  v - (m - x)/(m - Low) (v - Low)
	//
	// so that at m all have their own values, and none leaves the range or overtakes
	// another. Without a range they move by the same amount (normal) or the same factor
	// (lognormal).
	Elements int

	distribution sampling.Distribution
	column       int       // of the posterior, counted from 1; 0: drawn from its range
	vary         []string  // names that a run sets
	values       []float64 // of those, in the central run
}

// A Correlation binds two constants, by name. Coefficient is that of the normal
// variables behind them (a Gaussian copula); rank correlations come out slightly smaller.
type Correlation struct {
	A, B        string
	Coefficient float64
}

// A Spread is what the futures of a comparison say together. Every scenario, the
// baseline too, was run in the same futures: member m has the same constants and the
// same draws in each.
type Spread struct {
	Runs    int // futures asked for
	Counted int // those in every figure: Runs less the excluded ones
	// Excluded is how many futures broke down in any scenario: a number was not finite, a
	// table was read where it must not be, or a delay was shorter than a step. They are
	// left out of all scenarios alike, so that pairs stay pairs. Note says so in words.
	Excluded int
	Failures []Failure // one an excluded future, in order of Member; at most MaxFailures
	Method   sampling.Method
	Seed     uint64
	Sources  []Source
	// Correlations as the set gives them.
	Correlations []Correlation
	// Vary are the constants, or elements as name[a,b], that have a value of their own
	// in each future; Values gives the numbers.
	Vary []string
	// Thin are the members whose lines are drawn, at most ThinFutures, from the lowest to
	// the highest baseline value of the first outcome at the horizon: of as many groups of
	// equal size, the middle one.
	Thin []int
	// Outcomes are what the futures say of no new decisions, in the order of the set.
	Outcomes []OutcomeSpread

	sampler *Sampler
}

// MaxFailures is how many excluded futures are listed; Note names the first few. Of
// those beyond the first sim.Located of a scenario, Variable is "" and Time that of the
// first missing row.
const (
	MaxFailures = 1000
	inNote      = 5
)

// A Failure is a future that broke down.
type Failure struct {
	Member   int       // counted from 0
	Scenario *Scenario // the first one, in the set's order, in which it happened; nil: no new decisions
	Variable string    // whose number was not finite: name or name[element]
	Time     float64
	Message  string // what else was wrong, "" for a number that is not finite
}

// An OutcomeSpread is an outcome with no new decisions at the horizon, over the futures;
// for a cost, the discounted sum since today.
type OutcomeSpread struct {
	Outcome *Outcome
	Range   [2]float64 // 10th and 90th percentile
	Median  float64
	Regret  float64 // of taking no new decisions; see Verdict.Regret
	Drivers Drivers // what the level depends on
}

// Drivers are the constants on which a number depends from future to future.
type Drivers struct {
	// List has the largest rank correlation, of either sign, first. A constant is not in
	// it if the correlation could be chance (within 2/sqrt(futures)), or comes from those
	// before it in the list (a partial correlation within 3/sqrt(futures), or of the other
	// sign); nor are more than MaxDrivers.
	List []Driver
	// Explained is the share of the variance of the number's ranks that the listed
	// constants explain together: the R squared of a linear regression on their ranks.
	// 0 without any; near 1, nothing else matters and nothing bends back.
	Explained float64
}

// MaxDrivers is how many drivers are listed.
const MaxDrivers = 8

// A Driver is a constant with Spearman's rank correlation between it and a number.
type Driver struct {
	Name, Label string
	Rank        float64 // -1 to 1; above 0, the number is higher where the constant is
}

// A Band is a variable over the futures at each time of Comparison.Time: the 10th
// percentile, the median and the 90th, and the thin futures in the order of
// Spread.Thin. NaN everywhere if no future could be counted.
type Band struct {
	Low, Median, High []float64
	Futures           [][]float64
}

// Values writes the constants of a member, 0 <= member < Runs, in the order of Vary into
// to: the very numbers that Compare used. It may be called from any goroutine.
func (s *Spread) Values(member int, to []float64) { s.sampler.Values(member, to) }
