package behaviour

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/sim"
)

// finding judges one test by its runs. A test passes if all its claims do. One with a mistake has a
// single claim, which tells the first mistake.
func (p *plan) finding(t *test, all *runs) Finding {
	f := Finding{Test: t.decl.Name, About: t.decl.About, Span: t.decl.Span}
	if len(t.problems) > 0 {
		f.Claims = []Claim{failed(t.problems[0].Span, "", t.problems[0])}
		return f
	}
	if message := p.standstill(t, all); message != "" {
		f.Claims = []Claim{idleClaim(t.decl.Span, message)}
		return f
	}
	f.Claims = append(f.Claims, t.found...)
	for _, e := range t.expect {
		if t.drawn == nil && t.matrix == nil {
			others := map[string]*outcome{"base": {result: all.base}}
			for name, s := range t.others {
				others[name] = all.expect[label(s)]
			}
			f.Claims = append(f.Claims, p.expected(e, t.decl, all.expect[label(t.settings)], others))
		}
	}
	if t.decl.SameAs != nil {
		f.Claims = append(f.Claims, p.same(t, all.expect[label(t.settings)]))
	}
	for _, name := range t.conserve {
		f.Claims = append(f.Claims, p.conserved(name, t, all))
	}
	f.Pass = true
	for _, c := range f.Claims {
		f.Pass = f.Pass && c.Pass
	}
	return f
}

// failed returns a check that could not be made.
func failed(at diagnostic.Span, text string, d diagnostic.Diagnostic) Claim {
	message := "cannot be computed: " + d.Message
	if d.Hint != "" {
		message += " (" + d.Hint + ")"
	}
	return Claim{Text: text, Message: message, Span: at}
}

// conserved judges the mass balance of one stock. A run that stopped early fails, even if all
// balances up to then.
func (p *plan) conserved(name string, t *test, all *runs) Claim {
	o := all.conserve[label(t.settings)]
	c := Claim{Text: "conserve " + name}
	switch {
	case o.err != nil:
		c.Message = "the run stopped: " + o.err.Error()
	case o.result.NonFinite != nil:
		c.Message = "the run stopped" + stopped(o.result)
	default:
		c = p.balance(name, all.ledger, o.result)
	}
	c.Span = t.decl.Span
	return c
}

// expected judges one expectation in a run of its test. It fails too if one of the others, "base"
// and the test's further runs, stopped with an error, since there is nothing to compare with.
func (p *plan) expected(e *expectation, decl *model.Test, o *outcome, others map[string]*outcome) Claim {
	c := Claim{Text: e.text.Text, Span: e.text.Span}
	switch problems := e.allProblems(); {
	case len(problems) > 0:
		return failed(problems[0].Span, e.text.Text, problems[0])
	case e.root == nil:
		c.Message = "cannot be computed: it is not an equation"
		return c
	case o.err != nil:
		c.Message = "the run stopped: " + o.err.Error()
		return c
	case others["base"].result == nil:
		c.Message = "the unchanged model cannot be run"
		return c
	}
	results := map[string]*sim.Result{}
	for _, name := range slices.Sorted(maps.Keys(others)) {
		if err := others[name].err; err != nil {
			c.Message = "the run " + name + " stopped: " + err.Error()
			return c
		}
		results[name] = others[name].result
	}
	j := &judge{evaluator{run: o.result, others: results, over: e.over,
		known: map[key]float64{}, inside: map[*reduce]picksOver{}}, e, decl}
	return j.judge(c)
}

// A judge looks for the first time and element at which an expectation fails.
type judge struct {
	evaluator
	e    *expectation
	decl *model.Test
}

// judge completes a claim with its verdict and numbers. The message of one that fails is about the
// first failure; of one that holds, about the time and element at which it came closest to failing.
func (j *judge) judge(c Claim) Claim {
	times := j.within()
	if len(times) == 0 {
		c.Message = "no saved time is in the time it looks at" + stopped(j.run)
		return c
	}
	closest, margin := frame{}, math.Inf(1)
	picks := (&pick{}).picks(j.over)
	for _, t := range times {
		for _, p := range picks {
			f := frame{time: t, pick: p}
			if v := j.value(j.e.root, f); v == 0 || math.IsNaN(v) || j.undefined(f) {
				return j.describe(c, f, false)
			}
			if m := j.margin(f); m <= margin {
				closest, margin = f, m
			}
		}
	}
	if x := j.run.NonFinite; x != nil && j.interval().to > x.Time {
		c.Message = "holds only until the run stops" + stopped(j.run)
		return c
	}
	return j.describe(c, closest, true)
}

