package sim

import (
	"sync"

	"weir/model/resolved"
	"weir/sim/internal/rosenbrock"
	"weir/sim/internal/tangent"
)

// slopes is how a program differentiates its equations, made when it is first needed.
type slopes struct {
	once sync.Once
	plan *slopePlan
	err  error
}

// A slopePlan computes the matrix of the slopes of stocks by the stocks, by time and by the
// constants and decisions that ramps of changes move. It never changes.
type slopePlan struct {
	tape    *tangent.Tape
	pattern *tangent.Pattern
	plan    *rosenbrock.Plan
	square  rosenbrock.Matrix // the pattern of the columns of stocks
	jumps   bool              // equations may jump at each step boundary
}

// slopePlan returns the plan of a run with ramps of these slots.
func (p *Program) slopePlan(ramped []int) (*slopePlan, error) {
	if len(ramped) > 0 {
		return p.makeSlopes(ramped)
	}
	p.slopes.once.Do(func() { p.slopes.plan, p.slopes.err = p.makeSlopes(nil) })
	return p.slopes.plan, p.slopes.err
}

// makeSlopes writes the tape of the equations of an evaluation.
func (p *Program) makeSlopes(ramped []int) (*slopePlan, error) {
	m := tangent.Model{
		Slot:  func(v *resolved.Variable) int { return p.slot[v.ID] },
		Clock: func(k resolved.ClockKind) int { return clockSlots[k] },
	}
	x := &slopePlan{jumps: len(p.delays) > 0 || len(p.model.Limits) > 0}
	for _, e := range p.equations[phaseFlows] {
		m.Equations = append(m.Equations, tangent.Equation{Var: e.v, Part: e.part})
		x.jumps = x.jumps || jumps(e.part.Expr)
	}
	for s := p.stocks.from; s < p.stocks.to; s++ {
		m.Moving = append(m.Moving, s)
	}
	m.Moving = append(append(m.Moving, slotNow), ramped...)
	var err error
	if x.tape, err = tangent.New(m); err == nil {
		x.pattern, err = x.tape.Pattern(m.Moving, p.sums())
	}
	if err != nil {
		return nil, errorf("the slopes of this model cannot be differentiated: %v", err)
	}
	x.cut(p.stocks.len())
	x.plan = rosenbrock.NewPlan(x.square)
	return x, nil
}

// jumps reports whether an expression may jump at a step boundary.
func jumps(e resolved.Expr) bool {
	switch e := e.(type) {
	case *resolved.Clock:
		return e.Kind == resolved.StepStart
	case *resolved.Draw:
		return true
	}
	for _, x := range resolved.Children(e) {
		if jumps(x) {
			return true
		}
	}
	return false
}

// sums returns the net flow of each stock, in the order of their slots.
func (p *Program) sums() []tangent.Sum {
	list := make([]tangent.Sum, p.stocks.len())
	for _, n := range p.netFlows {
		for e := range n.n {
			s := &list[n.stock+e-p.stocks.from]
			for _, slot := range n.in {
				s.In = append(s.In, slot+e)
			}
			for _, slot := range n.out {
				s.Out = append(s.Out, slot+e)
			}
		}
	}
	return list
}

// cut makes the pattern of the columns below n.
func (x *slopePlan) cut(n int) {
	x.square.First = append(x.square.First, 0)
	for i := range n {
		for _, j := range x.pattern.Columns[x.pattern.First[i]:x.pattern.First[i+1]] {
			if int(j) < n {
				x.square.Columns = append(x.square.Columns, j)
			}
		}
		x.square.First = append(x.square.First, int32(len(x.square.Columns)))
	}
}
