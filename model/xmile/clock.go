package xmile

import (
	"math"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
)

// methods are the integration methods of XMILE 1.0, 2.3, and of Stella.
var methods = map[string]struct {
	name string
	how  string // "" for the same method
}{
	"euler": {"euler", ""}, "rk4": {"rk4", ""}, "rk2": {"heun", ""}, "rk45": {"rk45", ""},
	"rk4_(auto)": {"rk45", "steps are chosen by weir's own error control"}, "rk4_auto": {"rk45", "steps are chosen by weir's own error control"},
	"rk2_(auto)": {"rk45", "steps are chosen by weir's own error control"}, "rk2_auto": {"rk45", "steps are chosen by weir's own error control"},
	"rkauto": {"rk45", "steps are chosen by weir's own error control"}, "diff": {"euler", ""}, "difference": {"euler", ""},
	"gear":       {"rk45", "Gear's method is not built in; an adaptive Runge-Kutta method takes its place"},
	"cycle_time": {"euler", "only Euler's method is behind it"},
}

// specs is the <sim_specs> of a file: its own, or that of its first model, as drafts of
// the standard had it.
func specs(root *node) *node {
	all := append([]*node{root}, root.all("model")...)
	for _, n := range all {
		for _, name := range []string{"sim_specs", "run_specs"} {
			if k := n.kid(name); k != nil {
				return k
			}
		}
	}
	return nil
}

// A clock reads the times and the integration method of a file.
type clock struct {
	*log
	m         *model.Model
	units     *unitTable
	ownSave   float64 // the time between two rows that weir wrote; 0 if it wrote none
	ownAt     diagnostic.Span
	ownExport bool // Vensim wrote the file
}

// read reads <sim_specs>.
func (c *clock) read(root *node) {
	t := &c.m.Time
	t.Method = "euler"
	n := specs(root)
	if n == nil {
		c.report(model.MissingKey, root.span(c.file), "", "the file has no <sim_specs>, so it is not known when the model starts and stops")
		return
	}
	t.Span = n.span(c.file)
	t.KeySpans = map[string]diagnostic.Span{}
	t.Unit = c.units.word(n.value("time_units"))
	if strings.TrimSpace(n.value("time_units")) == "" || t.Unit == "1" {
		t.Unit = "time"
	}
	sound := c.number(n, "start", "start", &t.Start)
	sound = c.number(n, "stop", "stop", &t.Stop) && sound
	t.Step = 1
	if d := n.kid("dt"); d != nil {
		sound = c.number(n, "dt", "step", &t.Step) && sound
		if strings.EqualFold(d.value("reciprocal"), "true") && t.Step != 0 {
			t.Step = 1 / t.Step
		}
	}
	t.Save = t.Step
	c.method(n, t)
	if sound {
		c.save(n, t)
		c.check(t)
	}
	if p := n.value("pause"); p != "" {
		c.row(n, "pause", model.Equivalent, "a run does not pause")
	}
	if r := n.kid("run"); r != nil && r.value("by") != "" && !strings.EqualFold(r.value("by"), "all") {
		c.row(r, "run", model.Approximated, "the whole model runs")
		c.warn(Approximated, r.span(c.file), "", "the file runs the %ss that are chosen, and here the whole model runs", r.value("by"))
	}
	c.row(n, "sim_specs", model.Exact, "")
}

// time reads one number of the clock.
func (c *clock) number(n *node, name, key string, to *float64) bool {
	k := n.kid(name)
	if k == nil {
		c.report(model.MissingKey, n.span(c.file), "", "<sim_specs> has no <%s>", name)
		return false
	}
	at := k.text().span(c.file)
	c.m.Time.KeySpans[key] = at
	x, err := strconv.ParseFloat(k.text().s, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		c.report(model.BadTime, at, "", "<%s> is %q, which is no number", name, k.text().s)
		return false
	}
	*to = x
	return true
}