// stopped says where a run ended before its time, "" if it did not.
func stopped(r *sim.Result) string {
	if x := r.NonFinite; x != nil {
		return fmt.Sprintf(": %s is %v at %s", x.Variable, x.Value, short(x.Time))
	}
	return ""
}

// margin returns the size by which a comparison holds, relative to its sides; 0 for what is
// none, so that the last frame counts as the closest. It is between 0 and 1 for sides of one sign.
func (j *judge) margin(f frame) float64 {
	a, ok := j.decisive(j.e.root, f, true).(*apply)
	if !ok || len(a.args) != 2 || !comparison(a.op) {
		return 0
	}
	l, r := j.value(a.args[0], f), j.value(a.args[1], f)
	if l == r {
		return 0
	}
	return math.Abs(l-r) / (math.Abs(l) + math.Abs(r))
}

// within returns the saved times at which the expectation must hold; the first of them
// for one that does not change over the run.
func (j *judge) within() []float64 {
	in := j.interval()
	var times []float64
	for _, t := range j.run.Time {
		if in.holds(t) {
			times = append(times, t)
		}
	}
	if j.e.root.steady() && len(times) > 0 {
		times = times[:1]
	}
	return times
}

// interval returns the test's from and to.
func (j *judge) interval() interval {
	in := interval{math.Inf(-1), math.Inf(1)}
	if j.decl.From != nil {
		in.from = *j.decl.From
	}
	if j.decl.To != nil {
		in.to = *j.decl.To
	}
	return in
}

// undefined reports a true comparison with NaN in it, such as NaN <> 1. All other comparisons with
// NaN are false already.
func (j *judge) undefined(f frame) bool {
	a, ok := j.e.root.(*apply)
	if !ok || a.op != resolved.Ne {
		return false
	}
	return math.IsNaN(j.value(a.args[0], f)) || math.IsNaN(j.value(a.args[1], f))
}

// describe writes the finding at a frame. At is nil for an expectation that does not change over
// the run.
func (j *judge) describe(c Claim, f frame, pass bool) Claim {
	n := j.decisive(j.e.root, f, pass)
	c.Pass, c.Element = pass, elementText(f.pick.of(axes(n)))
	if !n.steady() {
		c.At = &f.time
	}
	a, ok := n.(*apply)
	if !ok || len(a.args) != 2 || !comparison(a.op) {
		c.Message = "is " + j.words(n, f) + where(c)
		return c
	}
	c.Compared = true
	c.Left, c.Right = j.value(a.args[0], f), j.value(a.args[1], f)
	verb := " is not "
	if pass {
		verb = " is "
	}
	c.Message = j.words(a.args[0], f) + verb + a.sign + " " + j.words(a.args[1], f) + where(c) + j.notFinite(c)
	return c
}

// decisive returns the comparison that makes an and fail, or the last one that holds. It looks into
// both sides of each and, however deep.
func (j *judge) decisive(n node, f frame, pass bool) node {
	a, ok := n.(*apply)
	if !ok || a.op != resolved.And {
		return n
	}
	if v := j.value(a.args[0], f); !pass && (v == 0 || math.IsNaN(v)) {
		return j.decisive(a.args[0], f, pass)
	}
	return j.decisive(a.args[1], f, pass)
}

// comparison reports whether an operation compares two numbers.
func comparison(op resolved.Op) bool { return op >= resolved.Lt && op <= resolved.Ne }

// words returns a side of a comparison with its value: "students = 12.3". A number alone is its own
// value and is not written twice.
func (j *judge) words(n node, f frame) string {
	value := short(j.value(n, f))
	if _, ok := n.(*number); ok {
		return value
	}
	at := n.place()
	return strings.Join(strings.Fields(j.e.text.Text[at.Start:at.End]), " ") + " = " + value
}

// where names the element and the time of a check.
func where(c Claim) string {
	text := ""
	if c.Element != "" {
		text = " for " + c.Element
	}
	return text + when(c.At)
}

// when writes the time of a finding, "" if it is not about single times.
func when(t *float64) string {
	if t == nil {
		return ""
	}
	return " at " + short(*t)
}

// notFinite says where a NaN came from, if one is in the comparison.
func (j *judge) notFinite(c Claim) string {
	if c.Pass || !math.IsNaN(c.Left) && !math.IsNaN(c.Right) {
		return ""
	}
	if j.run.NonFinite != nil {
		return stopped(j.run)
	}
	for _, name := range slices.Sorted(maps.Keys(j.others)) {
		if r := j.others[name]; r.NonFinite != nil {
			return stopped(r)
		}
	}
	return "; a number that is not there: outside the run, or without data"
}

// elementText writes elements as in brackets.
func elementText(e []string) string { return strings.Join(e, ", ") }

// short writes a number with up to six significant digits, years whole.
func short(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e9 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}
