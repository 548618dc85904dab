package resolve

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/check/internal/box"
	"weir/model/check/internal/state"
	"weir/model/check/internal/tree"
	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/resolved"
)

// A reduction is a sum or the like while its argument is resolved: the dimensions that the
// argument runs over.
type reduction struct {
	axes []axis
}

// positions returns the positions that a name's subscripts, or its bare name, pick in a
// variable over some dimensions. It returns false after a report. There is one position per
// dimension. A nil index is a name without brackets. All subscripts are looked at, also after a
// mistake in one.
func (s *Scope) positions(name string, span equation.Span, index []equation.Index,
	over []*state.Domain) ([]resolved.Pos, bool) {
	if slices.Contains(over, nil) {
		return nil, false // a dimension that is not declared, which is reported there
	}
	if index == nil {
		return s.bare(name, span, over)
	}
	if len(over) == 0 {
		s.mistake(code.SubscriptCount, span, "delete the brackets", "%s is a single number, but has %d %s here",
			state.Name(name), len(index), plural(len(index), "subscript"))
		return nil, false
	}
	if len(index) != len(over) {
		s.mistake(code.SubscriptCount, span, "write one subscript a dimension", "%s is %s, but has %d %s here",
			state.Name(name), document.OverWords(state.Names(over)), len(index), plural(len(index), "subscript"))
		return nil, false
	}
	out := make([]resolved.Pos, len(over))
	u := arrayUse{Scope: s, name: name, over: over}
	sound := true
	for i, ix := range index {
		var ok bool
		out[i], ok = u.subscript(ix, over[i])
		sound = sound && ok
	}
	return out, sound
}

// plural returns a word with an s, unless n is 1.
func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// An arrayUse is one reference to an array while its subscripts are resolved.
type arrayUse struct {
	*Scope
	name  string
	over  []*state.Domain
	stars []*resolved.Loop // of the reduction, that this mention runs over already
}

// subscript returns the position that one subscript picks in a dimension. A word is a dimension if
// there is one of that name, and else an element: no element may have the name of a dimension.
func (u *arrayUse) subscript(ix equation.Index, want *state.Domain) (resolved.Pos, bool) {
	switch ix.Kind {
	case equation.IndexStar:
		return u.star(ix, want, want)
	case equation.IndexBang:
		if d := u.Domains[equation.Canonical(ix.Name)]; d != nil {
			return u.star(ix, d, want)
		}
		u.mistake(code.UnknownDimension, ix.Span, u.SuggestDimension(ix.Name), "there is no dimension %q", ix.Name)
		return resolved.Pos{}, false
	}
	if d := u.Domains[equation.Canonical(ix.Name)]; d != nil {
		return u.dimension(ix, d, want)
	}
	return u.element(ix, want)
}

// element returns the position of a subscript that names an element.
func (u *arrayUse) element(ix equation.Index, want *state.Domain) (resolved.Pos, bool) {
	at, ok := want.Lookup(ix.Name)
	switch {
	case !ok:
		u.mistake(code.UnknownElement, ix.Span, u.suggestElement(ix.Name, want), "%s has no element %q",
			want.Decl.Name, ix.Name)
	case ix.Offset != 0:
		ok = false
		u.mistake(code.BadOffset, ix.Span, "name the element that you mean",
			"an offset goes with a dimension, as in %s - 1, not with the element %s", want.Decl.Name, ix.Name)
	}
	return resolved.Pos{Fixed: at}, ok
}

// suggestElement returns a hint for a subscript that is no element.
func (u *arrayUse) suggestElement(name string, want *state.Domain) string {
	elements := func() []string { return want.Out.Elements }
	if hint := u.Advice.DidYouMean("element of "+want.Out.Name, name, elements); hint != "" {
		return hint
	}
	for _, d := range u.over {
		if _, ok := d.Lookup(name); ok {
			return u.Say("the subscripts of %s are in the order [%s]", state.Name(u.name),
				strings.Join(state.Names(u.over), ", "))
		}
	}
	if u.Names[equation.Canonical(name)] != nil {
		return u.Say("%s is a variable; a subscript is an element or a dimension", state.Name(name))
	}
	return "its elements are " + state.ListElements(want.Out.Elements)
}

