package calibrate

import (
	"fmt"
	"slices"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/resolved"
	"weir/scenarios/internal/element"
	"weir/scenarios/uncertainty"
)

// findParameters finds the constants to fit. Without a list in [calibration] these are all
// constants with a range. They come in the order of the model, whatever the order in the list, so
// that the same constants give the same search.
func (p *problem) findParameters(r *resolved.Model) {
	c := p.m.Calibration
	sources := map[string]*uncertainty.Source{}
	list, err := uncertainty.Constants(p.m, r, nil)
	if err != nil {
		p.report(NoRange, c.Span, "", "%v", err)
		return
	}
	for i := range list {
		sources[list[i].Name] = &list[i]
	}
	left := map[string]bool{}
	for _, text := range c.Without {
		if v, elements := p.constant(text); v != nil {
			left[element.Join(v.Name, elements)] = true
		}
	}
	if c.Constants == nil {
		for _, v := range p.m.Variables {
			if ranged(v) && !left[v.Name] && sources[v.Name] != nil {
				p.add(v, nil, sources, c.Span)
			}
		}
	}
	for _, text := range c.Constants {
		if v, elements := p.constant(text); v != nil && !left[element.Join(v.Name, elements)] {
			p.wanted(v, elements, sources, text.Span)
		}
	}
	if len(p.parameters) == 0 && !p.list.HasErrors() {
		p.report(Nothing, c.Span, "add range = [lower, upper] to constants of the model", "no constant is left to fit")
	}
	slices.SortStableFunc(p.parameters, func(a, b *parameter) int {
		return slices.Index(p.m.Variables, a.variable) - slices.Index(p.m.Variables, b.variable)
	})
}

// ranged reports whether a constant has a range to search. A range of equal ends leaves nothing to
// search.
func ranged(v *model.Variable) bool {
	return v.Kind == model.KindConstant && v.Range != nil && v.Range[0] < v.Range[1]
}

// constant finds a constant by the name in a list, with the elements named. Elements are returned
// in the spelling of the dimension. Both results are nil if there is a mistake, which is reported.
func (p *problem) constant(text model.Text) (*model.Variable, []string) {
	name, elements, closed := element.Split(text.Text)
	v := p.m.Variable(name)
	switch {
	case v == nil || !closed:
		p.report(UnknownConstant, text.Span, p.near(name, model.KindConstant),
			"the model has no constant %q", text.Text)
	case v.Kind == model.KindDecision:
		p.report(UnknownConstant, text.Span, "take it out: what somebody decides is not fitted to the past",
			"%s is a decision, not a constant", name)
	case v.Kind != model.KindConstant:
		p.report(UnknownConstant, text.Span, "name a constant that its equation uses",
			"%s is a %s; only constants are fitted", name, v.Kind)
	case elements != nil && len(elements) != len(v.Over):
		p.report(WhichElement, text.Span, "", "%s has %s, and %s", name, dimensions(v), named(len(elements)))
	case p.place(v, elements, text.Span) < 0:
	default:
		for i, e := range elements {
			d := p.dimension(v.Over[i]).Elements
			elements[i] = d[element.Find(d, e)]
		}
		return v, elements
	}
	return nil, nil
}

// wanted takes a constant that [calibration] names. An array and one of its elements overlap too.
// Without elements, the whole array is one parameter.
func (p *problem) wanted(v *model.Variable, elements []string,
	sources map[string]*uncertainty.Source, at diagnostic.Span) {
	place := -1
	if elements != nil {
		place = p.place(v, elements, at)
	}
	for _, o := range p.parameters {
		if o.variable == v && (o.place < 0 || place < 0 || o.place == place) {
			p.report(Overlap, at, "name it once", "%s is fitted already, as %s", element.Join(v.Name, elements), o.Name)
			return
		}
	}
	if !ranged(v) || sources[v.Name] == nil {
		p.report(NoRange, at, "add range = [lower, upper] to [constant."+v.Name+"]",
			"%s has no range to search", v.Name)
		return
	}
	p.add(v, elements, sources, at)
}

// add makes a parameter of a constant, or of one element of it. v must have a range and an entry in
// sources. place is -1 for the whole constant.
func (p *problem) add(v *model.Variable, elements []string,
	sources map[string]*uncertainty.Source, at diagnostic.Span) {
	s := sources[v.Name]
	x := &parameter{variable: v, place: -1, at: at, vary: s.Vary(), source: s, all: s}
	x.Constant = Constant{Name: v.Name, Label: s.Label, Unit: s.Unit,
		Low: v.Range[0], High: v.Range[1], Before: s.Value}
	if elements != nil {
		x.place, x.source = p.place(v, elements, at), nil
		x.Name = element.Join(v.Name, elements)
		x.vary = []string{x.Name}
		x.Label = fmt.Sprintf("%s (%s)", s.Label, elementsText(elements))
		x.Before = s.ValueAt(x.place)
	}
	if p.m.Calibration.Prior && v.Dist != nil {
		d := s.Distribute()
		x.prior = &d
	}
	x.p, x.own = x, p.ownOf(x)
	p.parameters = append(p.parameters, x)
}

// elementsText writes elements as in a label. For example "north, grade 1". There must be at least
// one.
func elementsText(elements []string) string {
	out := elements[0]
	for _, e := range elements[1:] {
		out += ", " + e
	}
	return out
}

// ownOf returns the value of a parameter that needs no data: the model's own. If years are
// held out it is the centre of the prior or range instead, since a value in the model's file
// may have been chosen with these years in sight.
func (p *problem) ownOf(x *parameter) float64 {
	switch {
	case p.until == nil:
		return x.Before
	case x.prior != nil:
		return x.prior.Quantile(0.5)
	}
	return (x.Low + x.High) / 2
}
