package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"weir/model"
	"weir/model/xmile/internal/naming"
	"weir/model/xmile/internal/scan"
)

// A Part is a file of the model: the one that is read, or one that it names.
type Part struct {
	path   string // from the model's folder; "" for the model's own
	Root   *scan.Node
	Models map[string]*scan.Node // by canonical name
}

// Bounds of a model: files, and bytes in all of them together.
const (
	maxParts = 500
	maxBytes = 64 << 20
)

// A Files is the files that a model is made of.
type Files struct {
	*Log
	M      *model.Model
	Fsys   fs.FS    // the model's folder; nil if it has none
	Raw    [][]byte // the bytes of all files, in the order in which they were opened
	ByPath map[string]*Part
	Home   map[*scan.Node]*Part // of a model: the file that holds it
	Ruin   bool                 // some file is not sound as XML
}

// ReadParts reads all files that a part names: those that hold its modules' models, and those
// that its header includes.
// It notes the part before it reads others, so that files that name each other are read once.
func (f *Files) ReadParts(p *Part) {
	f.ByPath[p.path] = p
	f.collectModels(p)
	for _, n := range p.Root.All("model") {
		f.Home[n] = p
		f.resource(p, n)
		if vars := Declarations(n); vars != nil {
			for _, m := range vars.All("module") {
				f.resource(p, m)
			}
		}
	}
	for _, n := range f.included(p) {
		for _, where := range f.matching(p, n) {
			f.include(p, n, where)
		}
	}
}

// included returns the files that a header includes.
func (f *Files) included(p *Part) []*scan.Node {
	h := p.Root.Kid("header")
	if h == nil {
		return nil
	}
	out := h.All("include")
	for _, n := range h.All("includes") {
		out = append(out, n.All("include")...)
	}
	return out
}

// resource reads the file that an element names for a model, if it names one that this
// file has not.
func (f *Files) resource(p *Part, n *scan.Node) {
	a, given := n.Attr("resource")
	if !given || strings.TrimSpace(a.Value) == "" || p.Models[naming.Canonical(naming.Base(a.Value))] != nil {
		return
	}
	if where, ok := f.locate(p, a); ok {
		f.open(where, a)
	}
}

