package outfile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnInputIsNeverWrittenOver(t *testing.T) {
	dir := t.TempDir()
	model, link, hard := filepath.Join(dir, "model.toml"), filepath.Join(dir, "link"), filepath.Join(dir, "hard")
	if err := os.WriteFile(model, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Symlink(model, link), os.Link(model, hard)); err != nil {
		t.Fatal(err)
	}
	var f Files
	f.Input(model)
	for _, path := range []string{model, link, hard, filepath.Join(dir, ".", "x", "..", "model.toml")} {
		err := f.Write(path, nil, text("other"))
		if err == nil && strings.Contains(path, "..") {
			t.Errorf("%s: written", path)
		}
		if !strings.Contains(path, "..") && (err == nil || !strings.Contains(err.Error(), "is read by this command")) {
			t.Errorf("%s: %v", path, err)
		}
	}
	if got := content(t, model); got != "precious" {
		t.Errorf("the model holds %q", got)
	}
}

func TestLinksAndPermissionsHold(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "run.csv"), filepath.Join(dir, "latest")
	if err := errors.Join(os.WriteFile(file, []byte("old"), 0o640), os.Symlink("run.csv", link)); err != nil {
		t.Fatal(err)
	}
	var f Files
	if err := f.Write(link, nil, text("new")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Error("the link is gone")
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("permissions are %v, want those that were there, 0640", info.Mode().Perm())
	}
	if got := content(t, file); got != "new" {
		t.Errorf("the file holds %q", got)
	}
	if err := f.Write("/dev/null", nil, text("nothing")); err != nil {
		t.Error(err)
	}
	if info, err := os.Stat("/dev/null"); err != nil || info.Mode().IsRegular() {
		t.Error("the device was replaced")
	}
}

func TestAFailureLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "page.html")
	if err := os.WriteFile(file, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	var f Files
	boom := errors.New("boom")
	if err := f.Write(file, nil, func(w io.Writer) error { io.WriteString(w, "half"); return boom }); !errors.Is(err, boom) {
		t.Errorf("the error is %v", err)
	}
	if got := content(t, file); got != "old" {
		t.Errorf("the file holds %q", got)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, prefix+"*")); left != nil {
		t.Errorf("left: %v", left)
	}
	if err := f.Check(dir); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("a folder as output: %v", err)
	}
	if err := f.Check(filepath.Join(dir, "no", "x")); err == nil || !strings.Contains(err.Error(), "there is no folder") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

// An error of the disk names the file that was asked for. /dev/full fails every write.
func TestTheUnfinishedFileIsNotNamed(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full here")
	}
	var f Files
	err := f.Write("/dev/full", nil, text(strings.Repeat("x", 1<<17)))
	if err == nil || !strings.HasPrefix(err.Error(), "cannot write /dev/full: ") {
		t.Errorf("%v", err)
	}
}

// A killed process leaves an unfinished file; the next write in the folder removes it.
func TestUnfinishedFilesOfDeadProcessesGo(t *testing.T) {
	dir := t.TempDir()
	dead, ours := filepath.Join(dir, prefix+"4194999-1"), filepath.Join(dir, fmt.Sprintf("%s%d-1", prefix, os.Getpid()))
	old := time.Now().Add(-time.Hour)
	for _, path := range []string{dead, ours} { // 4194999 is beyond the largest number of a process
		if err := errors.Join(os.WriteFile(path, nil, 0o600), os.Chtimes(path, old, old)); err != nil {
			t.Fatal(err)
		}
	}
	var f Files
	if err := f.Write(filepath.Join(dir, "x"), nil, text("y")); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dead); err == nil {
		t.Error("the file of a dead process is still there")
	}
	if _, err := os.Stat(ours); err != nil {
		t.Error("the file of a process that runs is gone")
	}
}

func TestAbandonRemovesUnfinishedFiles(t *testing.T) {
	dir := t.TempDir()
	var f Files
	err := f.Write(filepath.Join(dir, "x"), nil, func(w io.Writer) error {
		f.Abandon()
		left, _ := filepath.Glob(filepath.Join(dir, prefix+"*"))
		if left != nil {
			t.Errorf("left: %v", left)
		}
		return errors.New("abandoned")
	})
	if err == nil {
		t.Error("an abandoned file was written")
	}
}
