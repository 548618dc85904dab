package folder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// A confined process opens folders below its own and those beside a model in there, and none beside
// its own folder, be it there or not.
func TestConfine(t *testing.T) {
	parent := t.TempDir()
	for _, name := range []string{"own/a", "own/b", "other"} {
		if err := os.MkdirAll(filepath.Join(parent, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	own := filepath.Join(parent, "own")
	if _, err := System(own).Open("../other"); err != nil {
		t.Fatalf("beside a model: %v", err)
	}
	Confine(own)
	defer confined.Store(nil)
	for _, c := range []struct {
		dir, name string
		want      error
	}{
		{own, ".", nil}, {own, "a", nil}, {own + "/a", "../b", nil}, {own, "../own", nil}, {own + "/a", "..", ErrOutside},
		{own, "../other", ErrConfined}, {own, "../none", ErrConfined}, {own + "/a", "../../other", ErrOutside},
		{parent + "/other", ".", ErrConfined}, {own, "../own/../other", ErrConfined},
	} {
		f := System(c.dir)
		if _, err := f.Open(c.name); !errors.Is(err, c.want) {
			t.Errorf("%s from %s: %v, want %v", c.name, c.dir, err, c.want)
		}
		f.Close()
	}
}
