package read

import (
	"errors"
	"io/fs"
	"strings"

	"weir/model/code"
	"weir/model/datafile"
	"weir/model/diagnostic"
	"weir/model/document"
	"weir/model/folder"
	"weir/model/toml"
)

// A session is the reading of one model with all its files.
type session struct {
	folders *folder.Folders
	// The count is one of files that are named, so that one named twice counts twice.
	modules int // files of modules read so far
	// readFile reads a file of the model, the model's own or a module's.
	readFile func(f *File, at place) (*document.Model, diagnostic.List)
}

// A place is the position of one file among the files of a model. Folder is its path from the
// model's folder; above are the files that led to it as modules, outermost first.
type place struct {
	*session
	folder string
	above  []string
}

// A reader turns one file into a model. The small readers of its tables embed it.
type reader struct {
	doc        *toml.Document
	root       *toml.Table
	m          *document.Model
	place                                           // where the file is
	fsys       fs.FS                                // the file's folder; nil if there is none
	inside     diagnostic.List                      // mistakes in modules
	tables     map[string]*datafile.File            // data files read so far, by name; nil for one that cannot be read
	sizes      map[string]int                       // number of elements of each dimension without mistakes
	retirement retirement                           // of variables that bindings make superfluous
	advice     diagnostic.Adviser                   // on misspelt names
	dimensions map[string]*document.Dimension       // by name
	units      map[string]*document.UnitDeclaration // by name, for those of modules
	sourceIDs  map[string]*document.Source          // by id, for those of modules
	clocked    bool                                 // [time] is sound
}

// newReader returns a reader of one file of a model, whose tables may stand in a module at the
// given place.
func newReader(doc *toml.Document, m *document.Model, at place) *reader {
	r := &reader{doc: doc, root: doc.Root, place: at, m: m}
	r.tables, r.sizes = map[string]*datafile.File{}, map[string]int{}
	r.dimensions = map[string]*document.Dimension{}
	r.units, r.sourceIDs = map[string]*document.UnitDeclaration{}, map[string]*document.Source{}
	r.fsys, _ = at.folders.Open(at.folder)
	return r
}

// report adds an error at a place in the file.
func (r *reader) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	r.doc.Report(code, at, hint, format, args...)
}

// didYouMean returns the hint for an unknown name, "" if none is near. Scope says among which
// names the hint looks. A file gets hints for its first twenty unknown names, since the search
// looks at every known one.
func (r *reader) didYouMean(scope, name string, among []string) string {
	return r.advice.DidYouMean(scope, name, func() []string { return among })
}

// relateTo adds the declaration of a variable to the last report.
func (r *reader) relateTo(v *document.Variable) { r.doc.Relate(v.Span, v.Name+" is declared here") }

// dimension returns the dimension of that name, or nil.
func (r *reader) dimension(name string) *document.Dimension { return r.dimensions[name] }

// addDimension adds a dimension to the model. Of two of one name the first one counts; Check
// reports the second.
func (r *reader) addDimension(d *document.Dimension) {
	r.m.Dimensions = append(r.m.Dimensions, d)
	if r.dimensions[d.Name] == nil {
		r.dimensions[d.Name] = d
	}
}

// shape returns the number of elements along each dimension of a variable. Known is false if a
// dimension is not declared, or the array is too large: Check reports both. A scalar has a nil
// shape that is known. The product is compared with the bound after every dimension, so that it
// cannot overflow.
func (r *reader) shape(v *document.Variable) (shape []int, known bool) {
	n := 1
	for _, d := range v.Over {
		size, declared := r.sizes[d]
		if n *= size; !declared || n > document.MaxElements {
			return nil, false
		}
		shape = append(shape, size)
	}
	return shape, true
}

// within reports a value outside the variable's own range. Key is the name of the value. The ends
// of the range are inside it. The value is kept: a report is enough.
func (r *reader) within(v *document.Variable, key string, x float64, at diagnostic.Span) {
	if b := v.Range; b != nil && (x < b[0] || x > b[1]) {
		hint := ""
		if share := x / 100; share >= b[0] && share <= b[1] {
			hint = "if it is a percentage, write " + short(share)
		}
		r.report(code.BadRange, at, hint, "%s (%v) is outside the range of %s, %v to %v", key, x, v.Name, b[0], b[1])
	}
}

// dataText returns the text of a data file; nil, and a report, if it cannot be read. Name is a path
// with slashes from the file's folder. The text of an empty file is empty and not nil. The result
// belongs to the caller.
func (r *reader) dataText(name string, at diagnostic.Span) []byte {
	if r.fsys == nil {
		r.report(code.Unreadable, at, "", "%q cannot be read: the model has no folder", name)
		return nil
	}
	text, err := folder.Read(r.fsys, name)
	switch {
	case err != nil && strings.Contains(err.Error(), "escapes"): // os.Root names this error in words only
		r.report(code.OutsideFolder, at, "copy the file below the model's folder",
			"%q is a link that leads out of the model's folder", name)
	case errors.Is(err, folder.ErrTooLarge):
		r.report(code.TooLarge, at, "", "%q has more than %d bytes", name, folder.MaxSize)
	case err != nil:
		r.report(code.Unreadable, at, nearHint(r.fsys, name), "%q cannot be read: %s", name, folder.Cause(err))
	default:
		return append([]byte{}, text...)
	}
	return nil
}

// nearHint returns the hint for a file that does not exist.
func nearHint(fsys fs.FS, name string) string {
	if found := folder.Near(fsys, name); found != "" {
		return "did you mean " + found + "?"
	}
	return ""
}

// addUnit adds a unit to the model. Of two of one name the first one takes the spellings that
// modules add.
func (r *reader) addUnit(u *document.UnitDeclaration) {
	r.m.Units = append(r.m.Units, u)
	if r.units[u.Name] == nil {
		r.units[u.Name] = u
	}
}

// addSource adds a source to the model.
func (r *reader) addSource(s *document.Source) {
	r.m.Sources = append(r.m.Sources, s)
	if r.sourceIDs[s.ID] == nil {
		r.sourceIDs[s.ID] = s
	}
}