// dimension returns the position of a subscript that names a dimension of the equation. The
// dimension may be another one of the family, such as a subrange. An offset needs an order in which
// the elements stand.
func (u *arrayUse) dimension(ix equation.Index, d, want *state.Domain) (resolved.Pos, bool) {
	if d.Root != want.Root {
		u.mistake(code.SubscriptMismatch, ix.Span,
			u.Say("the subscripts of %s are in the order [%s]", state.Name(u.name), strings.Join(state.Names(u.over),
				", ")),
			"%s runs over %s here, not over %s", state.Name(u.name), want.Decl.Name, d.Decl.Name)
		return resolved.Pos{}, false
	}
	a, found := u.axis(d)
	if !found {
		u.mistake(code.MissingDimension, ix.Span, u.reduceHint(d), "the equation of %s is not over %s",
			u.Owner, d.Decl.Name)
		return resolved.Pos{}, false
	}
	if ix.Offset != 0 && !want.Ordered() {
		u.mistake(code.BadOffset, ix.Span,
			fmt.Sprintf("add ordered = true to [dimension.%s]", want.Root.Decl.Name),
			"%s is not ordered, so %s %+d means nothing", want.Decl.Name, d.Decl.Name, ix.Offset)
		return resolved.Pos{}, false
	}
	return u.shifted(ix, a, want)
}

// reduceHint returns the hint for a dimension that the equation does not have.
func (u *arrayUse) reduceHint(d *state.Domain) string {
	if u.red != nil {
		return fmt.Sprintf("to run over it, write %s!", d.Decl.Name)
	}
	return u.Say("name an element, or reduce over it, as in sum(%s[%s!])", state.Name(u.name), d.Decl.Name)
}

// axis returns the equation's own dimension of that name, or else the only one of the same
// family. With two of the same family it fails, since either may be meant.
func (s *Scope) axis(d *state.Domain) (axis, bool) {
	var kin []axis
	for _, a := range s.axes {
		if a.dom == d {
			return a, true
		}
		if a.dom.Root == d.Root {
			kin = append(kin, a)
		}
	}
	if len(kin) != 1 {
		return axis{}, false
	}
	return kin[0], true
}

// shifted follows a loop of the equation through a dimension, with an offset, and reports the
// elements for which that leads outside. The way leads over the root of the family: from the
// equation's element up to the root, and from there down to the variable's own position.
func (u *arrayUse) shifted(ix equation.Index, a axis, want *state.Domain) (resolved.Pos, bool) {
	places := make([]int, len(a.loop.At))
	var outside, beyond []string
	for i, at := range a.loop.At {
		p, ok := want.Place(a.dom.Up[at])
		switch {
		case !ok:
			outside = append(outside, a.dom.Out.Elements[at])
		case p+ix.Offset < 0 || p+ix.Offset >= want.Size():
			beyond = append(beyond, a.dom.Out.Elements[at])
		default:
			places[i] = p + ix.Offset
		}
	}
	if len(outside) > 0 {
		u.mistake(code.UnknownElement, ix.Span,
			u.Say("give these elements an equation of their own, or make %s over %s", state.Name(u.name),
				a.dom.Decl.Name),
			"%s is over %s and has no element %s", state.Name(u.name), want.Decl.Name, state.ListElements(outside))
		return resolved.Pos{}, false
	}
	if len(beyond) > 0 && u.Owner != nil && u.BadKeys[u.Names[u.Owner.Name]] {
		return resolved.Pos{}, false // the elements may have equations of their own under another key
	}
	if len(beyond) > 0 {
		u.mistake(code.OffsetOutOfRange, ix.Span,
			fmt.Sprintf("give %s an equation of its own: [%s.%s.at] %s = \"…\"", beyond[0], u.ownerTable(),
				state.LastPart(u.Owner.Name), quoteKey(beyond[0])),
			"%s %+d leaves %s for %s", ix.Name, ix.Offset, want.Decl.Name, state.ListElements(beyond))
		return resolved.Pos{}, false
	}
	return tree.Position(a.loop, places), true
}

// quoteKey returns an element as a key of a table, in double quotes.
func quoteKey(element string) string { return fmt.Sprintf("%q", element) }

// ownerTable returns the kind of table that the equation is in.
func (s *Scope) ownerTable() document.Kind {
	if v := s.Names[s.Owner.Name]; v != nil {
		return v.Kind
	}
	return document.KindAux
}

