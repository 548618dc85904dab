package scenarios

import (
	"context"
	"math"
	"slices"

	"weir/model/resolved"
	"weir/scenarios/internal/curve"
	"weir/scenarios/internal/statistic"
)

// judge computes everything that is said about finished runs, and about futures
// unless f is nil.
func (c *Comparison) judge(ctx context.Context, f *futures, workers int) error {
	for _, o := range c.Set.Outcomes {
		c.Panels = append(c.Panels, c.panel(o.Variable, o, nil))
	}
	for _, chart := range c.Set.Charts {
		c.Panels = append(c.Panels, c.panel(chart.Variable, nil, chart))
	}
	c.Centre = CentralRun
	if f != nil {
		f.measure(c)
		c.Uncertainty = c.spread(f)
		if len(f.members) > 0 {
			c.Centre = MedianFuture
		}
		if err := f.band(ctx, c, workers); err != nil {
			return err
		}
	}
	for i, o := range c.Set.Outcomes { // outcomes are the first panels
		if p := c.Set.History(o.History); p != nil {
			c.Fits = append(c.Fits, c.fit(&c.Panels[i], p))
		}
	}
	for i := range c.Runs {
		c.Verdicts = append(c.Verdicts, c.verdicts(i, f)...)
	}
	for _, o := range c.Set.Outcomes {
		c.Reversals = append(c.Reversals, reversals(o, c.contenders(o, f))...)
	}
	return ctx.Err()
}

// verdicts returns those of one scenario, in the order of the outcomes.
func (c *Comparison) verdicts(run int, f *futures) []Verdict {
	var list []Verdict
	for i, o := range c.Set.Outcomes {
		list = append(list, c.verdict(i, o, run, f))
	}
	if i := slices.IndexFunc(list, func(v Verdict) bool { return v.Outcome.Cost }); i >= 0 {
		cost := list[i]
		for n := range list {
			list[n].price(&cost)
		}
	}
	return list
}

// verdict judges outcome i in one scenario, at the centre.
func (c *Comparison) verdict(i int, o *Outcome, run int, f *futures) Verdict {
	r, w := c.Runs[run], c.window()
	central := c.contrast(r, o.Variable)
	v := Judge(o, central, w)
	if f != nil && len(f.members) > 0 {
		at := Numbers{Baseline: median(f.level[i][0]), Value: median(f.level[i][run+1]),
			Difference: median(statistic.Minus(f.level[i][run+1], f.level[i][0]))}
		known := v
		v = c.courses(o, run, f).judge(o, at, known.Noise)
		v.Central, v.Discounted = known.Central, known.Discounted
	}
	v.Scenario = r.Scenario
	for _, x := range c.Fits {
		if x.Outcome == o && x.Points > 0 {
			misfit := x.MAPE * math.Abs(v.Baseline)
			v.Misfit = &misfit
		}
	}
	if f != nil {
		f.consult(&v, i, run+1)
	}
	return v
}

// contrast returns one variable in the baseline and in a run.
func (c *Comparison) contrast(r *Run, name string) Contrast {
	return Contrast{
		Time:     c.Time,
		Baseline: c.series(c.Baseline.Result, name), BaselineHalved: c.series(c.Baseline.Check, name),
		Value: c.series(r.Result, name), ValueHalved: c.series(r.Check, name),
	}
}

// contenders returns every scenario's course of an outcome, in the set's order.
func (c *Comparison) contenders(o *Outcome, f *futures) []contender {
	var all []contender
	w := c.window()
	for i, r := range c.Runs {
		central := curve.Curve{T: c.Time, Y: c.series(r.Result, o.Variable)}
		fine := curve.Curve{T: c.Time, Y: c.series(r.Check, o.Variable)}
		all = append(all, contender{r.Scenario, c.courses(o, i, f).value, o.Course(central, w), o.Course(fine, w)})
	}
	return all
}

// fit compares the baseline that the chart shows, at the centre, with the record of its outcome.
func (c *Comparison) fit(p *Panel, points []resolved.Point) Fit {
	f := FitOf(c.Time, p.Baseline, points)
	f.Outcome, f.Data = p.Outcome, p.Outcome.History
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
	for _, x := range c.Set.History(o.History) {
		if x.X >= p.Time[0] && x.X <= c.Horizon {
			p.History = append(p.History, x)
		}
	}
	return p
}
