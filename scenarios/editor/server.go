// Package editor is the language server of weir: it answers an editor over JSON-RPC about model
// files, scenario sets and the tests in them. Mistakes come from the checker that weir check calls;
// names, completions and renames come from the texts alone, so that they work while a line is half
// written.
package editor

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"sync"

	"github.com/creachadair/jrpc2"

	"weir/model/language"
)

// Serve answers the editor behind in and out until it says exit, closes in, or the context ends.
// End is called once to stop a read of in that still waits. The error is one of a message that
// could not be read, or of an editor that closed or left without shutdown, as the protocol wants.
func Serve(ctx context.Context, in io.Reader, out io.Writer, end func(), version string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &server{files: newFiles(), version: version}
	s.checker = newChecker(s.files, s.publish)
	channel := &frames{in: bufio.NewReaderSize(in, 64<<10), out: out, end: sync.OnceFunc(end)}
	s.rpc = jrpc2.NewServer(s, &jrpc2.ServerOptions{AllowPush: true, DisableBuiltin: true, Concurrency: 4,
		NewContext: func() context.Context { return ctx }})
	var checking sync.WaitGroup
	checking.Go(func() { s.checker.work(ctx) })
	s.rpc.Start(channel)
	stop := context.AfterFunc(ctx, func() { channel.Close() })
	defer stop()
	err := s.rpc.Wait()
	cancel()
	checking.Wait()
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return fmt.Errorf("the editor's messages cannot be read: %w", err)
	case !channel.asked.Load():
		return errors.New("the editor left without a shutdown")
	}
	return nil
}

// A server is the state of one connection. It finds the handlers of methods for the library.
// Handlers may run at the same time; those of notifications run one after another, each before all
// requests that follow it.
type server struct {
	rpc     *jrpc2.Server
	files   *files
	checker *checker
	version string

	mu      sync.Mutex
	started bool
	stopped bool
}

// A handler answers a request, or takes a notification, whose answer is dropped. A nil answer
// without an error is null.
type handler func(s *server, params json.RawMessage) (any, error)

// on returns a handler that reads its parameters into a T.
func on[T any](handle func(s *server, params *T) (any, error)) handler {
	return func(s *server, raw json.RawMessage) (any, error) {
		params := new(T)
		if len(raw) > 0 {
			if err := json.Unmarshal(raw, params); err != nil {
				return nil, jrpc2.Errorf(jrpc2.InvalidParams, "the parameters cannot be read: %v", err)
			}
		}
		return handle(s, params)
	}
}

// about returns a handler of a request about a position of a document. It answers null for a file
// that is not open and cannot be read.
func about(handle func(q *question) (any, error)) handler {
	return on(func(s *server, p *pointed) (any, error) {
		q := s.question(p.TextDocument.URI)
		if q == nil {
			return nil, nil
		}
		q.pointed, q.offset = p, language.Offset(q.x.Text(), p.Position)
		return handle(q)
	})
}

// handlers are the methods that the server knows.
var handlers = map[string]handler{
	"initialize":                       on((*server).initialize),
	"initialized":                      nothing,
	"shutdown":                         (*server).shutdown,
	"exit":                             nothing, // the reader of messages ends by it
	"$/cancelRequest":                  on((*server).cancelRequest),
	"$/setTrace":                       nothing,
	"textDocument/didOpen":             on((*server).didOpen),
	"textDocument/didChange":           on((*server).didChange),
	"textDocument/didClose":            on((*server).didClose),
	"textDocument/didSave":             (*server).filesChanged,
	"workspace/didChangeWatchedFiles":  (*server).filesChanged,
	"workspace/didChangeConfiguration": nothing,
	"textDocument/hover":               about((*question).hover),
	"textDocument/definition":          about((*question).definition),
	"textDocument/references":          about((*question).references),
	"textDocument/documentHighlight":   about((*question).highlights),
	"textDocument/prepareRename":       about((*question).prepareRename),
	"textDocument/rename":              about((*question).rename),
	"textDocument/completion":          about((*question).complete),
	"textDocument/documentSymbol":      about((*question).symbols),
	"textDocument/foldingRange":        about((*question).folds),
	"textDocument/formatting":          about((*question).formatting),
	"textDocument/codeAction":          on((*server).codeActions),
}

// shutdown says that nothing but exit will be asked any more.
func (s *server) shutdown(json.RawMessage) (any, error) {
	s.set(&s.stopped)
	return nil, nil
}

// filesChanged says that files of the disk may have changed: one was saved, or written by a
// command.
func (s *server) filesChanged(json.RawMessage) (any, error) {
	s.checker.touch("")
	return nil, nil
}

// nothing takes a message of which the server has no use.
func nothing(*server, json.RawMessage) (any, error) { return nil, nil }

// notInitialized is the protocol's code for a request before initialize.
const notInitialized = jrpc2.Code(-32002)

