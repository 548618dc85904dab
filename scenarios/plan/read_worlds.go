package plan

import (
	"maps"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
)

// worlds reads [world.x]. It comes after assumptions, against which a world's values stand.
func (r *reader) worlds() {
	for _, t := range r.root.Tables("world") {
		w := r.world(t)
		for _, other := range r.set.Worlds {
			if r.sound() && !t.Damaged && len(w.Settings)+len(w.Lookups) > 0 && sameWorld(w, other) {
				r.doc.Add(diagnostic.Diagnostic{Code: SameWorld, Span: t.Span, Hint: "take one of the two out",
					Message: "the worlds " + other.ID + " and " + w.ID + " are the same",
					Related: []diagnostic.Related{{Span: other.Span, Message: "the first one"}}})
			}
		}
		r.set.Worlds = append(r.set.Worlds, w)
	}
	if n := len(r.set.Worlds); n > MaxWorlds {
		r.report(TooMany, r.root.At("world"), "split the set",
			"the set has %d worlds; at most %d are compared", n, MaxWorlds)
	}
}

// world reads one [world.x].
func (r *reader) world(t *toml.Table) *World {
	w := &World{ID: t.Name, Label: t.String("label"), About: t.String("about"), Source: t.String("source"),
		Span: t.Span}
	if w.Label == "" {
		w.Label = spoken(t.Name)
	}
	if t.Name == uncertainty.AsWritten {
		r.report(BadWorld, t.KeySpan, "give the world another name",
			"%s is the name of the model without a world", t.Name)
	}
	before := r.doc.Count()
	constants, lookups := t.Table("constant"), t.Table("lookup")
	for _, k := range constants.NamedKeys() {
		r.worldConstant(w, k)
	}
	for _, k := range lookups.NamedKeys() {
		r.worldLookup(w, k)
	}
	t.Done(worldShape)
	if r.doc.Count() == before {
		r.worldMoves(t, w)
		r.worldModel(w)
	}
	return w
}

// worldConstant reads one key of [world.x.constant].
func (r *reader) worldConstant(w *World, k toml.NamedKey) {
	if !k.In.Finite(k.Full, k.Value) || !r.sound() {
		return
	}
	v, ok := r.target(k.Full, k.Span, r.names(func(v *model.Variable) bool { return v.Kind == model.KindConstant }))
	switch {
	case !ok:
		return
	case v.variable.Kind == resolved.Decision:
		r.report(NotAnAssumption, k.Span, "put it into an intervention: a world is what nobody decides",
			"%s is a decision, not an assumption", v.variable.Name)
		return
	case v.variable.Kind != resolved.Constant:
		r.report(NotAnAssumption, k.Span, "change a constant that its equation uses",
			"%s is computed (%s); a world changes constants and lookups", v.variable.Name, v.declared.Kind)
		return
	}
	x, old, names := k.Value.Number, r.assumed(v.variable), element.All(v.variable.Over)
	if lo, hi := v.variable.Range[0], v.variable.Range[1]; v.variable.HasRange && !(lo <= x && x <= hi) {
		r.report(OutOfRange, k.Value.Span, "the model's range says what is possible; widen it there if this is",
			"%s is %v in this world; its range is %v to %v", v.name(), x, lo, hi)
		return
	}
	for _, c := range r.set.Assumptions {
		if r.set.sameNumber(c.Variable, v.name()) && !fromStart(c, r.set.Model.Time.Start) {
			r.report(BadWorld, k.Span, "take one of the two out",
				"[assumption.%s] changes it on a date, so a world cannot give it one value", c.Variable)
			return
		}
	}
	for _, i := range v.places {
		name := element.Join(v.variable.Name, names[i])
		if slices.ContainsFunc(w.Settings, func(s WorldSetting) bool { return s.Name == name }) {
			r.report(Overlap, k.Span, "name each element once", "%s has two values in this world", name)
			return
		}
		w.Settings = append(w.Settings, WorldSetting{Name: name, Value: x, Own: old[i], Span: k.Span})
	}
}

