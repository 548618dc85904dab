package source

import (
	"strings"

	"weir/model"
)

// elementParts are elements that hold for an array as a whole, and have no meaning in a
// single <element> (XMILE 1.0, 4.5).
var elementParts = []string{"conveyor", "queue", "inflow", "outflow", "multiplier", "overflow", "leak_integers"}

// ofElements reads flags that <element> has in the array's place: a flag of all elements
// holds for the array.
// Stocks and flows of weir have these flags as a whole. A part of a single element that has a
// meaning only for the array is rejected; the first one is enough.
func (im *Model) ofElements(v *Variable) {
	if len(v.Elements) == 0 {
		return
	}
	im.together(v, "leak", &v.Leak)
	switch v.Kind {
	case model.KindStock:
		im.together(v, "non_negative", &v.NonNeg)
	case model.KindFlow:
		im.together(v, "non_negative", &v.Uniflow)
	}
	for _, e := range v.Elements {
		for _, name := range elementParts {
			if k := e.Node.Kid(name); k != nil {
				im.Reject(v, k.Span(im.Sources), "write it in the array",
					"<%s> of a single element is not supported", name)
				return
			}
		}
	}
}

// together reads a flag that the array has, or all of its elements.
// An element without the flag has the array's. Elements that differ are rejected, and the flag
// stays as it was.
func (im *Model) together(v *Variable, name string, to *bool) {
	first := Flag(v.Elements[0].Node, name, *to)
	for _, e := range v.Elements {
		if Flag(e.Node, name, *to) != first {
			im.Reject(v, e.Node.Span(im.Sources), "write it in the array",
				"<%s> of some elements only is not supported", name)
			return
		}
	}
	*to = first
}

// events reports the events that would stop a run: messages and pauses change no numbers.
func (im *Model) events(v *Variable) {
	for _, poster := range v.Node.All("event_poster") {
		for _, t := range poster.All("threshold") {
			for _, e := range t.All("event") {
				if strings.EqualFold(e.Value("sim_action"), "stop") {
					im.Approximate(v, e.Span(im.Sources),
						"an event stops the run when %s passes %s; here it goes on", v.Name, t.Value("value"))
				}
			}
		}
	}
}
