package model_test

import (
	"os"
	"path/filepath"
	"testing"

	"weir/model"
)

// FuzzModel reads and checks any text: there must be no panic, no hang, and every
// diagnostic must lie inside its file.
func FuzzModel(f *testing.F) {
	for _, row := range model.Codes {
		f.Add(row.Example)
	}
	files, _ := filepath.Glob("testdata/*.toml")
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, files := check("model.toml", text)
		for _, d := range list {
			if s := d.Span; s.Start < 0 || s.End < s.Start || s.End > len(files[s.File]) {
				t.Fatalf("%s at %v, outside of the file: %s", d.Code, s, d.Message)
			}
			if d.Message == "" || d.Code == "" {
				t.Fatalf("%+v says nothing", d)
			}
		}
	})
}
