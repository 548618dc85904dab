package vensim

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/report"
	"weir/model/vensim/internal/syntax"
)

// A clock is the time of a run, by the control variables, in the unit of time.
type clock struct {
	start, stop, step, save float64 // in the unit of time
	stages                  bool    // a Runge-Kutta method integrates the file

	readsSave  bool      // an equation reads SAVEPER, which is a variable then
	endsBy     *variable // the FINAL TIME that follows from the run; nil if it is known before
	endsItself bool      // FINAL TIME is a variable of its own: the run ends before or after it
	varying    bool      // all control variables are variables of their own, see varies
}

// clockNames are our names of the control variables.
var clockNames = map[string]string{"initial_time": "start_time", "final_time": "stop_time", "time_step": "dt",
	"time": "time"}

// name returns our name of a control variable; "" of others, and of a FINAL TIME or
// SAVEPER that is a variable of its own.
func (c *clock) name(key string) string {
	switch {
	case c.varying && key != "time" || key == "final_time" && c.endsItself:
		return ""
	case key == "saveper" && !c.readsSave:
		return "save"
	}
	return clockNames[key]
}

// A clockReader reads the control variables into a clock and the model's settings of time.
type clockReader struct {
	*report.Report
	*clock
	vars      *variables
	units     *units              // for the unit of time
	constants *constants          // of the equations before any is rewritten
	settings  *model.TimeSettings // the model's, which are filled
	end       *float64            // of a run whose FINAL TIME follows from the run; nil: not given
}

// A controlled value is a field of the clock, with its control variable and its key in
// the model's settings.
type controlled struct {
	key, ours string   // of the control variable; its name in the model's settings
	into      *float64 // the field of the clock
}

// readClock fills the clock and the model's settings of time, whose method is known
// already, and adds a row for each control variable to the report.
func readClock(r *clockReader) {
	c, t := r.clock, r.settings
	c.start, c.stop, c.step, c.save = 0, 100, 1, 0
	c.readsSave = readsSave(r.vars)
	*t = model.TimeSettings{Method: cmp.Or(t.Method, "euler"), Unit: "month", KeySpans: map[string]diagnostic.Span{}}
	parts := []controlled{
		{"initial_time", "start", &c.start}, {"final_time", "stop", &c.stop},
		{"time_step", "step", &c.step}, {"saveper", "save", &c.save},
	}
	c.varying = r.varies()
	for _, part := range parts {
		switch v := r.vars.byKey[part.key]; {
		case v == nil:
		case c.varying:
			r.settle(part, v)
			v.note(model.Equivalent, "the step changes with Time, and no stock: rows come at the shortest, "+decimal(c.step))
		default:
			r.control(part, v)
		}
	}
	for _, name := range []string{"INITIAL TIME", "FINAL TIME", "TIME STEP"} {
		if r.vars.byKey[syntax.Key(name)] == nil && !r.List.HasErrors() {
			r.ErrorAt(model.MissingKey, syntax.Span{}, "the file may be cut off", "the model has no %s", name)
		}
	}
	c.stages = t.Method != "euler"
	if c.save == 0 {
		c.save = c.step
	}
	t.Start, t.Stop, t.Step, t.Save = c.start, c.stop, c.step, c.save
	if v := r.vars.byKey["time_step"]; v != nil {
		t.Span = r.Place(v.at())
	}
	r.fit()
	for _, part := range parts {
		if v := r.vars.byKey[part.key]; v != nil && c.name(part.key) != "" {
			r.Row(v.name, c.name(part.key), v.grade, strings.Join(v.how, "; "), v.at())
		}
	}
}

// settle notes the place and the unit of a control variable.
func (r *clockReader) settle(part controlled, v *variable) {
	r.settings.KeySpans[part.ours] = r.Place(v.at())
	if unit := r.units.plain(r.units.text(v)); unit != "" && part.ours != "save" {
		r.settings.Unit = unit
	}
}

// control reads one control variable.
func (r *clockReader) control(part controlled, v *variable) {
	r.settle(part, v)
	if latest, ok := r.latest(v); ok && part.key == "final_time" {
		r.followRun(v, part, latest)
		return
	}
	x, ok := r.constants.ofVariable(part.key)
	first, atStart := r.constants.startOfVariable(part.key)
	switch {
	case ok:
		*part.into = x
	case part.key == "final_time" && atStart && r.follows(v):
		r.followRun(v, part, first)
	case v.broken: // reported already
	case part.key == "saveper":
		v.note(model.Equivalent, "it changes during the run: every step is saved")
	case part.key == "time_step":
		r.ErrorAt(model.NotSupported, v.at(), "write the shortest one as a number",
			"%s changes during the run, which is not supported", v.name)
	default:
		r.ErrorAt(model.BadValue, v.at(), "write a number", "%s is not a number that is known before the run", v.name)
	}
}

