package sensitivity

import (
	"context"
	"fmt"
	"slices"

	"weir/model/numeric"
	"weir/scenarios/uncertainty"
)

// The points of a distribution between which a tornado moves a constant.
const tenth, ninety = 0.1, 0.9

// tornado runs each constant at its 10 and 90 % points, all others at their own values. Constants
// of a group are moved one by one: a tornado assumes nothing about how they vary together, and
// says nothing about it.
func (e *evaluator) tornado(ctx context.Context) error {
	switch {
	case e.question.Runs != 0:
		return fmt.Errorf("--runs is for the methods that draw points; a tornado takes two runs for each constant")
	case e.question.OverTime:
		return fmt.Errorf("--over-time is for --method sobol")
	}
	plan := e.oneByOne()
	values, err := e.run(ctx, batch{Space: e.space, n: len(plan.moves), number: func(int) int { return 0 },
		draws: plan.draws, way: plan.ways}, false)
	if err != nil {
		return err
	}
	e.result.Factors = plan.factors
	for i := range e.result.Outputs {
		o := &e.result.Outputs[i]
		o.Mean, o.Constant = values[i][0], true
		for f := range plan.factors {
			s := plan.swing(f, values[i])
			o.Constant = o.Constant && s.Size(o.Mean) <= 1e-11*abs(o.Mean)
			o.Swings = append(o.Swings, s)
		}
	}
	return nil
}

// A move is one run of a tornado: a source at another value, or a choice another way.
type move struct {
	factor, source, choice, way int // source or choice is -1
	value                       float64
}

// moves is the plan of a tornado; its first run is the centre.
type moves struct {
	space   *uncertainty.Space
	centre  []float64 // values of the sources
	factors []Factor
	moves   []move
}

// oneByOne lays out the runs of a tornado.
func (e *evaluator) oneByOne() *moves {
	p := &moves{space: e.space, moves: []move{{source: -1, choice: -1}}}
	for i, s := range e.space.Sources() {
		p.centre = append(p.centre, s.Value)
		p.factors = append(p.factors, factorOf(s))
		f := len(p.factors) - 1
		for _, q := range []float64{tenth, ninety} {
			p.moves = append(p.moves, move{factor: f, source: i, choice: -1, value: e.space.Quantile(i, q)})
		}
	}
	for i, c := range e.space.Choices() {
		p.factors = append(p.factors, Factor{Name: c.Name, Label: c.Label, Members: c.Ways,
			axis: uncertainty.Axis{Choice: c}})
		for way := range c.Ways {
			p.moves = append(p.moves, move{factor: len(p.factors) - 1, source: -1, choice: i, way: way})
		}
	}
	return p
}

// draws writes the values of the sources in a run.
func (p *moves) draws(place int, to []float64) {
	copy(to, p.centre)
	if m := p.moves[place]; m.source >= 0 {
		to[m.source] = m.value
	}
}

// ways returns the ways of the choices in a run: each its first, the model's own, but for one.
func (p *moves) ways(place int) []int {
	ways := make([]int, len(p.space.Choices()))
	if m := p.moves[place]; m.choice >= 0 {
		ways[m.choice] = m.way
	}
	return ways
}

// swing returns the swing of a factor; of a choice, between the lowest and the highest of its
// ways.
func (p *moves) swing(f int, y []float64) Swing {
	var at []int
	for i, m := range p.moves {
		if i > 0 && m.factor == f {
			at = append(at, i)
		}
	}
	if p.moves[at[0]].choice < 0 {
		return Swing{Low: p.moves[at[0]].value, High: p.moves[at[1]].value, AtLow: y[at[0]], AtHigh: y[at[1]]}
	}
	var values []float64
	for _, i := range at {
		values = append(values, y[i])
	}
	slices.Sort(values)
	return Swing{AtLow: numeric.Quantile(values, 0), AtHigh: numeric.Quantile(values, 1)}
}
