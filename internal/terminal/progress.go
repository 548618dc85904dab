package terminal

import (
	"io"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows a bar on w for work that lasts longer than a second, if w is a terminal. The first
// function it returns receives the share that is done, 0 to 1, and may be called from any
// goroutine; it is nil where w is no terminal. The second removes the bar.
func Progress(w io.Writer, what string) (func(float64), func()) {
	if !Is(w) {
		return nil, func() {}
	}
	const ticks = 1000
	var mu sync.Mutex
	var bar *progressbar.ProgressBar
	began := time.Now()
	show := func(done float64) {
		mu.Lock()
		defer mu.Unlock()
		if bar == nil {
			if time.Since(began) < time.Second {
				return
			}
			bar = progressbar.NewOptions(ticks, progressbar.OptionSetWriter(fileBehind(w)),
				progressbar.OptionSetDescription(what),
				progressbar.OptionClearOnFinish(), progressbar.OptionSetPredictTime(true), progressbar.OptionSetWidth(30))
		}
		_ = bar.Set(int(done * ticks))
	}
	return show, func() {
		mu.Lock()
		defer mu.Unlock()
		if bar != nil {
			_ = bar.Clear()
		}
	}
}
