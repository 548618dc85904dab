package scenarios

import (
	"weir/scenarios/uncertainty"
	"weir/sim/sampling"
)

// AgreeShare is the share of futures that must go in the central run's direction
// before a difference is stated: nine in ten. A difference on which the futures are
// divided more evenly is not distinguishable from no new decisions.
const AgreeShare = 0.9

// ThinFutures is how many single futures are drawn.
const ThinFutures = 15

// A Spread is the summary of all futures of a comparison. Every scenario, the
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
	Sources  []uncertainty.Source
	// Choices are the world, if it is drawn, and the lookups whose shapes are.
	Choices []*uncertainty.Choice
	// Correlations as the set gives them.
	Correlations []uncertainty.Correlation
	// Vary are the constants, or elements as name[a,b], that have a value of their own
	// in each future; Values gives the numbers.
	Vary []string
	// Thin are the members whose lines are drawn, at most ThinFutures, from the lowest to
	// the highest baseline value of the first outcome at the horizon: of as many groups of
	// equal size, the middle one.
	Thin []int
	// Outcomes are the results with no new decisions, in the order of the set.
	Outcomes []OutcomeSpread

	// Programs is how many programs the futures take: more than one if lookups have other
	// points in some of them.
	Programs int

	sampler *uncertainty.Sampler
	levels  [][][]float64 // by outcome, run and place in members
	members []int         // those that count
	order   []int         // the members that count, from the lowest to the highest level; see Evenly
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
	Message  string // another failure, "" for a number that is not finite
}

// An OutcomeSpread is an outcome with no new decisions at the horizon, over the futures;
// for a cost, the sum paid since today.
type OutcomeSpread struct {
	Outcome *Outcome
	Range   [2]float64 // 10th and 90th percentile
	Median  float64
	Regret  float64 // of taking no new decisions; see Verdict.Regret
	Drivers Drivers // of the level
}

// Drivers are the constants on which a number depends from future to future.
type Drivers struct {
	// List has the constant with the largest share of the variance first. A constant is in it
	// if its rank correlation is beyond chance (2/sqrt(futures)) and does not come from those
	// with a larger one (a partial correlation beyond 3/sqrt(futures), of the same sign); or
	// if it explains at least a twentieth of the variance in any other way, beyond chance.
	// There are at most MaxDrivers.
	List []Driver
	// Explained is the share of the variance of the number's ranks that rising and falling
	// effects of the listed constants explain together: the R squared of a linear regression
	// on their ranks. 0 without any; near 1, nothing else matters and nothing bends back.
	Explained float64
	// Shares is the sum of the shares of the listed constants, at most 1. The rest of the
	// variance comes from constants together, from draws inside the model, and from chance.
	Shares float64
}

// MaxDrivers is how many drivers are listed.
const MaxDrivers = 8

// A Driver is a constant on which a number depends.
type Driver struct {
	Name, Label string
	Rank        float64 // Spearman's correlation, -1 to 1; above 0, the number is higher where the constant is
	// Share is the share of the number's variance that the constant alone explains, whatever
	// the shape of its effect: the first-order index of Sobol, estimated from the futures.
	Share float64
	Bends bool // the effect has no one direction: the share is more than ranks could show
}

// A Band is a variable over the futures at each time of Comparison.Time: the 10th
// percentile, the median and the 90th, and the thin futures in the order of
// Spread.Thin. NaN everywhere if no future could be counted.
type Band struct {
	Low, Median, High []float64
	Futures           [][]float64
}

// Evenly returns n of the members that count, or all if there are fewer: of as many groups
// of equal size, from the lowest to the highest baseline value of the first outcome at the
// horizon, the middle one. They are in the order of that value.
func (s *Spread) Evenly(n int) []int {
	n = min(n, len(s.order))
	out := make([]int, n)
	for k := range out {
		out[k] = s.order[(2*k+1)*len(s.order)/(2*n)]
	}
	return out
}

// Values writes the constants of a member, 0 <= member < Runs, in the order of Vary into
// to: the very numbers that Compare used. It may be called from any goroutine.
func (s *Spread) Values(member int, to []float64) { s.sampler.Values(member, to) }

// Levels returns the measure of an outcome, by its place in the set, in each future that counts:
// of no new decisions for run 0, of the scenarios in their order for the others. It is a view.
func (s *Spread) Levels(outcome, run int) []float64 { return s.levels[outcome][run] }

// Draws returns the value of each source in each future that counts, by source and future, in the
// order of Levels.
func (s *Spread) Draws() [][]float64 {
	out := make([][]float64, len(s.Sources))
	draws := make([]float64, len(s.Sources))
	for _, m := range s.members {
		s.sampler.Draws(m, draws)
		for i, x := range draws {
			out[i] = append(out[i], x)
		}
	}
	return out
}
