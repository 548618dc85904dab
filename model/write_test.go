package model_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/toml/tidy"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// What Write prints reads back as the same model, places apart.
func TestWriteReadsBack(t *testing.T) {
	for _, pattern := range []string{"testdata/check/*.toml", "../examples/[eft]*/model.toml", "../sim/internal/benchmodels/[ms]*.toml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal(pattern, "has no models", err)
		}
		for _, path := range files {
			t.Run(path, func(t *testing.T) { readsBack(t, path) })
		}
	}
}

func readsBack(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Dir(path)
	if strings.HasPrefix(path, "testdata") {
		folder = "testdata/data"
	}
	before, list := model.Parse(path, content, os.DirFS(folder))
	if list.HasErrors() {
		t.Fatal(list)
	}
	compareWritten(t, before, fstest.MapFS{})
}

// Modules are written as such: their files, which stand beside what is written, hold
// their content.
func TestWriteReadsBackModules(t *testing.T) {
	files := fstest.MapFS{"parts/teaching.toml": &fstest.MapFile{Data: []byte(teaching)}}
	compareWritten(t, cityModel(t), files)
}

func compareWritten(t *testing.T, before *model.Model, files fstest.MapFS) {
	t.Helper()
	text, data := model.Write(before)
	if got := tidy.Format(string(text)); got != string(text) {
		t.Errorf("what is written has not the form of weir fmt: %s", cmp.Diff(string(text), got))
	}
	for name, content := range data {
		files[name] = &fstest.MapFile{Data: content}
	}
	after, list := model.Parse(before.File, text, files)
	if list.HasErrors() {
		var b bytes.Buffer
		diagnostic.Render(&b, list, after.Files)
		t.Fatalf("what was written cannot be read:\n%s", &b)
	}
	same := []cmp.Option{
		cmpopts.IgnoreTypes(diagnostic.Span{}, map[string]diagnostic.Span{}),
		cmpopts.IgnoreFields(model.Model{}, "Files", "Hash"), cmpopts.IgnoreUnexported(model.Model{}),
		cmpopts.IgnoreFields(model.Text{}, "Map"),
		cmpopts.IgnoreFields(model.Series{}, "File", "TimeColumn", "ValueColumn", "Where", "Blank"),
		cmpopts.EquateEmpty(),
	}
	if diff := cmp.Diff(before, after, same...); diff != "" {
		t.Errorf("-read +written and read again\n%s", diff)
	}
}