// where returns the path that a resource means, from the model's folder; "" for one in the
// web. Of an absolute path only the file's name counts, as nobody else has the same
// folders.
// It does not say whether there is such a file, nor whether it may be read.
func (p *Part) where(resource string) string {
	name := strings.ReplaceAll(strings.TrimSpace(resource), `\`, "/")
	if before, _, web := strings.Cut(name, "://"); web && !strings.EqualFold(before, "file") {
		return ""
	}
	if path.IsAbs(name) || strings.Contains(name, ":") {
		name = path.Base(name)
	}
	return path.Join(path.Dir(p.path), name)
}

// locate is where, and reports why a path cannot be used.
func (f *Files) locate(p *Part, a scan.Text) (string, bool) {
	where := p.where(a.Value)
	switch {
	case where == "":
		f.without(model.Unreadable, a, "save a copy of it beside the model", "%q is not read: it is in the web",
			a.Value)
	case !fs.ValidPath(where):
		f.without(model.OutsideFolder, a, "copy it into a folder below the model's",
			"%q is not below the model's folder", a.Value)
	default:
		return where, true
	}
	return "", false
}

// open reads a file and the files that it names. It returns nil if that cannot be done.
// A file that was tried before gives its part, or nil if it failed, without another report.
func (f *Files) open(where string, a scan.Text) *Part {
	if p, known := f.ByPath[where]; known {
		return p
	}
	// The entry counts against the bound of files even if this one cannot be read.
	f.ByPath[where] = nil
	raw, err := f.bytes(where)
	if err != nil {
		f.without(model.Unreadable, a, "the path is taken from the folder of the file that names it",
			"%q cannot be read: %v", a.Value, err)
		return nil
	}
	s, _ := scan.Decode(raw)
	name := path.Join(path.Dir(strings.ReplaceAll(f.M.File, `\`, "/")), where)
	f.Raw, f.M.Files[name] = append(f.Raw, raw), []byte(s)
	root, list := scan.Scan(name, s)
	f.List = append(f.List, list...)
	if f.Ruin = root == nil || list.HasErrors() || f.Ruin; f.Ruin {
		return nil
	}
	root.Unprefixed()
	root.Shift(f.Sources.Add(name, len(s)))
	if !root.Is("xmile") {
		f.without(scan.BadXML, a, "an XMILE file begins with <xmile>", "%q is <%s>, not an XMILE file", a.Value,
			root.Name)
		return nil
	}
	p := &Part{path: where, Root: root, Models: map[string]*scan.Node{}}
	f.ReadParts(p)
	f.merge(p, a)
	return p
}

// Reasons why a file is not read.
var errNoFolder, errTooLarge, errTooMany = errors.New("the model has no folder"), fmt.Errorf("the files of the model are larger than %d MiB together", maxBytes>>20), fmt.Errorf("there are more than %d files", maxParts)

// bytes reads a file below the model's folder.
// The files of a model are bounded in number and in size together.
func (f *Files) bytes(where string) ([]byte, error) {
	switch {
	case f.Fsys == nil:
		return nil, errNoFolder
	case len(f.ByPath) > maxParts:
		return nil, errTooMany
	}
	in, err := f.Fsys.Open(where)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, err
	}
	defer in.Close()
	// All files share the bound.
	left := max(0, maxBytes-f.Sources.Size)
	raw, err := io.ReadAll(io.LimitReader(in, int64(left)+1))
	if err == nil && len(raw) > left {
		err = errTooLarge
	}
	return raw, err
}

// merge puts the common parts of all files into the model's own: macros, units, and
// dimensions, which must be the same where two files declare them.
func (f *Files) merge(p *Part, a scan.Text) {
	root := f.ByPath[""].Root
	root.Kids = append(root.Kids, p.Root.All("macro")...)
	for _, name := range []string{"model_units", "dimensions"} {
		section := p.Root.Kid(name)
		if section == nil {
			continue
		}
		into := root.Kid(name)
		if into == nil {
			into = &scan.Node{Name: name, Start: section.Start, End: section.End}
			root.Kids = append(root.Kids, into)
		}
		for _, n := range section.Kids {
			if other := sameDimension(into, n); name == "dimensions" && other != nil {
				if !slices.Equal(elementsOf(other), elementsOf(n)) {
					f.Report(model.ModuleConflict, n.Span(f.Sources), "the whole model has one set of dimensions",
						"the dimension %s has other elements than in %s", n.Value("name"), other.Span(f.Sources).File)
				}
				continue
			}
			into.Kids = append(into.Kids, n)
		}
	}
	if s := specs(p.Root); s != nil && len(p.Models) > 0 && !sameClock(s, specs(root)) {
		f.Row(s, "sim_specs of "+a.Value, model.Approximated, "all modules run with the step of the whole model")
		f.Warn(scan.Approximated, s.Span(f.Sources), "",
			"%s has a clock of its own, but runs with that of the whole model", a.Value)
	}
}

// sameDimension returns the element of a section that has the same name as another one, or
// nil.
func sameDimension(section, n *scan.Node) *scan.Node {
	for _, other := range section.Kids {
		if naming.Canonical(other.Value("name")) == naming.Canonical(n.Value("name")) {
			return other
		}
	}
	return nil
}

// elementsOf returns the elements of a dimension, or how many there are.
// The first word is the size of a dimension that is declared by it, and empty otherwise, so that
// the two kinds never compare as equal.
func elementsOf(n *scan.Node) []string {
	out := []string{strings.TrimSpace(n.Value("size"))}
	for _, e := range n.All("elem") {
		out[0] = ""
		out = append(out, naming.Canonical(e.Value("name")))
	}
	return out
}

// sameClock reports whether two files run from and to the same times by the same step, as
// they write it.
func sameClock(a, b *scan.Node) bool {
	if b == nil {
		return false
	}
	for _, key := range []string{"start", "stop", "dt"} {
		if a.Words(key) != b.Words(key) {
			return false
		}
	}
	return true
}

// matching returns the files that an include names: with * several. One from the web is said
// to be left out, as its macros may not be used at all.
func (f *Files) matching(p *Part, n *scan.Node) []string {
	a, _ := n.Attr("resource")
	if p.where(a.Value) == "" {
		f.Row(n, a.Value, model.Unsupported, "a file from the web is not read")
		f.Warn(model.NotSupported, a.Span(f.Sources), "save a copy of it beside the model",
			"%q is not read: it is in the web", a.Value)
		return nil
	}
	where, ok := f.locate(p, a)
	if !ok || f.Fsys == nil || !strings.ContainsAny(where, "*?[") {
		return slices.DeleteFunc([]string{where}, func(string) bool { return !ok })
	}
	all, err := fs.Glob(f.Fsys, where)
	if err != nil || len(all) == 0 {
		f.without(model.Unreadable, a, "", "there is no file %q", a.Value)
	}
	return all
}

// include reads an included file; its models are this file's, too.
func (f *Files) include(p *Part, n *scan.Node, where string) {
	a, _ := n.Attr("resource")
	q := f.open(where, a)
	if q == nil {
		return
	}
	f.Row(n, where, model.Equivalent, "its contents are part of the model itself")
	for name, m := range q.Models {
		if p.Models[name] == nil {
			p.Models[name] = m
		}
	}
}

// modelOf returns the model of a module: in the file that it names, or in its own.
// Tools name the model in attributes of their own; without one it has the name of the module. The
// result is nil if there is no such model.
func (f *Files) modelOf(sp *Space, n *scan.Node) *scan.Node {
	p := f.ByPath[""]
	if sp.Model != nil && f.Home[sp.Model] != nil {
		p = f.Home[sp.Model]
	}
	of := naming.Canonical(n.Value("name"))
	for _, a := range []string{"simlin:model_name", "model_name", "isee:model", "resource"} {
		if t := n.Value(a); t != "" && p.Models[naming.Canonical(naming.Base(t))] != nil {
			of = naming.Canonical(naming.Base(t))
		}
	}
	if m := f.modelIn(p, n, of); m != nil {
		return m
	}
	if of == "" {
		return nil
	}
	m := p.Models[of]
	if m != nil && Declarations(m) == nil { // <model name="…" resource="…"/>
		return f.modelIn(f.Home[m], m, of)
	}
	return m
}

// modelIn returns the model in the file that an element names; without one of that name the
// one that has none.
func (f *Files) modelIn(p *Part, n *scan.Node, name string) *scan.Node {
	a, given := n.Attr("resource")
	if !given || strings.TrimSpace(a.Value) == "" || p.Models[naming.Canonical(naming.Base(a.Value))] != nil &&
		!n.Is("model") {
		return nil
	}
	where := p.where(a.Value)
	q := f.ByPath[where]
	switch {
	case q == nil || where == "":
		return nil
	case q.Models[name] != nil:
		return q.Models[name]
	}
	return q.Models[""]
}

// collectModels finds the models of the file. The one without a name is the first,
// and so is the only one, whatever its name.
func (f *Files) collectModels(p *Part) {
	root := p.Root
	all := root.All("model")
	for _, n := range all {
		name := naming.Canonical(n.Value("name"))
		if len(all) == 1 {
			name = ""
		}
		if p.Models[name] != nil {
			f.Report(model.DuplicateName, n.Span(f.Sources), "", "there are two models named %q", n.Value("name"))
			continue
		}
		p.Models[name] = n
		for _, k := range n.Kids {
			switch {
			case k.Is("sim_specs") && k != specs(root):
				f.Row(k, "sim_specs of "+n.Value("name"), model.Approximated,
					"all modules run with the step of the whole model")
				f.Warn(scan.Approximated, k.Span(f.Sources), "",
					"the model %s has a clock of its own, but runs with the step of the whole model", n.Value("name"))
			}
		}
	}
	if p.Models[""] == nil && len(all) > 0 {
		p.Models[""] = all[0]
	}
	for _, k := range root.Kids {
		if k.Is("data") {
			f.Row(k, "data", model.Equivalent,
				"files to import from or export to are not opened: the numbers in the model are used")
		}
	}
}
