package folder_test

import (
	"os"
	"path/filepath"
	"testing"

	"weir/model/folder"
)

// A text stands in for a file that is there, and for one that is not; other files are the disk's.
func TestTextsStandInForFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.csv", "b.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("disk"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	texts := map[string]string{filepath.ToSlash(dir) + "/a.csv": "text", filepath.ToSlash(dir) + "/new.csv": "new"}
	f := folder.System(filepath.ToSlash(dir)).Over(func(path string) (string, bool) { s, ok := texts[path]; return s, ok })
	defer f.Close()
	fsys, err := f.Open(".")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"a.csv": "text", "b.csv": "disk", "new.csv": "new"} {
		if got, err := folder.Read(fsys, name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if _, err := folder.Read(fsys, "../a.csv"); err == nil {
		t.Error("a path that leads out was read")
	}
}
