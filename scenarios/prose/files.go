package prose

import (
	"cmp"
	"path"
	"strings"
)

// BaseName returns a name that every file system takes: the last part of a path, with a
// dash for all characters but ASCII letters, digits, dots, dashes and underscores.
func BaseName(name string) string {
	clean := strings.Map(func(r rune) rune {
		if r < 128 && (r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' ||
			r >= 'A' && r <= 'Z') {
			return r
		}
		return '-'
	}, path.Base(strings.ReplaceAll(name, "\\", "/")))
	return cmp.Or(strings.Trim(clean, "-."), "file")
}

// FileName returns a file name, without ending, for a title.
func FileName(title string) string {
	name := strings.ToLower(BaseName(strings.ReplaceAll(title, "/", "-")))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	return Clip(name, 60)
}