// assumed returns the values of a constant as the set's assumptions leave them at the start, by
// element.
func (r *reader) assumed(v *resolved.Variable) []float64 {
	values := element.Values(v)
	// As in a run, assumptions of fewer elements have the last word.
	list := slices.Clone(r.set.Assumptions)
	size := func(c model.Change) int {
		_, elements, _ := element.Split(c.Variable)
		return len(r.set.Resolved.Places(v, elements))
	}
	list = slices.DeleteFunc(list, func(c model.Change) bool {
		name, _, _ := element.Split(c.Variable)
		return name != v.Name || c.To == nil || !fromStart(c, r.set.Model.Time.Start)
	})
	slices.SortStableFunc(list, func(a, b model.Change) int { return size(b) - size(a) })
	for _, c := range list {
		_, elements, _ := element.Split(c.Variable)
		for _, i := range r.set.Resolved.Places(v, elements) {
			values[i] = *c.To
		}
	}
	return values
}

// worldLookup reads one key of [world.x.lookup]: the name of a shape, or points.
func (r *reader) worldLookup(w *World, k toml.NamedKey) {
	l := WorldLookup{Span: k.Span}
	switch k.Value.Kind {
	case toml.KindString:
		l.Shape = k.Value.Text.Text
	case toml.KindArray:
		if l.Points = model.ReadPoints(k.In, k.Value); l.Points == nil {
			return
		}
	default:
		r.report(toml.WrongType, k.Value.Span, "", "%s must be the name of a shape, or points, not %s", k.Full,
			k.Value.Kind)
		return
	}
	if !r.sound() {
		return
	}
	isLookup := func(v *model.Variable) bool { return v.Kind == model.KindLookup }
	v, elements := r.declaredVariable(k.Full, k.Span, r.names(isLookup))
	switch {
	case v == nil:
		return
	case !isLookup(v):
		r.report(NotALookup, k.Span, "a constant belongs into [world."+w.ID+".constant]",
			"%s is a %s, not a lookup", v.Name, v.Kind)
		return
	case elements != nil:
		r.report(WhichElement, k.Span, "write "+v.Name, "a world gives all elements of %s the same points", v.Name)
		return
	}
	l.Name = v.Name
	if l.Shape != "" && l.Shape != model.OwnShape {
		shape := v.Shape(l.Shape)
		if shape == nil {
			r.report(UnknownShape, k.Value.Span, shapeHint(v, l.Shape), "the lookup %s has no shape %q", v.Name,
				l.Shape)
			return
		}
		l.Points = shape.Points
	}
	w.Lookups = append(w.Lookups, l)
}

// shapeHint suggests the nearest shape of a lookup, or lists them.
func shapeHint(v *model.Variable, wrong string) string {
	names := []string{}
	for _, s := range v.Shapes {
		names = append(names, s.Name)
	}
	if near := didYouMean(wrong, names); near != "" {
		return near
	}
	if len(names) == 0 {
		return "add [lookup." + v.Name + ".shape." + wrong + "] to the model, or write the points here"
	}
	return "there are " + shortList(append(names, model.OwnShape))
}

// worldMoves reports a world that changes nothing, and warns of numbers in it that change
// nothing.
func (r *reader) worldMoves(t *toml.Table, w *World) {
	if !r.sound() {
		return
	}
	moves := false
	for _, x := range w.Settings {
		if x.Value == x.Own {
			r.warn(ChangesNothing, x.Span, "", "%s has that value already", x.Name)
		}
		moves = moves || x.Value != x.Own
	}
	for _, l := range w.Lookups {
		v := r.set.Model.Variable(l.Name)
		if l.Points != nil && len(v.Tables) == 0 && slices.Equal(l.Points, v.Points) {
			r.warn(ChangesNothing, l.Span, "", "%s has these points already", l.Name)
		} else {
			moves = moves || l.Points != nil
		}
	}
	if !moves {
		r.report(EmptyWorld, t.Span, "give constants under [world."+t.Name+".constant], lookups under [world."+t.Name+
			".lookup]", "the world %s is the model as written", t.Name)
	}
}

// worldModel checks the model with the points of a world.
func (r *reader) worldModel(w *World) {
	points := w.points()
	if len(points) == 0 || !r.sound() {
		return
	}
	checked, list := model.Check(r.set.Model.WithPoints(points))
	if w.resolved = checked; checked == nil {
		r.adopt(list)
	}
}

// sameWorld reports whether two worlds change the same to the same.
func sameWorld(a, b *World) bool {
	values := func(w *World) map[string]float64 {
		out := map[string]float64{}
		for _, x := range w.Settings {
			if x.Value != x.Own {
				out[x.Name] = x.Value
			}
		}
		return out
	}
	return maps.Equal(values(a), values(b)) && pointsKey(a.points()) == pointsKey(b.points())
}
