package about

import (
	"strings"
	"testing"
)

// The version stands first, and the toolchain and the modules of the build are named.
func TestWrite(t *testing.T) {
	var out strings.Builder
	if err := Write(&out, "weir", "1.2.3"); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "weir 1.2.3\n") || !strings.Contains(out.String(), "built with go1.") {
		t.Errorf("it says %q", out.String())
	}
}

// A release names its commit, which Go does not know there.
func TestReleaseNamesItsCommit(t *testing.T) {
	commit, committed = "0123abc", "2026-11-30T12:00:00Z"
	defer func() { commit, committed = "", "" }()
	var out strings.Builder
	if err := Write(&out, "weir", "1.2.3"); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\ncommit 0123abc of 2026-11-30T12:00:00Z\n") {
		t.Errorf("it says %q", out.String())
	}
}
