package editor

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"weir/model"
	"weir/model/diagnostic"
	"weir/model/folder"
	"weir/model/format"
	"weir/model/keys"
	modelread "weir/model/read"
	"weir/model/resolved"
	"weir/model/toml"
	"weir/model/toml/outline"
	"weir/scenarios/behaviour"
	"weir/scenarios/calibrate"
	"weir/scenarios/plan"
	"weir/sim"
)

// A snapshot is the text and version of every open document at one moment, by path.
type snapshot map[string]*openText

// text returns the text of a path, if it is open. A document without a text is open, too: it is an
// empty file.
func (s snapshot) text(p string) (string, bool) {
	if d := s[p]; d != nil {
		return d.text, true
	}
	return "", false
}

// snapshot returns the documents as they are now; their indexes are left out, since a check makes
// documents of its own. Texts are shared, not copied.
func (f *files) snapshot() snapshot {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := snapshot{}
	for p, d := range f.open {
		out[p] = &openText{uri: d.uri, version: d.version, text: d.text}
	}
	return out
}

// A checked root is an open file with all that checking found. Model and resolved are nil if it has
// mistakes. Files has the texts that its places are in, also of modules, data and a posterior: a
// change of one of these is a reason to check the root again.
type checked struct {
	list     diagnostic.List
	files    map[string][]byte // every file read, by path
	model    *model.Model
	resolved *resolved.Model
	set      bool
	run      bool // it has been run, as far as it can be; the checker's lock guards it
}

// A checking is the check of several open files of one snapshot. A model that is open beside its set is
// read once for both.
type checking struct {
	snapshot
	models map[string]*reading // by path
}

// A reading is a model as read, with its mistakes of form, and what the checker has found in it. A model
// that is open beside its set is checked once for both, too.
type reading struct {
	m        *model.Model
	list     diagnostic.List
	done     bool // the following are known
	resolved *resolved.Model
	found    diagnostic.List // by model.Check
	tests    diagnostic.List // of the tests
}

// check fills in what the checker finds, once.
func (r *reading) check() *reading {
	if !r.done {
		r.done = true
		r.resolved, r.found = model.Check(r.m)
		if len(r.m.Tests) > 0 {
			r.tests = behaviour.Check(r.m, r.found)
		}
	}
	return r
}

// of returns the reading of a model of this checking; for one of another tool's file, or of another
// version of its text, a new one.
func (s *checking) of(m *model.Model) *reading {
	for _, r := range s.models {
		if r.m == m {
			return r.check()
		}
	}
	return (&reading{m: m}).check()
}

// newChecking returns a checking of a snapshot, in which nothing has been read.
func newChecking(s snapshot) *checking { return &checking{s, map[string]*reading{}} }

// read returns the model of a text. The list may be appended to; the model is not changed by anybody.
func (s *checking) read(p string, text []byte) (*model.Model, diagnostic.List) {
	r := s.models[p]
	if r == nil {
		m, list := modelread.ParseIn(p, text, s.folders(path.Dir(p)))
		m.Seal()
		r = &reading{m: m, list: list}
		s.models[p] = r
	}
	return r.m, slices.Clone(r.list)
}

// check checks a model or set as the command does, with the editor's texts before those of the
// disk.
func (s *checking) check(p string) *checked {
	text, _ := s.text(p)
	shape := keys.File // whose reader says that a file is too large
	if len(text) <= toml.MaxSize {
		shape = shapeOf(outline.Read(text))
	}
	switch shape {
	case nil, posterior, fitted: // another program's, or checked with the file that names it
		return &checked{files: map[string][]byte{p: []byte(text)}}
	case plan.FileShape:
		return s.checkSet(p, text)
	}
	m, list := s.read(p, []byte(text))
	c := &checked{files: m.Files, model: m}
	c.resolved, c.list = checkModel(s.of(m), list)
	return c
}

// folders returns the folders of a model in a folder. Its reader closes them.
func (s snapshot) folders(dir string) *folder.Folders { return folder.System(dir).Over(s.text) }

// checkModel is the part of a check that follows the reading. A model that is broken is checked all
// the same, as the command does, so that its other mistakes show. It returns the resolved form of a
// model and all its diagnostics, those of the tables that only some commands use among them.
func checkModel(r *reading, list diagnostic.List) (*resolved.Model, diagnostic.List) {
	list = append(append(list, r.found...), r.tests...)
	if r.resolved != nil && r.m.Calibration != nil {
		list = append(list, calibrate.Check(r.m)...)
	}
	return r.resolved, list
}

