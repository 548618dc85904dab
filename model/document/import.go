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
	Own    bool   // weir wrote the file: labels are labels, and not the file's names
	Set    string // the text of the scenario set that weir put into the file, "" if there is none; its model key says where the model was
}

// An ImportRow is what became of one variable, macro, view or setting of the file.
type ImportRow struct {
	Name     string // as in the file
	Variable string // its name in the model; "" if it has none
	Grade    Grade
	How      string // of an exact one: ""
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

// Count is how many rows have a grade.
func (i *Import) Count(g Grade) int {
	n := 0
	for _, r := range i.Rows {
		if r.Grade == g {
			n++
		}
	}
	return n
}

// FileNames gives the names that variables and elements have in the file that a model
// was imported from, as x or x[a,b]; nil for a model that was not imported.
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

// OurName is the name in the model of what has a name in the file that it was imported
// from: "Staff[Novice]" is staff[novice]. Case, blanks and underscores do not matter. A name
// that the file does not have comes back as it is, and any name of a model that was not
// imported.
func (m *Model) OurName(name string) string {
	if m.Imported == nil {
		return name
	}
	base, inside, isElement := strings.Cut(name, "[")
	i := slices.IndexFunc(m.Imported.Rows, func(r ImportRow) bool { return r.Variable != "" && likeName(r.Name) == likeName(base) })
	if i < 0 {
		return name
	}
	ours := m.Imported.Rows[i].Variable
	v := m.Variable(ours)
	if !isElement || v == nil {
		return ours
	}
	words := strings.Split(strings.TrimSuffix(strings.TrimSpace(inside), "]"), ",")
	for k := range words {
		if k < len(v.Over) {
			words[k] = m.ourElement(v.Over[k], words[k])
		}
	}
	return ours + "[" + strings.Join(words, ",") + "]"
}

// ourElement is an element of a dimension by its name or label.
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

// likeName is a name without what files of other tools do not tell apart.
func likeName(name string) string {
	blank := func(r rune) bool { return r == '_' || r == '"' || unicode.IsSpace(r) }
	return strings.ToLower(strings.Join(strings.FieldsFunc(name, blank), " "))
}

// labelsOf are the labels of a dimension's elements: its own, or those of what it is a
// part of.
func (m *Model) labelsOf(d *Dimension) map[string]string {
	for range m.Dimensions { // a part of a part, but never of itself
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

// NotSupported returns the names of the variables that could not be translated, nil of a
// model that was not imported.
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

// An ImportFunction is a function of another tool's language and what stands for it
// here. Differs says where vendors mean different things by it, "" if they do not.
type ImportFunction struct{ Name, Formula, Differs string }

// ImportOptions are what a reader of another tool's file is told beside the file.
type ImportOptions struct {
	Data         []DataFile        // data files named on the command line, in order
	FileMap      map[string]string // the files behind names such as Vensim's ?data
	AllowPartial bool              // go on without what is not supported
}

// A DataFile is a file that holds data for variables by name.
type DataFile struct {
	Name string // as given
	// Stands is the name in the model that the file stands for, such as Vensim's ?data,
	// "" of a file whose columns are read by their own names.
	Stands string
	Text   []byte
}

// NamedData is a data file as users write it: FILE, or ?name=FILE. Its text is not read.
func NamedData(text string) DataFile {
	if name, file, ok := strings.Cut(text, "="); ok && strings.HasPrefix(name, "?") && len(name) > 1 {
		return DataFile{Name: file, Stands: name}
	}
	return DataFile{Name: text}
}

// Approximated are the names in the file of what does not give exactly the numbers of the
// original; nil of a model that was not imported.
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
