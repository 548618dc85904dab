package vensim

import (
	"slices"

	"weir/model"
	"weir/model/equation"
	"weir/model/resolved"
	"weir/model/vensim/internal/naming"
	"weir/model/vensim/internal/subscript"
	"weir/model/vensim/internal/syntax"
)

// ref returns a mention of a variable, of the clock, or of a subscript used as a number. Names
// are looked up in this order: a control variable, a variable, a range or an element.
func (l *lowering) ref(e *syntax.Ref) equation.Expr {
	if name := l.clock.name(e.Key); name != "" && len(e.Subs) == 0 {
		return equation.NewName(at(e.Span), name)
	}
	if v := l.vars.byKey[e.Key]; v != nil {
		return &equation.Name{Span: at(e.Span), Name: v.ours, NameSpan: at(nameOf(e)),
			Index: l.index(v, e.Subs, e.Span)}
	}
	if len(e.Subs) == 0 && (l.subs.Ranges[e.Key] != nil || l.subs.Elements[e.Key] != nil) {
		return l.position(syntax.Sub{Span: e.Span, Name: e.Name, Key: e.Key})
	}
	l.failWith(model.UnknownName, e.Span, l.vars.nearest(e.Key, l.v), "%s is not defined", e.Name)
	return none(e.Span)
}

// nameOf returns the place of a mention's name, without its subscripts.
// The bracket is the character before the first subscript.
func nameOf(e *syntax.Ref) syntax.Span {
	if len(e.Subs) == 0 || e.Subs[0].Start <= e.Start+1 {
		return e.Span
	}
	return syntax.Span{Start: e.Start, End: e.Subs[0].Start - 1}
}

// index returns the subscripts of a mention at a place.
func (l *lowering) index(v *variable, subs []syntax.Sub, place syntax.Span) []equation.Index {
	switch {
	// Its dimensions may be missing because of its mistake, which is reported already.
	case v.broken && len(v.over) == 0:
		return nil
	case len(subs) != len(v.over):
		l.failWith(model.SubscriptCount, place, "", "%s has %d subscripts, but %d here", v.name, len(v.over), len(subs))
		return nil
	}
	var out []equation.Index
	for _, s := range subs {
		out = append(out, l.sub(s))
	}
	return out
}

// sub returns one subscript in weir's language: every element in a reduction (range!), the
// element that the range is fixed to in this piece, the dimension of the left side, or an
// element. A range that is none of these has no meaning here.
func (l *lowering) sub(s syntax.Sub) equation.Index {
	r := l.subs.Ranges[s.Key]
	out := equation.Index{Span: at(s.Span), Kind: equation.IndexName}
	switch i, onLeft := l.place[s.Key]; {
	case r != nil && (s.Bang || l.starred[s.Key]):
		out.Kind, out.Name = equation.IndexBang, r.Ours
	case l.fixed[s.Key] != "":
		out.Name = l.subs.Elements[l.fixed[s.Key]].Ours
	case onLeft:
		out.Name = l.v.over[i].ours
	case l.subs.Elements[s.Key] != nil:
		out.Name = l.subs.Elements[s.Key].Ours
	case r != nil:
		l.failWith(model.MissingDimension, s.Span, "",
			"the range %s is not on the left side, and does not map to a range there", r.Name)
	default:
		l.failWith(model.UnknownElement, s.Span, l.subs.Near(s.Key), "there is no subscript %s", s.Name)
	}
	return out
}

// position returns a subscript used as a number: the place of an element in its range. Of a
// range that the text runs over it is an array of constants.
// Of a single element it is a plain number.
func (l *lowering) position(s syntax.Sub) equation.Expr {
	if at := l.fixed[s.Key]; at != "" {
		s.Key = at
	}
	if e := l.subs.Elements[s.Key]; e != nil {
		return number(s.Span, float64(e.Number))
	}
	index := l.sub(s)
	if l.failed {
		return none(s.Span)
	}
	return equation.NewName(at(s.Span), l.positions(l.subs.Ranges[s.Key].Family), index)
}

// positions returns the name of a constant with the place of every element of a family.
// The constant is made at the first use, and shared by all later ones.
func (lo *lowerer) positions(f *subscript.Family) string {
	if lo.numbered[f] == "" {
		values := make([]float64, len(f.Elements))
		for i, e := range f.Elements {
			values[i] = float64(lo.subs.Elements[e].Number)
		}
		lo.numbered[f] = lo.addPlaces(f.RootName+"_number", f.RootName, f, values)
	}
	return lo.numbered[f]
}

// placesIn returns the name of a constant with the place, from 1, of every element of a
// dimension.
// It differs from positions for a part of a range, which counts its own elements.
func (lo *lowerer) placesIn(d *dimension) string {
	if lo.placed[d] == "" {
		values := make([]float64, len(d.elements))
		for i := range values {
			values[i] = float64(i + 1)
		}
		lo.placed[d] = lo.addPlaces(d.ours+"_place", d.ours, d.family, values)
	}
	return lo.placed[d]
}

// addPlaces adds a constant with the place of each element of a dimension of a family, and
// returns its name.
func (lo *lowerer) addPlaces(name, over string, f *subscript.Family, values []float64) string {
	name = lo.names.Free(name, "")
	lo.extra = append(lo.extra, &model.Variable{
		Name: name, Kind: model.KindConstant, Over: []string{over}, Units: "1", Value: values,
		About: "the place of each element, from 1", Span: lo.Place(f.Ranges[0].Equation.NameSpan),
	})
	return name
}

// indexIn returns the place, from 1, of the element that a subscript picks in a dimension.
// An element that is not in the dimension has the place 0.
func (l *lowering) indexIn(d *dimension, s syntax.Sub) equation.Expr {
	key := s.Key
	if at := l.fixed[key]; at != "" {
		key = at
	}
	if l.subs.Elements[key] != nil {
		return number(s.Span, float64(slices.Index(d.elements, key)+1))
	}
	index := l.sub(s)
	if l.failed {
		return none(s.Span)
	}
	return equation.NewName(at(s.Span), l.placesIn(d), index)
}

// addTable adds a lookup of points that are written within an equation, and returns its
// name.
func (l *lowering) addTable(points []resolved.Point, at syntax.Span) string {
	name := l.names.Free(naming.Variable(l.v.name)+"_lookup", "")
	l.extra = append(l.extra, &model.Variable{
		Name: name, Kind: model.KindLookup, Points: cleaned(l.v, points), Span: l.Place(at), Units: l.v.out.Units,
	})
	return name
}
