package vensim

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/vensim/internal/sheet"
	"weir/model/vensim/internal/syntax"
)

// control are the values of the control variables.
type control struct{ start, stop, step, save float64 }

// A controlled value is what becomes of a control variable.
type controlled struct {
	key, ours string
	into      *float64
}

// clock reads the control variables into the model's clock.
func (im *importer) clock() {
	c := control{0, 100, 1, 0}
	t := &im.m.Time
	*t = model.TimeSettings{Method: cmp.Or(t.Method, "euler"), Unit: "month", KeySpans: map[string]diagnostic.Span{}}
	parts := []controlled{{"initial_time", "start", &c.start}, {"final_time", "stop", &c.stop}, {"time_step", "step", &c.step}, {"saveper", "save", &c.save}}
	for _, part := range parts {
		if v := im.vars[part.key]; v != nil {
			im.controls(part, v)
		}
	}
	for _, name := range []string{"INITIAL TIME", "FINAL TIME", "TIME STEP"} {
		if im.vars[syntax.Fold(name)] == nil && !im.List.HasErrors() {
			im.ErrorAt(model.MissingKey, syntax.Span{}, "the file may be cut off", "the model has no %s", name)
		}
	}
	if c.save == 0 {
		c.save = c.step
	}
	im.control = c
	t.Start, t.Stop, t.Step, t.Save = c.start, c.stop, c.step, c.save
	if v := im.vars["time_step"]; v != nil {
		t.Span = im.Place(v.at())
	}
	im.fitClock(t)
	for _, part := range parts {
		if v := im.vars[part.key]; v != nil && im.clockName(part.key) != "" {
			im.Row(v.name, im.clockName(part.key), v.grade, strings.Join(v.how, "; "), v.at())
		}
	}
}

// controls reads one control variable.
func (im *importer) controls(part controlled, v *variable) {
	t := &im.m.Time
	t.KeySpans[part.ours] = im.Place(v.at())
	if unit := im.plainUnit(im.unitText(v)); unit != "" && part.ours != "save" {
		t.Unit = unit
	}
	if latest, ok := im.latest(v); ok && part.key == "final_time" {
		im.endsItself = true
		v.note(model.Approximated, "the run does not end before the latest time that it gives")
		*part.into = latest
		return
	}
	x, ok := (&evaluator{im, map[string]bool{}, false}).variable(part.key)
	switch {
	case ok:
		*part.into = x
	case part.key == "saveper":
		v.note(model.Equivalent, "it changes during the run: every step is saved")
	case part.key == "time_step":
		im.ErrorAt(model.NotSupported, v.at(), "write the shortest one as a number", "%s changes during the run, which is not supported", v.name)
	default:
		im.ErrorAt(model.BadValue, v.at(), "write a number", "%s is not a number that is known before the run", v.name)
	}
}

// latest is the constant in IF THEN ELSE(condition, Time, constant): a FINAL TIME that
// ends the run early. Weir runs to the constant, with the same numbers until then.
func (im *importer) latest(v *variable) (float64, bool) {
	c, ok := v.equations[0].Expr.(*syntax.Call)
	if !ok || c.Key != "if_then_else" || len(c.Args) != 3 {
		return 0, false
	}
	for i := 1; i <= 2; i++ {
		if r, ok := c.Args[i].(*syntax.Ref); ok && r.Key == "time" {
			return im.constant(c.Args[3-i])
		}
	}
	return 0, false
}

// fitClock makes rows that SAVEPER asks for of whole steps. Where it does not divide the
// run, or is no whole number of steps, rows are saved more often: Vensim does not say
// which rows there are then. A run that is no whole number of steps ends before
// FINAL TIME, which becomes a variable of its own.
func (im *importer) fitClock(t *model.TimeSettings) {
	if !(t.Step > 0) || !(t.Save > 0) || !(t.Stop >= t.Start) || math.IsInf(t.Stop, 0) {
		im.ErrorAt(model.BadValue, im.spanOf("time_step"), "", "TIME STEP and SAVEPER must be above 0, and FINAL TIME not before INITIAL TIME: they are %g, %g, %g and %g", t.Step, t.Save, t.Stop, t.Start)
		return
	}
	steps, whole := wholeRatio(t.Stop-t.Start, t.Step)
	if v := im.vars["final_time"]; !whole && v != nil {
		steps = math.Floor(steps)
		t.Stop = t.Start + steps*t.Step
		im.endsItself = true
		v.note(model.Approximated, "the run ends at "+plain(t.Stop)+", the last whole step before it")
	}
	every, whole := wholeRatio(max(t.Save, t.Step), t.Step)
	if common := commonDivisor(steps, every); !whole || common != every {
		if !whole {
			common = 1
		}
		every = common
		t.Save = every * t.Step
		if v := im.vars["saveper"]; v != nil {
			v.note(model.Equivalent, "it does not divide the run into whole steps: rows are saved every "+plain(t.Save))
		}
	}
	t.Save = max(t.Save, t.Step)
}

// wholeRatio is a/b, and whether it is whole but for rounding.
func wholeRatio(a, b float64) (ratio float64, whole bool) {
	n := math.Round(a / b)
	if math.Abs(a/b-n) > 1e-9*math.Max(1, n) {
		return a / b, false
	}
	return n, true
}

// commonDivisor is the greatest one of two whole numbers that are not negative.
func commonDivisor(a, b float64) float64 {
	for a != 0 {
		a, b = math.Mod(b, a), a
	}
	return b
}

func (im *importer) spanOf(key string) syntax.Span {
	if v := im.vars[key]; v != nil {
		return v.at()
	}
	return syntax.Span{}
}

// An evaluator works out what follows from numbers alone.
type evaluator struct {
	*importer
	open    map[string]bool // variables being worked out
	atStart bool            // what changes later counts as it is at the start
}

