package items

import (
	"context"
	"runtime"
	"time"

	"weir/scenarios/divide"
)

// A Probe is the divider that does a few items, to learn how much all of them are.
type Probe struct {
	Work    divide.Work // zero until the analysis came to it
	Seconds float64     // of a processor of this machine, for all items
	Bytes   float64     // of all rows, before they are compressed
}

// width is the size of a number in a file, in bytes.
const width = 8

// Rows does one block of items and returns ErrElsewhere.
func (p *Probe) Rows(ctx context.Context, w divide.Work, _ divide.Row) error {
	p.Work = w
	some, rows := min(w.Items, max(1, w.Block)), 0
	began := time.Now()
	if err := w.Do(ctx, 0, some, func(int, []float64) error { rows++; return nil }); err != nil {
		return err
	}
	share := float64(some) / float64(w.Items)
	p.Seconds = time.Since(began).Seconds() * float64(runtime.GOMAXPROCS(0)) / share
	p.Bytes = float64(rows*(1+len(w.Columns))*width) / share
	return divide.ErrElsewhere
}
