// Package shape describes the tables of a file: their keys, with the form of each
// value and a line about it. The readers of model files and of scenario sets know their
// keys from here, and the JSON Schema for editors is made of the same.
package shape

import (
	"slices"
	"strings"
)

// A Shape has the keys that a table may hold. Its reader gives it to toml.Table.Done, and Schema is
// made of it, so that the two never differ.
type Shape struct {
	What  string // as messages call such a table: "a stock"
	About string
	Keys  []Key
	Must  [][]string // exactly one key of each list is there; the reader has words of its own for it
}

// A Key is a key of a table. Needed is not "" for one that must be there: it is the
// hint for a file without it, Add for the usual one. Unless names keys in whose presence it may
// be left out.
type Key struct {
	Name   string
	Form   *Form
	About  string
	Needed string
	Unless []string
	// Of says which things the texts of the key name, and Free which its free names, those of a
	// Named form being variables. Declares says that the free names are new ones.
	Of, Free Role
	Declares bool
}

// A Role is the kind of thing that a name in a file stands for. Editors find its declaration and
// complete it; readers of files do not use it.
type Role uint8

// The roles. The names of variables may have elements behind them.
const (
	Nothing Role = iota
	Variable
	Expression // the text is an equation, and has names in it
	Dimension
	Element
	Units
	SourceID
	ModuleName
	InterventionID
	ScenarioID
	WorldID
	File
)

// String returns the role in a modeler's words.
func (r Role) String() string {
	return [...]string{"nothing", "a variable", "an equation", "a dimension", "an element", "a unit",
		"a source", "a module", "an intervention", "a scenario", "a world", "a file"}[r]
}

// TextRole returns the role of the texts of a key in one of its forms: those of the form Equation, also
// as one of a choice, are equations everywhere.
func (k *Key) TextRole(f *Form) Role {
	if f == Equation || f != nil && slices.Contains(f.Alternatives(), Equation) {
		return Expression
	}
	return k.Of
}

// FreeRole returns the role of the free names of a key.
func (k *Key) FreeRole(f *Form) Role {
	if f.kind == named {
		return Variable
	}
	return k.Free
}

// Add is the usual hint for a key that must be there.
const Add = "add a line"

// Hint returns the hint for a table without the key.
func (k Key) Hint() string {
	if k.Needed == Add {
		return "add a line " + k.Name + " = …"
	}
	return k.Needed
}

// Has reports whether a table of this shape may have a key.
func (s *Shape) Has(name string) bool {
	return slices.ContainsFunc(s.Keys, func(k Key) bool { return k.Name == name })
}

// Names returns the keys in alphabetical order.
func (s *Shape) Names() []string {
	var out []string
	for _, k := range s.Keys {
		out = append(out, k.Name)
	}
	slices.Sort(out)
	return out
}

// A Form is the set of values that a key may have. The zero Form is any value at all.
type Form struct {
	kind              formKind
	words             []string // of a text; any text if there are none
	low               *float64 // of numbers
	high              *float64
	lowOpen, highOpen bool    // the ends of the range are not in it
	least             int     // items of a list, bytes of a text
	forms             []*Form // of a list of a fixed length, or of which one fits
	inner             *Form   // of items, or of the values under free names
	shape             *Shape
}

type formKind uint8

const (
	anything formKind = iota
	text
	flag
	number
	whole
	list   // of any number of inner
	tuple  // of forms, in their order
	nested // a number, or lists of them in lists
	either // one of forms
	table  // of a shape
	each   // a table with free names, of inner
	named  // the same; a dot in a name may be written as a table of its own
)

// The simple forms.
var (
	Text     = &Form{kind: text}
	Name     = &Form{kind: text, least: 1} // a text that names something, and so is not empty
	Flag     = &Form{kind: flag}           // true or false
	Number   = &Form{kind: number}
	Integer  = &Form{kind: whole}
	Numbers  = &Form{kind: nested}
	Texts    = Either(Text, List(Text)) // a single text counts as a list of one
	Names    = Either(Name, List(Name))
	Equation = Either(Text, Number)
)

