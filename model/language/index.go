// Package language knows the names that a text declares and uses, where they stand, and which names
// and keys fit at a place. It needs no sound model: an editor asks while a line is half written.
// The tables of a file are those of its shape, so model files and scenario sets are read alike.
package language

import (
	"slices"
	"strings"

	"weir/model/toml/outline"
	"weir/model/toml/shape"
)

// An Index has the names of one text. It never changes, and may be shared.
type Index struct {
	Outline  *outline.File
	Names    []Name // in the order of the tables, and in them of the pairs
	Declared []*Declaration
	root     *shape.Shape
	known    map[ID]*Declaration
	lines    []int // offsets at which lines begin
}

// An ID identifies a declaration within its file. Name is in the form that equations use.
type ID struct {
	Role shape.Role
	Name string
}

// A Declaration is a table that declares a name, such as [stock.students].
type Declaration struct {
	ID
	Kind   string // the name of the table around it: "stock"
	Header Span   // of the header, or of the pair in a table of them
	Own    Span   // of the name
	Keys   map[string]*outline.Value
	// Equations are all texts of its table, and of those below it, that are equations.
	Equations []*outline.Value
}

// A Span is the byte range [Start, End) of a text.
type Span struct{ Start, End int }

// Holds reports whether an offset is inside a span, or at its end, where a cursor behind a word is.
func (s Span) Holds(offset int) bool { return s.Start <= offset && offset <= s.End }

// A Name is a place where something is named, its declaration among them.
type Name struct {
	Role     shape.Role
	Declares bool
	// Parts are the modules before the name, and the name; elements are left out.
	Parts []Part
	// Bind is the module in whose file the name is looked up; "" for the file's own names.
	Bind string
}

// A Part is one name of a dotted name. Name is in the form that equations use. Raw says that the
// text of the span, but for case, is Name, so that another name may be put in its place.
type Part struct {
	Name string
	Span
	Raw bool
}

// Span returns the place of a name from its first part to its last.
func (n *Name) Span() Span { return Span{n.Parts[0].Start, n.Parts[len(n.Parts)-1].End} }

// Read returns the index of a text of a shape.
func Read(text string, root *shape.Shape) *Index { return Of(outline.Read(text), root) }

// Of returns the index of an outline that is known already; a nil shape finds no names.
func Of(f *outline.File, root *shape.Shape) *Index {
	x := &Index{Outline: f, root: root, known: map[ID]*Declaration{}}
	text := f.Text
	w := &walker{Index: x, text: text}
	for _, t := range x.Outline.Tables {
		w.declared = nil
		at := w.step(state{shape: root}, t.Path, Span{t.Start, t.End}, false)
		for _, p := range t.Pairs {
			w.pair(at, p)
		}
	}
	x.lines = linesOf(text)
	return x
}

// Lines returns an index of a text that knows its lines alone, for positions.
func Lines(text string) *Index {
	return &Index{Outline: &outline.File{Text: text}, lines: linesOf(text)}
}

// linesOf returns the offsets at which lines begin.
func linesOf(text string) []int {
	out := []int{0}
	for at := nextLine(text, 0); at >= 0; at = nextLine(text, at) {
		out = append(out, at)
	}
	return out
}

// Text returns the text of the index.
func (x *Index) Text() string { return x.Outline.Text }

// Find returns the declaration of a name, or nil; of two the first.
func (x *Index) Find(id ID) *Declaration { return x.known[id] }

// Shape returns the shape of the file.
func (x *Index) Shape() *shape.Shape { return x.root }

// Setting returns the text of a key by its path from the top of the file, "" if there is none.
func (x *Index) Setting(path ...string) string {
	if p := x.Pair(path...); p != nil {
		return x.Words(p.Value)
	}
	return ""
}

// Pair returns the pair of a key by its path from the top of the file, or nil.
func (x *Index) Pair(path ...string) *outline.Pair {
	for _, t := range x.Outline.Tables {
		if !slices.Equal(names(t.Path), path[:len(path)-1]) {
			continue
		}
		for _, p := range t.Pairs {
			if len(p.Path) == 1 && p.Path[0].Name == path[len(path)-1] {
				return p
			}
		}
	}
	return nil
}

// Words returns the text of a value: of a string without its quotes, of anything else as written.
func (x *Index) Words(v *outline.Value) string {
	if v == nil {
		return ""
	}
	if v.Kind == outline.Text {
		return textOf(x.Text(), v).Text
	}
	return x.Text()[v.Start:v.End]
}

// NameAt returns the name at an offset and which of its parts it is; nil if there is none.
func (x *Index) NameAt(offset int) (*Name, int) {
	for i := range x.Names {
		n := &x.Names[i]
		if !n.Span().Holds(offset) {
			continue
		}
		for j, p := range n.Parts {
			if p.Holds(offset) {
				return n, j
			}
		}
	}
	return nil, 0
}

// Form returns a name as equations know it: in lower case, its words joined by underscores.
func Form(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '_' })
	return strings.ToLower(strings.Join(words, "_"))
}

// Of returns the names of the declarations of a role in the order of the file.
func (x *Index) Of(role shape.Role) []string {
	var out []string
	for _, d := range x.Declared {
		if d.Role == role {
			out = append(out, d.Name)
		}
	}
	return out
}

// Elements returns the elements of a dimension as they are written in a list, without ranges.
func (x *Index) Elements(dimension string) []string {
	d := x.Find(ID{shape.Dimension, Form(dimension)})
	if d == nil || d.Keys["elements"] == nil {
		return nil
	}
	var out []string
	for _, v := range d.Keys["elements"].Items {
		if word := x.Words(v); !strings.Contains(word, "..") && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}
