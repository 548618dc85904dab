package sensitivity

import (
	"fmt"
	"math"
	"slices"

	"weir/scenarios"
	"weir/scenarios/uncertainty"
	"weir/scenarios/words"
	"weir/sim"
)

// Bounds of an analysis.
const (
	mostEvaluations = 50_000_000
	chunkBytes      = 256 << 20 // of kept series at a time
	mostNumbers     = 1 << 27   // of all outputs over all points: 1 GB
)

// An evaluator runs the points of an analysis.
type evaluator struct {
	set      *scenarios.Set
	question Question
	options  scenarios.Options
	program  *sim.Program
	space    *uncertainty.Space
	runs     []*scenarios.Scenario // the first is nil: no new decisions
	columns  []string
	result   *Result
}

// newEvaluator prepares an analysis. The error is about the question, in the words of its flags.
func newEvaluator(set *scenarios.Set, q Question, o scenarios.Options) (*evaluator, error) {
	if set.Resolved == nil {
		return nil, fmt.Errorf("the set has mistakes; Load lists them")
	}
	e := &evaluator{question: q, options: o, result: &Result{Method: q.Method, Version: o.Version}}
	if q.Method == "" {
		e.result.Method = Sobol
	}
	u, notes, err := futures(set, q)
	if err != nil {
		return nil, err
	}
	local := *set
	local.Uncertainty = u
	e.set, e.result.Set, e.result.Notes, e.result.Seed = &local, set, notes, u.Seed
	if e.space, err = u.Space(); err != nil {
		return nil, err
	}
	e.result.Factors = factors(e.space)
	if e.result.Method != Tornado {
		e.result.Notes = append(e.result.Notes, groupNotes(e.result.Factors)...)
	}
	list, err := outcomes(set, q.Outcomes)
	if err != nil {
		return nil, err
	}
	if err := e.choose(list); err != nil {
		return nil, err
	}
	if e.program, err = e.set.Compile(); err != nil {
		return nil, err
	}
	e.result.Random = len(e.program.Code().Draws) > 0
	return e, nil
}

// choose lists the outputs: of each outcome the level, then the differences of scenarios.
func (e *evaluator) choose(list []*scenarios.Outcome) error {
	e.runs = []*scenarios.Scenario{nil}
	var ids []string
	for _, s := range e.set.Scenarios {
		if ids = append(ids, s.ID); e.question.Scenario == "" || e.question.Scenario == s.ID {
			e.runs = append(e.runs, s)
		}
	}
	if e.question.Scenario != "" && len(e.runs) == 1 {
		if len(ids) == 0 {
			return fmt.Errorf("a model has no scenarios: --scenario is for a scenario set")
		}
		return fmt.Errorf("the set has no scenario %q; it has %s", e.question.Scenario, words.Few(ids, 8))
	}
	for _, o := range list {
		if !slices.Contains(e.columns, o.Variable) {
			e.columns = append(e.columns, o.Variable)
		}
		for _, s := range e.runs {
			e.result.Outputs = append(e.result.Outputs, Output{Outcome: o, Scenario: s, Unit: o.MeasureUnit()})
		}
	}
	return nil
}

// affordable refuses an analysis of so many runs of each scenario, with so many numbers of each.
func (e *evaluator) affordable(points, runs, rows int, hint string) error {
	all := float64(runs) * float64(len(e.runs))
	numbers := float64(runs) * float64(len(e.result.Outputs)*rows)
	if all > mostEvaluations || numbers > mostNumbers {
		return fmt.Errorf("%s with %s and %s take %s runs and %s of memory; at most %s runs and %s are used: %s",
			words.Count(points, "point"), words.Count(len(e.result.Factors), "factor"),
			words.Count(len(e.runs)-1, "scenario"), words.Grouped(all), words.Bytes(8*numbers),
			words.Grouped(mostEvaluations), words.Bytes(8*mostNumbers), hint)
	}
	return nil
}

// A batch is points that are run together.
type batch struct {
	*uncertainty.Space
	from, n int
	at      func(place int, to []float64) // the point
	number  func(place int) int           // by which random draws are told apart
	// draws, if not nil, gives the values of sources instead of their coordinates, and way the
	// ways of choices.
	draws func(place int, to []float64)
	way   func(place int) []int
}

// point returns a point of the batch.
func (b *batch) point(member int) []float64 {
	to := make([]float64, b.Dims())
	b.at(b.from+member, to)
	return to
}

// Size, Values, World, Shapes and Number make it a scenarios.Sample.

// Size returns the number of points.
func (b *batch) Size() int { return b.n }

// Values writes the numbers that a run sets.
func (b *batch) Values(member int, to []float64) {
	if b.draws == nil {
		b.ValuesAt(b.point(member), to)
		return
	}
	draws := make([]float64, len(b.Sources()))
	b.draws(b.from+member, draws)
	b.ValuesOf(draws, b.World(member), to)
}

// World returns the world of a point.
func (b *batch) World(member int) int {
	if b.way == nil {
		return b.WorldAt(b.point(member))
	}
	return b.WorldOf(b.way(b.from + member))
}

// Shapes returns the shapes of a point.
func (b *batch) Shapes(member int) []int {
	if b.way == nil {
		return b.ShapesAt(b.point(member))
	}
	return b.ShapesOf(b.way(b.from + member))
}

// Number returns the number by which a point's random draws are told apart.
func (b *batch) Number(member int) int { return b.number(b.from + member) }

// rows returns how many times are saved.
func (e *evaluator) rows() float64 {
	t := e.set.Model.Time
	return math.Round((t.Stop-t.Start)/t.Save) + 1
}

// number returns an outcome's measure, or the difference of two.
func number(o *scenarios.Outcome, time, value, base []float64, w scenarios.Window) float64 {
	x := o.Judged(time, value, w)
	if base != nil {
		x -= o.Judged(time, base, w)
	}
	return x
}
