package plan

import (
	"path/filepath"
	"testing"

	"weir/model"
	"weir/model/diagnostic"
)

// FuzzSet: no set makes weir panic; every mistake has a place in the file; and a
// set without mistakes has what Compare needs.
func FuzzSet(f *testing.F) {
	for _, row := range Codes {
		f.Add(row.Example)
	}
	for _, row := range refusals {
		f.Add(row.text)
	}
	loaded, _ := model.Load(filepath.Join("testdata", "codes", "model.toml"))
	f.Fuzz(func(t *testing.T, text string) {
		set, list := Parse("set.toml", []byte(text), func(string, model.ImportOptions) (*model.Model, diagnostic.List) { return loaded, nil })
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.File == "set.toml" && s.End > len(text) || d.Message == "" {
				t.Fatalf("%+v in a text of %d bytes", d, len(text))
			}
		}
		if list.HasErrors() {
			return
		}
		if set == nil || set.Resolved == nil || len(set.Scenarios) == 0 || len(set.Outcomes) == 0 {
			t.Fatalf("no error, but set %+v", set)
		}
		for _, s := range set.Scenarios {
			set.Settings(s)
		}
	})
}
