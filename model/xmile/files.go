package xmile

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
)

// Sources are the texts that a model is read from, one behind the other, so that a place
// in any of them is one number.
type sources struct {
	names  []string
	starts []int
	size   int
}

// add appends a text, and says where it begins.
func (s *sources) add(name string, size int) int {
	start := s.size
	s.names, s.starts, s.size = append(s.names, name), append(s.starts, start), start+size+1
	return start
}

// of is the text that an offset lies in.
func (s *sources) of(offset int) int {
	return max(0, sort.SearchInts(s.starts, offset+1)-1)
}

func (s *sources) span(start, end int) diagnostic.Span {
	k := s.of(start)
	return diagnostic.Span{File: s.names[k], Start: start - s.starts[k], End: end - s.starts[k]}
}

// shift moves an element with all that is in it to another place.
func (n *node) shift(by int) {
	n.start, n.end, n.body.start = n.start+by, n.end+by, n.body.start+by
	for i := range n.body.breaks {
		n.body.breaks[i].file += by
	}
	for _, a := range n.attrs {
		for i := range a.value.breaks {
			a.value.breaks[i].file += by
		}
	}
	for i := range n.attrs {
		n.attrs[i].value.start += by
	}
	for _, k := range n.kids {
		k.shift(by)
	}
}

// A part is a file of the model: the one that is read, or one that it names.
type part struct {
	path   string // from the model's folder; "" for the model's own
	root   *node
	models map[string]*node // by canonical name
}

// Bounds of what a model may be made of: files, and bytes in all of them together.
const (
	maxParts = 500
	maxBytes = 64 << 20
)

// A fileSet is the files that a model is made of.
type fileSet struct {
	*log
	m      *model.Model
	fsys   fs.FS    // the model's folder; nil if it has none
	raw    [][]byte // the bytes of all files, in the order in which they were opened
	byPath map[string]*part
	home   map[*node]*part // of a model: the file that holds it
	ruin   bool            // some file is not sound as XML
}

