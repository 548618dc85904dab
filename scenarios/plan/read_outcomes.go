package plan

import (
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/scenarios/internal/element"
)

// outcomes reads [outcome.x].
func (r *reader) outcomes() {
	for _, t := range r.root.Tables("outcome") {
		r.set.Outcomes = append(r.set.Outcomes, r.outcome(t))
	}
	if len(r.set.Outcomes) == 0 {
		r.report(Nothing, r.root.Span, "add [outcome.x] with variable and better",
			"the set has no outcome by which to compare")
	}
	r.oneCost()
}

// outcome reads one [outcome.x].
func (r *reader) outcome(t *toml.Table) *Outcome {
	o := &Outcome{
		ID: t.Name, Label: t.String("label"), About: t.String("about"), Unit: t.String("unit"), Span: t.Span,
		Better: Better(t.OneOf("better", string(Higher), string(Lower))), Index: t.Bool("index"),
	}
	o.Cost = t.Bool("cost")
	if d, ok := t.Number("discount"); ok {
		o.Discount = d
		o.Cost = o.Cost || !t.Has("cost")
	}
	r.costs(t, o)
	r.measure(t, o)
	r.quantity(t, &o.Variable, &o.Label, &o.Unit)
	if r.sound() {
		o.clock = strings.TrimSuffix(r.set.Model.Time.Unit, "s") + "s"
	}
	if words := measured[o.Measure.Kind]; words != "" && !t.Has("label") && o.Label != "" {
		o.Label += ", " + words
	}
	o.History = r.history(t)
	t.Done(outcomeShape)
	return o
}

// measure reads which number of an outcome's course is judged, with the keys that belong to
// it.
func (r *reader) measure(t *toml.Table, o *Outcome) {
	m := &o.Measure
	if m.Kind = MeasureKind(t.OneOf("measure", measureKinds...)); m.Kind == "" {
		m.Kind = AtEnd
	}
	if o.Cost && m.Kind != AtEnd {
		r.report(BadMeasure, t.At("measure"), "leave it out, or judge an amount: cost = false",
			"a cost is judged by its sum since today")
	}
	for key, kind := range map[string]MeasureKind{"at": AtEnd, "level": TimeToReach, "within": TimeToSettle} {
		if t.Has(key) && m.Kind != kind {
			r.report(BadMeasure, t.At(key), "leave it out, or write measure = \""+string(kind)+"\"",
				"%s belongs to measure = %q, not to %q", key, kind, m.Kind)
		}
	}
	if x, ok := t.Number("at"); ok {
		m.At = &x
		if r.sound() && (x <= r.today() || x > r.set.Model.Time.Stop) {
			r.report(BadMeasure, t.At("at"), "",
				"the outcome is judged at %v; the run goes from today, %v, to %v", x, r.today(), r.set.Model.Time.Stop)
		}
	}
	level, ok := t.Number("level")
	if m.Level = level; m.Kind == TimeToReach && !ok && !t.Has("level") {
		r.report(BadMeasure, t.At("measure"), "add level = …", "nothing says which value is to be reached")
	}
	if x, ok := t.Number("within"); ok {
		m.Within = &x
		if x <= 0 {
			r.report(BadMeasure, t.At("within"), "", "within is a distance above 0, not %v", x)
		}
	}
}

// costs checks the keys of a cost outcome. A discount makes a cost.
func (r *reader) costs(t *toml.Table, o *Outcome) {
	switch {
	case o.Cost && o.Better == Higher:
		r.report(BadCost, t.At("better"), "write better = \"lower\", or leave it out", "a cost is better lower")
	case o.Cost && o.Index:
		r.report(BadCost, t.At("index"), "leave one of the two out", "an outcome is not both a cost and an index")
	case !o.Cost && t.Has("discount"):
		r.report(BadCost, t.At("discount"), "leave it out, or write cost = true",
			"a discount is for a cost: it weighs a sum over time")
	case !o.Cost && !t.Has("better"):
		r.report(NoDirection, t.Span, "add better = \"higher\" or better = \"lower\"",
			"outcome %s does not say which direction is wanted", t.Name)
	}
	if o.Discount < 0 || o.Discount >= 1 {
		r.report(BadCost, t.At("discount"), "a share of a year's value, from 0 on: 3 percent a year is 0.03",
			"a discount of %v a year is not plausible", o.Discount)
	}
	if o.Cost {
		o.Better = Lower
	}
	if r.sound() && o.Discount != 0 {
		if _, ok := yearsPerUnit(r.set.Model.Time.Unit); !ok {
			r.report(BadCost, t.At("discount"), "use year, month, week or day as time.unit",
				"a discount is by the year; how long is a %q, the model's time unit?", r.set.Model.Time.Unit)
		}
	}
}

