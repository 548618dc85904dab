package read

import (
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/resolved"
	"weir/model/toml"
)

// lookup reads [lookup.x]. Elements have a key of their own in Keys, such as "at.north", for
// reports about their points.
func (r variableReader) lookup(t *toml.Table, v *document.Variable) {
	v.Input = r.equationText(t, "input")
	v.Beyond, v.Between = t.OneOf("beyond", keys.Beyonds...), t.OneOf("between", keys.Betweens...)
	if x := t.Value("points"); x != nil {
		v.Points = Points(t, x)
	}
	at := t.Table("at")
	for _, k := range at.Keys() {
		if v.Tables == nil {
			v.Tables = map[string][]resolved.Point{}
		}
		v.Tables[k.Name] = Points(at, k.Value)
		v.Keys["at."+k.Name] = k.Span
		v.At = append(v.At, document.ElementText{Key: k.Name, KeySpan: k.Span})
	}
	v.Weight = r.weight(t)
	for _, s := range t.Tables("shape") {
		v.Shapes = append(v.Shapes, r.course(s))
	}
}

// course reads [lookup.x.shape.y].
func (r variableReader) course(t *toml.Table) document.TableShape {
	s := document.TableShape{Name: t.Name, Label: t.String("label"), About: t.String("about"),
		Source: t.String("source"), Weight: r.weight(t), Span: t.Span}
	if t.Name == document.OwnShape {
		r.report(toml.BadValue, t.KeySpan, "give the shape another name",
			"%s is the name of the lookup's own points", t.Name)
	}
	if x := t.Value("points"); x != nil {
		s.Points = Points(t, x)
	}
	t.Done(keys.TableShape)
	return s
}

// weight reads how likely a shape is; nil if nothing is said.
func (r variableReader) weight(t *toml.Table) *float64 {
	x, ok := t.Number("weight")
	switch {
	case !ok:
		return nil
	case x < 0:
		r.report(toml.BadValue, t.At("weight"), "0 is never", "a weight is 0 or more, not %v", x)
		return nil
	}
	return &x
}

// Points returns [[x, y], …], where x never falls and two points of the same x are a jump. It
// returns nil with a mistake in it. A list must have at least one point. All points with mistakes
// are reported.
func Points(t *toml.Table, x *toml.Value) []resolved.Point {
	const form = "for example [[0, 3], [1, 1], [2, 0.5]]"
	report := t.Document().Report
	if x.Kind != toml.KindArray || len(x.Items) == 0 {
		report(code.BadPoints, x.Span, form, "a lookup is a list of points")
		return nil
	}
	if !pairs(t, x) {
		return nil
	}
	var out []resolved.Point
	ok := true
	for _, item := range x.Items {
		p, good := point(t, item, form)
		if good && len(out) > 0 && p.X < out[len(out)-1].X {
			report(code.BadPoints, item.Span, "sort the points by x; two of the same x are a jump",
				"x must not fall from point to point, but %v follows %v", p.X, out[len(out)-1].X)
			good = false
		}
		if good {
			out = append(out, p)
		}
		ok = ok && good
	}
	if !ok {
		return nil
	}
	return out
}

// pairs reports false, after one report, for lists that are no points as a whole: numbers in a
// row, all x and all y in two lists, and points from right to left.
func pairs(t *toml.Table, x *toml.Value) bool {
	report := t.Document().Report
	const form = "write each point as a pair: [[0, 3], [1, 1], [2, 0.5]]"
	pair := func(v *toml.Value) bool { return v.Kind == toml.KindArray && len(v.Items) == 2 }
	number := func(v *toml.Value) bool { return v.Kind == toml.KindInteger || v.Kind == toml.KindFloat }
	falls := len(x.Items) > 1
	for i, item := range x.Items {
		falls = falls && pair(item) && number(item.Items[0]) &&
			(i == 0 || item.Items[0].Number < x.Items[i-1].Items[0].Number)
	}
	switch first := x.Items[0]; {
	case !slices.ContainsFunc(x.Items, func(v *toml.Value) bool { return !number(v) }):
		report(code.BadPoints, x.Span, form, "these are %d numbers in a row, not points", len(x.Items))
	case len(x.Items) == 2 && !pair(first) && first.Kind == toml.KindArray && x.Items[1].Kind == toml.KindArray &&
		len(first.Items) == len(x.Items[1].Items):
		report(code.BadPoints, x.Span, form, "these are two lists of %d numbers, not points", len(first.Items))
	case falls:
		report(code.BadPoints, x.Span, "write the points in the other order, from the lowest x on",
			"x falls from point to point, from %v to %v", first.Items[0].Number, x.Items[len(x.Items)-1].Items[0].Number)
	default:
		return true
	}
	return false
}

// point returns one [x, y]; ok is false after a report.
func point(t *toml.Table, x *toml.Value, form string) (p resolved.Point, ok bool) {
	if x.Kind != toml.KindArray || len(x.Items) != 2 {
		t.Document().Report(code.BadPoints, x.Span, form, "a point is two numbers, [x, y]")
		return resolved.Point{}, false
	}
	goodX, goodY := t.Finite("x", x.Items[0]), t.Finite("y", x.Items[1])
	return resolved.Point{X: x.Items[0].Number, Y: x.Items[1].Number}, goodX && goodY
}

// conditions returns the texts that columns must have, where = { grade = 9 }. A bare whole number is
// compared as the text that a cell has.
func conditions(t *toml.Table) map[string]string {
	out := map[string]string{}
	where := t.Table("where")
	for _, k := range where.Keys() {
		if k.Value.Kind == toml.KindInteger {
			out[k.Name] = short(k.Value.Number)
		} else {
			out[k.Name] = where.String(k.Name)
		}
	}
	return out
}

// data reads [data.x] and its numbers. The columns of elements are read together with the file, and At has only their keys.
func (r variableReader) data(t *toml.Table, v *document.Variable) {
	s := &document.Series{File: t.String("file"), Where: conditions(t)}
	s.TimeColumn, s.ValueColumn = t.String("time"), t.String("value")
	v.Series, v.Beyond, v.Between = s, t.OneOf("beyond", keys.Beyonds...), t.OneOf("between", keys.Betweens...)
	for _, k := range t.Table("at").Keys() {
		v.At = append(v.At, document.ElementText{Key: k.Name, KeySpan: k.Span})
	}
	for _, key := range []string{"by", "zero", "sheet"} {
		t.Has(key) // known also where a mistake comes before it is read
	}
	dataReader(r).series(t, v)
}
