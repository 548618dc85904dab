package main

import (
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// width is how many characters a line of w may have: the terminal's, at most 120,
// and 80 elsewhere.
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return min(n, 120)
		}
	}
	return 80
}

// progress shows a bar on w for work that lasts longer than a second, if w is a
// terminal. The first function takes the share done and may be called from any
// goroutine; the second takes the bar away.
func progress(w io.Writer, what string) (func(float64), func()) {
	if !isTerminal(w) {
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
			bar = progressbar.NewOptions(ticks, progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
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