// constant is the value of an expression that never changes.
func (im *importer) constant(e syntax.Expr) (float64, bool) {
	return (&evaluator{im, map[string]bool{}, false}).value(e)
}

// startValue is the value of an expression at the start of the run.
func (im *importer) startValue(e syntax.Expr) (float64, bool) {
	return (&evaluator{im, map[string]bool{}, true}).value(e)
}

// variable is the value of a variable.
func (v *evaluator) variable(key string) (float64, bool) {
	w := v.vars[key]
	if w == nil || v.open[key] || len(v.open) > 100 || len(w.equations) != 1 || len(w.equations[0].Subs) > 0 || w.equations[0].Expr == nil {
		return 0, false
	}
	v.open[key] = true
	defer delete(v.open, key)
	if c, ok := w.equations[0].Expr.(*syntax.Call); ok && sheet.Reads(c.Key, "constants") {
		return v.numberFromFile(w, c)
	}
	return v.value(w.equations[0].Expr)
}

// numberFromFile reads a constant, once. What is wrong with it is reported when the
// variable's own turn comes.
func (im *importer) numberFromFile(w *variable, c *syntax.Call) (float64, bool) {
	x, read := im.fileNumbers[w]
	if !read {
		reported, notes := len(im.List), slices.Clone(w.how)
		x = im.constantsFromFile(w, 0, w.equations[0], c)
		im.List, w.how = im.List[:reported], notes
		im.fileNumbers[w] = x
	}
	if len(x) != 1 {
		return 0, false
	}
	return x[0], true
}

func (v *evaluator) value(e syntax.Expr) (float64, bool) {
	switch e := e.(type) {
	case *syntax.Num:
		return e.Value, true
	case *syntax.Ref:
		if len(e.Subs) > 0 {
			return 0, false
		}
		if e.Key == "time" && v.atStart {
			return v.variable("initial_time")
		}
		return v.variable(e.Key)
	case *syntax.Unary:
		x, ok := v.value(e.X)
		if e.Op == "-" {
			x = -x
		}
		return x, ok && e.Op != "not"
	case *syntax.Infix:
		x, ok1 := v.value(e.X)
		y, ok2 := v.value(e.Y)
		r, ok := arithmetic(e.Op, x, y)
		return r, ok && ok1 && ok2
	case *syntax.Call:
		return v.call(e)
	}
	return 0, false
}

func (v *evaluator) call(e *syntax.Call) (float64, bool) {
	if e.Key == "elmcount" && len(e.Args) == 1 {
		r, ok := e.Args[0].(*syntax.Ref)
		if !ok || v.Ranges[r.Key] == nil {
			return 0, false
		}
		return float64(len(v.Ranges[r.Key].Elements)), true
	}
	var args []float64
	for _, a := range e.Args {
		x, ok := v.value(a)
		if !ok {
			return 0, false
		}
		args = append(args, x)
	}
	switch {
	case e.Key == "if_then_else" && len(args) == 3:
		if args[0] != 0 {
			return args[1], true
		}
		return args[2], true
	case e.Key == "min" && len(args) == 2:
		return math.Min(args[0], args[1]), true
	case e.Key == "max" && len(args) == 2:
		return math.Max(args[0], args[1]), true
	case e.Key == "initial" && len(args) == 1:
		return args[0], true
	case e.Key == "step" && len(args) == 2 && v.atStart:
		if v.control.start+v.control.step/2 > args[1] {
			return args[0], true
		}
		return 0, true
	}
	return 0, false
}

func arithmetic(o syntax.Op, x, y float64) (float64, bool) {
	is := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	switch o {
	case "+":
		return x + y, true
	case "-":
		return x - y, true
	case "*":
		return float64(x * y), true
	case "/":
		return x / y, true
	case "^":
		return math.Pow(x, y), true
	case "=":
		return is(x == y), true
	case "<>":
		return is(x != y), true
	case "<":
		return is(x < y), true
	case "<=":
		return is(x <= y), true
	case ">":
		return is(x > y), true
	case ">=":
		return is(x >= y), true
	}
	return 0, false
}

// settings reads what follows the sketch: how to integrate, and which units are the same.
func (im *importer) settings(s syntax.Span) {
	equivalents := 0
	for _, line := range strings.Split(im.src[s.Start:s.End], "\n") {
		number, rest, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		switch number {
		case "15":
			im.method(rest, s)
		case "22":
			im.sameUnits(rest, s)
			equivalents++
		case "30":
			im.MapFile(rest)
		case "37", "38", "39", "40", "41":
			im.date(number, rest)
		}
	}
	im.ownUnits = equivalents > 0
}

// method is the fourth number of the settings of a run: 0 Euler, 1 Runge-Kutta with
// steps as needed, 5 Runge-Kutta, 3 and 4 Runge-Kutta of second order.
func (im *importer) method(rest string, s syntax.Span) {
	fields := strings.Split(rest, ",")
	if len(fields) < 4 {
		return
	}
	name := map[string]string{"0": "euler", "1": "rk4", "5": "rk4", "3": "heun", "4": "heun"}[fields[3]]
	how := ""
	switch {
	case fields[3] == "1":
		how = "Runge-Kutta of fourth order with the model's own step; Vensim shortens it as needed"
	case fields[3] == "2":
		how = "difference equations are integrated by Euler's method"
		name = "euler"
	case fields[3] == "3":
		how = "Runge-Kutta of second order with the model's own step; Vensim shortens it as needed"
	}
	if name == "" {
		return
	}
	im.m.Time.Method = name
	if how != "" {
		im.Row("integration type", "", model.Approximated, how, syntax.Span{Start: s.Start, End: s.Start})
	}
}