// star runs over all elements of run, which are elements of want. All mentions of a dimension in
// one reduction run over one loop, so that sum(a[*] * b[*]) multiplies element by element.
func (u *arrayUse) star(ix equation.Index, run, want *state.Domain) (resolved.Pos, bool) {
	if u.red == nil {
		u.mistake(code.StarOutside, ix.Span,
			"write sum(…), mean(…), min(…) or max(…) around it, or name an element",
			"%s stands for many elements, which only a reduction such as sum can combine", u.starText(ix))
		return resolved.Pos{}, false
	}
	if run.Root != want.Root {
		u.mistake(code.SubscriptMismatch, ix.Span, "", "%s runs over %s here, not over %s", state.Name(u.name),
			want.Decl.Name, run.Decl.Name)
		return resolved.Pos{}, false
	}
	a, ok := u.reduced(run, ix.Kind == equation.IndexBang)
	if !ok {
		u.mistake(code.AmbiguousReduction, ix.Span,
			fmt.Sprintf("say over which elements both run, as in [%s!]", u.red.kin(run, nil).dom.Decl.Name),
			"this reduction runs over %s already, and %s would be apart from it",
			u.red.kin(run, nil).dom.Decl.Name, run.Decl.Name)
		return resolved.Pos{}, false
	}
	u.stars = append(u.stars, a.loop)
	return u.shifted(equation.Index{Span: ix.Span, Name: run.Decl.Name}, a, want)
}

// starText returns a subscript as it is written.
func (u *arrayUse) starText(ix equation.Index) string {
	if ix.Kind == equation.IndexBang {
		return ix.Name + "!"
	}
	return "*"
}

// reduced returns the loop of the innermost reduction over a dimension, made if there is none
// yet. It fails where the reduction runs over another part of the same family, unless the
// dimension was named.
func (u *arrayUse) reduced(d *state.Domain, said bool) (axis, bool) {
	for _, a := range u.red.axes {
		if a.dom == d {
			return a, true
		}
	}
	if !said && u.red.kin(d, u.stars) != nil {
		return axis{}, false
	}
	a := axis{d, &resolved.Loop{Dim: d.Out, At: box.Count(d.Size())}}
	u.red.axes = append(u.red.axes, a)
	return a, true
}

// kin returns a loop over another dimension of the same family, unless it is one of but.
func (r *reduction) kin(d *state.Domain, but []*resolved.Loop) *axis {
	for i, a := range r.axes {
		if a.dom != d && a.dom.Root == d.Root && !slices.Contains(but, a.loop) {
			return &r.axes[i]
		}
	}
	return nil
}

// bare returns the positions of an array without subscripts: in a reduction it runs over all
// its dimensions, elsewhere it takes the equation's own.
func (s *Scope) bare(name string, span equation.Span, over []*state.Domain) ([]resolved.Pos, bool) {
	u := arrayUse{Scope: s, name: name, over: over}
	var out []resolved.Pos
	for _, want := range over {
		p, ok := u.unsaid(span, want)
		if !ok {
			return nil, false
		}
		out = append(out, p)
	}
	return out, true
}

// unsaid returns the position in a dimension that no subscript mentions. In a reduction a dimension
// that the equation has as well is refused, since a sum over it and its own element are both
// likely.
func (u *arrayUse) unsaid(span equation.Span, want *state.Domain) (resolved.Pos, bool) {
	a, found := u.axis(want)
	if u.red == nil && found {
		return u.shifted(equation.Index{Span: span, Name: want.Decl.Name}, a, want)
	}
	if u.red == nil {
		u.missingDimension(span)
		return resolved.Pos{}, false
	}
	if u.related(want) {
		u.mistake(code.AmbiguousReduction, span,
			u.Say("write %s, or %s", u.written(false), u.written(true)),
			"%s has the dimension %s, and so has the equation: it is not clear what is to be combined", state.Name(u.name),
			want.Decl.Name)
		return resolved.Pos{}, false
	}
	return u.star(equation.Index{Span: span, Kind: equation.IndexStar}, want, want)
}

// related reports whether the equation has a dimension of the same family.
func (u *arrayUse) related(d *state.Domain) bool {
	return slices.ContainsFunc(u.axes, func(a axis) bool { return a.dom.Root == d.Root })
}

// written returns the array with subscripts: a star for every dimension, or only for those that
// the equation does not have.
func (u *arrayUse) written(all bool) string {
	var index []string
	for _, d := range u.over {
		if !all && u.related(d) {
			index = append(index, d.Decl.Name)
		} else {
			index = append(index, "*")
		}
	}
	return u.name + "[" + strings.Join(index, ", ") + "]"
}

// missingDimension reports an array with a dimension that the equation does not have.
func (u *arrayUse) missingDimension(span equation.Span) {
	var own []string
	for _, a := range u.axes {
		own = append(own, a.dom.Decl.Name)
	}
	have := "a single number"
	if len(own) > 0 {
		have = "over [" + strings.Join(own, ", ") + "]"
	}
	u.mistake(code.MissingDimension, span,
		u.Say("name an element, or reduce it, as in sum(%s)", u.written(false)),
		"%s is over [%s], but the equation of %s is %s", state.Name(u.name), strings.Join(state.Names(u.over), ", "),
		u.Owner, have)
}
