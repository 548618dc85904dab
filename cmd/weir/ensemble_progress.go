package main

import (
	"fmt"
	"io"
	"sync"
	"time"

	"weir/scenarios/words"
	"weir/sim"

	"github.com/schollz/progressbar/v3"
)

// An ensembleBar shows the progress of an ensemble, its speed and the time that is left, for work
// that lasts longer than a second, if w is a terminal. It is safe for concurrent use.
type ensembleBar struct {
	w     io.Writer
	runs  int
	began time.Time
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
}

// newEnsembleBar returns a bar for so many runs. It shows nothing in the first second.
func newEnsembleBar(w io.Writer, runs int) *ensembleBar {
	return &ensembleBar{w: w, runs: runs, began: time.Now()}
}

// from returns the function that receives the progress of a block whose first member is first;
// nil if w is no terminal.
func (b *ensembleBar) from(first int) func(sim.Progress) {
	if !isTerminal(b.w) {
		return nil
	}
	return func(p sim.Progress) { b.show(first + p.Done) }
}

// show draws the bar with the runs done, their speed and the time left.
func (b *ensembleBar) show(done int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	spent := time.Since(b.began)
	if spent < time.Second || done == 0 {
		return
	}
	if b.bar == nil {
		b.bar = progressbar.NewOptions(b.runs, progressbar.OptionSetWriter(fileBehind(b.w)), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetPredictTime(false), progressbar.OptionSetElapsedTime(false), progressbar.OptionSetWidth(30))
	}
	b.bar.Describe(pace(done, b.runs, spent))
	_ = b.bar.Set(done)
}

// pace returns "12,000 of 1,000,000 runs, 2,400 a second, 6m52s left".
func pace(done, runs int, spent time.Duration) string {
	rate := float64(done) / spent.Seconds()
	left := time.Duration(float64(runs-done) / rate * float64(time.Second))
	return fmt.Sprintf("%s of %s runs, %s a second, %v left", words.Grouped(float64(done)),
		words.Grouped(float64(runs)), words.Number(rate), left.Round(time.Second))
}

// done removes the bar from the terminal.
func (b *ensembleBar) done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil {
		_ = b.bar.Clear()
	}
}
