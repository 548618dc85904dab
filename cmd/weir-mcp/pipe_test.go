//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe, which may have no end, is refused as a model, also where a set names it. The server goes on.
func TestPipeIsNoModel(t *testing.T) {
	s, folder := session(t)
	if err := syscall.Mkfifo(filepath.Join(folder, "pipe.toml"), 0o666); err != nil {
		t.Fatal(err)
	}
	set := strings.Replace(tankSet, "tank.toml", "pipe.toml", 1)
	if err := os.WriteFile(filepath.Join(folder, "piped.toml"), []byte(set), 0o644); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"pipe.toml": "is a folder, pipe or device", "piped.toml": "it is not a file"} {
		if text, failed := call(t, s, "compare", map[string]any{"path": path}); !failed || !strings.Contains(text, want) {
			t.Errorf("%s: failed is %v, there is no %q in\n%s", path, failed, want, text)
		}
	}
	if text, failed := call(t, s, "check", map[string]any{"path": "tank.toml"}); failed {
		t.Errorf("after all that: %s", text)
	}
}
