// Package folder opens the files of a model: its own folder with everything below it, and the
// folders beside it. No path and no link leads anywhere else.
package folder

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"weir/model/diagnostic"
	"weir/model/toml"
)

// Folders are where the files of a model may be read: the model's folder with
// everything below it, and the folders beside it. Each file is opened through the
// root of the folder it belongs to, so that no link leads out of that. Folders are
// named from the model's: ".", "parts", "../teacher-retention".
type Folders struct {
	dir  string // the model's folder in the system, or
	fsys fs.FS  // the folder itself, which then has none beside it

	opened map[string]fs.FS
	roots  []*os.Root
	text   func(path string) (string, bool) // see Over
}

// System returns the folders of a model that lies in dir.
func System(dir string) *Folders { return &Folders{dir: dir} }

// Of returns the folders of a model whose folder is fsys, which may be nil.
func Of(fsys fs.FS) *Folders { return &Folders{fsys: fsys} }

// ErrOutside is the error for a folder that is neither below nor beside the model's.
var ErrOutside = errors.New("it lies neither below the model's folder nor in a folder beside it")

// Open returns the files of a folder; nil without an error if there are none.
func (f *Folders) Open(name string) (fs.FS, error) {
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
	fsys = f.over(name, fsys)
	f.opened[name] = fsys
	return fsys, nil
}

// find returns the folder that holds a path, and refuses one that leads elsewhere.
func (f *Folders) find(name string) (fs.FS, error) {
	beside := strings.HasPrefix(name, "../")
	switch {
	case name == ".." || strings.HasPrefix(name, "../..") || path.IsAbs(name):
		return nil, ErrOutside
	case f.dir != "" && beside:
		return f.sub(path.Join(f.dir, ".."), name[len("../"):])
	case f.dir != "":
		return f.sub(f.dir, name)
	case beside:
		return nil, ErrOutside
	case f.fsys == nil || name == ".":
		return f.fsys, nil
	}
	return fs.Sub(f.fsys, name)
}

// sub opens a folder of the system, and one below it.
func (f *Folders) sub(dir, name string) (fs.FS, error) {
	if dir == "" {
		dir = "."
	}
	if err := mayOpen(path.Join(dir, name)); err != nil {
		return nil, err
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

// Close closes the folders. Files that are open stay open.
func (f *Folders) Close() {
	for _, r := range f.roots {
		r.Close()
	}
}

// MaxSize bounds a data file, in bytes.
const MaxSize = 64 << 20

// ErrTooLarge is the error for a data file of more than MaxSize bytes.
var ErrTooLarge = fmt.Errorf("it has more than %d bytes", MaxSize)

// Read returns the text of a data file. It looks at the size first: a file that is too large is
// not read, and neither is a pipe or a device, which may have no end.
func Read(fsys fs.FS, name string) ([]byte, error) {
	switch info, err := fs.Stat(fsys, name); {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is not a file") // a pipe would keep us waiting
	case info.Size() > MaxSize:
		return nil, ErrTooLarge
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	if len(text) > MaxSize { // it has grown meanwhile
		return nil, ErrTooLarge
	}
	return text, err
}

// ReadModel reads a file, up to one byte more than a model may have.
func ReadModel(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, toml.MaxSize+1))
}

// Cause is an error without the operation and path that PathError prints before it.
func Cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// Near returns the path of the file that a path was probably meant to be, or "" if its folder
// has none of a similar name.
func Near(fsys fs.FS, name string) string {
	folder, base := path.Split(name)
	entries, err := fs.ReadDir(fsys, path.Clean(folder))
	if err != nil {
		return ""
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if found := diagnostic.Nearest(base, names); found != "" {
		return folder + found
	}
	return ""
}
