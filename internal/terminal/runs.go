package terminal

import (
	"fmt"
	"io"
	"sync"
	"time"

	"weir/scenarios/words"

	"github.com/schollz/progressbar/v3"
)

// Runs shows the progress of an ensemble, its speed and the time that is left, for work that lasts
// longer than a second, if its writer is a terminal. It is safe for concurrent use.
type Runs struct {
	w     io.Writer
	runs  int
	began time.Time
	mu    sync.Mutex
	bar   *progressbar.ProgressBar
}

// NewRuns returns a bar for so many runs. It shows nothing in the first second.
func NewRuns(w io.Writer, runs int) *Runs {
	return &Runs{w: w, runs: runs, began: time.Now()}
}

// Shows reports whether a bar is drawn at all: its writer is a terminal.
func (b *Runs) Shows() bool { return Is(b.w) }

// Show draws the bar with the runs done, their speed and the time left.
func (b *Runs) Show(done int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	spent := time.Since(b.began)
	if spent < time.Second || done == 0 {
		return
	}
	if b.bar == nil {
		b.bar = progressbar.NewOptions(b.runs, progressbar.OptionSetWriter(fileBehind(b.w)),
			progressbar.OptionClearOnFinish(),
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

// Done removes the bar from the terminal.
func (b *Runs) Done() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.bar != nil {
		_ = b.bar.Clear()
	}
}
