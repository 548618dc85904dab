package plan

import (
	"math"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/scenarios/internal/element"
)

// changes reads [intervention.x.change.decision].
func (r *reader) changes(t *toml.Table) []model.Change {
	var list []model.Change
	for _, k := range t.Named("change") {
		c := model.ReadChange(k, r.today(), model.ChangeShape)
		if r.sound() {
			if v, ok := r.decision(k, &c); ok {
				r.bounds(k, c, v)
			}
			r.dates(k, c)
		}
		list = append(list, c)
	}
	r.within(list)
	return list
}

// decision resolves the name of a change in an intervention.
func (r *reader) decision(t *toml.Table, c *model.Change) (target, bool) {
	v, ok := r.target(t.Name, t.KeySpan, r.names(func(v *model.Variable) bool { return v.Kind == model.KindDecision }))
	if !ok {
		return v, false
	}
	c.Variable = v.name()
	switch v.variable.Kind {
	case resolved.Decision:
		return v, true
	case resolved.Constant:
		declare := "declare it as a [decision]"
		if r.set.Model.Imported != nil {
			declare = "name it in decisions = [\"…\"], at the top of the set"
		}
		r.report(NotADecision, t.KeySpan,
			"put it under [assumption."+t.Name+"], which changes no new decisions too; or "+declare,
			"%s is a constant: that is an assumption, not something that an intervention decides", v.variable.Name)
	default:
		r.report(NotADecision, t.KeySpan, "let its equation use a decision and change that",
			"%s is %s, which is computed; only a decision can be changed", v.variable.Name,
			document.WithArticle(v.declared.Kind))
	}
	return v, false
}

// assumptions reads [assumption.x].
func (r *reader) assumptions() {
	for _, t := range r.root.Named("assumption") {
		start := math.Inf(-1)
		c := r.assumption(t, start)
		if r.sound() {
			if v, ok := r.constant(t, &c); ok {
				r.bounds(t, c, v)
			}
			if t.Has("start") || t.Has("over") || t.Has("until") {
				r.dates(t, c)
			}
		}
		r.set.Assumptions = append(r.set.Assumptions, c)
	}
	r.within(r.set.Assumptions)
}

// assumption reads one assumption: a new value, from the start of the run unless
// it says otherwise.
func (r *reader) assumption(t *toml.Table, start float64) model.Change {
	t.String("about")
	for _, key := range []string{"add", "times"} {
		if t.Has(key) {
			r.report(OnlyTo, t.At(key), "write to = …", "an assumption gives the value itself")
			t.Keys()
			return model.Change{Variable: t.Name, Start: start, Span: t.Span}
		}
	}
	if r.sound() {
		start = r.set.Model.Time.Start
	}
	return model.ReadChange(t, start, assumptionShape)
}

// constant resolves the name of an assumption.
func (r *reader) constant(t *toml.Table, c *model.Change) (target, bool) {
	v, ok := r.target(t.Name, t.KeySpan, r.names(func(v *model.Variable) bool { return v.Kind == model.KindConstant }))
	if !ok {
		return v, false
	}
	c.Variable = v.name()
	switch v.variable.Kind {
	case resolved.Constant:
		return v, true
	case resolved.Decision:
		r.report(NotAnAssumption, t.KeySpan, "put it into an intervention",
			"%s is a decision, not an assumption", v.variable.Name)
	default:
		r.report(NotAnAssumption, t.KeySpan, "change a constant that its equation uses",
			"%s is %s, which is computed; only a constant can be assumed", v.variable.Name,
			document.WithArticle(v.declared.Kind))
	}
	return v, false
}

// amountKey returns the key that gives the amount.
func amountKey(c model.Change) string {
	switch {
	case c.Add != nil:
		return "add"
	case c.Times != nil:
		return "times"
	}
	return "to"
}

// bounds reports a value outside the range that the model states, and a change
// that changes nothing.
func (r *reader) bounds(t *toml.Table, c model.Change, v target) {
	old := element.Values(v.variable)
	names := element.All(v.variable.Over)
	same := true
	for _, i := range v.places {
		now := Amount(c, old[i])
		same = same && now == old[i]
		if lo, hi := v.variable.Range[0], v.variable.Range[1]; v.variable.HasRange && !(lo <= now && now <= hi) {
			r.report(OutOfRange, t.At(amountKey(c)),
				"the model's range says what is possible; widen it there if this is",
				"%s becomes %v; its range is %v to %v", element.Join(v.variable.Name, names[i]), now, lo, hi)
			return
		}
	}
	if same && (c.To != nil || c.Add != nil || c.Times != nil) {
		r.warn(ChangesNothing, t.At(amountKey(c)), "", "%s has that value already", v.name())
	}
}

// dates checks the times of a change against each other and against the run.
func (r *reader) dates(t *toml.Table, c model.Change) {
	time := r.set.Model.Time
	switch {
	case c.Over < 0 || c.Until != nil && *c.Until <= c.Start: // reported already
	case c.Start < time.Start || c.Start >= time.Stop:
		r.report(OutsideRun, t.At("start"), "",
			"the change starts in %v; the run goes from %v to %v", c.Start, time.Start, time.Stop)
	case c.Start < r.set.Today():
		r.warn(BeforeToday, t.At("start"), "differences are counted from today on",
			"the change starts in %v, before today (%v)", c.Start, r.set.Today())
	case c.Until != nil && *c.Until < c.Start+c.Over:
		r.warn(RampCut, t.At("until"), "",
			"the change ends in %v, before its ramp is over in %v", *c.Until, c.Start+c.Over)
	case c.Start+c.Over > time.Stop:
		r.warn(RampCut, t.At("over"), "",
			"the run ends in %v, before the ramp is over in %v", time.Stop, c.Start+c.Over)
	}
}

// within reports changes of one list that move one number at one time.
func (r *reader) within(list []model.Change) {
	for i, b := range list {
		for _, a := range list[:i] {
			if r.set.Collide(a, b) {
				r.doc.Add(diagnostic.Diagnostic{
					Code: Overlap, Span: b.Span, Message: b.Variable + " is changed twice at the same time",
					Hint:    "give the elements apart, or let one end before the other starts",
					Related: []diagnostic.Related{{Span: a.Span, Message: "the first change"}},
				})
			}
		}
	}
}

// overlaps reports changes of different interventions of a scenario that move one
// number at one time.
func (r *reader) overlaps(s *Scenario) {
	for i, second := range s.Interventions {
		for _, first := range s.Interventions[:i] {
			r.clash(s, first, second)
		}
	}
}

// clash reports changes of two interventions that move one number at one time.
func (r *reader) clash(s *Scenario, first, second *Intervention) {
	for _, a := range first.Changes {
		for _, b := range second.Changes {
			if !r.set.Collide(a, b) {
				continue
			}
			r.doc.Add(diagnostic.Diagnostic{
				Code: Overlap, Span: s.Span, Hint: "let one end (until) before the other starts, or take one out",
				Message: "interventions " + first.ID + " and " +
					second.ID + " both change " + b.Variable + " at the same time",
				Related: []diagnostic.Related{{Span: a.Span, Message: first.ID}, {Span: b.Span, Message: second.ID}},
			})
		}
	}
}
