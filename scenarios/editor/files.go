package editor

import (
	"io/fs"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"weir/model/folder"
	"weir/model/keys"
	"weir/model/language"
	"weir/model/toml"
	"weir/model/toml/outline"
	"weir/model/toml/shape"
	"weir/scenarios/plan"
)

// Bounds of the files that are looked at besides open documents. A workspace may be a home folder,
// so that all of them are needed.
const (
	maxFiles   = 500      // files of a workspace
	maxEntries = 20_000   // entries of its folders
	maxBytes   = 64 << 20 // of all files that are kept
	maxOpen    = 200      // documents
	listed     = 2 * time.Second
)

// An openText is a file that the editor has open.
type openText struct {
	uri     string
	version int
	text    string
	// Both are made when they are first needed. Good is the last index of a text that was whole.
	index, good *language.Index
}

// A kept file is one on the disk.
type kept struct {
	stamp time.Time
	size  int64
	index *language.Index
}

// files are the documents of the editor, and the files of the disk behind them. Paths are absolute,
// with slashes. The lock is held while an index is made, which takes some milliseconds, so that two
// requests do not make one twice. It is safe for concurrent use.
type files struct {
	mu    sync.Mutex
	open  map[string]*openText
	disk  map[string]kept
	bytes int64
	roots []string
	list  []string  // the TOML files of the workspace
	asOf  time.Time // when they were looked for
}

// newFiles returns files of no editor and no workspace.
func newFiles() *files { return &files{open: map[string]*openText{}, disk: map[string]kept{}} }

// pathOf returns the path of a URI; ok is false if it is not that of a file.
func pathOf(uri string) (p string, ok bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" {
		return "", false
	}
	p = u.Path
	// A drive letter has a slash before it in a URI, and none in a path of Windows.
	if len(p) > 2 && p[0] == '/' && p[2] == ':' { // /c:/model.toml
		p = p[1:]
	}
	return path.Clean(p), true
}

// uriOf returns the URI of a path: that by which the editor opened it, or one of our making.
func (f *files) uriOf(p string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.open[p]; d != nil {
		return d.uri
	}
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
	}
	return (&url.URL{Scheme: "file", Path: p}).String()
}

// shapeOf returns the shape of a file by the tables that it has; nil for one that is not weir's.
func shapeOf(f *outline.File) *shape.Shape {
	has := map[string]bool{}
	for _, t := range f.Tables {
		if len(t.Path) > 0 {
			has[t.Path[0].Name] = true
		}
	}
	for _, p := range f.Tables[0].Pairs {
		has[p.Path[0].Name] = true
	}
	switch {
	case has["model"] || has["scenario"] || has["intervention"] || has["outcome"]:
		return plan.FileShape
	case has["posterior"]:
		return posterior
	case has["constants"] && has["calibration"] && !has["time"]:
		return fitted
	}
	// Tables of models that no other program is likely to have decide.
	for name := range has {
		if certain[name] {
			return keys.File
		}
	}
	for name := range has {
		if !keys.File.Has(name) && !begins(name) {
			return nil
		}
	}
	return keys.File
}

// certain are the tables that make a file a model whatever else it has. A file without any of them
// is one only if it has nothing that a model has not: it may just have been begun.
var certain = map[string]bool{"time": true, "stock": true, "flow": true, "aux": true, "constant": true,
	"decision": true, "lookup": true, "module": true, "dimension": true}

// begins reports whether the name of a table of models begins with a word, which is half written.
func begins(word string) bool {
	return slices.ContainsFunc(keys.File.Keys, func(k shape.Key) bool { return strings.HasPrefix(k.Name, word) })
}

// The files that weir calibrate writes name constants of their model.
var (
	posterior = &shape.Shape{What: "a posterior", Keys: []shape.Key{
		{Name: "posterior", Form: shape.In(&shape.Shape{What: "[posterior]", Keys: []shape.Key{
			{Name: "constants", Form: shape.Names, Of: shape.Variable}, mark,
		}})},
	}}
	fitted = &shape.Shape{What: "fitted values", Keys: []shape.Key{
		{Name: "constants", Form: shape.Named(shape.Numbers)},
		{Name: "calibration", Form: shape.In(&shape.Shape{What: "[calibration]", Keys: []shape.Key{mark}})},
	}}
	// mark is the fingerprint of the model that was calibrated.
	mark = shape.Key{Name: "model", Form: shape.Text}
)

// read returns the index of a text; nil for one that is larger than weir reads, or not weir's.
func read(text string) *language.Index {
	if len(text) > toml.MaxSize {
		return nil
	}
	f := outline.Read(text)
	if s := shapeOf(f); s != nil {
		return language.Of(f, s)
	}
	return nil
}

// current returns the index of a document's text, nil if it is not weir's. The caller holds the
// lock.
func (d *openText) current() *language.Index {
	if d.index == nil {
		if d.index = read(d.text); d.index != nil && whole(d.index.Outline) {
			d.good = d.index
		}
	}
	return d.index
}

