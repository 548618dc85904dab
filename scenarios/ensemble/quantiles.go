package ensemble

import (
	"context"
	"errors"

	"weir/scenarios/words"
	"weir/sim"
)

// Quantiles are those of the kept columns over all members.
type Quantiles struct {
	Outcome
	Time []float64 // the saved times
	Rows []Row     // in the order of Plan.Columns
	// Error is how far the quantiles may be off as ranks, a share of the members: 0 where all
	// numbers were kept, more where sketches stand in for them.
	Error float64
}

// A Row is one column's quantiles.
type Row struct {
	Name, Unit        string
	Low, Median, High float64   // 10th percentile, median and 90th at the last time
	Medians           []float64 // at each time
}

// leastError is the error of quantiles below which nobody needs to know of it.
const leastError = 1e-4

// summary returns the settings of a run that keeps enough for quantiles: all numbers if they
// fit into a block, otherwise sketches, whose memory does not grow with the members.
func (p *Plan) summary() sim.EnsembleSettings {
	s := p.block(0, p.Sampling.Runs)
	if p.Rows()*float64(len(p.Columns))*float64(p.Sampling.Runs) <= blockNumbers {
		s.Keep = columnNames(p.Columns)
	} else {
		s.Sketch = columnNames(p.Columns)
	}
	return s
}

// Memory returns the bytes that Quantiles takes.
func (p *Plan) Memory() (int64, error) { return p.program.EnsembleMemory(p.summary()) }

// Quantiles runs all members. A cancelled context is no error: the quantiles are those of
// the members before. progress may be nil.
func (p *Plan) Quantiles(ctx context.Context, progress func(sim.Progress)) (*Quantiles, error) {
	s := p.summary()
	s.Progress = progress
	r, err := p.program.Ensemble(ctx, s)
	if err != nil && (!errors.Is(err, context.Canceled) || r == nil) {
		return nil, err
	}
	q := &Quantiles{Time: r.Time, Outcome: Outcome{Cancelled: !r.Complete}}
	q.note(r, 0)
	last := len(r.Time) - 1
	for i, name := range p.Names() {
		column := p.Columns[i].Name()
		q.Rows = append(q.Rows, newRow(name, p.Columns[i].Unit, len(r.Time),
			func(k int, share float64) float64 { return r.Quantile(column, k, share) }))
		q.Error = max(q.Error, r.QuantileError(column, last))
	}
	return q, nil
}

// newRow returns the quantiles of a column with so many saved times.
func newRow(name, unit string, times int, quantile func(k int, share float64) float64) Row {
	last := times - 1
	row := Row{Name: name, Unit: unit, Low: quantile(last, 0.1), Median: quantile(last, 0.5), High: quantile(last, 0.9)}
	for k := range times {
		row.Medians = append(row.Medians, quantile(k, 0.5))
	}
	return row
}

// Remarks returns the sentences, without a full stop, about quantiles of an ensemble.
func (q *Quantiles) Remarks(t Tally) []string {
	lines := t.Remarks()
	if q.Error >= leastError {
		lines = append(lines, "of so many runs, quantiles are known to "+words.Percent(q.Error))
	}
	return lines
}
