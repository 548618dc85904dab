package ensemble

import (
	"context"
	"runtime"
	"time"

	"weir/sim/sketch"
)

// A Cost is what all runs of an ensemble take, estimated from a few.
type Cost struct {
	Runs    int
	Seconds float64 // of a processor of this machine, for all runs
	Bytes   float64 // most that the files of all parts have
}

// Cost runs a few hundred members and returns the cost of all, as rows or sketches in so many parts.
func (p *Plan) Cost(ctx context.Context, sketches bool, parts int) (Cost, error) {
	c := Cost{Runs: p.Sampling.Runs, Bytes: p.Bytes(8)}
	if sketches {
		c.Bytes = p.Rows() * float64(len(p.Columns)) * sketch.Bytes * float64(parts)
	}
	some := min(c.Runs, 2*blockLeast)
	began := time.Now()
	if _, _, err := p.Sketches(ctx, Members{0, some}, nobody); err != nil {
		return c, err
	}
	share := float64(some) / float64(c.Runs)
	c.Seconds = time.Since(began).Seconds() * float64(runtime.GOMAXPROCS(0)) / share
	return c, ctx.Err()
}
