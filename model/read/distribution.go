package read

import (
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/toml"
)

// distribution returns distribution = "triangular", or { name = "triangular", mode = 2 }.
func (r variableReader) distribution(t *toml.Table, v *document.Variable) *document.Distribution {
	x := t.Value("distribution")
	if x == nil {
		return nil
	}
	i := r.distributionRow(t, x)
	if i < 0 {
		return nil
	}
	row := keys.DistributionRows[i]
	d := &document.Distribution{Name: row.Name, Params: map[string]float64{}, Span: x.Span}
	if x.Kind == toml.KindTable {
		for _, p := range row.Params {
			if value, ok := x.Table.Number(p); ok {
				d.Params[p] = value
			}
		}
		x.Table.Done(keys.Distributions[i])
	}
	if _, given := d.Params[row.Needs]; v.Range == nil && !given && !t.Has("range") {
		r.report(code.BadDistribution, x.Span, "add range = [lower, upper]",
			"the distribution %s needs a range", row.Name)
		return nil
	}
	return r.possible(d, v)
}

// distributionRow returns the row that a value names; -1, after a report, if there is none.
func (r variableReader) distributionRow(t *toml.Table, x *toml.Value) int {
	var names []string
	for _, row := range keys.DistributionRows {
		names = append(names, row.Name)
	}
	switch x.Kind {
	case toml.KindString:
		return slices.Index(names, t.OneOf("distribution", names...))
	case toml.KindTable:
		i := slices.Index(names, x.Table.OneOf("name", names...))
		if i < 0 {
			x.Table.Keys() // the parameters of an unknown distribution are not reported
			x.Table.Done(keys.AnyDistribution)
		}
		return i
	}
	r.report(code.WrongType, x.Span, `for example distribution = "uniform"`,
		"distribution must be text or a table, not %s", x.Kind)
	return -1
}

// possible returns a distribution, or nil, after a report, if its parameters cannot be.
func (r variableReader) possible(d *document.Distribution, v *document.Variable) *document.Distribution {
	mode, hasMode := d.Params["mode"]
	sd, hasSD := d.Params["sd"]
	switch {
	case hasSD && sd <= 0:
		r.report(code.BadDistribution, d.Span, "", "the standard deviation sd must be more than 0, not %v", sd)
	case hasMode && v.Range != nil && (mode < v.Range[0] || mode > v.Range[1]):
		r.report(code.BadDistribution, d.Span, "",
			"the mode (%v) is outside the range, %v to %v", mode, v.Range[0], v.Range[1])
	case d.Name == "lognormal" && v.Range != nil && v.Range[0] <= 0:
		r.report(code.BadDistribution, d.Span, "",
			"a lognormal value is above 0, but the range begins at %v", v.Range[0])
	default:
		return d
	}
	return nil
}
