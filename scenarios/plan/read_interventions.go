package plan

import (
	"slices"

	"weir/model/diagnostic"
	"weir/model/toml"
)

// interventions reads [intervention.x].
func (r *reader) interventions() {
	for _, t := range r.root.Tables("intervention") {
		r.set.Interventions = append(r.set.Interventions, r.intervention(t))
	}
}

// intervention reads one [intervention.x].
func (r *reader) intervention(t *toml.Table) *Intervention {
	i := &Intervention{
		ID: t.Name, Label: t.String("label"), About: t.String("about"), Owner: t.String("owner"),
		Source: t.String("source"), Caution: t.String("caution"), Cost: t.String("cost"), Span: t.Span,
	}
	if i.Label == "" {
		i.Label = spoken(t.Name)
	}
	if k := t.Refuse("pilot"); k != nil {
		r.notYet(k, "a small trial before the whole")
	}
	if len(t.Table("change").Keys()) == 0 {
		r.report(EmptyIntervention, t.Span, "add [intervention."+t.Name+".change.decision]",
			"intervention %s changes nothing", t.Name)
	}
	i.Changes = r.changes(t)
	t.Done(interventionShape)
	return i
}

// scenarios reads [scenario.x].
func (r *reader) scenarios() {
	for _, t := range r.root.Tables("scenario") {
		r.set.Scenarios = append(r.set.Scenarios, r.scenario(t))
	}
	switch n := len(r.set.Scenarios); {
	case n == 0:
		r.report(Nothing, r.root.Span, "add [scenario.x] with interventions = [\"…\"]",
			"the set has no scenario to compare")
	case n > MaxScenarios:
		r.report(TooMany, r.root.Span, "split the set",
			"the set has %d scenarios; at most %d are compared", n, MaxScenarios)
	}
	r.unused()
}

// scenario reads one [scenario.x], after all interventions.
func (r *reader) scenario(t *toml.Table) *Scenario {
	s := &Scenario{ID: t.Name, Label: t.String("label"), About: t.String("about"), Span: t.Span}
	texts := t.Texts("interventions")
	for _, text := range texts {
		r.part(s, text)
	}
	if t.Has("interventions") && len(texts) == 0 {
		r.report(EmptyScenario, t.At("interventions"),
			"no new decisions is always compared; take the scenario out", "scenario %s has no interventions", t.Name)
	}
	if s.Label == "" {
		s.Label = JointLabel(s)
	}
	r.overlaps(s)
	t.Done(scenarioShape)
	return s
}

// part adds the intervention of that name to a scenario.
func (r *reader) part(s *Scenario, text *toml.Text) {
	i := slices.IndexFunc(r.set.Interventions, func(i *Intervention) bool { return i.ID == text.Text })
	switch {
	case i < 0:
		r.unknownPart = true
		r.report(UnknownPart, text.Span, r.partHint(text.Text), "the set has no intervention %q", text.Text)
	case slices.Contains(s.Interventions, r.set.Interventions[i]):
		r.report(RepeatedPart, text.Span, "name it once", "intervention %s is in the scenario already", text.Text)
	default:
		s.Interventions = append(s.Interventions, r.set.Interventions[i])
	}
}

// partHint suggests the nearest intervention, or lists them.
func (r *reader) partHint(wrong string) string {
	var names []string
	for _, i := range r.set.Interventions {
		names = append(names, i.ID)
	}
	if near := diagnostic.Nearest(wrong, names); near != "" {
		return "did you mean " + near + "?"
	}
	if len(names) == 0 {
		return ""
	}
	return "there are " + shortList(names)
}

// unused warns of interventions that no scenario has. If a scenario names one that is unknown, it
// may mean any of them.
func (r *reader) unused() {
	if r.unknownPart {
		return
	}
	for _, i := range r.set.Interventions {
		used := slices.ContainsFunc(r.set.Scenarios,
			func(s *Scenario) bool { return slices.Contains(s.Interventions, i) })
		if !used {
			r.warn(UnusedPart, i.Span, "put it into a scenario", "no scenario has intervention %s", i.ID)
		}
	}
}

// labels reports two things that a reader could not tell apart.
func (r *reader) labels() {
	seen := map[string]diagnostic.Span{BaselineLabel: {}}
	for _, s := range r.set.Scenarios {
		r.label(seen, s.Label, s.Span)
	}
	seen = map[string]diagnostic.Span{}
	for _, o := range r.set.Outcomes {
		r.label(seen, o.Label, o.Span)
	}
	for _, c := range r.set.Charts {
		r.label(seen, c.Label, c.Span)
	}
	seen = map[string]diagnostic.Span{asWrittenLabel: {}}
	for _, w := range r.set.Worlds {
		r.label(seen, w.Label, w.Span)
	}
	seen = map[string]diagnostic.Span{}
	for _, i := range r.set.Interventions {
		r.label(seen, i.Label, i.Span)
	}
}

// label reports a label that is taken. Labels without a place in a file are weir's own.
func (r *reader) label(seen map[string]diagnostic.Span, label string, at diagnostic.Span) {
	if label == "" {
		return
	}
	first, again := seen[label]
	if !again {
		seen[label] = at
		return
	}
	d := diagnostic.Diagnostic{Code: SameLabel, Span: at, Message: "two things are called \"" +
		label + "\"", Hint: "give each a label of its own"}
	if first.File != "" {
		d.Related = []diagnostic.Related{{Span: first, Message: "the first one"}}
	}
	r.doc.Add(d)
}
