package read

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/function"
	"weir/model/keys"
	"weir/model/toml"
)

// readViews reads every [view.x], and takes from the views of modules the variables that the
// model leaves out. The model's own views come before those of modules, whose places of retired
// variables are taken out first.
func readViews(r *reader) {
	known := r.m.ByName()
	for _, v := range r.m.Views {
		keepPlaced(v, func(name string) bool { return known[name] != nil || function.IsClock(name) })
	}
	var own []*document.View
	for _, t := range r.root.Tables("view") {
		q := &viewReader{reader: r, t: t, known: known, keys: map[string]diagnostic.Span{}, gone: map[string]bool{}}
		q.v = &document.View{Name: t.Name, Label: t.String("label"), Span: t.Span}
		q.read()
		t.Done(keys.View)
		own = append(own, q.v)
	}
	r.m.Views = append(own, r.m.Views...)
}

// A viewReader reads one view.
type viewReader struct {
	*reader
	t     *toml.Table
	v     *document.View
	known map[string]*document.Variable
	keys  map[string]diagnostic.Span // of places and modules so far
	gone  map[string]bool            // reported keys: arrows to them are not reported again
}

func (q *viewReader) read() {
	q.placesIn("at", false)
	q.placesIn("ghost", true)
	q.boxes(document.BoxModule)
	q.boxes(document.BoxGroup)
	for _, k := range q.t.Table("pipe").NamedKeys() {
		if points := q.points(k.Value, 2); points != nil && q.has(k.Full, k.Span) {
			q.v.Pipes = append(q.v.Pipes, document.Pipe{Flow: k.Full, Points: points, Span: k.Value.Span})
		}
	}
	for _, t := range q.rows("arrows", "{ from = \"births\", to = \"population\" }") {
		q.arrow(t)
		t.Done(keys.Arrow)
	}
	for _, t := range q.rows("notes", "{ text = \"Families\", at = [100, 50] }") {
		n := document.Note{Text: t.String("text"), Span: t.Span}
		if at := t.Value("at"); at != nil && q.rectangle(at, at.Items, &n.X, &n.Y, &n.Width, &n.Height) {
			q.v.Notes = append(q.v.Notes, n)
		}
		t.Done(keys.Note)
	}
}

// rows returns the tables in a list.
func (q *viewReader) rows(key, form string) []*toml.Table {
	x := q.t.Value(key)
	if x == nil {
		return nil
	}
	var out []*toml.Table
	for _, item := range x.Items {
		if item.Kind == toml.KindTable {
			out = append(out, item.Table)
		}
	}
	if x.Kind != toml.KindArray || len(out) < len(x.Items) {
		q.report(code.WrongType, x.Span, "for example "+key+" = ["+form+"]", "%s is a list of tables", key)
	}
	return out
}

// placesIn reads a table of places.
func (q *viewReader) placesIn(table string, ghost bool) {
	for _, k := range q.t.Table(table).NamedKeys() {
		p := document.Place{Key: k.Full, Ghost: ghost, Span: k.Value.Span}
		items := k.Value.Items
		if n := len(items); n > 0 && items[n-1].Kind == toml.KindString {
			p.Side = q.side(items[n-1])
			items = items[:n-1]
		}
		if !q.rectangle(k.Value, items, &p.X, &p.Y, &p.Width, &p.Height) {
			q.gone[k.Full] = true
			continue
		}
		if q.claims(k.Full, k.Span) && q.isVariable(k.Full, k.Span) {
			q.v.Places = append(q.v.Places, p)
		}
	}
}

// side returns the side of a place on which its name is; "" after a report.
func (q *viewReader) side(x *toml.Value) string {
	if slices.Contains(document.Sides, x.Text.Text) {
		return x.Text.Text
	}
	hint := q.didYouMean("side", x.Text.Text, document.Sides)
	if hint == "" {
		hint = "one of " + strings.Join(document.Sides, ", ")
	}
	q.report(code.BadValue, x.Span, hint, "%q is not a side of a symbol", x.Text.Text)
	return ""
}

// boxes reads [view.x.module] or [view.x.group]. The name of a group is free text and may be that
// of a variable; that of a module takes its key like a place.
func (q *viewReader) boxes(kind document.BoxKind) {
	for _, k := range q.t.Table(string(kind)).Keys() {
		b := document.Box{Kind: kind, Name: k.Name, Span: k.Value.Span}
		if !q.rectangle(k.Value, k.Value.Items, &b.X, &b.Y, &b.Width, &b.Height) {
			q.gone[k.Name] = true
		} else if kind == document.BoxGroup || q.claims(k.Name, k.Span) {
			q.v.Boxes = append(q.v.Boxes, b)
		}
	}
}

// claims takes a key. It returns false, after a report, if another place has it.
func (q *viewReader) claims(key string, at diagnostic.Span) bool {
	first, taken := q.keys[key]
	if taken {
		q.report(code.DuplicatePlace, at, fmt.Sprintf("call the second one %q", key+"#2"),
			"%s has two places in one view", key)
		q.doc.Relate(first, "the first is here")
		return false
	}
	q.keys[key] = at
	return true
}

// isVariable reports whether a place is one of a variable, with a warning if not. It is no
// error, since only the diagram lacks the place.
func (q *viewReader) isVariable(key string, at diagnostic.Span) bool {
	name := document.Placed(key)
	if q.known[name] != nil || function.IsClock(name) {
		return true
	}
	q.gone[key] = true
	if q.inBroken(name) || q.m.LeftOut(name) != "" {
		return false
	}
	hint := q.advice.DidYouMean("variable", name, func() []string { return namesOf(q.m.Variables) })
	if hint == "" {
		hint = "take the line out, or declare " + name
	}
	q.warn(code.UnknownPlace, at, hint, "the view shows %s, which the model does not have", name)
	return false
}

