package behaviour

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/function"
	"weir/scenarios"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// test prepares one table. Mistakes do not stop it: they are kept with the test, whose finding then
// tells the first.
func (p *plan) test(t *model.Test) *test {
	out := &test{decl: t, others: map[string]sim.Settings{}}
	for _, text := range t.Expect {
		text = writtenOut(text)
		out.expect = append(out.expect, p.expectation(text, t.Runs))
		p.judge(t, text)
	}
	out.settings = p.settings(out, &t.TestRun)
	p.idle(out, &t.TestRun)
	for _, r := range t.Runs {
		p.mayBeRun(out, r) // a run to compare with may be the model as it is, at the test's step
		out.others[r.Name] = p.settings(out, r)
	}
	for _, name := range t.Conserve {
		p.stock(out, name)
	}
	out.sameAs(p)
	p.dates(out)
	return out
}

// settings returns those of one of a test's runs. Step, stop and method are the test's. Names are
// taken in alphabetical order, so that mistakes come in the same order each time.
func (p *plan) settings(t *test, r *model.TestRun) sim.Settings {
	s := sim.Settings{Set: map[string]float64{}, Method: t.decl.Method, Step: t.decl.Step, Stop: t.decl.Stop}
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		if full, ok := p.changeable(t, name, setSpan(r, name)); ok {
			s.Set[full] = r.Set[name]
		}
	}
	for _, c := range r.Change {
		if full, ok := p.changeable(t, c.Variable, c.Span); ok {
			c.Variable = full
			s.Changes = append(s.Changes, scenarios.Dated(c))
			p.vary(full)
		}
	}
	return s
}

// mayBeRun reports a run whose name means something else in an expectation.
func (p *plan) mayBeRun(t *test, r *model.TestRun) {
	own := slices.ContainsFunc(p.m.Functions, func(f *document.Function) bool { return f.Name == r.Name })
	if own || findFunction(r.Name) != nil || function.Find(r.Name) != nil || p.m.Variable(r.Name) != nil {
		t.report(RunName, r.Span, "give the run another name, as in planned",
			"%s is a function or a variable already", r.Name)
	}
}

// setSpan returns the place at which a run sets a name.
func setSpan(r *model.TestRun, name string) diagnostic.Span {
	if at, ok := r.SetSpans[name]; ok {
		return at
	}
	return r.Span
}

