package editor

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestCitySession goes through an hour of editing the city in a second: every request, on the model
// and on the set, with edits between them. It prints how long the answers took; no time fails it.
func TestCitySession(t *testing.T) {
	dir := city(t)
	s := begin(t, dir)
	model, set := s.open(filepath.Join(dir, "st-louis/model.toml")), s.open(filepath.Join(dir, "st-louis/scenarios.toml"))
	for _, u := range []string{model, set} {
		for _, f := range s.diagnostics(u, 1) {
			if f.Severity == 1 {
				t.Errorf("%s: %s", u, f.Message)
			}
		}
	}
	time.Sleep(2 * idle) // for the run
	took := map[string][]time.Duration{}
	ask := func(method string, params any, into any) {
		t.Helper()
		begun := time.Now()
		s.must("textDocument/"+method, params, into)
		took[method] = append(took[method], time.Since(begun))
	}
	edits, slowest := 1, time.Duration(0)
	for i := range 20 {
		edits++
		begun := time.Now()
		s.change(model, edits, "label    = \"Results of", fmt.Sprintf("label    = \"%d Results of", i))
		s.change(model, edits, fmt.Sprintf("\"%d Results of", i), "\"Results of")
		var h *hover
		ask("hover", s.at(model, "results_per_practice * teachers.prac|tice"), &h)
		if h == nil || !strings.Contains(h.Contents.Value, "**stock** `teachers.practice`") {
			t.Fatalf("hover: %+v", h)
		}
		var def *location
		ask("definition", s.at(set, "variable = \"enrollment.district_|total"), &def)
		if def == nil || !strings.HasSuffix(def.URI, "enrollment-decline/model.toml") {
			t.Fatalf("definition: %+v", def)
		}
		var refs []location
		ask("references", s.at(model, "pilot|_running", "context", map[string]any{"includeDeclaration": true}), &refs)
		if len(refs) != 2 {
			t.Errorf("references: %+v", refs)
		}
		var c completion
		ask("completion", s.at(model, "results_per_practice * teachers.prac|tice"), &c)
		if !slices.ContainsFunc(c.Items, func(i completionItem) bool { return i.Label == "teachers.practice" }) {
			t.Errorf("completion: %d items", len(c.Items))
		}
		var edit workspaceEdit
		ask("rename", s.at(set, "[intervention.shared_|service]", "newName", "sharing"), &edit)
		var any_ any
		ask("prepareRename", s.at(model, "pilot|_running"), &any_)
		ask("documentSymbol", s.at(model, "name"), &any_)
		ask("foldingRange", s.at(model, "name"), &any_)
		ask("documentHighlight", s.at(model, "pilot|_running"), &any_)
		ask("formatting", s.at(model, "name"), &any_)
		ask("codeAction", map[string]any{"textDocument": map[string]any{"uri": model}, "range": textRange{}}, &any_)
		s.diagnostics(model, edits)
		slowest = max(slowest, time.Since(begun))
	}
	for method, list := range took {
		slices.Sort(list)
		t.Logf("%-18s median %6.1f ms, most %6.1f ms", method, ms(list[len(list)/2]), ms(list[len(list)-1]))
	}
	t.Logf("all of the above and the diagnostics of the edit: at most %.0f ms", ms(slowest))
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