// inBroken reports whether a name is one of a module that could not be read.
func (q *viewReader) inBroken(name string) bool {
	return slices.ContainsFunc(q.m.Modules, func(m *document.Module) bool {
		return m.Broken && strings.HasPrefix(name, m.Name+".")
	})
}

// namesOf returns the names of variables in their order.
func namesOf(variables []*document.Variable) []string {
	out := make([]string, len(variables))
	for i, v := range variables {
		out[i] = v.Name
	}
	return out
}

// warn adds a warning at a place in the file: a mistake in a diagram stops no run.
func (q *viewReader) warn(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	q.doc.Add(diagnostic.Diagnostic{Code: code, Severity: diagnostic.Warning, Span: at, Hint: hint,
		Message: fmt.Sprintf(format, args...)})
}

// has reports whether the view has a place with that key, at which a pipe or arrow may end. A key
// that was reported before is not reported again.
func (q *viewReader) has(key string, at diagnostic.Span) bool {
	if _, ok := q.keys[key]; ok && !q.gone[key] {
		return true
	}
	if !q.gone[key] {
		hint := q.advice.DidYouMean("place", key, func() []string { return slices.Sorted(maps.Keys(q.keys)) })
		if hint == "" {
			hint = "give it a place in [view." + q.v.Name + ".at]"
		}
		q.warn(code.UnknownPlace, at, hint, "the view has no place for %s", key)
	}
	return false
}

// arrow reads one of arrows = [...].
func (q *viewReader) arrow(t *toml.Table) {
	a := document.Arrow{From: t.String("from"), To: t.String("to"), Angle: optional(t, "angle"), Span: t.Span}
	a.Sign, a.Delayed = t.OneOf("sign", "+", "-"), t.Bool("delayed")
	if x := t.Value("through"); x != nil {
		a.Points = q.points(x, 1)
	}
	if t.Has("from") && t.Has("to") && q.has(a.From, t.At("from")) && q.has(a.To, t.At("to")) {
		q.v.Arrows = append(q.v.Arrows, a)
	}
}

// points returns the numbers of [[x, y], …], at least so many; nil after a report.
func (q *viewReader) points(x *toml.Value, least int) [][2]float64 {
	if x.Kind != toml.KindArray || len(x.Items) < least {
		q.report(code.BadPlace, x.Span, "for example [[100, 50], [180, 50]]",
			"this is a list of points, each [x, y], at least %d", least)
		return nil
	}
	out := make([][2]float64, 0, len(x.Items))
	for _, item := range x.Items {
		var p [2]float64
		if item.Kind == toml.KindArray && len(item.Items) > 2 {
			q.report(code.BadPlace, item.Span, "for example [100, 50]", "a point is two numbers, [x, y]")
			return nil
		}
		if !q.rectangle(item, item.Items, &p[0], &p[1], nil, nil) {
			return nil
		}
		out = append(out, p)
	}
	return out
}

// rectangle reads [x, y] or [x, y, width, height] into as many numbers. It returns false after
// a report. Into has four pointers; those of the width and height are not written if there are two
// numbers, and may then be nil. Numbers are pixels, y downwards.
func (q *viewReader) rectangle(at *toml.Value, items []*toml.Value, into ...*float64) bool {
	if at.Kind != toml.KindArray || len(items) != 2 && len(items) != 4 {
		q.report(code.BadPlace, at.Span, "for example [100, 50], or [100, 50, 45, 35] with a width and a height",
			"a place is two numbers, [x, y], or four")
		return false
	}
	for i, item := range items {
		name := [...]string{"x", "y", "width", "height"}[i]
		if !q.t.Finite(name, item) {
			return false
		}
		if x := item.Number; x > keys.MaxPixel || x < -keys.MaxPixel || i > 1 && x < 0 {
			q.report(code.BadPlace, item.Span, "places are pixels from the diagram's upper left corner",
				"a %s of %s is out of bounds", name, short(x))
			return false
		}
		*into[i] = item.Number
	}
	return true
}

// keepPlaced takes from a view the places of variables that are not in the model, with their
// pipes and arrows.
func keepPlaced(v *document.View, is func(variable string) bool) {
	gone := map[string]bool{}
	v.Places = slices.DeleteFunc(v.Places, func(p document.Place) bool {
		gone[p.Key] = !is(p.Variable())
		return gone[p.Key]
	})
	v.Pipes = slices.DeleteFunc(v.Pipes, func(p document.Pipe) bool { return gone[p.Flow] })
	v.Arrows = slices.DeleteFunc(v.Arrows, func(a document.Arrow) bool { return gone[a.From] || gone[a.To] })
}

// viewIntoModule puts a view, and the names in it, under a module's name. The names of groups and
// the clock's own names, such as time, have no module.
func viewIntoModule(v *document.View, module string) {
	v.Name, v.Module = module+"."+v.Name, document.Under(module, v.Module)
	full := func(key *string) {
		if !function.IsClock(document.Placed(*key)) {
			*key = module + "." + *key
		}
	}
	for i := range v.Places {
		full(&v.Places[i].Key)
	}
	for i := range v.Pipes {
		full(&v.Pipes[i].Flow)
	}
	for i := range v.Boxes {
		if v.Boxes[i].Kind == document.BoxModule {
			full(&v.Boxes[i].Name)
		}
	}
	for i := range v.Arrows {
		full(&v.Arrows[i].From)
		full(&v.Arrows[i].To)
	}
}
