package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/format"
	"weir/model/resolved"
	"weir/model/toml"
)

// Load reads a set file and its model, and checks the one against the other. The
// model's path is relative to the set's folder and must lie below it. All mistakes
// are reported at once, those of the model among them; unit errors of the model
// become warnings. The set can be compared if the list has no errors; it is nil
// only if the file could not be read, or is not TOML. Set.Warnings repeats the
// list's warnings and notes.
func Load(path string) (*Set, diagnostic.List) { return LoadOpened(format.Open(path)) }

// LoadOpened is Load for a set file that was opened before, for example to see what it is. The file
// is not opened again.
func LoadOpened(f *format.File) (*Set, diagnostic.List) {
	path := f.Path()
	text, err := f.Text()
	if err != nil {
		return nil, diagnostic.List{{Code: Unreadable, Span: diagnostic.Span{File: path},
			Message: "the set cannot be read: " + cause(err)}}
	}
	load := func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
		return loadBelow(filepath.Dir(path), name, o)
	}
	return ParseIn(path, text, Reading{Load: load, Open: openBelow(filepath.Dir(path))})
}

// Parse is Load for a text at hand. load reads the model of that name; it returns nil
// and an empty list if the name is outside the set's folder. There are no other files: a
// set that names a posterior cannot be read so.
func Parse(file string, text []byte, load func(name string,
	o model.ImportOptions) (*model.Model, diagnostic.List)) (*Set, diagnostic.List) {
	open := func(string) ([]byte, error) { return nil, errors.New("the set has no folder") }
	return ParseIn(file, text, Reading{Load: load, Open: open})
}

// A Reading is how a set comes by its model and its other files.
type Reading struct {
	Load func(name string, o model.ImportOptions) (*model.Model, diagnostic.List)
	// Check is that of a model, which may have been checked already; nil: model.Check.
	Check func(*model.Model) (*resolved.Model, diagnostic.List)
	Open  func(name string) ([]byte, error) // by their paths below the set's folder
}

// ParseIn is Parse for a set with other files, which from reads.
func ParseIn(file string, text []byte, from Reading) (*Set, diagnostic.List) {
	if from.Check == nil {
		from.Check = model.Check
	}
	doc, list := toml.Parse(file, text)
	if doc == nil {
		return nil, list
	}
	sum := sha256.Sum256(text)
	r := &reader{doc: doc, root: doc.Root, Reading: from, set: &Set{
		File: file, Text: text, Hash: hex.EncodeToString(sum[:]), Files: map[string][]byte{file: text},
	}}
	list = append(list, r.model()...)
	r.read()
	list = append(list, doc.Problems()...)
	list.Sort()
	for _, d := range list {
		if d.Severity != diagnostic.Error {
			r.set.Warnings = append(r.set.Warnings, d)
		}
	}
	return r.set, list
}

// model loads the model that the set names.
func (r *reader) model() diagnostic.List {
	name, o := r.needed(r.root, "model"), r.importOptions()
	if name == "" {
		return nil
	}
	r.set.ModelFile = name
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		r.report(OutsideFolder, r.root.At("model"), "copy the model beside the set",
			"the model must lie in the set's folder or below it")
		return nil
	}
	m, list := r.Load(name, o)
	if m == nil && len(list) == 0 {
		r.report(OutsideFolder, r.root.At("model"), "copy the model beside the set",
			"%q leads out of the set's folder", name)
		return nil
	}
	if m == nil && list[0].Code == Unreadable {
		r.report(Unreadable, r.root.At("model"), nearModel(r.set.File, name), "%q: %s", name, list[0].Message)
		return nil
	}
	return append(list, r.resolve(m)...)
}

// nearModel returns a hint with the file beside the set that was probably meant; "" if there is none.
func nearModel(set, name string) string {
	if near := folder.Near(os.DirFS(filepath.Dir(set)), name); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// resolve makes the resolved model, if it can be run.
func (r *reader) resolve(m *model.Model) (list diagnostic.List) {
	if m == nil {
		return nil
	}
	for name, text := range m.Files {
		r.set.Files[name] = text
	}
	r.decisions(m)
	var out *resolved.Model
	out, list = r.Check(m)
	list = append(model.UnitsAsWarnings(list), model.FixedEnd(m)...)
	if out != nil && !list.HasErrors() {
		r.set.Model, r.set.Resolved = m, out
	}
	return list
}

// read reads everything but the model.
func (r *reader) read() {
	r.set.Name, r.set.About = r.root.String("name"), r.root.String("about")
	r.refuse()
	r.outcomes()
	r.charts()
	r.assumptions()
	r.worlds()
	r.interventions()
	r.scenarios()
	r.story()
	r.labels()
	r.uncertainty()
	r.root.Done(FileShape)
	r.unmoved()
}

// refuse answers tables that a set does not need.
func (r *reader) refuse() {
	for _, name := range []string{"bundle", "bundles"} {
		if k := r.root.Refuse(name); k != nil {
			r.report(NotSupported, k.Span,
				"take it out: weir bundles runs every combination of the interventions that there are", "a set has no table %s", k.Name)
		}
	}
}