// OneWord is the form of a text that is one of the words.
func OneWord(words ...string) *Form { return &Form{kind: text, words: words} }

// From is the form of a number of at least low.
func From(low float64) *Form { return &Form{kind: number, low: &low} }

// Above is the form of a number of more than low.
func Above(low float64) *Form { return &Form{kind: number, low: &low, lowOpen: true} }

// Between is the form of a number of more than low and less than high.
func Between(low, high float64) *Form {
	return &Form{kind: number, low: &low, high: &high, lowOpen: true, highOpen: true}
}

// AboveTo is the form of a number of more than low, up to high.
func AboveTo(low, high float64) *Form {
	return &Form{kind: number, low: &low, high: &high, lowOpen: true}
}

// WholeFrom is the form of a whole number from low to high.
func WholeFrom(low, high float64) *Form { return &Form{kind: whole, low: &low, high: &high} }

// List is the form of a list of any number of items.
func List(item *Form) *Form { return &Form{kind: list, inner: item} }

// ListOf is the form of a list of at least so many items.
func ListOf(least int, item *Form) *Form { return &Form{kind: list, inner: item, least: least} }

// Tuple is the form of a list with an item of each form.
func Tuple(items ...*Form) *Form { return &Form{kind: tuple, forms: items} }

// Either is the form of a value of one of the forms.
func Either(forms ...*Form) *Form { return &Form{kind: either, forms: forms} }

// In is the form of a table of a shape.
func In(s *Shape) *Form { return &Form{kind: table, shape: s} }

// Each is the form of a table with free names, each with a value of a form.
func Each(f *Form) *Form { return &Form{kind: each, inner: f} }

// Named is Each for names of variables, which may have dots: see toml.Table.Named
// and NamedKeys.
func Named(f *Form) *Form { return &Form{kind: named, inner: f} }

// ForbidsEmpty reports whether the form is that of a text which must not be empty.
func (f *Form) ForbidsEmpty() bool { return f.kind == text && f.words == nil && f.least > 0 }

// Alternatives returns the forms of which a value has one, nil if the form is no choice.
func (f *Form) Alternatives() []*Form {
	if f.kind == either {
		return f.forms
	}
	return nil
}

// Item returns the form of item i of a list, or nil if the form is not that of a list.
func (f *Form) Item(i int) *Form {
	switch {
	case f.kind == list:
		return f.inner
	case f.kind == tuple && i < len(f.forms):
		return f.forms[i]
	}
	return nil
}

// Free returns the form of the values of a table with free names, or nil if the form is not that
// of such a table.
func (f *Form) Free() *Form {
	if f.kind == each || f.kind == named {
		return f.inner
	}
	return nil
}

// Shape returns the shape of a table of this form, or nil; of a choice that of the first form that
// has one.
func (f *Form) Shape() *Shape {
	for _, choice := range f.Alternatives() {
		if s := choice.Shape(); s != nil {
			return s
		}
	}
	return f.shape
}

// Words returns the texts that the form allows, those of every form of a choice; nil if it allows
// any.
func (f *Form) Words() []string {
	out := f.words
	for _, choice := range f.Alternatives() {
		out = append(out, choice.Words()...)
	}
	if f.kind == list {
		out = append(out, f.inner.Words()...)
	}
	if f.kind == flag {
		out = []string{"true", "false"}
	}
	return out
}

// IsText reports whether a value of the form may be a text.
func (f *Form) IsText() bool {
	return f.kind == text || slices.ContainsFunc(f.forms, (*Form).IsText) && f.kind == either
}

// IsTable reports whether a value of the form may be a table.
func (f *Form) IsTable() bool {
	return f.kind == table || f.Free() != nil || f.kind == either && slices.ContainsFunc(f.forms, (*Form).IsTable)
}

// EmptyHint returns the hint for an empty text of a key that names something.
func (k Key) EmptyHint() string {
	about := strings.TrimSuffix(k.About, ".")
	if about == "" {
		return ""
	}
	hint := "write " + strings.ToLower(about[:1]) + about[1:]
	if k.Needed == "" {
		hint += ", or leave the key out"
	}
	return hint
}
