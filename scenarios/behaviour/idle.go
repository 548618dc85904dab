package behaviour

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// idle reports the changes of a run that leave the model as it is, by their numbers alone: a value
// that the model has already, an addition of 0, a factor of 1. The run of all of them
// is compared in standstill.
func (p *plan) idle(t *test, r *model.TestRun) {
	const hint = "give it another value, or take the change out of the test"
	for _, name := range slices.Sorted(maps.Keys(r.Set)) {
		if own, ok := p.own(name); ok && own == r.Set[name] {
			t.report(ChangesNothing, setSpan(r, name), hint, "%s is %s already: the test sets nothing", name, short(own))
		}
	}
	if len(r.Set) > 0 {
		return // a change on a date may return to the model's value
	}
	seen := map[string]bool{}
	for _, c := range r.Change {
		own, known := p.own(c.Variable)
		first := !seen[c.Variable]
		seen[c.Variable] = true
		switch {
		case c.Add != nil && *c.Add == 0, c.Times != nil && *c.Times == 1, known && first && c.To != nil && *c.To == own:
			t.report(ChangesNothing, c.Span, hint, "%s stays as it is: the test changes nothing", c.Variable)
		}
	}
}

// own returns the model's value of a constant or decision, or of an element. The result is false
// for elements with different values under one name, and for names that the model does not have.
func (p *plan) own(text string) (float64, bool) {
	name, elements, closed := element.Split(text)
	v := p.m.Variable(name)
	if v == nil || !closed || elements != nil || len(v.Value) != 1 || len(v.At) > 0 {
		return 0, false
	}
	return v.Value[0], true
}

// standstill returns why a test with changes has nothing to judge: its run has the bits of the
// unchanged one in everything but the changed values themselves. It is "" if the runs differ, and
// for tests that change the step, the end or the method, or nothing.
func (p *plan) standstill(t *test, all *runs) string {
	s := t.settings
	if len(s.Set)+len(s.Changes) == 0 || s.Step != nil || s.Stop != nil || s.Method != "" || all.base == nil {
		return ""
	}
	o := all.expect[label(s)]
	if o == nil || o.result == nil || !p.sameRows(o.result, all.base) {
		return ""
	}
	names := slices.Sorted(maps.Keys(s.Set))
	for _, c := range s.Changes {
		names = append(names, c.Variable)
	}
	slices.Sort(names)
	return fmt.Sprintf("changes nothing: with another %s every stock, flow and auxiliary stays as it is; "+
		"give a change that acts within the run", strings.Join(slices.Compact(names), ", "))
}

// sameRows reports whether two results of one program have equal bits in all columns but those of
// constants and decisions. NaN equals NaN.
func (p *plan) sameRows(a, b *sim.Result) bool {
	if len(a.Time) != len(b.Time) {
		return false
	}
	var columns []int
	for i, c := range a.Columns {
		if v := p.m.Variable(c.Variable); v != nil && v.Kind != model.KindConstant && v.Kind != model.KindDecision {
			columns = append(columns, i)
		}
	}
	for row := range a.Time {
		x, y := a.Row(row), b.Row(row)
		for _, i := range columns {
			if math.Float64bits(x[i]) != math.Float64bits(y[i]) {
				return false
			}
		}
	}
	return true
}

// idleClaim returns the failed claim of a test that changes nothing.
func idleClaim(at diagnostic.Span, message string) Claim {
	return Claim{Text: "the test's change", Message: message, Span: at}
}
