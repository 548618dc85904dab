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