func (c *clock) method(n *node, t *model.TimeSettings) {
	a, given := n.attr("method")
	if !given {
		return
	}
	t.KeySpans["method"] = a.span(c.file)
	for _, word := range strings.Split(a.s, ",") { // the first that is known, as the standard says
		m, ok := methods[canonical(word)]
		if !ok {
			continue
		}
		t.Method = m.name
		if c.ownExport && m.name == "rk4" {
			const how = "Vensim writes RK4 into XMILE files whatever the method of the model, so Euler's method is used"
			t.Method = "euler"
			c.row(n, "method "+word, model.Approximated, how)
			c.warn(Approximated, a.span(c.file), "to run with the other, use --method rk4", how)
		}
		if m.how != "" {
			c.row(n, "method "+word, model.Approximated, m.how)
			c.warn(Approximated, a.span(c.file), "", "the method %s: %s", word, m.how)
		}
		return
	}
	c.row(n, "method "+a.s, model.Unsupported, "the method is not known")
	c.unsupported(a.span(c.file), "the methods are euler, rk2, rk4 and rk45", "the integration method %s is not known", a.s)
}

// save reads how often numbers are kept. Steps that do not fit into it are not made:
// every step is kept then.
func (c *clock) save(n *node, t *model.TimeSettings) {
	x, at := c.saved(n)
	if x > 0 {
		t.KeySpans["save"] = at
	}
	switch {
	case x < t.Step:
	case whole(x/t.Step) && whole((t.Stop-t.Start)/x):
		t.Save = x
	default:
		c.warn(Repaired, at, "", "every step is saved: %v is not a whole number of steps of %v, or the run not a whole number of them", x, t.Step)
	}
}

// saved is the time between two rows that the file asks for, and where it does; 0 if it
// does not.
func (c *clock) saved(n *node) (float64, diagnostic.Span) {
	if c.ownSave > 0 {
		return c.ownSave, c.ownAt
	}
	for _, name := range []string{"isee:save_interval", "save_interval", "save_step", "savestep"} {
		a, ok := n.attr(name)
		if x, err := strconv.ParseFloat(strings.TrimSpace(a.s), 64); ok && err == nil && x > 0 {
			return x, a.span(c.file)
		}
	}
	return 0, n.span(c.file)
}

func whole(x float64) bool { return math.Abs(x-math.Round(x)) <= 1e-9*math.Max(1, math.Abs(x)) }

// checkClock makes sure that there is a finite number of steps. A run that is not a
// whole number of steps long ends with the last step before its stop.
func (c *clock) check(t *model.TimeSettings) {
	n := (t.Stop - t.Start) / t.Step
	switch {
	case !(t.Step > 0):
		c.report(model.BadTime, t.KeySpans["step"], "", "the step must be more than 0, not %v", t.Step)
	case !(t.Stop > t.Start):
		c.report(model.BadTime, t.KeySpans["stop"], "", "the model stops at %v, which is not after its start at %v", t.Stop, t.Start)
	case n > model.MaxSteps:
		c.report(model.TooLarge, t.KeySpans["step"], "take a longer step", "a step of %v makes %.4g steps; at most %d are computed", t.Step, n, model.MaxSteps)
	case (t.Stop-t.Start)/t.Save+1 > model.MaxRows:
		c.report(model.TooLarge, t.KeySpans["step"], "save less often", "the run makes %.4g rows; at most %d are kept", (t.Stop-t.Start)/t.Save+1, model.MaxRows)
	case n < 1:
		c.report(model.BadTime, t.KeySpans["step"], "", "the step of %v is longer than the run", t.Step)
	case !whole(n):
		stop := t.Start + math.Floor(n)*t.Step
		c.warn(Repaired, t.KeySpans["stop"], "", "the run ends at %v, with the last whole step before %v", stop, t.Stop)
		t.Stop = stop
	}
}
