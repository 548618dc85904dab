package vensim

import (
	"fmt"
	"slices"
	"strconv"

	"weir/model"
	"weir/model/resolved"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// ref writes a mention of a variable, of the clock, or of a subscript used as a number.
func (l *lowering) ref(e *syntax.Ref) {
	if name := l.clockName(e.Key); name != "" && len(e.Subs) == 0 {
		l.w.put(name, e.Span)
		return
	}
	if v := l.vars[e.Key]; v != nil {
		l.w.put(v.ours, e.Span)
		l.subs(v, e.Subs, e.Span)
		return
	}
	if len(e.Subs) == 0 && (l.Ranges[e.Key] != nil || l.Elements[e.Key] != nil) {
		l.position(syntax.Sub{Span: e.Span, Name: e.Name, Key: e.Key, Bang: false})
		return
	}
	l.failWith(model.UnknownName, e.Span, l.nearest(e.Key), "%s is not defined", e.Name)
}

// subs writes the subscripts of a mention.
func (l *lowering) subs(v *variable, subs []syntax.Sub, at syntax.Span) {
	if v.broken && len(v.over) == 0 {
		return
	}
	if len(subs) != len(v.over) {
		l.failWith(model.SubscriptCount, at, "", "%s has %d subscripts, but %d here", v.name, len(v.over), len(subs))
		return
	}
	if len(subs) == 0 {
		return
	}
	l.w.put("[", at)
	for i, s := range subs {
		if i > 0 {
			l.w.put(", ", s.Span)
		}
		l.w.put(l.sub(s), s.Span)
	}
	l.w.put("]", at)
}

// sub is one subscript in weir's language.
func (l *lowering) sub(s syntax.Sub) string {
	r := l.Ranges[s.Key]
	switch {
	case r != nil && (s.Bang || l.starred[s.Key]):
		return r.Ours + "!"
	case l.fixed[s.Key] != "":
		return l.Elements[l.fixed[s.Key]].Ours
	}
	if i, ok := l.place[s.Key]; ok {
		return l.v.over[i].ours
	}
	if e := l.Elements[s.Key]; e != nil {
		return e.Ours
	}
	if r != nil {
		l.failWith(model.MissingDimension, s.Span, "", "the range %s is not on the left side, and does not map to a range there", r.Name)
		return r.Ours
	}
	l.failWith(model.UnknownElement, s.Span, l.Near(s.Key), "there is no subscript %s", s.Name)
	return s.Key
}

// position writes a subscript used as a number: the place of an element in its range.
func (l *lowering) position(s syntax.Sub) {
	if at := l.fixed[s.Key]; at != "" {
		s.Key = at
	}
	if e := l.Elements[s.Key]; e != nil {
		l.w.put(strconv.Itoa(e.Number), s.Span)
		return
	}
	name := l.sub(s)
	if l.failed {
		return
	}
	r := l.Ranges[s.Key]
	l.w.put(fmt.Sprintf("%s[%s]", l.positions(r.Family), name), s.Span)
}

// positions is a constant with the place of every element of a family.
func (im *importer) positions(f *subscript.Family) string {
	if im.numbered[f] != "" {
		return im.numbered[f]
	}
	name := im.names.Free(f.RootName+"_number", "")
	im.numbered[f] = name
	v := &model.Variable{Name: name, Kind: model.KindConstant, Over: []string{f.RootName}, Units: "1",
		About: "the place of each element, from 1", Span: im.Place(f.Ranges[0].Equation.NameSpan)}
	for _, e := range f.Elements {
		v.Value = append(v.Value, float64(im.Elements[e].Number))
	}
	im.extra = append(im.extra, v)
	return name
}

// indexIn writes the place, from 1, of what a subscript picks in a dimension.
func (l *lowering) indexIn(d *dimension, s syntax.Sub) {
	key := s.Key
	if at := l.fixed[key]; at != "" {
		key = at
	}
	if l.Elements[key] != nil {
		l.w.put(strconv.Itoa(slices.Index(d.elements, key)+1), s.Span)
		return
	}
	name := l.sub(s)
	if l.failed {
		return
	}
	l.w.put(fmt.Sprintf("%s[%s]", l.placesIn(d), name), s.Span)
}

// placesIn is a constant with the place, from 1, of every element of a dimension.
func (im *importer) placesIn(d *dimension) string {
	if im.placed[d] != "" {
		return im.placed[d]
	}
	if im.placed == nil {
		im.placed = map[*dimension]string{}
	}
	name := im.names.Free(d.ours+"_place", "")
	im.placed[d] = name
	v := &model.Variable{Name: name, Kind: model.KindConstant, Over: []string{d.ours}, Units: "1",
		About: "the place of each element, from 1", Span: im.Place(d.family.Ranges[0].Equation.NameSpan)}
	for i := range d.elements {
		v.Value = append(v.Value, float64(i+1))
	}
	im.extra = append(im.extra, v)
	return name
}

// addTable makes a lookup of points that stand within an equation, and gives its name.
func (l *lowering) addTable(points []resolved.Point, at syntax.Span) string {
	name := l.names.Free(naming.Snake(l.v.name)+"_lookup", "")
	l.extra = append(l.extra, &model.Variable{Name: name, Kind: model.KindLookup, Points: l.clean(points, at), Span: l.importer.Place(at), Units: l.v.out.Units})
	return name
}

// clean puts points in order and makes every x occur once. Vensim takes them as they are.
func (l *lowering) clean(points []resolved.Point, at syntax.Span) []resolved.Point {
	out := slices.Clone(points)
	sorted := slices.IsSortedFunc(out, func(a, b resolved.Point) int { return compare(a.X, b.X) })
	if !sorted {
		l.v.note(model.Equivalent, "the points of its lookup are put in order")
		slices.SortStableFunc(out, func(a, b resolved.Point) int { return compare(a.X, b.X) })
	}
	return slices.CompactFunc(out, func(a, b resolved.Point) bool { return a == b })
}

func compare(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}
