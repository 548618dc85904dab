package read

import (
	"math"
	"slices"

	"weir/model/code"
	"weir/model/document"
	"weir/model/keys"
	"weir/model/toml"
)

// distribution returns distribution = "triangular", or { name = "triangular", mode = 2 }. Without a
// range the distribution must have the parameter that its row needs, or the logarithm of it: it
// would otherwise have no place on the axis. The result is nil without the key, and after a report.
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
	_, given := d.Params[row.Needs]
	_, log := d.Params["log_"+row.Needs]
	if v.Range == nil && !given && !log && !t.Has("range") {
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
			for _, k := range keys.AnyDistribution.Names() {
				x.Table.Has(k) // the parameters of an unknown distribution are not reported
			}
			x.Table.Done(keys.AnyDistribution)
		}
		return i
	}
	r.report(code.WrongType, x.Span, `for example distribution = "uniform"`,
		"distribution must be text or a table, not %s", x.Kind)
	return -1
}

// possible returns a distribution, or nil, after a report, if its parameters cannot be. The range
// cuts the distribution off, so a mode outside it would never be drawn.
func (r variableReader) possible(d *document.Distribution, v *document.Variable) *document.Distribution {
	mode, hasMode := d.Params["mode"]
	for _, key := range []string{"sd", "log_sd"} {
		if sd, given := d.Params[key]; given && sd <= 0 {
			r.report(code.BadDistribution, d.Span, "", "the standard deviation %s must be more than 0, not %v", key, sd)
			return nil
		}
	}
	if !r.logarithms(d, v) {
		return nil
	}
	switch {
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

// logarithms reports parameters of a lognormal that contradict each other, or the range. It reports
// false after a report, and true for every other distribution. The median of a lognormal is
// exp(log_mean), whatever its spread; it stands for log_mean where the range is compared, since the
// range is one of the quantity itself.
func (r variableReader) logarithms(d *document.Distribution, v *document.Variable) bool {
	if d.Name != "lognormal" {
		return true
	}
	mean, hasMean := d.Params["mean"]
	_, hasSD := d.Params["sd"]
	logMean, hasLogMean := d.Params["log_mean"]
	_, hasLogSD := d.Params["log_sd"]
	median := math.Exp(logMean)
	switch {
	case (hasMean || hasSD) && (hasLogMean || hasLogSD):
		r.report(code.BadDistribution, d.Span, "give mean and sd, or log_mean and log_sd",
			"mean and sd are of the quantity, log_mean and log_sd of its logarithm; they do not go together")
	case hasMean && mean <= 0:
		r.report(code.BadDistribution, d.Span, "if it is the mean of the logarithm, write log_mean",
			"the mean of a lognormal quantity is above 0, not %v", mean)
	case hasMean && v.Range != nil && (mean < v.Range[0] || mean > v.Range[1]):
		r.report(code.BadDistribution, d.Span, "if it is the mean of the logarithm, write log_mean",
			"the mean (%v) is outside the range, %v to %v", mean, v.Range[0], v.Range[1])
	case hasLogMean && v.Range != nil && (median < v.Range[0] || median > v.Range[1]):
		r.report(code.BadDistribution, d.Span, "if it is the mean of the quantity, write mean",
			"log_mean (%v) is the logarithm of %.4g, which is outside the range, %v to %v",
			logMean, median, v.Range[0], v.Range[1])
	default:
		return true
	}
	return false
}
