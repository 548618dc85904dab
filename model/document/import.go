package document

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"weir/model/diagnostic"
)

// An Import says how a model came from another tool's file, variable by variable.
// Nothing of the file is left out of Rows.
type Import struct {
	Format string // "Vensim", "XMILE 1.0", "Stella"
	Rows   []ImportRow
	// Own says that weir wrote the file: labels are labels, and not the file's names.
	Own bool
	// Set is the text of the scenario set that weir put into the file, "" if there is none.
	// Its key model names the original model file.
	Set string
	// Undefined are the elements, row-major, that no equation of the file defines, of
	// variables with such elements by their names in the model. They are na; reading one
	// is an error.
	Undefined map[string][]bool
	// Parts are the uses of models as modules in the file, each before those inside it. The
	// model has their variables under names of its own; Homes says which are whose.
	Parts []ImportPart
	Homes map[string]ImportHome // by the variable's name in the model; only of those in parts
	// Bridges are variables that weir put into a file that it wrote, each for an input of a module
	// that is bound to an expression.
	Bridges []string
}

// An ImportPart is one use of a model as a module of another tool's file.
type ImportPart struct {
	Name   string // of the module, as in the file, without those around it
	Prefix string // before the labels of its variables: "Farm.Barn."
	In     int    // the place in Import.Parts of the module around it; -1 in the model itself
	Model  string // the name of the model that it uses
	// Local is Name, and Stem is Model, in characters that names of weir have.
	Local, Stem string
	// Of tells models apart: two parts of one model have the same.
	Of  string
	Own bool // weir wrote the file
	// Label is of this use, and About of the model, in weir's own files.
	Label, About string
	Views        []ImportView // its own
	Span         diagnostic.Span
}

// An ImportView is a view of a part: its name in the model, and within the part.
type ImportView struct{ Name, Local string }

// An ImportHome is the place of a variable in the modules of another tool's file.
type ImportHome struct {
	Part  int    // in Import.Parts
	Local string // its name within the part; not yet sure to be the only one of that name
	// Input reports that the variable stands for an input of the module: its equation is the
	// name of the variable that the module is connected to.
	Input bool
}

// An ImportRow says how one variable, macro, view or setting of the file was carried over.
type ImportRow struct {
	Name     string // as in the file
	Variable string // its name in the model; "" if it has none
	Grade    Grade
	How      string // the difference from the original; "" if the grade is Exact
	Span     diagnostic.Span
}

// A Grade says how well a part of a file was carried over.
type Grade string

// The grades, from the best to the worst. An unsupported part is an error, unless
// ImportOptions.AllowPartial makes it a warning.
const (
	Exact        Grade = "exact"
	Equivalent   Grade = "equivalent"   // other equations, the same numbers
	Approximated Grade = "approximated" // other numbers, within what How says
	Unsupported  Grade = "not supported"
)

// KeepsAllData reports whether data series that no equation uses are variables, too.
func (m *Model) KeepsAllData() bool { return m.AllData || m.Imported != nil && !m.Imported.Own }

// Count returns the number of rows with a grade.
func (i *Import) Count(g Grade) int {
	n := 0
	for _, r := range i.Rows {
		if r.Grade == g {
			n++
		}
	}
	return n
}

// FileNames returns a function from variables and elements to their names in the imported
// file, as x or x[a,b]. With nil elements it names the whole variable. FileNames is nil for a
// model that was not imported.
func (m *Model) FileNames() func(variable string, elements []string) string {
	if m.Imported == nil {
		return nil
	}
	own := map[string]string{}
	for _, r := range m.Imported.Rows {
		if r.Variable != "" && own[r.Variable] == "" {
			own[r.Variable] = r.Name
		}
	}
	labels := map[string]map[string]string{}
	for _, d := range m.Dimensions {
		if !m.Imported.Own {
			labels[d.Name] = m.labelsOf(d)
		}
	}
	over := map[string][]string{}
	for _, v := range m.Variables {
		over[v.Name] = v.Over
	}
	return func(variable string, elements []string) string {
		name := cmp.Or(own[variable], variable)
		if elements == nil {
			return name
		}
		words := make([]string, len(elements))
		for i, e := range elements {
			words[i] = e
			if dims := over[variable]; i < len(dims) {
				words[i] = cmp.Or(labels[dims[i]][e], e)
			}
		}
		return name + "[" + strings.Join(words, ",") + "]"
	}
}

