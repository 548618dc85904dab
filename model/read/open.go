package read

import (
	"path/filepath"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/toml"
)

// A File is a file that was read and parsed once, and is not a model yet. Who must know what
// kind of file it is looks at Root first.
type File struct {
	path     string
	text     []byte
	doc      *toml.Document  // nil if the file cannot be read, or is not TOML
	mistakes diagnostic.List // of the text as TOML
	err      error           // why the file cannot be read
}

// Open reads a file and parses it as TOML. It always returns a File: what is wrong with it is
// reported by Model.
func Open(path string) *File {
	text, err := folder.ReadModel(path)
	if err != nil {
		return &File{path: path, err: err}
	}
	return parseFile(path, text)
}

func parseFile(path string, text []byte) *File {
	f := &File{path: path, text: text}
	f.doc, f.mistakes = toml.Parse(path, text)
	return f
}

// Root returns the file's top table, or nil if it is no TOML.
func (f *File) Root() *toml.Table {
	if f.doc == nil {
		return nil
	}
	return f.doc.Root
}

// Model reads the model that the file holds, as Load does. It may be called once.
func (f *File) Model() (*document.Model, diagnostic.List) {
	if f.err != nil {
		return nil, unreadable(f.path, "the model cannot be read: "+folder.Cause(f.err))
	}
	at := folder.System(filepath.Dir(f.path))
	defer at.Close()
	if _, err := at.Open("."); err != nil {
		return nil, unreadable(f.path, "the model's folder cannot be read: "+folder.Cause(err))
	}
	return readAll(f, at)
}

func unreadable(path, message string) diagnostic.List {
	return diagnostic.List{{Code: code.Unreadable, Span: diagnostic.Span{File: path}, Message: message}}
}
