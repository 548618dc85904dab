// Package terminal is the way from a program to the people before it: streams of text that cannot
// steer a terminal, the width of a line, and bars of progress.
package terminal

import (
	"io"
	"os"
	"slices"
	"sync"

	"weir/model/diagnostic"

	"golang.org/x/term"
)

// A Stream is standard output or standard error, through which all text for people passes: names
// and texts of models cannot command the terminal, see diagnostic.Safe. It remembers the first
// error of a write, so that a command whose output is lost does not end as if it were not. It is
// safe for concurrent use.
type Stream struct {
	w    io.Writer
	mu   sync.Mutex
	rest []byte // of a character whose other bytes are to come
	err  error
}

// Write passes text on with every control character made visible, so that no file can steer a
// terminal. It reports all bytes as taken; Lost returns an error of writing.
func (s *Stream) Write(b []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	taken := len(b)
	if len(s.rest) > 0 {
		b = append(s.rest, b...)
	}
	safe, rest := diagnostic.AppendSafe(nil, b)
	s.rest = slices.Clone(rest)
	if err := s.writeAll(safe); err != nil {
		return 0, err
	}
	return taken, nil
}

// writeAll writes bytes as they are and keeps the first error.
func (s *Stream) writeAll(b []byte) error {
	_, err := s.w.Write(b)
	if s.err == nil {
		s.err = err
	}
	return err
}

// A binary is a stream for bytes that are no text.
type binary struct{ *Stream }

// Write passes bytes on as they are: a Parquet file is no text.
func (b binary) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.writeAll(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Binary returns a writer for bytes that are no text, such as Parquet's.
func Binary(w io.Writer) io.Writer {
	if s, ok := w.(*Stream); ok {
		return binary{s}
	}
	return w
}

// NewStream returns a stream that writes to w.
func NewStream(w io.Writer) *Stream { return &Stream{w: w} }

// Lost returns the first error of a write; nil if there was none.
func (s *Stream) Lost() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// fileBehind returns the file that a writer writes to; nil if it is no file.
func fileBehind(w io.Writer) *os.File {
	if s, ok := w.(*Stream); ok {
		w = s.w
	}
	f, _ := w.(*os.File)
	return f
}

// Is reports whether w is a terminal.
func Is(w io.Writer) bool {
	f := fileBehind(w)
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// mostWide bounds the characters of a line of charts.
const mostWide = 300

// Wide is Width for charts, which use the whole line.
func Wide(w io.Writer) int {
	if f := fileBehind(w); f != nil {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return min(n, mostWide)
		}
	}
	return 80
}

// Width returns how many characters a line of w may have: the terminal's, at most 120, and 80
// elsewhere.
func Width(w io.Writer) int { return min(Wide(w), 120) }
