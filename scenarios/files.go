package scenarios

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/format"
	"weir/model/toml"
)

// readFile reads a file up to one byte more than a set may have.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, toml.MaxSize+1))
}

// loadBelow loads a model whose path, links followed, stays below a folder. It
// gives nil and an empty list if it does not.
func loadBelow(folder, name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, nil
	}
	defer root.Close()
	if _, err = root.Stat(filepath.FromSlash(name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil
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
		info, err := root.Stat(name)
		if err != nil {
			return nil, err
		}
		if !info.Mode().IsRegular() || info.Size() > MaxPosterior {
			return nil, &fs.PathError{Op: "open", Path: name,
				Err: errors.New("it is not a file of a size that is read")}
		}
		f, err := root.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, MaxPosterior+1))
	}
}

// readData fills in the texts of data files below a folder.
func readData(root *os.Root, files []model.DataFile) diagnostic.List {
	var list diagnostic.List
	for i, d := range files {
		f, err := root.Open(filepath.FromSlash(d.Name))
		if err == nil {
			files[i].Text, err = io.ReadAll(io.LimitReader(f, toml.MaxSize+1))
			f.Close()
		}
		if err != nil {
			list = append(list, diagnostic.Diagnostic{Code: Unreadable, Span: diagnostic.Span{File: d.Name},
				Message: "the data file cannot be read: " + cause(err)})
		}
	}
	return list
}
