package main

import (
	"io"
	"os"
	"slices"
	"sync"

	"weir/internal/outfile"
	"weir/model/diagnostic"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"
)

// A stream is standard output or standard error, through which all text for people passes: names
// and texts of models cannot command the terminal, see diagnostic.Safe. It remembers the first
// error of a write, so that a command whose output is lost does not end as if it were not. It is
// safe for concurrent use.
type stream struct {
	w    io.Writer
	mu   sync.Mutex
	rest []byte // of a character whose other bytes are to come
	err  error
}

// Write passes text on with every control character made visible, so that no file can steer a
// terminal. It reports all bytes as taken; lost returns an error of writing.
func (s *stream) Write(b []byte) (int, error) {
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
func (s *stream) writeAll(b []byte) error {
	_, err := s.w.Write(b)
	if s.err == nil {
		s.err = err
	}
	return err
}

// A binary is a stream for bytes that are no text.
type binary struct{ *stream }

// Write passes bytes on as they are: a Parquet file is no text.
func (b binary) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.writeAll(p); err != nil {
		return 0, err
	}
	return len(p), nil
}

// asBinary returns a writer for bytes that are no text, such as Parquet's.
func asBinary(w io.Writer) io.Writer {
	if s, ok := w.(*stream); ok {
		return binary{s}
	}
	return w
}

// lost returns the first error of a write; nil if there was none.
func (s *stream) lost() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// fileBehind returns the file that a writer writes to; nil if it is no file.
func fileBehind(w io.Writer) *os.File {
	if s, ok := w.(*stream); ok {
		w = s.w
	}
	f, _ := w.(*os.File)
	return f
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f := fileBehind(w)
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// width returns how many characters a line of w may have: the terminal's, at most 120, and 80
// elsewhere.
func width(w io.Writer) int {
	if f := fileBehind(w); f != nil {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return min(n, 120)
		}
	}
	return 80
}

// filesKey is where the app keeps the outputs of the process.
const filesKey = "files"

// outputs returns the outputs of the process.
func outputs(c *cli.Context) *outfile.Files { return c.App.Metadata[filesKey].(*outfile.Files) }

// readFiles records the files that a command has read, so that no output replaces them.
func readFiles(c *cli.Context, files map[string][]byte) {
	for name := range files {
		outputs(c).Input(name)
	}
}

// writeOutput writes a whole file or nothing; "-" or "" is standard output.
func writeOutput(c *cli.Context, path string, write func(io.Writer) error) error {
	return outputs(c).Write(path, c.App.Writer, write)
}

// outputFlag returns the flag -o after it has refused a place that cannot be written.
func outputFlag(c *cli.Context) (string, error) {
	path := c.String("output")
	return path, outputs(c).Check(path)
}
