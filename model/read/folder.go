package read

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"strings"
)

// folders are where the files of a model may be read: the model's folder with
// everything below it, and the folders beside it. Each file is opened through the
// root of the folder it belongs to, so that no link leads out of that. Folders are
// named from the model's: ".", "parts", "../teacher-retention".
type folders struct {
	dir  string // the model's folder in the system, or
	fsys fs.FS  // the folder itself, which then has none beside it

	opened  map[string]fs.FS
	roots   []*os.Root
	modules int // read so far
}

// errOutside is the error for a folder that is neither below nor beside the model's.
var errOutside = errors.New("it lies neither below the model's folder nor in a folder beside it")

// open gives the files of a folder; nil without an error if there are none.
func (f *folders) open(name string) (fs.FS, error) {
	if fsys, done := f.opened[name]; done {
		return fsys, nil
	}
	fsys, err := f.find(name)
	if err != nil {
		return nil, err
	}
	if f.opened == nil {
		f.opened = map[string]fs.FS{}
	}
	f.opened[name] = fsys
	return fsys, nil
}

func (f *folders) find(name string) (fs.FS, error) {
	beside := strings.HasPrefix(name, "../")
	switch {
	case name == ".." || strings.HasPrefix(name, "../..") || path.IsAbs(name):
		return nil, errOutside
	case f.dir != "" && beside:
		return f.below(path.Join(f.dir, ".."), name[len("../"):])
	case f.dir != "":
		return f.below(f.dir, name)
	case beside:
		return nil, errOutside
	case f.fsys == nil || name == ".":
		return f.fsys, nil
	}
	return fs.Sub(f.fsys, name)
}

// below opens a folder of the system, and one below it.
func (f *folders) below(dir, name string) (fs.FS, error) {
	if dir == "" {
		dir = "."
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	f.roots = append(f.roots, root)
	if name == "." {
		return root.FS(), nil
	}
	inner, err := root.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	f.roots = append(f.roots, inner)
	return inner.FS(), nil
}

func (f *folders) close() {
	for _, r := range f.roots {
		r.Close()
	}
}
