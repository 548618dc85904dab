package format

import (
	"fmt"

	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/toml/tidy"
)

// Tidied are files in the form of package tidy, of which none is written yet.
type Tidied struct {
	Changed  []string          // the files whose form is another, in their order
	Text     map[string][]byte // of those files, in the new form
	Was      map[string][]byte // of all files, as read
	Mistakes diagnostic.List   // of files that are not TOML
}

// Tidy reads files and formats them. It returns an error for a file that cannot be read, and for
// one of another tool.
func Tidy(paths []string) (*Tidied, error) {
	out := &Tidied{Text: map[string][]byte{}, Was: map[string][]byte{}}
	for _, path := range paths {
		if Imports(path) {
			return nil, fmt.Errorf("%s is a file of another tool; weir fmt takes weir's own: weir import makes one",
				path)
		}
		was, err := folder.ReadModel(path)
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %s", path, cause(err))
		}
		if out.Was[path] != nil {
			continue // named twice
		}
		text, list := tidy.File(path, was)
		out.Was[path], out.Mistakes = was, append(out.Mistakes, list...)
		if list == nil && string(text) != string(was) {
			out.Changed, out.Text[path] = append(out.Changed, path), text
		}
	}
	return out, nil
}