// checkSet checks a set with its model, in which the mistakes of the model's tests are reported,
// too. Of a set that is not TOML there is the list alone.
func (s *checking) checkSet(p, text string) *checked {
	dir := path.Dir(p)
	load := func(name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
		return s.modelOf(dir, name, o)
	}
	var known *reading // of the set's model
	check := func(m *model.Model) (*resolved.Model, diagnostic.List) {
		known = s.of(m)
		return known.resolved, slices.Clone(known.found)
	}
	set, list := plan.ParseIn(p, []byte(text), plan.Reading{Load: load, Check: check,
		Open: func(name string) ([]byte, error) { return s.below(dir, name) }})
	c := &checked{list: list, files: map[string][]byte{p: []byte(text)}, set: true}
	if set == nil {
		return c
	}
	c.files = set.Files
	if set.Model != nil {
		c.model, c.resolved = set.Model, set.Resolved
		c.list = append(c.list, known.tests...)
	}
	return c
}

// modelOf returns the model of a set in a folder; nil and an empty list if its path leads out of
// the folder.
func (s *checking) modelOf(dir, name string, o model.ImportOptions) (*model.Model, diagnostic.List) {
	text, err := s.below(dir, name)
	where := path.Join(dir, filepath.ToSlash(name))
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"):
		return nil, nil
	// Files of other tools, and files that cannot be read, are left to the reader of all formats:
	// it has words for each.
	case err != nil || format.Imports(where):
		for i, d := range o.Data {
			o.Data[i].Text, _ = s.below(dir, d.Name) // a file that is missing is reported by its reader
		}
		return format.Load(filepath.FromSlash(where), o)
	}
	return s.read(where, text)
}

// below returns the text of a file below a folder, links followed, as far as they stay below it.
// The editor's text of a file that is not saved yet counts as the file. The error says "escapes"
// for a path that leads out of the folder.
func (s snapshot) below(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(filepath.FromSlash(dir))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	name = filepath.FromSlash(name)
	info, err := root.Stat(name)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		if text, ok := s.text(path.Join(dir, filepath.ToSlash(name))); ok {
			return []byte(text), nil
		}
	}
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > folder.MaxSize:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is no file that can be read here")}
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, folder.MaxSize))
}

// affected returns the open files that must be checked again after files have changed: those, and
// all whose last check has read one of them.
func affected(s snapshot, last map[string]*checked, changed map[string]bool) []string {
	var out []string
	for p := range s {
		c := last[p]
		again := c == nil || changed[p]
		if c != nil && !again {
			// A file that was read may be a module of several roots.
			for name := range c.files {
				again = again || changed[path.Clean(name)]
			}
			for _, d := range c.list { // a file that could not be read may be there now
				again = again || d.Code == model.Unreadable || d.Code == model.NotCalibrated
			}
		}
		if again && strings.HasSuffix(p, ".toml") {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// A course is the run of a sound model: the rows that hovers draw.
type course struct {
	from, to float64
	unit     string
	columns  map[string][]float64
}

// maxCourse bounds the numbers of a course: 32 MB. A hover that large models lack is better than an
// editor whose server fills the memory.
const maxCourse = 4_000_000

// run returns the course of a model as it is written; nil if it cannot be run, is too large, or the
// context ends.
func run(ctx context.Context, c *checked) *course {
	if c.resolved == nil || c.model == nil {
		return nil
	}
	// The numbers of a run are known before it: every element of every variable at every saved
	// time.
	n := 0
	for _, v := range c.resolved.Variables {
		n += max(1, v.Size())
	}
	if rows := (c.model.Time.Stop - c.model.Time.Start) / c.model.Time.Save; rows*float64(n) > maxCourse {
		return nil
	}
	program, err := sim.Compile(c.resolved)
	if err != nil {
		return nil
	}
	// A run that stops at a NaN is no error: its rows up to there are drawn.
	r, err := program.Run(ctx, sim.Settings{})
	if err != nil || len(r.Time) == 0 {
		return nil
	}
	out := &course{from: r.Time[0], to: r.Time[len(r.Time)-1], unit: c.model.Time.Unit, columns: map[string][]float64{}}
	for _, col := range r.Columns {
		out.columns[col.Name()] = r.Series(col.Name())
	}
	return out
}
