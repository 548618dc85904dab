package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A site is a page that is served while a test runs.
type site struct {
	t    *testing.T
	url  string
	stop context.CancelFunc
	done chan error
}

// served serves what a maker makes.
func served(t *testing.T, build Maker) *site {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	s := &site{t: t, url: "http://" + l.Addr().String(), stop: stop, done: make(chan error, 1)}
	go func() { s.done <- Run(ctx, l, build, func(string, ...any) {}) }()
	t.Cleanup(stop)
	return s
}

// get returns the status and text of a request under a host's name; "" is the address itself.
func (s *site) get(path, host string) (int, string) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	if host != "" {
		r.Host = host
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return a.StatusCode, string(text)
}

// until reads the news until a state is as wanted.
func (s *site) until(what string, wanted func(state) bool) state {
	s.t.Helper()
	ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer a.Body.Close()
	for lines := bufio.NewScanner(a.Body); lines.Scan(); {
		text, found := strings.CutPrefix(lines.Text(), "data: ")
		if !found {
			continue
		}
		var now state
		if err := json.Unmarshal([]byte(text), &now); err != nil {
			s.t.Fatal(err)
		}
		if wanted(now) {
			return now
		}
	}
	s.t.Fatalf("waited in vain for %s", what)
	return state{}
}

// ofFile makes a page of a file's text; the text "broken" is a mistake.
func ofFile(file string) Maker {
	return func(context.Context) Made {
		text, err := os.ReadFile(file)
		if err != nil || string(text) == "broken" {
			return Made{Mistakes: "line 1: <b>broken</b>", Files: []string{file}}
		}
		return Made{Page: []byte("page of " + string(text)), Files: []string{file}}
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The page follows its file; while that is broken the last good page stays, and mistakes are
// told.
func TestPageFollowsItsFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "set.toml")
	write(t, file, "one")
	s := served(t, ofFile(file))
	s.until("the first page", func(n state) bool { return n.Version == 1 && !n.Building })
	if _, text := s.get("/page", ""); text != "page of one" {
		t.Errorf("the page is %q", text)
	}
	write(t, file, "broken")
	n := s.until("the mistake", func(n state) bool { return n.Broken })
	if n.Mistakes != "line 1: <b>broken</b>" || n.Version != 1 {
		t.Errorf("told %+v", n)
	}
	if _, text := s.get("/page", ""); text != "page of one" {
		t.Errorf("while the file is broken the page is %q", text)
	}
	// As many editors save: another file takes the place.
	write(t, file+".new", "two")
	if err := os.Rename(file+".new", file); err != nil {
		t.Fatal(err)
	}
	s.until("the second page", func(n state) bool { return n.Version >= 2 && !n.Broken })
	if _, text := s.get("/page", ""); text != "page of two" {
		t.Errorf("the page is %q", text)
	}
}

// A change during a build ends that build: its page is never shown.
func TestChangeEndsABuild(t *testing.T) {
	file := filepath.Join(t.TempDir(), "set.toml")
	write(t, file, "one")
	var builds atomic.Int32
	ended := make(chan struct{})
	s := served(t, func(ctx context.Context) Made {
		n := builds.Add(1)
		if n == 2 {
			<-ctx.Done()
			close(ended)
			return Made{Page: []byte("stale"), Files: []string{file}}
		}
		return Made{Page: fmt.Appendf(nil, "page %d", n), Files: []string{file}}
	})
	s.until("the first page", func(n state) bool { return n.Version == 1 && !n.Building })
	write(t, file, "two")
	s.until("a build", func(n state) bool { return n.Building })
	write(t, file, "three")
	<-ended
	s.until("the last page", func(n state) bool { return n.Version == 2 && !n.Building })
	if _, text := s.get("/page", ""); text != "page 3" {
		t.Errorf("the page is %q", text)
	}
}

// Only this machine's own names are answered; the page around the page may load nothing else.
func TestOnlyThisMachineIsAnswered(t *testing.T) {
	s := served(t, func(context.Context) Made { return Made{Page: []byte("secret")} })
	s.until("a page", func(n state) bool { return n.Version == 1 })
	port := s.url[strings.LastIndex(s.url, ":"):]
	for host, want := range map[string]int{"": 200, "localhost" + port: 200, "LOCALHOST" + port: 200, "[::1]" + port: 200,
		"evil.example": 403, "evil.example" + port: 403, "127.0.0.1": 403, "127.0.0.1.evil.example" + port: 403} {
		status, text := s.get("/page", host)
		if status != want || (want == 403 && strings.Contains(text, "secret")) {
			t.Errorf("under the name %q the answer is %d %q, want %d", host, status, text, want)
		}
	}
	if status, _ := s.get("/etc/passwd", ""); status != 404 {
		t.Errorf("another path is answered with %d", status)
	}
	a, err := http.Get(s.url + "/")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	policy := a.Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q", policy)
	}
}

// The end of the context ends everything, streams of events too, and is no error.
func TestServingEnds(t *testing.T) {
	s := served(t, func(context.Context) Made { return Made{Page: []byte("page")} })
	s.until("a page", func(n state) bool { return n.Version == 1 })
	a, err := http.Get(s.url + "/events")
	if err != nil {
		t.Fatal(err)
	}
	defer a.Body.Close()
	s.stop()
	select {
	case err := <-s.done:
		if err != nil {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("it does not end")
	}
}
