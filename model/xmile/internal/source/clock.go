package source

import (
	"math"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	integration "weir/model/method"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// methods are the integration methods of XMILE 1.0, 2.3, and of Stella.
var methods = map[string]struct {
	name string
	how  string // "" for the same method
}{
	"euler": {"euler", ""}, "rk4": {"rk4", ""}, "rk2": {"heun", ""}, "rk45": {"rk45", ""},
	"rk4_(auto)": {"rk45", "steps are chosen by weir's own error control"}, "rk4_auto": {"rk45",
		"steps are chosen by weir's own error control"},
	"rk2_(auto)": {"rk45", "steps are chosen by weir's own error control"}, "rk2_auto": {"rk45",
		"steps are chosen by weir's own error control"},
	"rkauto": {"rk45", "steps are chosen by weir's own error control"}, "diff": {"euler",
		""}, "difference": {"euler", ""},
	"gear":       {"stiff", "Gear's method is not built in; a Rosenbrock method for the same models takes its place"},
	"cycle_time": {"euler", "only Euler's method is behind it"},
}

// specs returns the <sim_specs> of a file: its own, or that of its first model, as drafts of
// the standard had it.
// A file without them gives nil.
func specs(root *scan.Node) *scan.Node {
	all := append([]*scan.Node{root}, root.All("model")...)
	for _, n := range all {
		for _, name := range []string{"sim_specs", "run_specs"} {
			if k := n.Kid(name); k != nil {
				return k
			}
		}
	}
	return nil
}

// A Clock reads the times and the integration method of a file.
type Clock struct {
	*Log
	Out       *model.Model
	Units     *Units
	Saved     *float64 // the time between two rows that weir wrote, or nil
	OwnAt     diagnostic.Span
	OwnExport bool // Vensim wrote the file
}

// Read reads <sim_specs>.
// It fills in the time settings of the model and reports missing ones. The method is Euler's and
// the step 1 where the file gives none.
func (c *Clock) Read(root *scan.Node) {
	t := &c.Out.Time
	t.Method = "euler"
	n := specs(root)
	if n == nil {
		c.Report(model.MissingKey, root.Span(c.Sources), "",
			"the file has no <sim_specs>, so it is not known when the model starts and stops")
		return
	}
	t.Span = n.Span(c.Sources)
	t.KeySpans = map[string]diagnostic.Span{}
	t.Unit = c.Units.word(n.Value("time_units"))
	if strings.TrimSpace(n.Value("time_units")) == "" || t.Unit == "1" {
		// A clock of no unit would make rates and levels of one unit.
		t.Unit = "time"
	}
	sound := c.number(n, "start", "start", &t.Start)
	// Each number is read even after a mistake, so that all mistakes are reported at once.
	sound = c.number(n, "stop", "stop", &t.Stop) && sound
	t.Step = 1
	if d := n.Kid("dt"); d != nil {
		sound = c.number(n, "dt", "step", &t.Step) && sound
		if strings.EqualFold(d.Value("reciprocal"), "true") && t.Step != 0 {
			t.Step = 1 / t.Step
		}
	}
	t.Save = t.Step
	c.method(n, t)
	if sound {
		c.save(n, t)
		c.check(t)
	}
	if p := n.Value("pause"); p != "" {
		c.Row(n, "pause", model.Equivalent, "a run does not pause")
	}
	if r := n.Kid("run"); r != nil && r.Value("by") != "" && !strings.EqualFold(r.Value("by"), "all") {
		c.Row(r, "run", model.Approximated, "the whole model runs")
		c.Warn(scan.Approximated, r.Span(c.Sources), "",
			"the file runs the %ss that are chosen, and here the whole model runs", r.Value("by"))
	}
	c.Row(n, "sim_specs", model.Exact, "")
}

// number reads one number of the clock.
// A number must be finite. It reports whether there is one.
func (c *Clock) number(n *scan.Node, name, key string, to *float64) bool {
	k := n.Kid(name)
	if k == nil {
		c.Report(model.MissingKey, n.Span(c.Sources), "", "<sim_specs> has no <%s>", name)
		return false
	}
	// The place counts under weir's name of the setting, which later diagnostics look up.
	at := k.Text().Span(c.Sources)
	c.Out.Time.KeySpans[key] = at
	text := k.Text().Value
	if named, value, found := strings.Cut(text, "="); found && c.OwnExport && isClockName(named) { // <dt> TIME_STEP=0.5</dt>
		text = strings.TrimSpace(value)
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		c.Report(model.BadTime, at, "", "<%s> is %q, which is not a number", name, k.Text().Value)
		return false
	}
	*to = x
	return true
}

// isClockName reports whether a word is Vensim's name for a time of the run.
func isClockName(word string) bool {
	switch naming.Canonical(word) {
	case "time_step", "initial_time", "final_time":
		return true
	}
	return false
}

// method reads the integration method: of a list, the first that is known.
// A list of which no method is known is unsupported, and the method stays as it was.
func (c *Clock) method(n *scan.Node, t *model.TimeSettings) {
	a, given := n.Attr("method")
	if !given {
		return
	}
	t.KeySpans["method"] = a.Span(c.Sources)
	for _, word := range strings.Split(a.Value, ",") { // the first that is known, as the standard says
		m, ok := methods[naming.Canonical(word)]
		if own := integration.Find(strings.TrimSpace(word)); !ok && strings.TrimSpace(word) != "" && own != nil {
			m.name, ok = own.Name, true // exported by weir, under a name that the standard lacks
		}
		if !ok {
			continue
		}
		t.Method = m.name
		// Vensim writes RK4 for every model.
		if c.OwnExport && m.name == "rk4" {
			const how = "Vensim writes RK4 into XMILE files whatever the method of the model, so Euler's method is used"
			t.Method = "euler"
			c.Row(n, "method "+word, model.Approximated, how)
			c.Warn(scan.Approximated, a.Span(c.Sources), "to run with the other, use --method rk4", how)
		}
		if m.how != "" {
			c.Row(n, "method "+word, model.Approximated, m.how)
			c.Warn(scan.Approximated, a.Span(c.Sources), "", "the method %s: %s", word, m.how)
		}
		return
	}
	c.Row(n, "method "+a.Value, model.Unsupported, "the method is not known")
	c.unsupported(a.Span(c.Sources), "the methods are euler, rk2, rk4 and rk45",
		"the integration method %s is not known", a.Value)
}

// save reads how often numbers are kept. Steps that do not fit into it are not made:
// every step is kept then.
func (c *Clock) save(n *scan.Node, t *model.TimeSettings) {
	x, at, given := c.saved(n)
	if !given {
		return
	}
	t.KeySpans["save"] = at
	switch {
	// A run cannot save more often than it steps.
	case x < t.Step:
	case Whole(x/t.Step) && Whole((t.Stop-t.Start)/x):
		t.Save = x
	default:
		c.Warn(scan.Repaired, at, "",
			"every step is saved: %v is not a whole number of steps of %v, or the run not a whole number of them", x, t.Step)
	}
}

// saved returns the time between two rows that the file asks for, in its unit of time and
// above 0, and the place where it does.
// The number in weir's own part of the file comes before the attributes of other tools.
func (c *Clock) saved(n *scan.Node) (x float64, at diagnostic.Span, given bool) {
	if c.Saved != nil && *c.Saved > 0 {
		return *c.Saved, c.OwnAt, true
	}
	for _, name := range []string{"isee:save_interval", "save_interval", "save_step", "savestep"} {
		a, ok := n.Attr(name)
		if x, err := strconv.ParseFloat(strings.TrimSpace(a.Value), 64); ok && err == nil && x > 0 {
			return x, a.Span(c.Sources), true
		}
	}
	return 0, n.Span(c.Sources), false
}

// Whole reports whether a number is whole, up to the rounding of a quotient of times.
func Whole(x float64) bool { return math.Abs(x-math.Round(x)) <= 1e-9*math.Max(1, math.Abs(x)) }

// check makes sure that there is a finite number of steps. A run that is not a
// whole number of steps long ends with the last step before its stop.
func (c *Clock) check(t *model.TimeSettings) {
	n := (t.Stop - t.Start) / t.Step
	switch {
	// The comparisons are negated so that they hold for NaN too.
	case !(t.Step > 0):
		c.Report(model.BadTime, t.KeySpans["step"], "", "the step must be more than 0, not %v", t.Step)
	case !(t.Stop > t.Start):
		c.Report(model.BadTime, t.KeySpans["stop"], "",
			"the model stops at %v, which is not after its start at %v", t.Stop, t.Start)
	case n > model.MaxSteps:
		c.Report(model.TooLarge, t.KeySpans["step"], "take a longer step",
			"a step of %v makes %.4g steps; at most %d are computed", t.Step, n, model.MaxSteps)
	case (t.Stop-t.Start)/t.Save+1 > model.MaxRows:
		c.Report(model.TooLarge, t.KeySpans["step"], "save less often",
			"the run makes %.4g rows; at most %d are kept", (t.Stop-t.Start)/t.Save+1, model.MaxRows)
	case n < 1:
		c.Report(model.BadTime, t.KeySpans["step"], "", "the step of %v is longer than the run", t.Step)
	case !Whole(n):
		stop := t.Start + math.Floor(n)*t.Step
		c.Warn(scan.Repaired, t.KeySpans["stop"], "", "the run ends at %v, with the last whole step before %v",
			stop, t.Stop)
		t.Stop = stop
	}
}
