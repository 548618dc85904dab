package serve

import (
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// The page around the page: it listens for news and shows mistakes.
//
//go:embed shell.html
var shell string

//go:embed shell.js
var shellScript string

//go:embed shell.css
var shellStyle string

// handler answers this machine's browser. A request under any other name is refused: a site
// that lets its own name point here could read the page otherwise.
func (s *server) handler(at net.Addr) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.shell)
	mux.HandleFunc("GET /page", s.served)
	mux.HandleFunc("GET /events", s.events)
	names := namesOf(at)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !names[strings.ToLower(r.Host)] {
			http.Error(w, "this page is for this machine alone", http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		mux.ServeHTTP(w, r)
	})
}

// namesOf returns the names under which this machine knows itself, with the port of an address.
func namesOf(at net.Addr) map[string]bool {
	out := map[string]bool{}
	_, port, _ := net.SplitHostPort(at.String())
	for _, host := range []string{"127.0.0.1", "localhost", "::1"} {
		out[net.JoinHostPort(host, port)] = true
	}
	return out
}

// shell writes the page around the page, which may load nothing but that and its news.
func (s *server) shell(w http.ResponseWriter, _ *http.Request) {
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+hash(shellScript)+"; style-src "+
		hash(shellStyle)+"; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'")
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprint(w, strings.NewReplacer("/*style*/", shellStyle, "/*script*/", shellScript).Replace(shell))
}

// served writes the last good page.
func (s *server) served(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	page := s.page
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if page == nil {
		page = []byte("<!DOCTYPE html><title>weir</title><p>Nothing is built yet.</p>")
	}
	_, _ = w.Write(page) // a browser that went away needs no page
}

// events writes the state, and again whenever it changes, until the browser goes away.
func (s *server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flush := http.NewResponseController(w)
	for {
		now, changed := s.look()
		text, err := json.Marshal(now)
		if err != nil {
			return
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
			return
		}
		if err := flush.Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}