// oneCost allows one cost outcome: the cost of a unit must have one answer.
func (r *reader) oneCost() {
	var first *Outcome
	for _, o := range r.set.Outcomes {
		switch {
		case !o.Cost:
		case first == nil:
			first = o
		default:
			r.doc.Add(diagnostic.Diagnostic{
				Code: BadCost, Span: o.Span, Message: "a set has one cost outcome, " + o.ID + " is the second",
				Hint:    "add the two up in the model, or judge one of them as an amount: cost = false",
				Related: []diagnostic.Related{{Span: first.Span, Message: "the first one"}},
			})
		}
	}
}

// quantity reads variable, and fills label and unit from the model where the set
// gives none.
func (r *reader) quantity(t *toml.Table, variable, label, unit *string) {
	text := r.needed(t, "variable")
	if text == "" || !r.sound() {
		return
	}
	at := t.At("variable")
	v, ok := r.target(text, at,
		r.names(func(v *model.Variable) bool { return v.Kind != model.KindLookup && v.Kind != model.KindData }))
	if !ok || !r.single(v, at) {
		return
	}
	*variable = v.name()
	if *label == "" {
		*label = element.Label(v.variable.Label, v.elements)
	}
	if !t.Has("unit") {
		*unit = r.set.Plural(v.variable.Unit)
	}
	if t.Name != "" && r.isCost(t) && v.variable.Kind == resolved.Stock {
		r.report(BadCost, at, "name the flow that fills it",
			"a cost is a rate of spending, which is added up over time; %s is a stock", v.variable.Name)
	}
}

// isCost reports whether a table says that it is a cost; a discount says so, too.
func (r *reader) isCost(t *toml.Table) bool { return t.Bool("cost") || t.Has("discount") }

// history reads the data variable of an outcome.
func (r *reader) history(t *toml.Table) string {
	text := t.String("history")
	if text == "" || !r.sound() {
		return ""
	}
	at := t.At("history")
	v, elements := r.declaredVariable(text, at,
		r.names(func(v *model.Variable) bool { return v.Kind == model.KindData }))
	if v == nil {
		return ""
	}
	if v.Kind != model.KindData {
		r.report(NotData, at, "name a [data.x] of the model", "%s is %s, not recorded data", v.Name, document.WithArticle(v.Kind))
		return ""
	}
	over := element.Dimensions(r.set.Model, v.Over)
	named, places, ok := r.places(v.Name, over, elements, at)
	if ok && len(places) > 1 {
		r.report(WhichElement, at, "name one, as "+element.Join(v.Name, element.All(over)[0]),
			"%s holds a series for each element; one is wanted here", v.Name)
		return ""
	}
	return element.Join(v.Name, named)
}

// charts reads [chart.x].
func (r *reader) charts() {
	for _, t := range r.root.Tables("chart") {
		c := &Chart{ID: t.Name, Label: t.String("label"),
			About: t.String("about"), Unit: t.String("unit"), Span: t.Span}
		r.quantity(t, &c.Variable, &c.Label, &c.Unit)
		t.Done(chartShape)
		r.set.Charts = append(r.set.Charts, c)
	}
	if n := len(r.set.Outcomes) + len(r.set.Charts); n > MaxSeries {
		r.report(TooMany, r.root.Span, "keep those that a reader needs",
			"the set has %d outcomes and charts; at most %d are drawn", n, MaxSeries)
	}
}
