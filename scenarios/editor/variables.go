package editor

import (
	"path/filepath"
)

// Variables returns the names that a model or set on the disk may use, those of its modules by
// their full names, in the order of the files; nil if it cannot be read.
func Variables(file string) []string {
	full, err := filepath.Abs(file)
	if err != nil {
		return nil
	}
	var out []string
	for _, v := range newFiles().view().Variables(filepath.ToSlash(full)) {
		out = append(out, v.Full)
	}
	return out
}
