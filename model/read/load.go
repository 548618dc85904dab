// Package read reads a model file: the tables of the TOML document, the data files and the
// modules that it names. It makes a document.Model and reports mistakes of form. Names,
// subscripts and units are checked by model/check.
package read

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"path/filepath"
	"slices"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/keys"
	"weir/model/toml"
)

// Load reads a model file, and the data files and modules that it names, and returns the model
// with all mistakes at once. Modules are below the model's folder or in a folder beside it;
// data files are below the folder of the file that names them. A path or link that leads
// elsewhere is refused.
//
// The model is nil only if the file cannot be read. With other errors it is Broken: it has
// gaps, and Check reports only mistakes that do not follow from them. The model of a file that
// is not TOML has the text only.
func Load(path string) (*document.Model, diagnostic.List) { return OpenFile(path).Model() }

// Parse is Load for a text at hand, which the model keeps. File is the name used in places.
// Data files and modules are read from fsys, which is the model's folder; a nil fsys has none.
func Parse(file string, text []byte, fsys fs.FS) (*document.Model, diagnostic.List) {
	return readAll(parseFile(file, text), folder.Of(fsys))
}

// ParseIn is Parse for a file whose data files and modules are in folders, which it closes.
func ParseIn(file string, text []byte, at *folder.Folders) (*document.Model, diagnostic.List) {
	defer at.Close()
	return readAll(parseFile(file, text), at)
}

// Model returns the model that the file holds, as Load does. It may be called once, since the
// reader marks the keys that it has read.
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

// unreadable returns the only diagnostic of a file that is no text of a model.
func unreadable(path, message string) diagnostic.List {
	return diagnostic.List{{Code: code.Unreadable, Span: diagnostic.Span{File: path}, Message: message}}
}

// readAll returns a model read from all its files. The hash comes last, since modules add their
// files while they are read.
func readAll(f *File, at *folder.Folders) (*document.Model, diagnostic.List) {
	m, list := readModel(f, place{session: &session{folders: at, readFile: readModel}, folder: "."})
	m.Hash = hash(m)
	return m, list
}

// readModel returns the model of one file with the modules that it names, without its hash.
func readModel(f *File, at place) (*document.Model, diagnostic.List) {
	m := &document.Model{File: f.path, Files: map[string][]byte{f.path: f.text}}
	if f.doc == nil {
		m.Broken = true
		return m, f.mistakes
	}
	f.doc.Words = otherWords
	r := newReader(f.doc, m, at)
	for _, p := range passes {
		p.run(r)
	}
	for _, k := range f.doc.Root.Unknown(keys.File) {
		if k.Value.Kind == toml.KindTable {
			for _, sub := range k.Value.Table.Keys() {
				m.Unread = append(m.Unread, sub.Name)
			}
		}
	}
	f.doc.Root.Done(keys.File)
	list := slices.Concat(f.mistakes, f.doc.Problems(), r.inside)
	list.Sort()
	m.Broken = list.HasErrors()
	return m, list
}

// otherWords has the words of other tools, and of other tables, for our tables and keys: the first
// that a table has is meant. The reader uses them for hints only: a file with such a word still has
// a mistake.
var otherWords = map[string][]string{
	"level": {"stock"}, "reservoir": {"stock"}, "rate": {"flow"},
	"auxiliary": {"aux"}, "converter": {"aux"}, "variable": {"aux"},
	"parameter": {"constant"}, "param": {"constant"}, "assumption": {"constant"},
	"lever": {"decision"}, "policy": {"decision"},
	"table": {"lookup"}, "graph": {"lookup"}, "graphical": {"lookup"}, "series": {"data"},
	"subscript": {"dimension"}, "array": {"dimension"}, "dimensions": {"over"}, "dims": {"over"},
	"dt": {"step"}, "time_step": {"step"}, "saveper": {"save"}, "save_step": {"save"},
	"initial_time": {"start"}, "final_time": {"stop"}, "end": {"stop"},
	"integrator": {"method"}, "time_units": {"unit"},
	"eqn": {"equation", "initial", "value"}, "formula": {"equation", "initial", "value"},
	"expr": {"equation", "initial", "value"}, "equation": {"initial", "value"},
	"value": {"equation", "initial", "points"}, "initial": {"value", "equation"},
	"init": {"initial"}, "initial_value": {"initial"},
	"inflows": {"inflow"}, "outflows": {"outflow"}, "non_neg": {"non_negative"},
	"doc": {"about"}, "documentation": {"about"}, "description": {"about"}, "comment": {"about"},
	"title": {"label"}, "min_max": {"range"}, "ref": {"source"}, "kind": {"name"}, "type": {"name"},
}

// passes read the tables of a file. A comment gives the reason for a place in the order.
var passes = []struct {
	name string
	run  func(*reader)
}{
	{"name", func(r *reader) { r.m.Name, r.m.About = r.root.String("name"), r.root.String("about") }},
	{"time", func(r *reader) { clockReader{r}.read() }},                // dates are compared with the clock
	{"names", func(r *reader) { nameReader{r}.read() }},                // units, sources, dimensions
	{"variables", func(r *reader) { variableReader{r}.read() }},        // values and columns have the sizes of dimensions
	{"modules", func(r *reader) { moduleReader{r}.read() }},            // bindings replace variables
	{"fitted values", func(r *reader) { calibrationReader{r}.read() }}, // of modules, too
	{"retirement", func(r *reader) { r.retirement.run(r.m) }},          // fitted values may be of a variable that retires
	{"views", func(r *reader) { readViews(r) }},                        // show the variables that are left
	{"tests", func(r *reader) { testReader{r}.read() }},                // conserve = true means every stock
	{"functions", readFunctions},
	{"calls", writeOut}, // of variables, bindings and tests
	{"loops", readLoops},
	{"channels", readChannels},
}

// hash returns the SHA-256 of all files, each after its length: the model first, the others
// in the order of their paths from it. The length before each text keeps a line that moves from one
// file to the next from leaving the hash as it was. Paths decide the order only, and are taken from
// the model, so that a copy of the folder has the same hash.
func hash(m *document.Model) string {
	names := []string{}
	beside := map[string]string{}
	for name := range m.Files {
		if name != m.File {
			names = append(names, name)
			beside[name] = name
			if rel, err := filepath.Rel(filepath.Dir(m.File), name); err == nil {
				beside[name] = filepath.ToSlash(rel)
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(beside[a], beside[b]) })
	h := sha256.New()
	for _, name := range append([]string{m.File}, names...) {
		text := m.Files[name]
		h.Write(binary.LittleEndian.AppendUint64(nil, uint64(len(text))))
		h.Write(text)
	}
	return hex.EncodeToString(h.Sum(nil))
}
