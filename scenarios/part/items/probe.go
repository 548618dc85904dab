package items

import (
	"context"
	"runtime"
	"time"

	"weir/scenarios/divide"
	"weir/scenarios/ensemble"
)

// A Probe is the divider that does a few items, to learn how much all of them are.
type Probe struct {
	Began  time.Time     // of the analysis
	Before float64       // seconds of a processor of this machine until the items, which each part takes, too
	Cost   ensemble.Cost // of all items; their rows before they are compressed
}

// width is the size of a number in a file, in bytes.
const width = 8

// seconds returns how long all processors of this machine took since a time.
func seconds(since time.Time) float64 {
	return time.Since(since).Seconds() * float64(runtime.GOMAXPROCS(0))
}

// Rows tries the work, or does one block of its items, and returns ErrElsewhere.
func (p *Probe) Rows(ctx context.Context, w divide.Work, _ divide.Row) error {
	p.Before = seconds(p.Began)
	p.Cost = ensemble.Cost{Items: w.Items, Unit: w.Unit}
	try := w.Try
	if try == nil {
		try = func() (share, rows float64, err error) {
			some := min(w.Items, max(1, w.Block))
			share = float64(some) / float64(w.Items)
			err = w.Do(ctx, 0, some, func(int, []float64) error { rows += 1 / share; return nil })
			return share, rows, err
		}
	}
	began := time.Now()
	share, rows, err := try()
	if err != nil {
		return err
	}
	p.Cost.Seconds = seconds(began) / share
	p.Cost.Bytes = rows * float64((1+len(w.Columns))*width)
	return divide.ErrElsewhere
}
