package read

import (
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/toml"
)

// distributions are how an uncertain constant may be drawn. What is not given comes
// from the constant's range and value; see the comments.
var distributions = []struct {
	name   string
	params []string
	needs  string // "range", or the parameter without which a range is needed
}{
	{"uniform", nil, "range"},                   // over the range
	{"triangular", []string{"mode"}, "range"},   // over the range; mode: value
	{"normal", []string{"mean", "sd"}, "sd"},    // mean: value; sd: a quarter of the range, which then holds 95 percent
	{"lognormal", []string{"mean", "sd"}, "sd"}, // of the logarithm; mean: that of value; sd: a quarter of the range of logarithms
}

// distribution reads distribution = "triangular", or { name = "triangular", mode = 2 }.
func (r *reader) distribution(t *toml.Table, v *document.Variable) *document.Distribution {
	x := t.Value("distribution")
	if x == nil {
		return nil
	}
	i := r.distributionRow(t, x)
	if i < 0 {
		return nil
	}
	row := distributions[i]
	d := &document.Distribution{Name: row.name, Params: map[string]float64{}, Span: x.Span}
	if x.Kind == toml.KindTable {
		for _, p := range row.params {
			if value, ok := x.Table.Number(p); ok {
				d.Params[p] = value
			}
		}
		x.Table.Done(distributionShapes[i])
	}
	if _, given := d.Params[row.needs]; v.Range == nil && !given && !t.Has("range") {
		r.report(code.BadDistribution, x.Span, "add range = [lower, upper]", "the distribution %s needs a range", row.name)
		return nil
	}
	return r.possible(d, v)
}

// distributionRow finds the row that a value names; -1 after a report if there is none.
func (r *reader) distributionRow(t *toml.Table, x *toml.Value) int {
	var names []string
	for _, row := range distributions {
		names = append(names, row.name)
	}
	switch x.Kind {
	case toml.KindString:
		return slices.Index(names, t.OneOf("distribution", names...))
	case toml.KindTable:
		i := slices.Index(names, x.Table.OneOf("name", names...))
		if i < 0 {
			x.Table.Keys() // of a distribution that we do not know, none is wrong
			x.Table.Done(anyDistribution)
		}
		return i
	}
	r.report(code.WrongType, x.Span, `for example distribution = "uniform"`, "distribution must be text or a table, not %s", x.Kind)
	return -1
}

// possible reports parameters that no distribution can have.
func (r *reader) possible(d *document.Distribution, v *document.Variable) *document.Distribution {
	mode, hasMode := d.Params["mode"]
	sd, hasSD := d.Params["sd"]
	switch {
	case hasSD && sd <= 0:
		r.report(code.BadDistribution, d.Span, "", "the standard deviation sd must be more than 0, not %v", sd)
	case hasMode && v.Range != nil && (mode < v.Range[0] || mode > v.Range[1]):
		r.report(code.BadDistribution, d.Span, "", "the mode (%v) is outside the range, %v to %v", mode, v.Range[0], v.Range[1])
	case d.Name == "lognormal" && v.Range != nil && v.Range[0] <= 0:
		r.report(code.BadDistribution, d.Span, "", "a lognormal value is above 0, but the range begins at %v", v.Range[0])
	default:
		return d
	}
	return nil
}
