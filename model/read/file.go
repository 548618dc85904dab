package read

import (
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/toml"
)

// A File is a file that was read and parsed once, and is not a model yet. A caller that must
// know the kind of file, a model or a scenario set, looks at Root first.
type File struct {
	// as the caller named it; it is the File of places in the model
	path     string
	text     []byte
	doc      *toml.Document  // nil if the file cannot be read, or is not TOML
	mistakes diagnostic.List // of the text as TOML
	err      error           // why the file cannot be read
}

// OpenFile reads a file and parses it as TOML. It always returns a File; Model reports its mistakes.
func OpenFile(path string) *File {
	text, err := folder.ReadModel(path)
	if err != nil {
		return &File{path: path, err: err}
	}
	return parseFile(path, text)
}

// parseFile returns a file whose text is at hand.
func parseFile(path string, text []byte) *File {
	f := &File{path: path, text: text}
	f.doc, f.mistakes = toml.Parse(path, text)
	return f
}

// Text returns the file's text, or why it cannot be read.
func (f *File) Text() ([]byte, error) { return f.text, f.err }

// Root returns the file's top table, or nil if the file is not TOML.
func (f *File) Root() *toml.Table {
	if f.doc == nil {
		return nil
	}
	return f.doc.Root
}