// readParts reads all files that a part names: those that hold its modules' models, and those
// that its header includes.
func (f *fileSet) readParts(p *part) {
	f.byPath[p.path] = p
	f.collectModels(p)
	for _, n := range p.root.all("model") {
		f.home[n] = p
		f.resource(p, n)
		if vars := n.kid("variables"); vars != nil {
			for _, m := range vars.all("module") {
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

// included are what a header includes.
func (f *fileSet) included(p *part) []*node {
	h := p.root.kid("header")
	if h == nil {
		return nil
	}
	out := h.all("include")
	for _, n := range h.all("includes") {
		out = append(out, n.all("include")...)
	}
	return out
}

// resource reads the file that an element names for a model, if it names one that this
// file has not.
func (f *fileSet) resource(p *part, n *node) {
	a, given := n.attr("resource")
	if !given || strings.TrimSpace(a.s) == "" || p.models[canonical(base(a.s))] != nil {
		return
	}
	if where, ok := f.locate(p, a); ok {
		f.open(where, a)
	}
}

// where is the path that a resource means, from the model's folder; "" for one in the
// web. Of an absolute path only the file's name counts, as nobody else has the same
// folders.
func (p *part) where(resource string) string {
	name := strings.ReplaceAll(strings.TrimSpace(resource), `\`, "/")
	if before, _, web := strings.Cut(name, "://"); web && !strings.EqualFold(before, "file") {
		return ""
	}
	if path.IsAbs(name) || strings.Contains(name, ":") {
		name = path.Base(name)
	}
	return path.Join(path.Dir(p.path), name)
}

// locate is where, with what is wrong with it reported.
func (f *fileSet) locate(p *part, a text) (string, bool) {
	where := p.where(a.s)
	switch {
	case where == "":
		f.without(model.Unreadable, a, "save a copy of it beside the model", "%q is not read: it is in the web", a.s)
	case !fs.ValidPath(where):
		f.without(model.OutsideFolder, a, "copy it into a folder below the model's", "%q is not below the model's folder", a.s)
	default:
		return where, true
	}
	return "", false
}

// open reads a file, and what it names; nil if that cannot be done.
func (f *fileSet) open(where string, a text) *part {
	if p, known := f.byPath[where]; known {
		return p
	}
	f.byPath[where] = nil
	raw, err := f.bytes(where)
	if err != nil {
		f.without(model.Unreadable, a, "the path is taken from the folder of the file that names it", "%q cannot be read: %v", a.s, err)
		return nil
	}
	s, _ := decode(raw)
	name := path.Join(path.Dir(strings.ReplaceAll(f.m.File, `\`, "/")), where)
	f.raw, f.m.Files[name] = append(f.raw, raw), []byte(s)
	root, list := scan(name, s)
	f.list = append(f.list, list...)
	if f.ruin = root == nil || list.HasErrors() || f.ruin; f.ruin {
		return nil
	}
	root.unprefixed()
	root.shift(f.file.add(name, len(s)))
	if !root.is("xmile") {
		f.without(BadXML, a, "an XMILE file begins with <xmile>", "%q is <%s>, not an XMILE file", a.s, root.name)
		return nil
	}
	p := &part{path: where, root: root, models: map[string]*node{}}
	f.readParts(p)
	f.merge(p, a)
	return p
}

var errNoFolder, errTooLarge, errTooMany = errors.New("the model has no folder"), fmt.Errorf("the files of the model are larger than %d MiB together", maxBytes>>20), fmt.Errorf("there are more than %d files", maxParts)

// bytes reads a file below the model's folder.
func (f *fileSet) bytes(where string) ([]byte, error) {
	switch {
	case f.fsys == nil:
		return nil, errNoFolder
	case len(f.byPath) > maxParts:
		return nil, errTooMany
	}
	in, err := f.fsys.Open(where)
	if err != nil {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return nil, err
	}
	defer in.Close()
	left := max(0, maxBytes-f.file.size)
	raw, err := io.ReadAll(io.LimitReader(in, int64(left)+1))
	if err == nil && len(raw) > left {
		err = errTooLarge
	}
	return raw, err
}

// merge puts what all files have in common into the model's own: macros, units, and
// dimensions, which must be the same where two files declare them.
func (f *fileSet) merge(p *part, a text) {
	root := f.byPath[""].root
	root.kids = append(root.kids, p.root.all("macro")...)
	for _, name := range []string{"model_units", "dimensions"} {
		section := p.root.kid(name)
		if section == nil {
			continue
		}
		into := root.kid(name)
		if into == nil {
			into = &node{name: name, start: section.start, end: section.end}
			root.kids = append(root.kids, into)
		}
		for _, n := range section.kids {
			if other := sameDimension(into, n); name == "dimensions" && other != nil {
				if !slices.Equal(elementsOf(other), elementsOf(n)) {
					f.report(model.ModuleConflict, n.span(f.file), "the whole model has one set of dimensions", "the dimension %s has other elements than in %s", n.value("name"), other.span(f.file).File)
				}
				continue
			}
			into.kids = append(into.kids, n)
		}
	}
	if s := specs(p.root); s != nil && len(p.models) > 0 && !sameClock(s, specs(root)) {
		f.row(s, "sim_specs of "+a.s, model.Approximated, "all modules run with the step of the whole model")
		f.warn(Approximated, s.span(f.file), "", "%s has a clock of its own, but runs with that of the whole model", a.s)
	}
}

func sameDimension(section, n *node) *node {
	for _, other := range section.kids {
		if canonical(other.value("name")) == canonical(n.value("name")) {
			return other
		}
	}
	return nil
}

// elementsOf are the elements of a dimension, or how many there are.
func elementsOf(n *node) []string {
	out := []string{strings.TrimSpace(n.value("size"))}
	for _, e := range n.all("elem") {
		out[0] = ""
		out = append(out, canonical(e.value("name")))
	}
	return out
}

func sameClock(a, b *node) bool {
	if b == nil {
		return false
	}
	for _, key := range []string{"start", "stop", "dt"} {
		if a.words(key) != b.words(key) {
			return false
		}
	}
	return true
}

// matching are the files that an include names: with * several. One from the web is said
// to be left out, as its macros may not be used at all.
func (f *fileSet) matching(p *part, n *node) []string {
	a, _ := n.attr("resource")
	if p.where(a.s) == "" {
		f.row(n, a.s, model.Unsupported, "a file from the web is not read")
		f.warn(model.NotSupported, a.span(f.file), "save a copy of it beside the model", "%q is not read: it is in the web", a.s)
		return nil
	}
	where, ok := f.locate(p, a)
	if !ok || f.fsys == nil || !strings.ContainsAny(where, "*?[") {
		return slices.DeleteFunc([]string{where}, func(string) bool { return !ok })
	}
	all, err := fs.Glob(f.fsys, where)
	if err != nil || len(all) == 0 {
		f.without(model.Unreadable, a, "", "there is no file %q", a.s)
	}
	return all
}

// include reads an included file; its models are this file's, too.
func (f *fileSet) include(p *part, n *node, where string) {
	a, _ := n.attr("resource")
	q := f.open(where, a)
	if q == nil {
		return
	}
	f.row(n, where, model.Equivalent, "what it holds stands in the model itself")
	for name, m := range q.models {
		if p.models[name] == nil {
			p.models[name] = m
		}
	}
}

// modelOf is the model of a module: in the file that it names, or in its own.
func (f *fileSet) modelOf(sp *space, n *node) *node {
	p := f.byPath[""]
	if sp.model != nil && f.home[sp.model] != nil {
		p = f.home[sp.model]
	}
	of := canonical(n.value("name"))
	for _, a := range []string{"simlin:model_name", "model_name", "isee:model", "resource"} {
		if t := n.value(a); t != "" && p.models[canonical(base(t))] != nil {
			of = canonical(base(t))
		}
	}
	if m := f.modelIn(p, n, of); m != nil {
		return m
	}
	if of == "" {
		return nil
	}
	m := p.models[of]
	if m != nil && m.kid("variables") == nil { // <model name="…" resource="…"/>
		return f.modelIn(f.home[m], m, of)
	}
	return m
}

// modelIn is the model in the file that an element names; without one of that name the
// one that has none.
func (f *fileSet) modelIn(p *part, n *node, name string) *node {
	a, given := n.attr("resource")
	if !given || strings.TrimSpace(a.s) == "" || p.models[canonical(base(a.s))] != nil && !n.is("model") {
		return nil
	}
	where := p.where(a.s)
	q := f.byPath[where]
	switch {
	case q == nil || where == "":
		return nil
	case q.models[name] != nil:
		return q.models[name]
	}
	return q.models[""]
}

// around is what holds around a model or macro: in its file.
func (f *fileSet) around(sp *space, n *node) defaults {
	p := f.home[n]
	if p == nil {
		p = f.byPath[""]
	}
	return f.behavior(p.root, defaults{})
}

// behavior is what holds for all stocks and flows of a file or model: what it says
// itself, and else what holds around it (XMILE 1.0, 2.7).
func (f *fileSet) behavior(n *node, around defaults) defaults {
	b := n.kid("behavior")
	if b == nil {
		return around
	}
	all := defaults{flag(b, "non_negative", around.stocks), flag(b, "non_negative", around.flows)}
	if s := b.kid("stock"); s != nil {
		all.stocks = flag(s, "non_negative", all.stocks)
	}
	if flow := b.kid("flow"); flow != nil {
		all.flows = flag(flow, "non_negative", all.flows)
	}
	return all
}

// collectModels finds the models of the file. The one without a name is the first,
// and so is the only one, whatever its name.
func (f *fileSet) collectModels(p *part) {
	root := p.root
	all := root.all("model")
	for _, n := range all {
		name := canonical(n.value("name"))
		if len(all) == 1 {
			name = ""
		}
		if p.models[name] != nil {
			f.report(model.DuplicateName, n.span(f.file), "", "there are two models named %q", n.value("name"))
			continue
		}
		p.models[name] = n
		for _, k := range n.kids {
			switch {
			case k.is("sim_specs") && k != specs(root):
				f.row(k, "sim_specs of "+n.value("name"), model.Approximated, "all modules run with the step of the whole model")
				f.warn(Approximated, k.span(f.file), "", "the model %s has a clock of its own, but runs with the step of the whole model", n.value("name"))
			}
		}
	}
	if p.models[""] == nil && len(all) > 0 {
		p.models[""] = all[0]
	}
	for _, k := range root.kids {
		if k.is("data") {
			f.row(k, "data", model.Equivalent, "files to import from or export to are not opened: the numbers in the model are used")
		}
	}
}