// followRun makes FINAL TIME a variable of its own, at whose value the run ends, unless the
// user gives the end. Stop is the latest end that is known before the run.
func (r *clockReader) followRun(v *variable, part controlled, stop float64) {
	r.endsItself = true
	r.settings.KeySpans["ends"] = r.Place(v.at())
	if r.end != nil {
		v.note(model.Approximated, "it follows from the run; the run ends at "+decimal(*r.end)+" instead, as asked for")
		*part.into = *r.end
		return
	}
	v.note(model.Equivalent, "it follows from the run, which ends there; commands that compare runs need a fixed end")
	r.endsBy = v
	*part.into = stop
}

// follows reports whether FINAL TIME follows from other variables than Time alone, as in
// models that end themselves.
func (r *clockReader) follows(v *variable) bool {
	found := false
	syntax.Walk(v.equations[0].Expr, func(e syntax.Expr) bool {
		ref, w := r.vars.named(e)
		found = found || w != nil && ref.Key != "time"
		return !found
	})
	return found
}

// latest returns the constant in IF THEN ELSE(condition, Time, constant): a FINAL TIME
// that ends the run early. Weir runs to the constant, with the same numbers until then.
func (r *clockReader) latest(v *variable) (float64, bool) {
	c, ok := v.equations[0].Expr.(*syntax.Call)
	if !ok || c.Key != "if_then_else" || len(c.Args) != 3 {
		return 0, false
	}
	for i := 1; i <= 2; i++ {
		if t, ok := c.Args[i].(*syntax.Ref); ok && t.Key == "time" {
			return r.constants.value(c.Args[3-i])
		}
	}
	return 0, false
}

// fit puts the rows that SAVEPER asks for on whole steps. Where it does not divide the
// run, or is no whole number of steps, rows are saved more often: Vensim does not say
// which rows there are then. A run that is no whole number of steps ends before
// FINAL TIME, which becomes a variable of its own.
func (r *clockReader) fit() {
	t := r.settings
	if !(t.Step > 0) || !(t.Save > 0) || !(t.Stop >= t.Start) || math.IsInf(t.Stop, 0) {
		r.ErrorAt(model.BadValue, r.spanOf("time_step"), "",
			"TIME STEP and SAVEPER must be above 0, and FINAL TIME not before INITIAL TIME: they are %g, %g, %g and %g",
			t.Step, t.Save, t.Stop, t.Start)
		return
	}
	if t.Step > t.Stop-t.Start && t.Stop > t.Start {
		r.ErrorAt(model.BadValue, r.spanOf("time_step"), "write a TIME STEP of at most "+decimal(t.Stop-t.Start),
			"TIME STEP is %g, longer than the run from %g to %g", t.Step, t.Start, t.Stop)
		return
	}
	steps, whole := wholeRatio(t.Stop-t.Start, t.Step)
	if v := r.vars.byKey["final_time"]; !whole && v != nil {
		steps = math.Floor(steps)
		t.Stop = t.Start + steps*t.Step
		r.endsItself = true
		v.note(model.Approximated, "the run ends at "+decimal(t.Stop)+", the last whole step before it")
	}
	every, whole := wholeRatio(max(t.Save, t.Step), t.Step)
	if common := commonDivisor(steps, every); !whole || common != every {
		if !whole {
			common = 1
		}
		every = common
		t.Save = every * t.Step
		if v := r.vars.byKey["saveper"]; v != nil {
			v.note(model.Equivalent,
				"it does not divide the run into whole steps: rows are saved every "+decimal(t.Save))
		}
	}
	t.Save = max(t.Save, t.Step)
}

// wholeRatio returns a/b, and whether it is a whole number but for rounding: 0.1 is not a
// tenth of 1 in binary. The ratio is rounded then.
func wholeRatio(a, b float64) (ratio float64, whole bool) {
	n := math.Round(a / b)
	if math.Abs(a/b-n) > 1e-9*math.Max(1, n) {
		return a / b, false
	}
	return n, true
}

// commonDivisor returns the greatest one of two whole numbers that are not negative.
func commonDivisor(a, b float64) float64 {
	for a != 0 {
		a, b = math.Mod(b, a), a
	}
	return b
}

// decimal returns a number in as few digits as say it.
func decimal(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// spanOf returns the place of a control variable, the file's start if there is none.
func (r *clockReader) spanOf(key string) syntax.Span {
	if v := r.vars.byKey[key]; v != nil {
		return v.at()
	}
	return syntax.Span{}
}

// readsSave reports whether an equation reads SAVEPER.
func readsSave(vars *variables) bool {
	found := false
	for _, v := range vars.order {
		for _, eq := range v.equations {
			syntax.Walk(eq.Expr, func(e syntax.Expr) bool {
				r, ok := e.(*syntax.Ref)
				found = found || ok && r.Key == "saveper"
				return !found
			})
		}
	}
	return found
}
