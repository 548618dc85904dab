package ensemble

import (
	"context"
	"runtime"
	"time"

	"weir/sim/sketch"
)

// A Cost is how much all runs of an ensemble take, or all items of other work, estimated from a few.
type Cost struct {
	Items   int
	Unit    string  // an item in words: run
	Seconds float64 // of a processor of this machine, for all of them
	Bytes   float64 // most that the files of all parts have
}

// Cost runs a few hundred members and returns the cost of all, as rows or sketches in so many parts.
func (p *Plan) Cost(ctx context.Context, sketches bool, parts int) (Cost, error) {
	c := Cost{Items: p.Sampling.Runs, Unit: "run", Bytes: p.Bytes(8)}
	if sketches {
		c.Bytes = p.Rows() * float64(len(p.Columns)) * sketch.Bytes * float64(parts)
	}
	some := min(c.Items, 2*blockLeast)
	began := time.Now()
	if _, _, err := p.Sketches(ctx, Members{0, some}, nobody); err != nil {
		return c, err
	}
	share := float64(some) / float64(c.Items)
	c.Seconds = time.Since(began).Seconds() * float64(runtime.GOMAXPROCS(0)) / share
	return c, ctx.Err()
}
