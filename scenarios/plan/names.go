package plan

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// A target is the variable, or the elements of it, that a name in a set means.
type target struct {
	variable *resolved.Variable
	declared *model.Variable
	elements []string // as the set gives them, subranges and * too; nil: none
	places   []int    // row-major positions that are meant
}

// name returns the name as a set writes it: with elements, unless all are meant.
func (t target) name() string { return element.Join(t.variable.Name, t.elements) }

// names returns all declared variables that pass a test.
func (r *reader) names(pass func(*model.Variable) bool) []string {
	var names []string
	for _, v := range r.set.Model.Variables {
		if pass(v) {
			names = append(names, v.Name)
		}
	}
	return names
}

// declaredVariable finds the variable of a name, or reports that there is none.
func (r *reader) declaredVariable(text string, at diagnostic.Span,
	among []string) (v *model.Variable, elements []string) {
	name, elements, ok := element.Split(r.set.Model.OurName(text))
	if v = r.set.Model.Variable(name); v != nil && ok {
		return v, elements
	}
	if !ok {
		r.report(UnknownVariable, at, "write name[element]", "the brackets of %q are not closed", text)
		return nil, nil
	}
	hint := didYouMean(name, among)
	if why := r.set.Model.LeftOut(name); why != "" {
		hint = why
	}
	r.report(UnknownVariable, at, hint, "the model has no variable %q", name)
	return nil, nil
}

// target finds the variable of a name, or reports why there is none.
func (r *reader) target(text string, at diagnostic.Span, among []string) (target, bool) {
	v, elements := r.declaredVariable(text, at, among)
	if v == nil {
		return target{}, false
	}
	i := slices.IndexFunc(r.set.Resolved.Variables,
		func(x *resolved.Variable) bool { return !x.Hidden && x.Name == v.Name })
	if i < 0 {
		r.report(NotAQuantity, at, "", "%s is %s, not a quantity that a run computes", v.Name, document.WithArticle(v.Kind))
		return target{}, false
	}
	t := target{variable: r.set.Resolved.Variables[i], declared: v}
	var ok bool
	t.elements, t.places, ok = r.places(v.Name, t.variable.Over, elements, at)
	return t, ok
}

// places finds the positions that subscripts name, and how they are written: elements,
// subranges and *. Without subscripts, or with nothing but *, it is all and nil.
func (r *reader) places(name string, over []*resolved.Dimension,
	subscripts []string, at diagnostic.Span) ([]string, []int, bool) {
	if subscripts != nil && len(subscripts) != len(over) {
		r.report(UnknownElement, at, "", "%s has %s, but %d elements are named",
			name, dimensionList(over), len(subscripts))
		return nil, nil, false
	}
	places, written, all := []int{0}, make([]string, len(over)), true
	for i, d := range over {
		text := "*"
		if subscripts != nil {
			text = subscripts[i]
		}
		var chosen []int
		if chosen, written[i] = r.chosen(d, text); chosen == nil {
			r.report(UnknownElement, at, elementHint(d, text), "%q is not an element of %s", text, d.Name)
			return nil, nil, false
		}
		all = all && written[i] == "*"
		places = resolved.Cross(places, len(d.Elements), chosen)
	}
	if all {
		written = nil
	}
	return written, places, true
}

// chosen returns the positions that a subscript names. Elements are found as equations find them.
func (r *reader) chosen(d *resolved.Dimension, text string) ([]int, string) {
	if e := element.Find(d.Elements, text); e >= 0 {
		return []int{e}, d.Elements[e]
	}
	return r.set.Resolved.Subscript(d, text)
}

// elementHint suggests the nearest element, or lists them.
func elementHint(d *resolved.Dimension, wrong string) string {
	if near := diagnostic.Nearest(wrong, d.Elements); near != "" {
		return "did you mean " + near + "?"
	}
	return d.Name + " has " + shortList(d.Elements)
}

// dimensionList names the dimensions of an array in a message.
func dimensionList(over []*resolved.Dimension) string {
	if len(over) == 0 {
		return "no elements"
	}
	var names []string
	for _, d := range over {
		names = append(names, d.Name)
	}
	return "the dimensions " + strings.Join(names, ", ")
}

// constantOf returns the name of a variable without its elements.
func constantOf(name string) string {
	whole, _, _ := element.Split(name)
	return whole
}

// single reports several numbers that are named where one is wanted.
func (r *reader) single(t target, at diagnostic.Span) bool {
	if len(t.variable.Over) == 0 || t.elements != nil && len(t.places) == 1 {
		return true
	}
	var names []string
	for _, e := range element.All(t.variable.Over) {
		names = append(names, element.Join(t.variable.Name, e))
	}
	r.report(WhichElement, at, "name one of "+shortList(names)+", or declare a total: sum("+t.variable.Name+")",
		"%s is an array of %d numbers; one is wanted here", t.name(), len(t.places))
	return false
}
