//go:build unix

package editor

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// The memory of a session on the city does not grow with its edits: what 120 more of them leave behind,
// each with an answer and some with a check, is small against the model.
func TestMemoryIsBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("checks the city fifteen times")
	}
	s, where, _ := opening(t)
	text, _ := s.files.snapshot().text(where)
	params, err := json.Marshal(map[string]any{"textDocument": map[string]any{"uri": s.files.uriOf(where)},
		"position": position(text, strings.Index(text, "teachers.practice")+3)})
	if err != nil {
		t.Fatal(err)
	}
	version := 1
	session := func(edits int) (kilobytes int) {
		for i := range edits {
			version++
			change := fmt.Sprintf(`{"textDocument":{"uri":%q,"version":%d},"contentChanges":[{"text":%q}]}`,
				s.files.uriOf(where), version, fmt.Sprintf("# %d\n%s", version, text))
			for _, ask := range []struct{ method, params string }{{"didChange", change}, {"hover", string(params)},
				{"completion", string(params)}} {
				if _, err := handlers["textDocument/"+ask.method](s, []byte(ask.params)); err != nil {
					t.Fatal(err)
				}
			}
			if i%10 == 0 {
				s.checker.check()
			}
		}
		runtime.GC()
		runtime.GC() // what a finalizer held goes in the second
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		runtime.KeepAlive(s)
		return int(m.HeapAlloc / 1024)
	}
	before := session(30)
	after := session(120)
	t.Logf("%d kB after 30 edits, %d kB after 150", before, after)
	if after > before+before/10 {
		t.Errorf("%d kB after 30 edits, %d kB after 150", before, after)
	}
}
