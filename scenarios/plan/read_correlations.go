package plan

import (
	"math"
	"slices"

	"weir/model/toml"
	"weir/scenarios/uncertainty"
)

// correlations reads correlation = [["a", "b", 0.6]].
func (r *drawReader) correlations() {
	x := r.t.Value("correlation")
	if x == nil {
		return
	}
	const form = `write correlation = [["a", "b", 0.6]]`
	if x.Kind != toml.KindArray {
		r.report(BadCorrelation, x.Span, form, "correlation is a list of lists")
		return
	}
	for _, item := range x.Items {
		if item.Kind != toml.KindArray || len(item.Items) != 3 ||
			item.Items[0].Kind != toml.KindString || item.Items[1].Kind != toml.KindString ||
			item.Items[2].Kind != toml.KindFloat && item.Items[2].Kind != toml.KindInteger {
			r.report(BadCorrelation, item.Span, form, "a correlation is two constants and a number")
			continue
		}
		if r.sound() {
			r.correlation(item)
		}
	}
}

// correlation reads one pair and its coefficient. Both constants must be drawn from ranges.
func (r *drawReader) correlation(item *toml.Value) {
	a, b := r.uncertain(item.Items[0].Text), r.uncertain(item.Items[1].Text)
	if a == nil || b == nil {
		return
	}
	c := uncertainty.Correlation{A: a.Name, B: b.Name, Coefficient: item.Items[2].Number}
	again := slices.ContainsFunc(r.u.Correlations,
		func(o uncertainty.Correlation) bool { return o.A == c.A && o.B == c.B || o.A == c.B && o.B == c.A })
	if !r.notPosterior(a, item.Span) || !r.notPosterior(b, item.Span) {
		return
	}
	switch missing := r.notDrawn(a, b); {
	case a == b:
		r.report(BadCorrelation, item.Span, "name two constants", "%s goes with itself", a.Name)
	case again:
		r.report(BadCorrelation, item.Span, "name each pair once", "%s and %s are correlated twice", a.Name, b.Name)
	case missing != "":
		r.report(BadCorrelation, item.Span, "", "%s is not among the uncertain constants", missing)
	case !(math.Abs(c.Coefficient) < 1):
		r.report(BadCorrelation, item.Items[2].Span, "constants that always move together are one constant",
			"a correlation lies between -1 and 1, not at %v", c.Coefficient)
	default:
		r.u.Correlations = append(r.u.Correlations, c)
	}
}
