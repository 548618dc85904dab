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

	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/keys"
)

// Load reads a model file, the data files and the modules that it names. Modules lie
// below the model's folder or in a folder beside it; data files are read below the
// folder of the file that names them only. A path or link that leads out is refused.
// All mistakes are reported at once. The model is nil only if the file cannot be
// read; with other errors it is Broken: it has gaps, which Check passes over in
// silence, so that its mistakes can be reported together with these. Of a file that
// is not TOML the model holds the text only.
func Load(path string) (*document.Model, diagnostic.List) { return Open(path).Model() }

// Parse is Load for a text at hand. File is the name used in places; data files are
// read from fsys, which is the model's folder, and named relative to file's folder.
// A nil fsys has no files; it has modules below the model's folder only. The model
// keeps the text.
func Parse(file string, text []byte, fsys fs.FS) (*document.Model, diagnostic.List) {
	return readAll(parseFile(file, text), folder.Of(fsys))
}

// readAll reads a model with all its files.
func readAll(f *File, at *folder.Folders) (*document.Model, diagnostic.List) {
	m, list := readModel(f, place{session: &session{folders: at, readFile: readModel}, folder: "."})
	m.Hash = hash(m)
	return m, list
}

// readModel reads one file of a model, and the modules that it names.
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
	f.doc.Root.Done(keys.File)
	list := slices.Concat(f.mistakes, f.doc.Problems(), r.inside)
	list.Sort()
	m.Broken = list.HasErrors()
	return m, list
}

// otherWords are what other tools of the field call our tables and keys.
var otherWords = map[string]string{
	"level": "stock", "reservoir": "stock", "rate": "flow", "auxiliary": "aux", "converter": "aux", "variable": "aux",
	"parameter": "constant", "param": "constant", "assumption": "constant", "lever": "decision", "policy": "decision",
	"table": "lookup", "graph": "lookup", "graphical": "lookup", "series": "data", "subscript": "dimension", "array": "dimension",
	"dt": "step", "time_step": "step", "saveper": "save", "save_step": "save", "initial_time": "start", "final_time": "stop", "end": "stop",
	"integrator": "method", "time_units": "unit", "eqn": "equation", "formula": "equation", "expr": "equation", "init": "initial",
	"initial_value": "initial", "inflows": "inflow", "outflows": "outflow", "dimensions": "over", "dims": "over", "non_neg": "non_negative",
	"doc": "about", "documentation": "about", "description": "about", "comment": "about", "title": "label", "min_max": "range", "ref": "source",
}

// passes read the tables of a file in the order in which one needs the result of another.
var passes = []struct {
	name string
	run  func(*reader)
}{
	{"name", func(r *reader) { r.m.Name, r.m.About = r.root.String("name"), r.root.String("about") }},
	{"time", func(r *reader) { clockReader{r}.read() }},                // before every time in the file
	{"names", func(r *reader) { nameReader{r}.read() }},                // units, sources and dimensions
	{"variables", func(r *reader) { variableReader{r}.read() }},        // needs the sizes of dimensions
	{"modules", func(r *reader) { moduleReader{r}.read() }},            // binds variables of modules
	{"fitted values", func(r *reader) { calibrationReader{r}.read() }}, // needs the constants of modules, too
	{"retirement", func(r *reader) { r.retirement.run(r.m) }},
	{"views", func(r *reader) { readViews(r) }},         // needs every variable that is left
	{"tests", func(r *reader) { testReader{r}.read() }}, // conserve = true means all stocks
}

// hash is the SHA-256 of all files, each after its length, the model first and the
// others by their place beside it.
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
