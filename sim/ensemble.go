package sim

import (
	"context"
	"time"
)

// EnsembleSettings choose the members of an ensemble and the numbers that it keeps.
type EnsembleSettings struct {
	// Settings hold for all members, with two differences: Member is the number by
	// which member 0 draws (see DrawAs), and Progress is not called.
	Settings
	Runs int // members, from 0 to Runs-1
	// Vary names constants and decisions, or elements of them, that have a value of
	// their own in each member. It is as if Set gave them this value.
	Vary []string
	// Values puts a member's values into to, in the order of Vary. It must depend on
	// the member only; it is called more than once for some, and from several
	// goroutines at once.
	Values func(member int, to []float64)
	// DrawAs, if not nil, returns the number by which a member draws, to be added to
	// Settings.Member. Members with the same number are in the same future, whatever else
	// differs between them. It is called from several goroutines at once.
	DrawAs func(member int) uint64
	// Keep names the columns of which every number is kept, "x" for all elements or
	// "x[a,b]". It takes 8 bytes a column, row and member.
	Keep []string
	// Sketch names the columns of which only quantiles are wanted. It takes up to 8
	// kilobytes a column and row, however many members there are.
	Sketch []string
	// Workers is how many goroutines run members; 0 is one a processor. Results do
	// not depend on it.
	Workers int
	// Lanes is how many members run side by side in a worker; 0 chooses the number that suits the
	// program's size. Results do not depend on it.
	Lanes int
	// Memory is how many bytes the ensemble may take; 0 is 4 GB.
	Memory int64
	// Progress, if not nil, is called now and then, by one goroutine at a time.
	Progress func(Progress)
}

// Progress says how far an ensemble is.
type Progress struct {
	Done, Runs int // members
	Share      float64
	PerSecond  float64       // members a second so far
	Left       time.Duration // until the end at that speed
}

// Ensemble runs a model many times, with other constants or other draws in each
// member. A member's numbers have the same bits as those of Run with the same
// settings. Methods of fixed step run many members side by side; rk45, whose steps
// differ between members, runs them one by one.
//
// A member in which a number is not finite, a table is read where it must not be or a
// delay is shorter than a step ends there; it is in NonFinite and does not touch the
// others. The error is an *Error if settings do not fit the model or would take more
// than the allowed memory; it is the context's error if the ensemble was cancelled,
// and the result then holds the members that were done.
func (p *Program) Ensemble(ctx context.Context, s EnsembleSettings) (*EnsembleResult, error) {
	e, err := p.plan(ctx, s)
	if err != nil {
		return nil, err
	}
	if err := e.affordable(); err != nil {
		return nil, err
	}
	e.allocate()
	e.work(ctx)
	e.finish(ctx)
	if e.result.Complete {
		return e.result, nil
	}
	return e.result, ctx.Err()
}

// EnsembleMemory returns how many bytes an ensemble would take, beside the program, the
// contents of delays and the list of members that ended early. The error is the one that
// Ensemble would give, but for too little memory.
func (p *Program) EnsembleMemory(s EnsembleSettings) (int64, error) {
	e, err := p.plan(context.Background(), s)
	if err != nil {
		return 0, err
	}
	return e.memory(), nil
}
