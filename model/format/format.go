// Package format opens a model whatever its file format: TOML, Vensim's .mdl, XMILE
// and Stella's .stmx. It knows which reader to call and nothing of what they do.
package format

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
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
func Imports(path string) bool { return binary(path) != "" || readers[ending(path)] != nil }

// Load reads a model as model.Load does. Files of other tools become models with
// Imported set; the options are for those only.
func Load(path string, o model.ImportOptions) (*model.Model, diagnostic.List) {
	if what := binary(path); what != "" {
		return nil, unreadable(path, what+", which cannot be read", "export it as text: in Vensim, File > Save As, type .mdl")
	}
	read := readers[ending(path)]
	if read == nil {
		return model.Load(path)
	}
	text, err := readFile(path)
	switch {
	case err != nil:
		return nil, unreadable(path, "the model cannot be read: "+cause(err), "")
	case len(text) > MaxSize:
		return nil, unreadable(path, "the model is larger than 64 MiB", "")
	case bytes.HasPrefix(text, []byte("PK\x03\x04")):
		return nil, unreadable(path, "this is a zip archive, not a model", "unpack it and give the model in it")
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, unreadable(path, "the model's folder cannot be read: "+cause(err), "")
	}
	defer root.Close()
	return read(path, text, root.FS(), o)
}

// binary names a format that holds no text, by the file's ending.
func binary(path string) string {
	switch ending(path) {
	case ".vmf", ".vmfx":
		return "this is a binary Vensim model"
	case ".vdf", ".vdfx":
		return "these are results of Vensim in a binary form"
	case ".vpm", ".vpmx", ".vpx":
		return "this is a packaged Vensim model"
	case ".stm", ".itm":
		return "this is a binary model of an early Stella or iThink"
	}
	return ""
}

func ending(path string) string { return strings.ToLower(filepath.Ext(path)) }

func unreadable(path, message, hint string) diagnostic.List {
	return diagnostic.List{{Code: model.Unreadable, Span: diagnostic.Span{File: path}, Message: message, Hint: hint}}
}

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, MaxSize+1))
}

// cause is an error without the operation and path that PathError prints before it.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
