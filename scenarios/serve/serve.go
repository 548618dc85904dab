// Package serve shows a page that follows its files: it is built again whenever one of them
// changes, and the browser shows the new one. While a file is broken its mistakes are shown
// beside the last good page. Nobody but this machine can reach it.
package serve

import (
	"context"
	"net"
	"net/http"
	"sync"
	"time"
)

// A Made is one attempt to build the page.
type Made struct {
	Page     []byte   // nil if the files are broken
	Mistakes string   // diagnostics as the terminal shows them, warnings included; "" for none
	Files    []string // every file that was read, or should have been
}

// A Maker builds the page. It returns when its context ends, and its result is then dropped.
type Maker func(ctx context.Context) Made

// A state is what the browser is told.
type state struct {
	Version  int    `json:"version"` // of the page: it is shown again when this grows
	Mistakes string `json:"mistakes"`
	Broken   bool   `json:"broken"` // the page is older than the files
	Building bool   `json:"building"`
}

// A server holds the last good page.
type server struct {
	make Maker
	tell func(format string, args ...any)

	mu      sync.Mutex
	page    []byte
	now     state
	changed chan struct{} // closed and replaced when now changes
}

// Run serves the page on a listener, of which the address must be of this machine, until the
// context ends; the error is nil then. tell is called with a line for each page that is built.
func Run(ctx context.Context, l net.Listener, build Maker, tell func(format string, args ...any)) error {
	s := &server{make: build, tell: tell, changed: make(chan struct{})}
	w, err := newWatch()
	if err != nil {
		return err
	}
	defer w.close()
	site := &http.Server{Handler: s.handler(l.Addr()), ReadHeaderTimeout: 5 * time.Second,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	go func() {
		<-ctx.Done()
		site.Close() // also the streams of events, which would never end by themselves
	}()
	go s.follow(ctx, w)
	if err := site.Serve(l); ctx.Err() == nil {
		return err
	}
	return nil
}

// follow builds the page, and again after each change of its files. A change during a build
// ends that build.
func (s *server) follow(ctx context.Context, w *watch) {
	for ctx.Err() == nil {
		building, stop := context.WithCancel(ctx)
		done := make(chan Made, 1)
		s.set(func(n *state) { n.Building = true })
		begun := time.Now()
		go func() { done <- s.make(building) }()
		select {
		case made := <-done:
			s.take(made, time.Since(begun))
			w.follow(made.Files)
			select {
			case <-w.changed:
			case <-ctx.Done():
			}
		case <-w.changed:
		case <-ctx.Done():
		}
		stop()
	}
}

// take makes the result of a build the present one. A broken one leaves the last page.
func (s *server) take(made Made, took time.Duration) {
	s.mu.Lock()
	if made.Page != nil {
		s.page = made.Page
	}
	s.mu.Unlock()
	s.set(func(n *state) {
		n.Mistakes, n.Broken, n.Building = made.Mistakes, made.Page == nil, false
		if made.Page != nil {
			n.Version++
		}
	})
	if made.Page == nil {
		s.tell("broken; the page shows the mistakes")
		return
	}
	s.tell("built in %.1f s", took.Seconds())
}

// set changes what the browser is told, and wakes all that wait for it.
func (s *server) set(change func(*state)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.now)
	close(s.changed)
	s.changed = make(chan struct{})
}

// look returns the present state, and a channel that is closed when there is another.
func (s *server) look() (state, <-chan struct{}) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now, s.changed
}
