package resolve

import (
	"fmt"
	"strings"

	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/equation"
	"weir/model/function"
	"weir/model/resolved"
)

// A delayCheck is a delay whose time must not be shorter than a step. The check waits until all
// equations are resolved, since the time may be a constant declared further down.
type delayCheck struct {
	row   *function.Row
	owner *resolved.Variable
	time  resolved.Expr // of one stage
	whole resolved.Expr // the argument that the stage's time comes from
	at    diagnostic.Span
}

// guard watches the time of a call's stages: now if it follows from constants, and at the start
// of every run, which may have another step or other constants. In a model of another tool a
// short delay is allowed, with a warning. StageTime is a text of the function table over its
// parameters, "" for a function without stages. Bind has the arguments by their names.
func (s *Scope) guard(e *equation.Call, row *function.Row, name, stageTime string, bind map[string]resolved.Expr) {
	if stageTime == "" {
		return
	}
	time := s.written(stageTime, bind)
	i := timeParam(row, stageTime)
	at := s.Text.Span
	if i < len(e.Args) {
		at = s.Text.At(e.Args[i].Pos())
	}
	s.delays = append(s.delays, delayCheck{row, s.Owner, time, bind[row.Params[i].Name], at})
	if s.Model.AllowsShortDelays() {
		return // the tool that it comes from runs it
	}
	free := tree.FreeLoops(time)
	v := s.hiddenVariable(name+".stage_time", resolved.Initial, free)
	v.Parts = s.hiddenParts(v, free, time)
	s.Out.Guards = append(s.Out.Guards, resolved.Guard{Time: v, Owner: s.Owner, What: row.Name, Span: at})
}

// timeParam returns the parameter from which a row's stage time follows.
func timeParam(row *function.Row, stageTime string) int {
	for i, p := range row.Params {
		if strings.Contains(stageTime, p.Name) {
			return i
		}
	}
	panic("model: the stage time of " + row.Name + " does not depend on a parameter")
}

// rounding forgives a delay that is exactly a step long: 0.3 in three stages, with a step of
// 0.1.
const rounding = 1e-9

// CheckDelays reports the delays that are shorter than a step by the constants. It comes when all
// equations are resolved, since a constant may be declared below the delay. Of an array of times
// the first short one is reported.
func (r *Resolver) CheckDelays() {
	for _, d := range r.delays {
		r.Effort = 0
		free := tree.FreeLoops(d.time)
		for _, in := range tree.AllIterations(free) {
			stage, known := r.Constant(d.time, in)
			whole, _ := r.Constant(d.whole, in)
			if !known {
				break
			}
			if stage < r.Model.Time.Step*(1-rounding) {
				r.reportDelay(d, stage, whole, in)
				break
			}
		}
	}
}

// reportDelay reports one such delay.
func (r *Resolver) reportDelay(d delayCheck, stage, whole float64, in tree.Iteration) {
	if r.Model.AllowsShortDelays() {
		defer func() { r.List[len(r.List)-1].Severity = diagnostic.Warning }()
	}
	stages := ""
	if stage != whole {
		stages = fmt.Sprintf(", which is %.4g a stage", stage)
	}
	if elements := in.String(); elements != "" {
		stages += " for " + elements
	}
	defer r.sayStella(len(r.List), d.row)
	if stage <= 0 {
		r.Report(code.DelayTooShort, d.at, "make each stage at least a step long",
			"the time of this %s is %.6g%s: it must be above 0", d.row.Name, whole, stages)
		return
	}
	r.Report(code.DelayTooShort, d.at,
		fmt.Sprintf("make the time at least %.6g, or the step at most %.6g", whole/stage*r.Model.Time.Step, stage),
		"the time of this %s is %.6g%s: shorter than the step of %g", d.row.Name, whole, stages, r.Model.Time.Step)
}

// sayStella adds to the message of a delay in a model of Stella's that Stella returns 0 for it,
// as users of it have reported (SDEverywhere, issue 771).
func (r *Resolver) sayStella(before int, row *function.Row) {
	if im := r.Model.Imported; im != nil && len(r.List) > before && strings.HasPrefix(im.Format, "Stella") &&
		strings.HasPrefix(row.Name, "delay") {
		r.List[len(r.List)-1].Message += "; Stella returns 0 for such a delay, and weir the numbers of its formula"
	}
}

// maxEffort bounds how many variables are read to find out one delay's time. A time that needs
// more is checked when the model runs.
const maxEffort = 100_000

// literal returns the value of an expression of literals. A resolver of nil knows no names and no
// clock, so that nothing but literals has a value.
func literal(e resolved.Expr) (float64, bool) {
	var r *Resolver
	return r.Constant(e, nil)
}

// Constant returns the value of an expression that follows from constants and decisions as the
// model gives them, false if it does not or takes too long to find out. In has the iteration of
// each loop that the expression follows; nil if it follows none. Effort counts the variables read
// since a caller last set it to 0. Reductions, lookups and conditions have no value here.
func (r *Resolver) Constant(e resolved.Expr, in tree.Iteration) (float64, bool) {
	switch e := e.(type) {
	case *resolved.Const:
		return e.Value, e != tree.Nothing
	case *resolved.Apply:
		args := make([]float64, len(e.Args))
		for i, a := range e.Args {
			x, ok := r.Constant(a, in)
			if !ok {
				return 0, false
			}
			args[i] = x
		}
		return e.Op.Of(args...), true
	case *resolved.Clock:
		if r != nil && e.Kind == resolved.StepSize {
			return r.Model.Time.Step, true
		}
	case *resolved.Ref:
		if r == nil {
			break
		}
		if r.Effort++; r.Effort < maxEffort {
			return r.constantVariable(e, in)
		}
	}
	return 0, false
}

// constantVariable returns the value of an element that follows from constants. Auxiliaries are
// looked into, stocks and flows are not: they change while the model runs.
func (r *Resolver) constantVariable(e *resolved.Ref, in tree.Iteration) (float64, bool) {
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
		if inner, ok := tree.Within(part, at); ok {
			return r.Constant(part.Expr, inner)
		}
	}
	return 0, false
}