// OurName returns the model's name for a name of the imported file: staff[novice] for
// "Staff[Novice]". Case, blanks and underscores do not matter. It returns an unknown name, and
// every name of a model that was not imported, unchanged.
func (m *Model) OurName(name string) string {
	if m.Imported == nil {
		return name
	}
	if ours := m.Imported.variable(name); ours != "" { // "cost [USD]" is a name, too
		return ours
	}
	bracket := strings.LastIndexByte(name, '[')
	if bracket < 0 {
		return name
	}
	ours := m.Imported.variable(name[:bracket])
	v := m.Variable(ours)
	if ours == "" || v == nil {
		return cmp.Or(ours, name)
	}
	words := strings.Split(strings.TrimSuffix(strings.TrimSpace(name[bracket+1:]), "]"), ",")
	for k := range words {
		if k < len(v.Over) {
			words[k] = m.ourElement(v.Over[k], words[k])
		}
	}
	return ours + "[" + strings.Join(words, ",") + "]"
}

// variable returns the model's name of the variable that has a name in the file, "" if none
// has.
func (i *Import) variable(name string) string {
	for _, r := range i.Rows {
		if r.Variable != "" && likeName(r.Name) == likeName(name) {
			return r.Variable
		}
	}
	return ""
}

// ourElement returns the element of a dimension that has that name or label.
func (m *Model) ourElement(dimension, word string) string {
	for _, d := range m.Dimensions {
		if d.Name != dimension {
			continue
		}
		labels := m.labelsOf(d)
		for _, e := range d.Elements {
			if likeName(word) == likeName(e) || likeName(word) == likeName(labels[e]) {
				return e
			}
		}
	}
	return strings.TrimSpace(word)
}

// likeName returns a name in the form in which files of other tools compare names: without
// quotes, blanks and underscores alike, in lower case.
func likeName(name string) string {
	blank := func(r rune) bool { return r == '_' || r == '"' || unicode.IsSpace(r) }
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, blank), " "))
}

// labelsOf returns the labels of a dimension's elements: its own, or those of the dimension of
// which it is a subrange.
func (m *Model) labelsOf(d *Dimension) map[string]string {
	for range m.Dimensions { // a subrange of a subrange, but never of itself
		if len(d.Labels) > 0 || d.Of == "" {
			break
		}
		i := slices.IndexFunc(m.Dimensions, func(whole *Dimension) bool { return whole.Name == d.Of })
		if i < 0 {
			break
		}
		d = m.Dimensions[i]
	}
	return d.Labels
}

// NotSupported returns the names of the variables that could not be translated; nil for a nil
// Import.
func (i *Import) NotSupported() []string {
	if i == nil {
		return nil
	}
	var out []string
	for _, r := range i.Rows {
		if r.Grade == Unsupported && r.Variable != "" {
			out = append(out, r.Variable)
		}
	}
	return out
}

// An ImportFunction is a function of another tool's language with its formula here. Differs
// says how vendors disagree about its meaning, "" if they do not.
type ImportFunction struct{ Name, Formula, Differs string }

// ImportOptions are the settings of a reader of another tool's file.
type ImportOptions struct {
	Data         []DataFile        // data files that the user named, in order
	FileMap      map[string]string // the files behind names such as Vensim's ?data
	AllowPartial bool              // leave out unsupported parts, with a warning each
	Stop         *float64          // the end of a run whose FINAL TIME follows from the run; nil: none
}

// A DataFile is a file that holds data for variables by name.
type DataFile struct {
	Name string // as given
	// Stands is the name in the model that the file stands for, such as Vensim's ?data,
	// "" of a file whose columns are read by their own names.
	Stands string
	Text   []byte
}

// NamedData returns the data file that a user names as FILE, or as ?name=FILE. Its text is not
// read.
func NamedData(text string) DataFile {
	if name, file, ok := strings.Cut(text, "="); ok && strings.HasPrefix(name, "?") && len(name) > 1 {
		return DataFile{Name: file, Stands: name}
	}
	return DataFile{Name: text}
}

// Approximated returns the names, as in the file, of the parts whose numbers differ from those
// of the original; nil for a nil Import, of a model that was not imported.
func (i *Import) Approximated() []string {
	if i == nil {
		return nil
	}
	var out []string
	for _, r := range i.Rows {
		if r.Grade == Approximated && !slices.Contains(out, r.Name) {
			out = append(out, r.Name)
		}
	}
	return out
}