// whole reports whether every header and value of a text is closed. It says nothing of the
// equations in it: a name is declared whether or not its equation can be read.
func whole(f *outline.File) bool {
	for _, t := range f.Tables {
		if !t.Closed {
			return false
		}
		for _, p := range t.Pairs {
			if p.Equal < 0 || p.Value.Open || p.Value.Kind == outline.Missing {
				return false
			}
		}
	}
	return true
}

// index returns the index of a file, of the editor's text if it is open; nil if it cannot be read.
// A file of the disk is read again if its size or time is another.
func (f *files) index(p string) *language.Index {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.open[p]; d != nil {
		return d.current()
	}
	if !strings.HasSuffix(p, ".toml") {
		return nil
	}
	info, err := os.Stat(p)
	if err != nil || !info.Mode().IsRegular() || info.Size() > toml.MaxSize {
		return nil
	}
	if k, ok := f.disk[p]; ok && k.size == info.Size() && k.stamp.Equal(info.ModTime()) {
		return k.index
	}
	text, err := folder.ReadModel(p)
	if err != nil {
		return nil
	}
	// An index takes several times the bytes of its text; the bound is of texts.
	if f.bytes += info.Size(); f.bytes > maxBytes { // all over again, rather than a count of uses
		f.disk, f.bytes = map[string]kept{}, info.Size()
	}
	k := kept{info.ModTime(), info.Size(), read(string(text))}
	f.disk[p] = k
	return k.index
}

// good returns the last index of an open document whose text was whole, or nil. Places in it are
// those of that text.
func (f *files) good(p string) *language.Index {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d := f.open[p]; d != nil {
		d.current()
		return d.good
	}
	return nil
}

// A view is the files as one request sees them. Each is looked at once, so that an answer about
// hundreds of names is about one state of the files, and asks the disk a few times only. It belongs
// to its request.
type view struct {
	*language.Space
	files *files
	seen  map[string]*language.Index
}

// view returns the files as they are now.
func (f *files) view() *view {
	v := &view{files: f, seen: map[string]*language.Index{}}
	v.Space = &language.Space{Index: v.look, Owner: v.owner}
	return v
}

// look returns the index of a file, the same throughout a view, or nil.
func (v *view) look(p string) *language.Index {
	x, done := v.seen[p]
	if !done {
		x = v.files.index(p)
		v.seen[p] = x
	}
	return x
}

// owner returns the model of a file that weir calibrate wrote: that which names it, or whose set
// does; "" for any other file. Such a file does not name its model, so all files are asked.
func (v *view) owner(p string) string {
	x := v.look(p)
	if x == nil || x.Shape() != posterior && x.Shape() != fitted {
		return ""
	}
	for _, other := range v.all(p) {
		o := v.look(other)
		if o == nil || o.Shape() == posterior || o.Shape() == fitted {
			continue
		}
		// A model names fitted values at its top, a set its draws in [uncertainty].
		for _, name := range []string{o.Setting("calibrated"), o.Setting("uncertainty", "posterior")} {
			if name != "" && path.Join(path.Dir(other), name) == p {
				return v.Scope(other)
			}
		}
	}
	return ""
}

// all returns the TOML files of the workspace, and those around a file where it is in none, in the
// order of their paths. Modules lie beside a model's folder, so the folder above it is looked
// through. The list is kept for two seconds: a rename after a new file was made elsewhere must find
// it.
func (v *view) all(around string) []string {
	f := v.files
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.asOf) > listed {
		roots := f.roots
		if !slices.ContainsFunc(roots, func(r string) bool { return strings.HasPrefix(around, r+"/") }) {
			roots = append(slices.Clone(roots), path.Dir(path.Dir(around)))
		}
		f.list, f.asOf = tomlFiles(roots), time.Now()
	}
	out := slices.Clone(f.list)
	for p := range f.open {
		out = append(out, p)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// tomlFiles returns the TOML files below folders. Hidden folders and those of npm are left out.
func tomlFiles(roots []string) []string {
	var out []string
	entries := 0 // of all roots together
	for _, root := range roots {
		top := filepath.FromSlash(root)
		_ = filepath.WalkDir(top, func(p string, e fs.DirEntry, err error) error {
			entries++
			switch {
			case entries > maxEntries || len(out) >= maxFiles:
				return fs.SkipAll
			case err != nil:
				return nil // a folder that cannot be read has no files for us
			case e.IsDir() && p != top && (strings.HasPrefix(e.Name(), ".") || e.Name() == "node_modules" ||
				strings.Count(p[len(top):], string(filepath.Separator)) > 6):
				return fs.SkipDir
			case e.Type().IsRegular() && strings.HasSuffix(p, ".toml"):
				out = append(out, filepath.ToSlash(p))
			}
			return nil
		})
	}
	return out
}
