package kept

import (
	"slices"
	"strings"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/scenarios/internal/element"
	"weir/sim"
)

// Check returns the mistakes in the names of the variables that are to be compared, with their place.
// The file is not read: a model may be used where its kept results are not.
func Check(m *document.Model, k *document.Kept) diagnostic.List {
	var list diagnostic.List
	at := diagnostic.Span{}
	report := func(code diagnostic.Code, hint, format string, args ...any) {
		list = append(list, diagnostic.New(code, diagnostic.Error, at, hint, format, args...))
	}
	for _, text := range k.Variables {
		at = text.Span
		name, elements, closed := element.Split(text.Text)
		v := m.Variable(name)
		switch {
		case v == nil || !closed:
			report(code.UnknownName, diagnostic.DidYouMean(name, variables(m)),
				"the model has no variable %q", text.Text)
		case !overTime(v):
			report(code.UnknownName, "", "%s is %s, which has no course to compare", name, document.WithArticle(v.Kind))
		case elements != nil && len(elements) != len(v.Over):
			report(code.SubscriptCount, "", "%s has %d dimensions, but %d elements are named", name, len(v.Over),
				len(elements))
		}
		for i, e := range elements {
			if v == nil || len(elements) != len(v.Over) {
				break
			}
			if inside := part(m, e); !slices.ContainsFunc(elementsOf(m, v.Over[i]), inside) {
				report(code.UnknownElement, diagnostic.DidYouMean(e, elementsOf(m, v.Over[i])),
					"%q is not an element of %s", e, v.Over[i])
			}
		}
	}
	return list
}

// overTime reports whether a run has numbers of a variable.
func overTime(v *document.Variable) bool { return !v.IsTable() }

// variables returns the names of all variables that have a course, for hints.
func variables(m *document.Model) []string {
	var out []string
	for _, v := range m.Variables {
		if overTime(v) {
			out = append(out, v.Name)
		}
	}
	return out
}

// elementsOf returns the elements of a dimension; nil if there is none of that name.
func elementsOf(m *document.Model, dimension string) []string {
	for _, d := range m.Dimensions {
		if d.Name == dimension {
			return d.Elements
		}
	}
	return nil
}

// part returns whether an element is one that a text in brackets names: itself, one of a dimension of
// that name, or any for a star.
func part(m *document.Model, text string) func(string) bool {
	return func(e string) bool {
		if text == "*" || element.Find([]string{e}, text) >= 0 {
			return true
		}
		for _, d := range m.Dimensions {
			if strings.EqualFold(d.Name, text) {
				return element.Find(d.Elements, e) >= 0
			}
		}
		return false
	}
}

// names reports whether a text, a variable with or without elements, names a column.
func names(m *document.Model, text string, c sim.Column) bool {
	name, elements, _ := element.Split(text)
	if name != c.Variable || elements != nil && len(elements) != len(c.Elements) {
		return false
	}
	for i, e := range elements {
		if !part(m, e)(c.Elements[i]) {
			return false
		}
	}
	return true
}
