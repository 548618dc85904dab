package plan

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/format"
	"weir/scenarios/words"
)

// loadBelow loads a model whose path, links followed, stays below a folder. It
// gives nil and an empty list if it does not.
func loadBelow(folder, name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil
	}
	defer root.Close()
	switch info, err := root.Stat(filepath.FromSlash(name)); {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err == nil && !info.IsDir() && !info.Mode().IsRegular(): // a pipe would keep us waiting
		return nil, diagnostic.List{{Code: Unreadable, Span: diagnostic.Span{File: name}, Message: "the model cannot be read: it is not a file"}}
	}
	if list := readData(root, o.Data); list.HasErrors() {
		return nil, list
	}
	return format.Load(filepath.Join(folder, filepath.FromSlash(name)), o)
}

// cause returns an error without the operation and path that PathError prints before it.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// openBelow reads files below a folder, links followed.
func openBelow(folder string) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		root, err := os.OpenRoot(folder)
		if err != nil {
			return nil, err
		}
		defer root.Close()
		return readBounded(root, name, MaxPosterior)
	}
}

// readBounded reads a regular file below a folder. Its size is asked for first, so that a
// file of many gigabytes is refused before it is in memory; it may still grow while it is
// read, up to the bound.
func readBounded(root *os.Root, name string, most int64) ([]byte, error) {
	info, err := root.Stat(name)
	if err != nil {
		return nil, err
	}
	fail := func(format string, args ...any) error {
		return &fs.PathError{Op: "open", Path: name, Err: fmt.Errorf(format, args...)}
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, fail("it is not a regular file")
	case info.Size() > most:
		return nil, fail("it has %s, and at most %s are read", words.Bytes(float64(info.Size())), words.Bytes(float64(most)))
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most))
}

// readData fills in the texts of data files below a folder.
func readData(root *os.Root, files []model.DataFile) diagnostic.List {
	var list diagnostic.List
	for i, d := range files {
		var err error
		files[i].Text, err = readBounded(root, filepath.FromSlash(d.Name), folder.MaxSize)
		if err != nil {
			list = append(list, diagnostic.Diagnostic{Code: Unreadable, Span: diagnostic.Span{File: d.Name},
				Message: "the data file cannot be read: " + cause(err)})
		}
	}
	return list
}