// report adds a mistake of one test; the others still run.
func (t *test) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	t.problems = append(t.problems, diagnostic.Diagnostic{Code: code,
		Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// changeable finds the constant or decision of a name and gives the name as a run
// takes it. The second result is false after a mistake, which is reported. Elements get the
// spelling of the dimension.
func (p *plan) changeable(t *test, text string, at diagnostic.Span) (string, bool) {
	name, elements, closed := element.Split(text)
	v := p.m.Variable(name)
	switch {
	case v == nil || !closed:
		t.report(model.UnknownName, at, p.variableHint(name), "the model has no variable %q", text)
		return "", false
	case v.Kind != model.KindConstant && v.Kind != model.KindDecision:
		t.report(model.UnknownName, at, "change a constant or decision that it depends on",
			"%s is %s; a test changes constants and decisions", name, document.WithArticle(v.Kind))
		return "", false
	case elements == nil:
		return name, true
	case len(elements) != len(v.Over):
		t.report(model.SubscriptCount, at, "",
			"%s has %d dimensions, but %d elements are named", name, len(v.Over), len(elements))
		return "", false
	}
	for i, e := range elements {
		a := p.dims[v.Over[i]]
		if elements[i] = p.chosen(a, e); elements[i] == "" {
			t.report(model.UnknownElement, at, nearHint(e, a.elements), "%q is not an element of %s", e, a.name)
			return "", false
		}
	}
	return element.Join(name, elements), true
}

// chosen returns an element, a subrange or * as a run takes it, "" if it is none of an axis. A
// subrange counts only if all its elements are in the axis.
func (p *plan) chosen(a axis, text string) string {
	if k := element.Find(a.elements, text); k >= 0 {
		return a.elements[k]
	}
	for _, other := range p.dims {
		inside := func(e string) bool { return element.Find(a.elements, e) >= 0 }
		if strings.EqualFold(other.name, text) &&
			!slices.ContainsFunc(other.elements, func(e string) bool { return !inside(e) }) {
			return other.name
		}
	}
	if text == "*" {
		return text
	}
	return ""
}

// variableHint suggests a constant or decision.
func (p *plan) variableHint(wrong string) string {
	var names []string
	for _, v := range p.m.Variables {
		if v.Kind == model.KindConstant || v.Kind == model.KindDecision {
			names = append(names, v.Name)
		}
	}
	return nearHint(wrong, names)
}

// nearHint returns the hint with the nearest name, "" if none is near.
func nearHint(wrong string, among []string) string {
	if near := diagnostic.Nearest(wrong, among); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// vary notes a constant that changes during a run. Decisions always may. A program takes constants
// that do not change as fixed, so it must know these when it is compiled.
func (p *plan) vary(full string) {
	name, _, _ := element.Split(full)
	if p.m.Variable(name).Kind == model.KindConstant && !slices.Contains(p.varying, name) {
		p.varying = append(p.varying, name)
	}
}

// stock notes a stock whose mass must balance.
func (p *plan) stock(t *test, name string) {
	v := p.m.Variable(name)
	switch {
	case v == nil:
		t.report(model.UnknownName, t.decl.ConserveSpan, nearHint(name, p.stocks()),
			"the model has no stock %q to conserve", name)
	case v.Kind != model.KindStock:
		t.report(model.UnknownName, t.decl.ConserveSpan, "",
			"%s is %s; only a stock conserves what flows", name, document.WithArticle(v.Kind))
	default:
		t.conserve = append(t.conserve, name)
	}
}

// stocks returns the names of all stocks, for hints.
func (p *plan) stocks() []string {
	var names []string
	for _, v := range p.m.Variables {
		if v.Kind == model.KindStock {
			names = append(names, v.Name)
		}
	}
	return names
}

// dates reports a test that looks at no time of its run.
func (p *plan) dates(t *test) {
	stop := p.m.Time.Stop
	if t.decl.Stop != nil {
		stop = *t.decl.Stop
	}
	if from := t.decl.From; from != nil && *from > stop {
		t.report(OutsideRun, t.decl.Span, "", "the test looks at times from %v on, but its run ends in %v", *from, stop)
	}
	if to := t.decl.To; to != nil && *to < p.m.Time.Start {
		t.report(OutsideRun, t.decl.Span, "",
			"the test looks at times up to %v, but its run starts in %v", *to, p.m.Time.Start)
	}
	runs := append([]*model.TestRun{&t.decl.TestRun}, t.decl.Runs...)
	for _, r := range runs {
		for _, c := range r.Change {
			if c.Start >= stop && !p.m.Broken { // the clock of a broken model may be any
				t.report(OutsideRun, c.Span, "", "%s changes in %v, when the run has ended in %v", c.Variable, c.Start, stop)
			}
		}
	}
	if len(t.decl.Expect) == 0 && len(t.decl.Conserve) == 0 && t.decl.SameAs == nil && !t.decl.Broken {
		t.report(ExpectsNothing, t.decl.Span, `add expect = "…", or conserve = true`,
			"test %s expects nothing", t.decl.Name)
	}
}

// runs holds the simulated results: by settings, for expectations and for mass balance.
type runs struct {
	base     *sim.Result // the unchanged one; nil if it could not be run
	expect   map[string]*outcome
	conserve map[string]*outcome
	ledger   *ledger
}

// An outcome is a run, or why there is none.
type outcome struct {
	result *sim.Result
	err    error
}

// label returns the same for equal settings. Maps are printed in the order of their keys.
func label(s sim.Settings) string {
	return fmt.Sprintf("%v %v %v %v %q", s.Set, s.Changes, s.Step, s.Stop, s.Method)
}

// runs simulates everything that the tests need, each different settings once. progress may be nil;
// otherwise it gets the share that is done, from 0 to 1. A single run that fails is no error: its
// outcome says so.
func (p *plan) runs(ctx context.Context, progress func(float64)) (*runs, error) {
	if p.checked == nil {
		return nil, errors.New("the model has mistakes; weir check lists them")
	}
	program, err := sim.Compile(p.checked, p.varying...)
	if err != nil {
		return nil, err
	}
	out := &runs{expect: map[string]*outcome{}, conserve: map[string]*outcome{}}
	balance, err := p.balances(out)
	if err != nil {
		return nil, err
	}
	w := p.queue(program, balance, out)
	if err = simulate(ctx, w, progress); err != nil {
		return nil, err
	}
	for _, t := range p.tests {
		switch {
		case len(t.problems) > 0:
		case t.drawn != nil:
			t.drawn.program = program
			t.found, err = t.drawn.claims(ctx, progress)
		case t.matrix != nil:
			t.found, err = p.extreme(ctx, t, program, progress)
		}
		if err != nil {
			return nil, err
		}
	}
	out.base = out.expect[label(sim.Settings{Set: map[string]float64{}})].result
	return out, nil
}

// balances compiles the copy that adds up flows; nil if no test asks for it.
func (p *plan) balances(out *runs) (*sim.Program, error) {
	if !slices.ContainsFunc(p.tests, func(t *test) bool { return len(t.conserve) > 0 }) {
		return nil, nil
	}
	out.ledger = p.newLedger()
	r, list := model.Resolve(out.ledger.copied)
	if r == nil {
		return nil, fmt.Errorf("the model cannot be balanced: %s", firstError(list))
	}
	return sim.Compile(r, p.varying...)
}

// firstError returns the message of the first error of a list.
func firstError(list diagnostic.List) string {
	for _, d := range list {
		if d.Severity == diagnostic.Error {
			return d.Message
		}
	}
	return ""
}

// A task is one simulation.
type task struct {
	program  *sim.Program
	settings sim.Settings
	into     *outcome
}

// queue lists the simulations, the unchanged one first. Equal settings share an outcome. Tests with
// mistakes are left out.
func (p *plan) queue(program, balance *sim.Program, out *runs) []task {
	var tasks []task
	add := func(program *sim.Program, s sim.Settings, known map[string]*outcome) {
		if known[label(s)] == nil {
			o := &outcome{}
			known[label(s)] = o
			tasks = append(tasks, task{program, s, o})
		}
	}
	add(program, sim.Settings{Set: map[string]float64{}}, out.expect)
	for _, t := range p.tests {
		if len(t.problems) > 0 {
			continue
		}
		if len(t.expect) > 0 || t.decl.SameAs != nil {
			add(program, t.settings, out.expect)
			for _, name := range slices.Sorted(maps.Keys(t.others)) {
				add(program, t.others[name], out.expect)
			}
		}
		if len(t.settings.Set)+len(t.settings.Changes) > 0 {
			add(program, t.settings, out.expect) // standstill compares it with the unchanged one
		}
		if len(t.conserve) > 0 {
			add(balance, t.settings, out.conserve)
		}
	}
	return tasks
}

// simulate does the tasks. A run that fails says so in its outcome; only the
// context ends the work.
func simulate(ctx context.Context, tasks []task, progress func(float64)) error {
	for i, t := range tasks {
		if progress != nil {
			progress(float64(i) / float64(len(tasks)))
			t.settings.Progress = func(done float64) { progress((float64(i) + done) / float64(len(tasks))) }
		}
		t.into.result, t.into.err = t.program.Run(ctx, t.settings)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if t.into.err != nil {
			t.into.result = nil
		}
	}
	return nil
}
