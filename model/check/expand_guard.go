package check

import (
	"fmt"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// A delayCheck is a delay whose time must not be shorter than a step. The check
// waits until all equations are resolved, since the time may be a constant that
// stands further down.
type delayCheck struct {
	row   *function.Row
	owner *resolved.Variable
	time  resolved.Expr // of one stage
	whole resolved.Expr // the argument that the stage's time comes from
	at    diagnostic.Span
}

// guard watches the time of a call's stages: now if it follows from constants, and
// at the start of every run, which may have another step or other constants. In a
// model that comes from another tool a short delay is that tool's, and a warning.
func (s *scope) guard(e *equation.Call, row *function.Row, name, stageTime string, bind map[string]resolved.Expr) {
	if stageTime == "" {
		return
	}
	time := s.written(stageTime, bind)
	i := timeParam(row, stageTime)
	at := s.text.Span
	if i < len(e.Args) {
		at = s.text.At(e.Args[i].Pos())
	}
	s.delays = append(s.delays, delayCheck{row, s.owner, time, bind[row.Params[i].Name], at})
	if s.m.AllowsShortDelays() {
		return // the tool that it comes from runs it
	}
	free := freeLoops(time)
	v := s.hiddenVariable(name+".stage_time", resolved.Initial, free)
	v.Parts = s.hiddenParts(v, free, time)
	s.out.Guards = append(s.out.Guards, resolved.Guard{Time: v, Owner: s.owner, What: row.Name, Span: at})
}

// timeParam is the parameter that a row's stage time comes from.
func timeParam(row *function.Row, stageTime string) int {
	for i, p := range row.Params {
		if strings.Contains(stageTime, p.Name) {
			return i
		}
	}
	panic("model: the stage time of " + row.Name + " does not depend on a parameter")
}

// rounding forgives a delay that is exactly a step long: 0.3 in three stages, with a
// step of 0.1.
const rounding = 1e-9

// checkDelays reports the delays that are shorter than a step by the constants.
func (r *resolver) checkDelays() {
	for _, d := range r.delays {
		r.effort = 0
		free := freeLoops(d.time)
		for _, in := range allTurns(free) {
			stage, known := r.constant(d.time, in)
			whole, _ := r.constant(d.whole, in)
			if !known {
				break
			}
			if stage < r.m.Time.Step*(1-rounding) {
				r.reportDelay(d, stage, whole, in)
				break
			}
		}
	}
}

func (r *resolver) reportDelay(d delayCheck, stage, whole float64, in turns) {
	if r.m.AllowsShortDelays() {
		defer func() { r.list[len(r.list)-1].Severity = diagnostic.Warning }()
	}
	stages := ""
	if stage != whole {
		stages = fmt.Sprintf(", which is %.4g a stage", stage)
	}
	if elements := in.String(); elements != "" {
		stages += " for " + elements
	}
	if stage <= 0 {
		r.report(code.DelayTooShort, d.at, "make each stage at least a step long", "the time of this %s is %.6g%s: it must be above 0", d.row.Name, whole, stages)
		return
	}
	r.report(code.DelayTooShort, d.at, fmt.Sprintf("make the time at least %.6g, or the step at most %.6g", whole/stage*r.m.Time.Step, stage),
		"the time of this %s is %.6g%s: shorter than the step of %g", d.row.Name, whole, stages, r.m.Time.Step)
}

// turns says which turn each loop is in.
type turns map[*resolved.Loop]int

func (t turns) String() string {
	var out []string
	for l, turn := range t {
		out = append(out, l.Dim.Elements[l.At[turn]])
	}
	if len(out) > 1 {
		return "some elements"
	}
	return strings.Join(out, "")
}

// maxTurns bounds how many elements of an array delay time are looked at here; the
// others are checked when the model runs.
const maxTurns = 10_000

// maxEffort bounds how many variables are read to find out one delay's time. What
// does not follow from constants that soon is checked when the model runs.
const maxEffort = 100_000

// allTurns are the turns of some loops together.
func allTurns(loops []*resolved.Loop) []turns {
	out := []turns{{}}
	for _, l := range loops {
		var next []turns
		for _, t := range out {
			for i := range l.At {
				more := turns{l: i}
				for k, v := range t {
					more[k] = v
				}
				next = append(next, more)
			}
		}
		if out = next; len(out) > maxTurns {
			return out[:maxTurns]
		}
	}
	return out
}

// literal is the value of an expression of literals.
func literal(e resolved.Expr) (float64, bool) {
	var r *resolver
	return r.constant(e, nil)
}

// constant is the value of an expression that follows from constants and decisions
// as the model gives them, unless that takes too long to find out.
func (r *resolver) constant(e resolved.Expr, in turns) (float64, bool) {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value, e != nothing
	case *resolved.Apply:
		args := make([]float64, len(e.Args))
		for i, a := range e.Args {
			x, ok := r.constant(a, in)
			if !ok {
				return 0, false
			}
			args[i] = x
		}
		return e.Op.Of(args...), true
	case *resolved.Clock:
		if r != nil && e.Kind == resolved.StepSize {
			return r.m.Time.Step, true
		}
	case *resolved.Ref:
		if r == nil {
			break
		}
		if r.effort++; r.effort < maxEffort {
			return r.constantVariable(e, in)
		}
	}
	return 0, false
}

// constantVariable is the value of an element that follows from constants.
func (r *resolver) constantVariable(e *resolved.Ref, in turns) (float64, bool) {
	switch e.Var.Kind {
	case resolved.Constant, resolved.Decision, resolved.Aux:
	default:
		return 0, false
	}
	at := make([]int, len(e.At))
	for i, p := range e.At {
		if at[i] = p.Fixed; p.Loop != nil {
			at[i] = p.Map[in[p.Loop]]
		}
	}
	for _, part := range e.Var.Parts {
		if inner, ok := within(part, at); ok {
			return r.constant(part.Expr, inner)
		}
	}
	return 0, false
}

// within gives the turns in which a part reaches an element.
func within(p *resolved.Part, at []int) (turns, bool) {
	in := turns{}
	for i, l := range p.Loops {
		j := indexOf(l.At, at[i])
		if j < 0 {
			return nil, false
		}
		in[l] = j
	}
	return in, true
}

func indexOf(list []int, x int) int {
	for i, y := range list {
		if x == y {
			return i
		}
	}
	return -1
}
