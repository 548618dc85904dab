package ensemble

import (
	"context"
	"errors"
	"fmt"

	"weir/scenarios/health"
	"weir/scenarios/words"
	"weir/sim"
)

// An Outcome counts an ensemble's members after a run.
type Outcome struct {
	Members   int                 // run so far
	Failed    int                 // of those, ended before the stop time
	Failures  []sim.MemberFailure // the first ten
	Cancelled bool                // by the context; the members before are whole
}

// mostFailures is how many failures are kept.
const mostFailures = 10

// note takes over the failures of a block whose first member is first.
func (o *Outcome) note(r *sim.EnsembleResult, first int) {
	o.Failed += len(r.NonFinite)
	o.Members += r.Done
	for _, f := range r.NonFinite {
		if f.Member += first; len(o.Failures) < mostFailures {
			o.Failures = append(o.Failures, f)
		}
	}
}

// block returns the settings for n members from first on.
func (p *Plan) block(first, n int) sim.EnsembleSettings {
	s := sim.EnsembleSettings{
		Settings: p.Settings, Runs: n, Vary: p.Drawn(),
		Values: func(member int, to []float64) { p.sampler.Values(first+member, to) },
	}
	s.Member += uint64(first)
	return s
}

// Write runs all members in blocks and gives row each of their rows: the time, the
// draws, and the kept columns. The slice is reused. progress returns the function that a
// block beginning at a member reports to; nil if nobody listens. A cancelled context is no
// error: the outcome says so.
func (p *Plan) Write(ctx context.Context, row func(member int, numbers []float64) error,
	progress func(first int) func(sim.Progress)) (*Outcome, error) {
	o := &Outcome{}
	size := max(blockLeast, int(blockNumbers/(p.Rows()*p.Width()))/blockLeast*blockLeast)
	for first := 0; first < p.Sampling.Runs; first += size {
		s := p.block(first, min(size, p.Sampling.Runs-first))
		s.Keep, s.Progress = columnNames(p.written()), progress(first)
		r, err := p.program.Ensemble(ctx, s)
		if r == nil && errors.Is(err, context.Canceled) { // before the block was planned
			o.Cancelled = true
			break
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			return nil, err
		}
		o.note(r, first)
		if err := p.put(row, r, first); err != nil {
			return nil, err
		}
		if !r.Complete {
			o.Cancelled = true
			break
		}
	}
	return o, nil
}

// put gives the rows of a block's members that were run.
func (p *Plan) put(row func(member int, numbers []float64) error, r *sim.EnsembleResult, first int) error {
	drawn, columns := len(p.Drawn()), p.written()
	numbers := make([]float64, 1+drawn+len(columns))
	values := make([][][]float64, len(columns)) // by column and row
	for k, c := range columns {
		for i := range r.Time {
			values[k] = append(values[k], r.Values(c.Name(), i))
		}
	}
	for m := range r.Runs {
		p.sampler.Values(first+m, numbers[1:1+drawn])
		for i := range r.Rows(m) {
			numbers[0] = r.Time[i]
			for k := range values {
				numbers[1+drawn+k] = values[k][i][m]
			}
			if err := row(first+m, numbers); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remarks returns the sentences, without a full stop, that a reader of the numbers needs.
func (p *Plan) Remarks(o *Outcome) []string {
	var lines []string
	if len(p.Drawn()) == 0 {
		lines = append(lines, "no constant has a range: runs differ by random draws only")
	}
	if o.Failed > 0 {
		lines = append(lines,
			fmt.Sprintf("%d of %s broke down; their rows end there, and quantiles are without them",
				o.Failed, words.Count(o.Members, "run")))
	}
	for _, f := range o.Failures[:min(3, len(o.Failures))] {
		reason := f.Message
		if f.Cause != nil {
			reason = health.NonFinite(f.Cause, p.Model.Time.Unit)
		}
		lines = append(lines, fmt.Sprintf("run %d: %s", f.Member, reason))
	}
	return lines
}

// Extent returns how far the runs came: "120 of 1000 runs".
func (p *Plan) Extent(o *Outcome) string {
	return fmt.Sprintf("%d of %s", o.Members, words.Count(p.Sampling.Runs, "run"))
}
