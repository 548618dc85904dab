// Package about says what a program was built from.
package about

import (
	"fmt"
	"io"
	"runtime/debug"
	"strings"
)

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
		if commit := set["vcs.revision"]; commit != "" {
			state := ""
			if set["vcs.modified"] == "true" {
				state = ", with changes"
			}
			fmt.Fprintf(&out, "commit %s of %s%s\n", commit, set["vcs.time"], state)
		}
		fmt.Fprintf(&out, "built with %s for %s/%s\n", info.GoVersion, set["GOOS"], set["GOARCH"])
		for _, m := range info.Deps {
			fmt.Fprintf(&out, "  %s %s\n", m.Path, m.Version)
		}
	}
	_, err := io.WriteString(w, out.String())
	return err
}
