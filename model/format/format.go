// Package format opens a model whatever its file format: TOML, Vensim's .mdl, XMILE
// and Stella's .stmx. It knows which reader to call, and none of the formats.
package format

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/read"
	"weir/model/toml"
	"weir/model/vensim"
	"weir/model/xmile"
)

// MaxSize bounds a file of another tool, in bytes.
const MaxSize = 64 << 20

// A reader turns a file of another tool into a model.
type reader func(file string, text []byte, fsys fs.FS, o model.ImportOptions) (*model.Model, diagnostic.List)

var readers = map[string]reader{
	".mdl":   vensim.Parse,
	".xmile": xmile.Parse,
	".xml":   xmile.Parse,
	".stmx":  xmile.Parse,
	".itmx":  xmile.Parse,
}

// Imports reports whether a file's name says that another tool wrote it.
func Imports(path string) bool { return foreignByName(path) != nil || readers[ending(path)] != nil }

// A File is a file that was opened and read once, and is not a model yet.
type File struct {
	path string
	toml *read.File // of a file that may be TOML
	text []byte     // of another tool's file
	err  error      // of reading text
}

// Open reads a file of any format. It always returns a File; Load reports its mistakes.
func Open(path string) *File {
	f := &File{path: path}
	switch {
	case foreignByName(path) != nil:
	case f.reader() == nil:
		f.toml = read.OpenFile(path)
	default:
		f.text, f.err = readFile(path)
	}
	return f
}

// Path returns the file's path, as given to Open.
func (f *File) Path() string { return f.path }

// Text returns the file's text, or why it cannot be read. A file that is certainly none of a model has
// none.
func (f *File) Text() ([]byte, error) {
	if f.toml != nil {
		return f.toml.Text()
	}
	return f.text, f.err
}

// reader returns the reader of another tool's file, or nil if it may be TOML.
func (f *File) reader() reader { return readers[ending(f.path)] }

// Root returns the top table of a TOML file, or nil if it is none.
func (f *File) Root() *toml.Table {
	if f.toml == nil {
		return nil
	}
	return f.toml.Root()
}

// Load reads a model as model.Load does. Files of other tools become models with
// Imported set; the options are for those only.
func Load(path string, o model.ImportOptions) (*model.Model, diagnostic.List) {
	return Open(path).Load(o)
}

// Load reads the model that the file holds. It may be called once.
func (f *File) Load(o model.ImportOptions) (*model.Model, diagnostic.List) {
	m, list := f.load(o)
	if m != nil {
		m.Seal()
	}
	return m, list
}

// load reads the file by its kind. A file of a kind that is known but cannot be read has a hint.
func (f *File) load(o model.ImportOptions) (*model.Model, diagnostic.List) {
	if form := foreignByName(f.path); form != nil {
		return nil, unreadable(f.path, "this is "+form.what+", which cannot be read", form.hint)
	}
	if f.toml != nil {
		return f.toml.Model()
	}
	switch {
	case f.err != nil:
		return nil, unreadable(f.path, "the model cannot be read: "+cause(f.err), "")
	case len(f.text) > MaxSize:
		return nil, unreadable(f.path, "the model is larger than 64 MiB", "")
	}
	if form := foreignByContent(f.path, f.text); form != nil {
		return nil, unreadable(f.path, "this is "+form.what, form.hint)
	}
	root, err := os.OpenRoot(filepath.Dir(f.path))
	if err != nil {
		return nil, unreadable(f.path, "the model's folder cannot be read: "+cause(err), "")
	}
	defer root.Close()
	return f.reader()(f.path, f.text, root.FS(), o)
}

// ending returns the ending of a file's name in lower case, with its dot.
func ending(path string) string { return strings.ToLower(filepath.Ext(path)) }

// unreadable returns the only diagnostic of a file that cannot be read as a model.
func unreadable(path, message, hint string) diagnostic.List {
	return diagnostic.List{{Code: model.Unreadable, Span: diagnostic.Span{File: path}, Message: message, Hint: hint}}
}

// readFile returns the bytes of a file; of one that is too large for a model, one byte more than that.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxSize+1))
}

// cause returns the words of an error, without the operation and path of a PathError.
func cause(err error) string {
	if errors.Is(err, syscall.EISDIR) {
		return "it is a folder; give the file in it"
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
