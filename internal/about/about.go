// Package about says what a program was built from.
package about

import (
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

// commit and committed are what a release names, since Go is told not to look into the repository
// there; -ldflags sets them.
var commit, committed string

// Write writes the version, the commit where the build knows it, the toolchain and the system, and the
// modules that are built in, a line each.
func Write(w io.Writer, name, version string) error {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\n", name, version)
	if info, ok := debug.ReadBuildInfo(); ok {
		set := map[string]string{}
		for _, s := range info.Settings {
			set[s.Key] = s.Value
		}
		of, when, state := commit, committed, ""
		if of == "" {
			of, when = set["vcs.revision"], set["vcs.time"]
		}
		if set["vcs.modified"] == "true" {
			state = ", with changes"
		}
		if of != "" {
			fmt.Fprintf(&out, "commit %s of %s%s\n", of, when, state)
		}
		fmt.Fprintf(&out, "built with %s for %s/%s\n", info.GoVersion, set["GOOS"], set["GOARCH"])
		for _, m := range info.Deps {
			fmt.Fprintf(&out, "  %s %s\n", m.Path, m.Version)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}
