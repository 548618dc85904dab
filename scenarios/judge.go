package scenarios

import (
	"slices"

	"weir/model/resolved"
)

// judge computes everything that is said about finished runs, and about futures
// unless f is nil.
func (c *Comparison) judge(f *futures) {
	w := c.window()
	if f != nil {
		f.measure(c)
		c.Uncertainty = c.spread(f)
	}
	for i := range c.Runs {
		c.Verdicts = append(c.Verdicts, c.verdicts(i, w, f)...)
	}
	for _, o := range c.Set.Outcomes {
		c.Reversals = append(c.Reversals, reversals(o, c.Time, c.contenders(o), w)...)
		if p := c.Set.history(o.History); p != nil {
			c.Fits = append(c.Fits, c.fit(o, p))
		}
		c.Panels = append(c.Panels, c.panel(o.Variable, o, nil))
	}
	for _, chart := range c.Set.Charts {
		c.Panels = append(c.Panels, c.panel(chart.Variable, nil, chart))
	}
}

// verdicts returns those of one scenario, in the order of the outcomes.
func (c *Comparison) verdicts(run int, w Window, f *futures) []Verdict {
	var list []Verdict
	r := c.Runs[run]
	for i, o := range c.Set.Outcomes {
		v := Judge(o, c.contrast(r, o.Variable), w)
		v.Scenario = r.Scenario
		if f != nil {
			f.consult(&v, i, run+1)
		}
		list = append(list, v)
	}
	if i := slices.IndexFunc(list, func(v Verdict) bool { return v.Outcome.Cost }); i >= 0 {
		cost := list[i]
		for n := range list {
			list[n].price(&cost)
		}
	}
	return list
}

// contrast returns one variable in the baseline and in a run.
func (c *Comparison) contrast(r *Run, name string) Contrast {
	return Contrast{
		Time:     c.Time,
		Baseline: c.series(c.Baseline.Result, name), BaselineHalved: c.series(c.Baseline.Check, name),
		Value: c.series(r.Result, name), ValueHalved: c.series(r.Check, name),
	}
}

// contenders returns every scenario's runs of an outcome, in the set's order.
func (c *Comparison) contenders(o *Outcome) []contender {
	var all []contender
	for _, r := range c.Runs {
		all = append(all, contender{r.Scenario, c.series(r.Result, o.Variable), c.series(r.Check, o.Variable)})
	}
	return all
}

// fit compares the baseline with the record of an outcome.
func (c *Comparison) fit(o *Outcome, points []resolved.Point) Fit {
	f := FitOf(c.Time, c.series(c.Baseline.Result, o.Variable), points)
	f.Outcome, f.Data = o, o.History
	return f
}

// panel gathers the content of one chart.
func (c *Comparison) panel(name string, o *Outcome, chart *Chart) Panel {
	p := Panel{Outcome: o, Chart: chart, Variable: name, Time: c.Time, Baseline: c.series(c.Baseline.Result, name)}
	for _, r := range c.Runs {
		p.Runs = append(p.Runs, c.series(r.Result, name))
	}
	if o == nil {
		return p
	}
	for _, x := range c.Set.history(o.History) {
		if x.X >= p.Time[0] && x.X <= c.Horizon {
			p.History = append(p.History, x)
		}
	}
	return p
}
