// Package read reads a model file: the tables of the TOML document, the data files and the
// modules that it names. It makes a document.Model and reports mistakes of form. Names,
// subscripts and units are checked by model/check.
package read

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"weir/model/code"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/toml"
)

// Load reads a model file, the data files and the modules that it names. Modules lie
// below the model's folder or in a folder beside it; data files are read below the
// folder of the file that names them only. A path or link that leads out is refused.
// All mistakes are reported at once. The model is nil only if the file cannot be
// read; with other errors it is Broken: it has gaps, which Check passes over in
// silence, so that its mistakes can be reported together with these. Of a file that
// is not TOML the model holds the text only.
func Load(path string) (*document.Model, diagnostic.List) {
	text, err := readFile(path)
	if err != nil {
		return nil, diagnostic.List{{Code: code.Unreadable, Span: diagnostic.Span{File: path}, Message: "the model cannot be read: " + cause(err)}}
	}
	at := &folders{dir: filepath.Dir(path)}
	defer at.close()
	if _, err := at.open("."); err != nil {
		return nil, diagnostic.List{{Code: code.Unreadable, Span: diagnostic.Span{File: path}, Message: "the model's folder cannot be read: " + cause(err)}}
	}
	return parse(path, text, at)
}

// Parse is Load for a text at hand. File is the name used in places; data files are
// read from fsys, which is the model's folder, and named relative to file's folder.
// A nil fsys has no files; it has modules below the model's folder only. The model
// keeps the text.
func Parse(file string, text []byte, fsys fs.FS) (*document.Model, diagnostic.List) {
	return parse(file, text, &folders{fsys: fsys})
}

func parse(file string, text []byte, at *folders) (*document.Model, diagnostic.List) {
	m, list := readModel(file, text, place{folders: at, folder: "."})
	m.Hash = hash(m)
	return m, list
}

// readModel reads one file of a model, and the modules that it names.
func readModel(file string, text []byte, at place) (*document.Model, diagnostic.List) {
	m := &document.Model{File: file, Files: map[string][]byte{file: text}}
	doc, list := toml.Parse(file, text)
	if doc == nil {
		m.Broken = true
		return m, list
	}
	doc.Words = otherWords
	r := &reader{doc: doc, root: doc.Root, place: at, tables: map[string]*csvFile{}, sizes: map[string]int{}, m: m}
	r.fsys, _ = at.folders.open(at.folder)
	r.read()
	list = append(list, doc.Problems()...)
	list = append(list, r.inside...)
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

// readFile reads a file, up to one byte more than a model may have.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, toml.MaxSize+1))
}

// cause is an error without the operation and path that PathError prints before it.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// A reader turns a document into a model.
type reader struct {
	doc     *toml.Document
	root    *toml.Table
	m       *document.Model
	place                       // where the file is
	fsys    fs.FS               // the file's folder; nil if there is none
	inside  diagnostic.List     // what is wrong in modules
	tables  map[string]*csvFile // data files read so far, by name; nil for one that cannot be read
	sizes   map[string]int      // elements of each dimension without mistakes
	clocked bool                // [time] is sound

	retirement retirement // what bindings of modules make superfluous
}

// read takes every table in the order in which one needs the other's result.
func (r *reader) read() {
	r.m.Name, r.m.About = r.root.String("name"), r.root.String("about")
	r.time(r.root.Table("time"))
	if today, ok := r.root.Number("today"); ok {
		r.today(today)
	}
	r.units()
	r.sources()
	r.dimensions()
	r.variables()
	r.modules()
	r.calibrated()
	r.calibrationTable()
	r.retire()
	r.views()
	r.tests()
	r.root.Done(FileShape)
}

func (r *reader) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	r.doc.Report(code, at, hint, format, args...)
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

// textOf makes the document's text of a TOML one.
func textOf(t *toml.Text) document.Text {
	if t == nil {
		return document.Text{}
	}
	return document.Text{Text: t.Text, Span: t.Span, Map: t.Map}
}
