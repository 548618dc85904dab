package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"weir/scenarios/internal/statistic"
	"weir/scenarios/plan"
	"weir/sim"
)

// spread returns the summary of the futures.
func (c *Comparison) spread(f *futures) *Spread {
	u := c.Set.Uncertainty
	s := &Spread{
		Runs: u.Runs, Counted: len(f.members), Excluded: len(f.failed), Failures: f.failed[:min(MaxFailures,
			len(f.failed))],
		Method: u.Method, Seed: u.Seed, Sources: u.Sources, Correlations: u.Correlations,
		Choices: f.sampler.Choices(), Programs: f.runner.Programs(),
		Vary: f.sampler.Vary(), sampler: f.sampler, order: f.ordered(), levels: f.level, members: f.members,
	}
	s.Thin = s.Evenly(ThinFutures)
	for i, o := range c.Set.Outcomes {
		s.Outcomes = append(s.Outcomes, f.outcome(i, o))
	}
	return s
}

// ordered returns the members that count from the lowest to the highest level of the first
// outcome with no new decisions.
func (f *futures) ordered() []int {
	order := make([]int, len(f.members))
	for i := range order {
		order[i] = i
	}
	level := f.level[0][0]
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(level[a], level[b]) })
	for i, place := range order {
		order[i] = f.members[place]
	}
	return order
}

// outcome returns the summary of an outcome with no new decisions.
func (f *futures) outcome(i int, o *Outcome) OutcomeSpread {
	s := OutcomeSpread{Outcome: o}
	if len(f.members) == 0 {
		return s
	}
	base := f.level[i][0]
	s.Range[0], s.Median, s.Range[1] = statistic.Tenths(slices.Clone(base))
	s.Regret = f.regret(i, 0, o)
	s.Drivers = f.drivers(base)
	return s
}

// regret returns the mean of the largest tenth of the shortfalls of a run against the best
// run of the same future.
func (f *futures) regret(outcome, run int, o *Outcome) float64 {
	short := make([]float64, len(f.members))
	for k := range short {
		for _, other := range f.level[outcome] {
			ahead := other[k] - f.level[outcome][run][k]
			if o.Better == Lower {
				ahead = -ahead
			}
			short[k] = max(short[k], ahead)
		}
	}
	return statistic.WorstTenth(short)
}

// consult fills in the results of the futures for a verdict, of outcome i in run r (0 is the
// baseline), and withdraws it if they do not agree. The verdict's own numbers are medians.
func (f *futures) consult(v *Verdict, i, r int) {
	if n := len(f.members); n > 0 {
		d := statistic.Minus(f.level[i][r], f.level[i][0])
		v.BetterShare, v.WorseShare = shares(d, v.Noise, v.Outcome.Better == Higher)
		v.None = v.None && !slices.ContainsFunc(d, func(x float64) bool { return x != 0 })
		if v.Never != nil {
			v.Never = &Never{f.never[i][0], f.never[i][r]}
		}
		v.Regret = f.regret(i, r, v.Outcome)
		v.Drivers = f.drivers(d)
		v.BaselineRange, v.ValueRange = tenthsOf(f.level[i][0]), tenthsOf(f.level[i][r])
		v.Range[0], v.Median, v.Range[1] = statistic.Tenths(d)
		if v.Discounted != nil {
			v.Discounted.over(f.present[i][0], f.present[i][r])
		}
	}
	if v.Distinguishable && !v.agreed() {
		v.Unsure, v.Distinguishable, v.Improves, v.Slight = true, false, false, false
		v.EffectFrom, v.HalfEffect, v.Worse, v.BreakEven = nil, nil, nil, nil
	}
}

// over makes discounted sums those of the futures.
func (d *Discounted) over(base, value []float64) {
	d.Baseline, d.Value = median(base), median(value)
	d.Range[0], d.Difference, d.Range[1] = statistic.Tenths(statistic.Minus(value, base))
}

// shares returns the shares of differences beyond the noise that go one way and the other.
func shares(differences []float64, noise float64, higher bool) (better, worse float64) {
	for _, x := range differences {
		switch {
		case !(math.Abs(x) > noise):
		case (x > 0) == higher:
			better++
		default:
			worse++
		}
	}
	n := float64(len(differences))
	return better / n, worse / n
}

// tenthsOf returns the 10th and the 90th percentile of values, which keep their order.
func tenthsOf(values []float64) [2]float64 {
	low, _, high := statistic.Tenths(slices.Clone(values))
	return [2]float64{low, high}
}

// agreed reports whether enough futures go in the direction of the difference.
func (v *Verdict) agreed() bool {
	if v.Improves {
		return v.BetterShare >= AgreeShare
	}
	return v.WorseShare >= AgreeShare
}

// band fills in the bands of all panels, and makes their medians the panels' lines.
func (f *futures) band(ctx context.Context, c *Comparison, workers int) error {
	var jobs []job
	for i := range c.Panels {
		jobs = append(jobs, job{what: c.Panels[i].Variable, run: func(context.Context, func(float64)) error {
			f.bands(c, &c.Panels[i])
			return nil
		}})
	}
	return work(ctx, jobs, Options{Workers: workers})
}

// bands fills in the bands of a panel.
func (f *futures) bands(c *Comparison, p *Panel) {
	rows, thin := len(c.Time), c.Uncertainty.Thin
	byRow := func(e *sim.EnsembleResult) [][]float64 {
		out := make([][]float64, rows)
		for row := range out {
			out[row] = f.counted(e.Values(p.Variable, row))
		}
		return out
	}
	places := make([]int, len(thin))
	for k, m := range thin {
		places[k], _ = slices.BinarySearch(f.members, m)
	}
	base := byRow(f.runs[0])
	p.BaselineBand = bandOf(base, places)
	for _, e := range f.runs[1:] {
		values := byRow(e)
		p.RunBands = append(p.RunBands, bandOf(values, places))
		for row := range values {
			values[row] = statistic.Minus(values[row], base[row])
		}
		p.DifferenceBands = append(p.DifferenceBands, bandOf(values, places))
	}
	if len(f.members) == 0 {
		return
	}
	p.Baseline = p.BaselineBand.Median
	for i, b := range p.RunBands {
		p.Runs[i] = b.Median
	}
}

// bandOf returns the band of values by row and member, with the futures at some places.
func bandOf(byRow [][]float64, places []int) *Band {
	n := len(byRow)
	b := &Band{Low: nothing(n), Median: nothing(n), High: nothing(n)}
	for range places {
		b.Futures = append(b.Futures, make([]float64, n))
	}
	for row, values := range byRow {
		for k, at := range places {
			b.Futures[k][row] = values[at]
		}
		b.Low[row], b.Median[row], b.High[row] = statistic.Tenths(slices.Clone(values))
	}
	return b
}

// Note says, in a sentence without a full stop, which futures are left out; "" if none.
func (s *Spread) Note() string {
	if s.Excluded == 0 {
		return ""
	}
	var first []string
	for _, x := range s.Failures[:min(inNote, len(s.Failures))] {
		with := plan.BaselineLabel
		if x.Scenario != nil {
			with = x.Scenario.Label
		}
		what := fmt.Sprintf("%s at %v", x.Variable, x.Time)
		if x.Message != "" {
			what = x.Message
		}
		first = append(first, fmt.Sprintf("future %d, %s: %s", x.Member, with, what))
	}
	if len(first) < s.Excluded {
		first = append(first, "…")
	}
	return fmt.Sprintf("%d of %d futures broke down and are left out of every scenario (%s)",
		s.Excluded, s.Runs, strings.Join(first, "; "))
}
