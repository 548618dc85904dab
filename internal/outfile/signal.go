package outfile

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// grace is how long a command may take to end after a signal.
const grace = 900 * time.Millisecond

// Interruptible returns a context that the first SIGINT or SIGTERM cancels. A second one, or a
// command that does not end within the grace, ends the process; unfinished files are removed
// first.
func (f *Files) Interruptible(stderr io.Writer, exitCode int) context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		select {
		case <-signals:
		case <-time.After(grace):
		}
		f.Abandon()
		fmt.Fprintln(stderr, "weir: stopped; nothing was written")
		os.Exit(exitCode)
	}()
	return ctx
}
