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
	return p.blocks(ctx, Members{0, p.Sampling.Runs}, p.blockSize(), columnNames(p.written()), nil, progress,
		func(r *sim.EnsembleResult, first int) (bool, error) { return true, p.put(row, r, first) })
}

// nobody listens to progress.
func nobody(int) func(sim.Progress) { return nil }

// Members are those of an ensemble from First up to End.
type Members struct{ First, End int }

// WriteMembers is Write for some of the members. If the context is cancelled, the members of whole
// blocks are there, and no others: Outcome.Members is how many, from the first on.
func (p *Plan) WriteMembers(ctx context.Context, of Members, row func(member int, numbers []float64) error,
	progress func(first int) func(sim.Progress)) (*Outcome, error) {
	return p.blocks(ctx, of, p.shortBlock(of), columnNames(p.written()), nil, progress,
		func(r *sim.EnsembleResult, first int) (bool, error) {
			if !r.Complete {
				return false, nil
			}
			return true, p.put(row, r, first)
		})
}

// blockSize returns how many members fit into a block.
func (p *Plan) blockSize() int {
	return max(blockLeast, int(blockNumbers/(p.Rows()*p.Width()))/blockLeast*blockLeast)
}

// shortBlock returns a size of blocks of which there are some twenty, so that little is lost of
// members that are stopped.
func (p *Plan) shortBlock(of Members) int {
	const blocks = 20
	return min(p.blockSize(), max(blockLeast, (of.End-of.First)/blocks/blockLeast*blockLeast))
}

// blocks runs members block by block and gives each result, with its first member, to take, which
// reports whether it wants the members of a block that was stopped. The outcome counts those taken.
func (p *Plan) blocks(ctx context.Context, of Members, size int, keep, sketch []string,
	progress func(first int) func(sim.Progress), take func(r *sim.EnsembleResult, first int) (bool, error)) (*Outcome, error) {
	o := &Outcome{}
	for first := of.First; first < of.End; first += size {
		s := p.block(first, min(size, of.End-first))
		s.Keep, s.Sketch, s.Progress = keep, sketch, progress(first)
		r, err := p.program.Ensemble(ctx, s)
		if r == nil && errors.Is(err, context.Canceled) { // before the block was planned
			o.Cancelled = true
			break
		}
		if err != nil && !errors.Is(err, context.Canceled) {
			return nil, err
		}
		taken, err := take(r, first)
		if err != nil {
			return nil, err
		}
		if taken {
			o.note(r, first)
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

// A Tally says how an ensemble went, for a reader of its numbers.
type Tally struct {
	Drawn   int      `json:"drawn"`             // constants with a value of their own in each member
	Members int      `json:"members"`           // run
	Failed  int      `json:"failed,omitempty"`  // of those, ended before the stop time
	Reasons []string `json:"reasons,omitempty"` // why the first three of these did
}

// mostReasons is how many reasons a reader is given.
const mostReasons = 3

// Tally returns how the members of an outcome went.
func (p *Plan) Tally(o *Outcome) Tally {
	t := Tally{Drawn: len(p.Drawn()), Members: o.Members, Failed: o.Failed}
	for _, f := range o.Failures[:min(mostReasons, len(o.Failures))] {
		reason := f.Message
		if f.Cause != nil {
			reason = health.NonFinite(f.Cause, p.Model.Time.Unit)
		}
		t.Reasons = append(t.Reasons, fmt.Sprintf("run %d: %s", f.Member, reason))
	}
	return t
}

// Add adds the members after those counted so far.
func (t *Tally) Add(next Tally) {
	t.Members, t.Failed = t.Members+next.Members, t.Failed+next.Failed
	t.Reasons = append(t.Reasons, next.Reasons[:min(mostReasons-len(t.Reasons), len(next.Reasons))]...)
}

// Remarks returns the sentences, without a full stop, that a reader of the numbers needs.
func (t Tally) Remarks() []string {
	var lines []string
	if t.Drawn == 0 {
		lines = append(lines, "no constant has a range: runs differ by random draws only")
	}
	if t.Failed > 0 {
		lines = append(lines,
			fmt.Sprintf("%d of %s broke down; their rows end there, and quantiles are without them",
				t.Failed, words.Count(t.Members, "run")))
	}
	return append(lines, t.Reasons...)
}

// Extent returns how far the runs came: "120 of 1000 runs".
func (p *Plan) Extent(o *Outcome) string {
	return fmt.Sprintf("%d of %s", o.Members, words.Count(p.Sampling.Runs, "run"))
}
