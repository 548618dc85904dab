//go:build unix

package editor

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// opening returns a server that has the city's model and set open and checked, with their paths. Nothing
// runs beside it.
func opening(t testing.TB) (s *server, model, set string) {
	dir := filepath.ToSlash(city(t))
	s = &server{files: newFiles()}
	s.checker = newChecker(s.files, func(*findings) {})
	model, set = dir+"/st-louis/model.toml", dir+"/st-louis/scenarios.toml"
	for _, where := range []string{model, set} {
		text, err := os.ReadFile(where)
		if err != nil {
			t.Fatal(err)
		}
		p := &opened{}
		p.TextDocument.URI, p.TextDocument.Text = s.files.uriOf(where), string(text)
		if _, err := s.didOpen(p); err != nil {
			t.Fatal(err)
		}
	}
	s.checker.check()
	return s, model, set
}

// edit leaves the server as after an edit of a file: the index of its text has to be made again.
func (s *server) edit(where string) {
	s.files.mu.Lock()
	s.files.open[where].index = nil
	s.files.mu.Unlock()
}

// BenchmarkAnswers measures each kind of answer about the city right after an edit of the model, and the
// check of model and set that follows an edit: see the column cpu-ms/op.
func BenchmarkAnswers(b *testing.B) {
	s, where, _ := opening(b)
	text, _ := s.files.snapshot().text(where)
	const name = "teachers.practice"
	params, err := json.Marshal(map[string]any{"textDocument": map[string]any{"uri": s.files.uriOf(where)},
		"position": position(text, strings.Index(text, name)+len(name)-2), "newName": "practiced",
		"context": map[string]any{"includeDeclaration": true}})
	if err != nil {
		b.Fatal(err)
	}
	for _, method := range []string{"hover", "definition", "references", "completion", "documentSymbol", "foldingRange",
		"documentHighlight", "formatting", "prepareRename", "rename"} {
		b.Run(method, func(b *testing.B) {
			measured(b, func() {
				s.edit(where)
				if _, err := handlers["textDocument/"+method](s, params); err != nil {
					b.Fatal(err)
				}
			})
		})
	}
	b.Run("check", func(b *testing.B) {
		measured(b, func() {
			s.checker.changed[where] = true
			s.checker.check()
		})
	})
}

// measured repeats some work and reports the processor's time for it, garbage collection with it, which
// other programs on the machine change less than the time on a clock.
func measured(b *testing.B, work func()) {
	before := processorTime(b)
	for b.Loop() {
		work()
	}
	b.ReportMetric(1000*(processorTime(b)-before)/float64(b.N), "cpu-ms/op")
}

// processorTime returns the seconds that the process has had of processors.
func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
}
