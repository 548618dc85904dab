package xmile

import (
	"strings"

	"weir/model"
)

// elementParts are what stands in an array as a whole, and has no meaning for a single
// element (XMILE 1.0, 4.5).
var elementParts = []string{"conveyor", "queue", "inflow", "outflow", "multiplier", "overflow", "leak_integers"}

// ofElements reads what elements say in the array's place: what all of them say holds for
// the array.
func (im *importer) ofElements(v *variable) {
	if len(v.elements) == 0 {
		return
	}
	im.together(v, "leak", &v.leak)
	switch v.kind {
	case model.KindStock:
		im.together(v, "non_negative", &v.nonNeg)
	case model.KindFlow:
		im.together(v, "non_negative", &v.uniflow)
	}
	for _, e := range v.elements {
		for _, name := range elementParts {
			if k := e.n.kid(name); k != nil {
				im.reject(v, k.span(im.file), "write it in the array", "<%s> of a single element is not supported", name)
				return
			}
		}
	}
}

// together reads a flag that the array has, or all of its elements.
func (im *importer) together(v *variable, name string, to *bool) {
	first := flag(v.elements[0].n, name, *to)
	for _, e := range v.elements {
		if flag(e.n, name, *to) != first {
			im.reject(v, e.n.span(im.file), "write it in the array", "<%s> of some elements only is not supported", name)
			return
		}
	}
	*to = first
}

// events says which event would stop a run: messages and pauses change no numbers.
func (im *importer) events(v *variable) {
	for _, poster := range v.n.all("event_poster") {
		for _, t := range poster.all("threshold") {
			for _, e := range t.all("event") {
				if strings.EqualFold(e.value("sim_action"), "stop") {
					im.approximate(v, e.span(im.file), "an event stops the run when %s passes %s; here it goes on", v.name, t.value("value"))
				}
			}
		}
	}
}

// filtered reports whether a macro is an option filter, which changes all stocks or flows
// that have its name as an option; non_negative is built in (XMILE 1.0, 3.6.2).
func (im *importer) filtered(n *node) bool {
	a, given := n.attr("filter")
	if !given {
		return false
	}
	if canonical(n.value("name")) == "non_negative" {
		im.row(n, n.value("name"), model.Equivalent, "weir holds stocks and flows back itself")
		return true
	}
	im.row(n, n.value("name"), model.Unsupported, "an option filter")
	im.unsupported(a.span(im.file), "call it in the equations that it is for", "the macro %s is an option filter, which is not supported", n.value("name"))
	return true
}

// forArguments is the macro of that name with so many arguments: a name may have several
// (XMILE 1.0, 3.6.1). Without one it is the first, of which some arguments may be left out.
func (m *macro) forArguments(n int) *macro {
	for other := m; other != nil; other = other.next {
		if len(other.parms) == n {
			return other
		}
	}
	return m
}

// another puts a macro behind those of the same name, which take other numbers of
// arguments.
func (m *macro) another(of *macro) bool {
	if m.forArguments(len(of.parms)) != m || len(m.parms) == len(of.parms) {
		return false
	}
	last := m
	for last.next != nil {
		last = last.next
	}
	last.next = of
	return true
}