// Assign returns the handler of a method; nil, and so an error, for an unknown request. Unknown
// notifications are passed over, as the protocol wants of those that begin with $/.
func (s *server) Assign(_ context.Context, method string) jrpc2.Handler {
	h := handlers[method]
	if h == nil {
		return nil
	}
	return func(_ context.Context, r *jrpc2.Request) (any, error) {
		// The protocol has its own codes for messages out of turn.
		switch {
		case method == "exit":
		case !s.running() && method != "initialize":
			return nil, jrpc2.Errorf(notInitialized, "%s comes before initialize", method)
		case s.down() && !r.IsNotification():
			return nil, jrpc2.Errorf(jrpc2.InvalidRequest, "%s comes after shutdown", method)
		}
		var raw json.RawMessage
		if r.HasParams() {
			if err := r.UnmarshalParams(&raw); err != nil {
				return nil, err
			}
		}
		return h(s, raw)
	}
}

// set sets a flag of the server. Flags are read by running and down, since requests come on several
// goroutines.
func (s *server) set(flag *bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*flag = true
}

// running reports whether the client has said that it is ready.
func (s *server) running() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.started
}

// down reports whether the client has asked for the end.
func (s *server) down() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stopped
}

// initialize takes the folders of the workspace. A second one is answered like the first.
func (s *server) initialize(p *initialize) (any, error) {
	// Folders that are added later are not followed: a file outside of all has its own surroundings.
	s.files.mu.Lock()
	for _, w := range p.WorkspaceFolders {
		if root, ok := pathOf(w.URI); ok {
			s.files.roots = append(s.files.roots, root)
		}
	}
	if root, ok := pathOf(p.RootURI); ok && len(s.files.roots) == 0 {
		s.files.roots = append(s.files.roots, root)
	} else if p.RootPath != "" && len(s.files.roots) == 0 {
		s.files.roots = append(s.files.roots, filepath.ToSlash(filepath.Clean(p.RootPath)))
	}
	s.files.mu.Unlock()
	s.set(&s.started)
	return map[string]any{"capabilities": capabilities,
		"serverInfo": map[string]string{"name": "weir", "version": s.version}}, nil
}

// cancelRequest ends the context of a request that waits for its turn. One that is being answered
// is answered, since answers take milliseconds. An unknown id is passed over.
func (s *server) cancelRequest(p *struct {
	ID json.RawMessage `json:"id"`
}) (any, error) {
	s.rpc.CancelRequest(string(p.ID))
	return nil, nil
}

// didOpen takes a document over from the disk. One that has no path, unsaved or remote, has no
// folder for its model, and beyond the largest number none is taken: requests about these get null.
func (s *server) didOpen(p *opened) (any, error) {
	where, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	s.files.mu.Lock()
	if len(s.files.open) < maxOpen {
		d := p.TextDocument
		s.files.open[where] = &openText{uri: d.URI, version: d.Version, text: d.Text}
	}
	s.files.mu.Unlock()
	s.checker.touch(where)
	return nil, nil
}

// didChange applies edits to a document. Those of a document that is not open are passed over. The
// index is made again when a request needs it, since an editor sends many edits between two
// requests.
func (s *server) didChange(p *changed) (any, error) {
	where, ok := pathOf(p.TextDocument.URI)
	if !ok {
		return nil, nil
	}
	s.files.mu.Lock()
	if d := s.files.open[where]; d != nil {
		for _, c := range p.ContentChanges {
			if c.Range == nil {
				d.text = c.Text
				continue
			}
			from, to := language.Offset(d.text, c.Range.Start), language.Offset(d.text, c.Range.End)
			d.text = d.text[:from] + c.Text + d.text[max(from, to):]
		}
		// An index that was made for a request is kept as the last whole one, if it is.
		if d.index != nil && whole(d.index.Outline) {
			d.good = d.index
		}
		d.version, d.index = p.TextDocument.Version, nil
	}
	s.files.mu.Unlock()
	s.checker.touch(where)
	return nil, nil
}

// didClose gives a document back to the disk.
func (s *server) didClose(p *pointed) (any, error) {
	if where, ok := pathOf(p.TextDocument.URI); ok {
		s.files.mu.Lock()
		delete(s.files.open, where)
		s.files.mu.Unlock()
		s.checker.touch(where)
	}
	return nil, nil
}

// publish sends the diagnostics of a file. An editor that has gone gets none, and that is no
// mistake: the end of its messages ends the server.
func (s *server) publish(f *findings) {
	_ = s.rpc.Notify(context.Background(), "textDocument/publishDiagnostics", f)
}

// A question is a request about a document, with all files as they are at its time.
type question struct {
	*view
	*pointed
	server *server
	path   string
	x      *language.Index
	offset int
}

// question returns a question about a document; nil if there is none, or it is no file of weir's. A
// document need not be open: an editor may ask about a file that a definition led to.
func (s *server) question(uri string) *question {
	p, ok := pathOf(uri)
	if !ok || !strings.HasSuffix(p, ".toml") {
		return nil
	}
	q := &question{view: s.files.view(), server: s, path: p}
	if q.x = q.look(p); q.x == nil {
		return nil
	}
	return q
}

// within returns a span of a file as a range in UTF-16 units.
func within(x *language.Index, at language.Span) textRange {
	return textRange{x.Position(at.Start), x.Position(at.End)}
}
