package editor

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"weir/model/language"
	"weir/model/toml/tidy"
)

// A session is an editor in a test, connected to a server by pipes.
type session struct {
	t       testing.TB
	to      io.WriteCloser
	id      int
	mu      sync.Mutex
	answers map[string]chan message
	shown   map[string]findings
	news    *sync.Cond
	ended   chan error
	texts   map[string]string // by URI, as the server should have them
}

type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Code    int    `json:"code"`
		Message string `json:"message"`
	} `json:"error"`
}

// connect starts a server without any message.
func connect(t testing.TB) *session {
	in, to := io.Pipe()
	from, out := io.Pipe()
	s := &session{t: t, to: to, answers: map[string]chan message{}, shown: map[string]findings{}, ended: make(chan error, 1), texts: map[string]string{}}
	s.news = sync.NewCond(&s.mu)
	go func() {
		s.ended <- Serve(context.Background(), in, out, func() { in.Close() }, "test")
		out.Close()
	}()
	go s.listen(bufio.NewReader(from))
	t.Cleanup(func() { to.Close(); from.Close() })
	return s
}

// begin starts a server for a folder, and initializes it.
func begin(t testing.TB, root string) *session {
	s := connect(t)
	s.must("initialize", map[string]any{"rootUri": uri(root), "capabilities": map[string]any{}})
	s.notify("initialized", map[string]any{})
	return s
}

// listen takes the server's messages.
func (s *session) listen(in *bufio.Reader) {
	f := &frames{in: in, end: func() {}}
	for {
		body, err := f.Recv()
		if err != nil {
			return
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			s.t.Errorf("the server sent %q", body)
		}
		s.mu.Lock()
		if m.Method == "textDocument/publishDiagnostics" {
			var f findings
			_ = json.Unmarshal(m.Params, &f)
			s.shown[f.URI] = f
			s.news.Broadcast()
		} else if c := s.answers[string(m.ID)]; c != nil {
			c <- m
		}
		s.mu.Unlock()
	}
}

// send writes a message; what names an id waits for its answer.
func (s *session) send(v any) {
	body, err := json.Marshal(v)
	if err != nil {
		s.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(s.to, "Content-Length: %d\r\n\r\n%s", len(body), body); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) notify(method string, params any) {
	s.send(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
}

// request sends a request and returns its answer.
func (s *session) request(method string, params any) message {
	s.t.Helper()
	s.id++
	c := make(chan message, 1)
	s.mu.Lock()
	s.answers[fmt.Sprint(s.id)] = c
	s.mu.Unlock()
	s.send(map[string]any{"jsonrpc": "2.0", "id": s.id, "method": method, "params": params})
	select {
	case m := <-c:
		return m
	case <-time.After(20 * time.Second):
		s.t.Fatalf("no answer to %s", method)
	}
	return message{}
}

// must is request for an answer that is no error, read into a value if there is one to read into.
func (s *session) must(method string, params any, into ...any) {
	s.t.Helper()
	m := s.request(method, params)
	if m.Error != nil {
		s.t.Fatalf("%s: %s", method, m.Error.Message)
	}
	for _, v := range into {
		if err := json.Unmarshal(m.Result, v); err != nil {
			s.t.Fatalf("%s: %v in %s", method, err, m.Result)
		}
	}
}

// open opens a file of the disk.
func (s *session) open(path string) string {
	s.t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.openText(path, string(text))
}

func (s *session) openText(path, text string) string {
	s.texts[uri(path)] = text
	s.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri(path), "languageId": "toml", "version": 1, "text": text}})
	return uri(path)
}

// change replaces a part of an open text, given by what stands there.
func (s *session) change(u string, version int, old, made string) {
	s.t.Helper()
	text := s.texts[u]
	at := strings.Index(text, old)
	if at < 0 {
		s.t.Fatalf("%q is not in the text", old)
	}
	x := language.Lines(text)
	s.notify("textDocument/didChange", map[string]any{"textDocument": map[string]any{"uri": u, "version": version},
		"contentChanges": []any{map[string]any{"range": within(x, language.Span{Start: at, End: at + len(old)}), "text": made}}})
	s.texts[u] = text[:at] + made + text[at+len(old):]
}

// at returns the parameters of a request about the place behind the first part of a text that stands
// in a document: at("a = |b") is between the blank and b.
func (s *session) at(u, where string, more ...any) map[string]any {
	s.t.Helper()
	i := strings.Index(s.texts[u], strings.Replace(where, "|", "", 1))
	if i < 0 {
		s.t.Fatalf("%q is not in the text", where)
	}
	p := map[string]any{"textDocument": map[string]any{"uri": u},
		"position": language.Lines(s.texts[u]).Position(i + max(0, strings.IndexByte(where, '|')))}
	for j := 0; j+1 < len(more); j += 2 {
		p[more[j].(string)] = more[j+1]
	}
	return p
}

// diagnostics waits until those of a version of a file are published.
func (s *session) diagnostics(u string, version int) []finding {
	s.t.Helper()
	timer := time.AfterFunc(20*time.Second, func() { s.news.Broadcast() })
	defer timer.Stop()
	s.mu.Lock()
	defer s.mu.Unlock()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); s.news.Wait() {
		if f, ok := s.shown[u]; ok && (version == 0 || f.Version != nil && *f.Version == version) {
			return f.Diagnostics
		}
	}
	s.t.Fatalf("no diagnostics of version %d of %s", version, u)
	return nil
}

// close says goodbye and returns how the server ended.
func (s *session) close() error {
	s.must("shutdown", nil)
	s.notify("exit", nil)
	select {
	case err := <-s.ended:
		return err
	case <-time.After(20 * time.Second):
		s.t.Fatal("the server does not end")
	}
	return nil
}

func uri(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		panic(err)
	}
	return newFiles().uriOf(filepath.ToSlash(full))
}

// city copies the examples that the city is made of to a new folder, which it returns.
func city(t testing.TB) string {
	dir := t.TempDir()
	for _, name := range []string{"st-louis", "enrollment-decline", "teacher-retention", "family-confidence"} {
		if err := os.CopyFS(filepath.Join(dir, name), os.DirFS("../../examples/"+name)); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func offsetOf(text string, p language.Position) int { return language.Offset(text, p) }

func position(text string, at int) language.Position { return language.Lines(text).Position(at) }

func tidied(text string) string { return tidy.Format(text) }
