package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
)

// constants are the values of a constant or decision, one an element, row-major.
func constants(v *resolved.Variable) []float64 {
	values := make([]float64, v.Size())
	for _, p := range v.Parts {
		c, ok := p.Expr.(*resolved.Const)
		if !ok {
			continue
		}
		for _, i := range positions(v.Over, p.Loops) {
			values[i] = c.Value
		}
	}
	return values
}

// positions are the row-major places that a box of loops covers.
func positions(over []*resolved.Dimension, loops []*resolved.Loop) []int {
	all := []int{0}
	for i, l := range loops {
		var next []int
		for _, base := range all {
			for _, at := range l.At {
				next = append(next, base*len(over[i].Elements)+at)
			}
		}
		all = next
	}
	return all
}

// A target is what a name in a set points to.
type target struct {
	variable *resolved.Variable
	declared *model.Variable
	elements []string // as the set gives them; nil: none, or the variable is a scalar
	places   []int    // row-major positions that are meant
}

func (t target) name() string { return element.Join(t.variable.Name, t.elements) }

// names are all declared variables that pass a test.
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
func (r *reader) declaredVariable(text string, at diagnostic.Span, among []string) (v *model.Variable, elements []string) {
	name, elements, ok := element.Split(text)
	if v = r.set.Model.Variable(name); v != nil && ok {
		return v, elements
	}
	if !ok {
		r.report(UnknownVariable, at, "write name[element]", "the brackets of %q are not closed", text)
		return nil, nil
	}
	hint := ""
	if near := diagnostic.Nearest(name, among); near != "" {
		hint = "did you mean " + near + "?"
	}
	if why := r.set.Model.LeftOut(name); why != "" {
		hint = why
	}
	r.report(UnknownVariable, at, hint, "the model has no variable %q", name)
	return nil, nil
}

// target finds what a name points to, or reports why it points to nothing.
func (r *reader) target(text string, at diagnostic.Span, among []string) (target, bool) {
	v, elements := r.declaredVariable(text, at, among)
	if v == nil {
		return target{}, false
	}
	i := slices.IndexFunc(r.set.Resolved.Variables, func(x *resolved.Variable) bool { return !x.Hidden && x.Name == v.Name })
	if i < 0 {
		r.report(NotAQuantity, at, "", "%s is a %s, not a quantity that a run computes", v.Name, v.Kind)
		return target{}, false
	}
	t := target{variable: r.set.Resolved.Variables[i], declared: v}
	var ok bool
	t.elements, t.places, ok = r.places(v.Name, t.variable.Over, elements, at)
	return t, ok
}

// places finds the positions that elements name: all of them if there are none.
func (r *reader) places(name string, over []*resolved.Dimension, elements []string, at diagnostic.Span) ([]string, []int, bool) {
	all := element.All(over)
	if elements == nil {
		places := make([]int, len(all))
		for i := range places {
			places[i] = i
		}
		return nil, places, true
	}
	if len(elements) != len(over) {
		r.report(UnknownElement, at, "", "%s has %s, but %d elements are named", name, dimensionList(over), len(elements))
		return nil, nil, false
	}
	named := make([]string, len(over))
	for i, d := range over {
		j := element.Find(d.Elements, elements[i])
		if j < 0 {
			r.report(UnknownElement, at, elementHint(d, elements[i]), "%q is not an element of %s", elements[i], d.Name)
			return nil, nil, false
		}
		named[i] = d.Elements[j]
	}
	place := slices.IndexFunc(all, func(e []string) bool { return slices.Equal(e, named) })
	return named, []int{place}, true
}

func elementHint(d *resolved.Dimension, wrong string) string {
	if near := diagnostic.Nearest(wrong, d.Elements); near != "" {
		return "did you mean " + near + "?"
	}
	return d.Name + " has " + shortList(d.Elements)
}

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

// shortList writes names with commas, at most eight of them.
func shortList(names []string) string {
	if len(names) > 8 {
		return strings.Join(names[:8], ", ") + fmt.Sprintf(" and %d more", len(names)-8)
	}
	return strings.Join(names, ", ")
}

// single reports an array that is named where one number is wanted.
func (r *reader) single(t target, at diagnostic.Span) bool {
	if len(t.variable.Over) == 0 || t.elements != nil {
		return true
	}
	var names []string
	for _, e := range element.All(t.variable.Over) {
		names = append(names, element.Join(t.variable.Name, e))
	}
	r.report(WhichElement, at, "name one of "+shortList(names)+", or declare a total: sum("+t.variable.Name+")",
		"%s is an array of %d numbers; one is wanted here", t.variable.Name, t.variable.Size())
	return false
}
