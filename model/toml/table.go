package toml

import (
	"slices"
	"strings"

	"weir/model/diagnostic"
	"weir/model/toml/shape"
)

// A ValueKind is the type of a value in TOML.
type ValueKind uint8

// The kinds of value.
const (
	KindString ValueKind = iota
	KindInteger
	KindFloat
	KindBool
	KindTime // dates and times
	KindArray
	KindTable
)

// String returns the kind in a modeler's words.
func (k ValueKind) String() string {
	return [...]string{"text", "a number", "a number", "true or false", "a date", "a list", "a table"}[k]
}

// A Value is the value of a key. Kind says which of the other fields counts.
type Value struct {
	Kind   ValueKind
	Span   diagnostic.Span // with quotes and brackets; of a [table], its header
	Text   *Text           // KindString
	Number float64         // KindInteger, KindFloat; may be NaN or infinite
	Bool   bool            // KindBool
	Items  []*Value        // KindArray
	Table  *Table          // KindTable
	tables bool            // made by [[header]]s
}

// A Key is a key of a table with its value.
type Key struct {
	Name     string
	Span     diagnostic.Span // of the name
	Value    *Value
	mentions []diagnostic.Span // of the same name in further headers and dotted keys
}

// A Table is a table of any form: [header], inline, or made by dotted keys. A nil
// Table behaves like an empty one that reports nothing.
type Table struct {
	Name    string          // the last part of its path
	Span    diagnostic.Span // of the [header] with its brackets, or of the key
	KeySpan diagnostic.Span // of Name in it
	Damaged bool            // a line of it is not TOML and was left out
	doc     *Document
	parent  *Table
	depth   int
	given   bool // by a header or value of its own, not only by its subtables
	keys    []*Key
	index   map[string]*Key
	asked   map[string]bool
	refused []string
	all     bool // asked for all keys
}

// add appends a key; the scanner has made sure that it is new.
func (t *Table) add(k *Key) {
	t.keys = append(t.keys, k)
	t.index[k.Name] = k
}

// Path returns the table's full name, "stock.students".
func (t *Table) Path() string {
	if t == nil || t.parent == nil {
		return ""
	}
	return join(t.parent.Path(), t.Name)
}

// Document returns the file that the table is in.
func (t *Table) Document() *Document { return t.doc }

// Keys returns all keys of the table in file order, known or not. They count as asked
// for: after it, Done has nothing to report.
func (t *Table) Keys() []*Key {
	if t == nil {
		return nil
	}
	t.all = true
	return t.keys
}

// Key returns a key of any type; nil if it is not there.
func (t *Table) Key(name string) *Key {
	if t == nil {
		return nil
	}
	t.asked[name] = true
	return t.index[name]
}

// Has reports whether the key is there, of whatever type.
func (t *Table) Has(name string) bool { return t.Key(name) != nil }

// Value returns a value of any type; nil if it is not there.
func (t *Table) Value(name string) *Value {
	if k := t.Key(name); k != nil {
		return k.Value
	}
	return nil
}

// At returns the place of a key's value, or of the table itself if it has no such key.
func (t *Table) At(name string) diagnostic.Span {
	switch {
	case t == nil:
		return diagnostic.Span{}
	case t.index[name] == nil:
		return t.Span
	}
	return t.index[name].Value.Span
}

// Places returns the places of all values by key. They do not count as asked for.
func (t *Table) Places() map[string]diagnostic.Span {
	out := map[string]diagnostic.Span{}
	if t != nil {
		for _, k := range t.keys {
			out[k.Name] = k.Value.Span
		}
	}
	return out
}

// Table returns a subtable by its path from here; nil if it is not there.
func (t *Table) Table(path ...string) *Table {
	for _, name := range path {
		v := t.Value(name)
		if v == nil || !t.is(name, v, KindTable) {
			return nil
		}
		t = v.Table
	}
	return t
}

// Tables returns the tables inside the subtable of that name, in file order:
// Tables("stock") gives [stock.a], [stock.b].
func (t *Table) Tables(name string) []*Table {
	var out []*Table
	sub := t.Table(name)
	for _, k := range sub.Keys() {
		if sub.is(k.Name, k.Value, KindTable) {
			out = append(out, k.Value.Table)
		}
	}
	return out
}

// Named is Tables for tables that have the names of variables. A table with nothing but
// tables in it is a module, and its name stands before theirs: [change.teachers.coaching]
// is teachers.coaching, as [change."teachers.coaching"] is.
func (t *Table) Named(name string) []*Table {
	return t.Table(name).named("", t.Table(name))
}

// named returns the tables below t that have names of their own, in the order of the file.
func (t *Table) named(prefix string, outer *Table) []*Table {
	var out []*Table
	for _, k := range t.Keys() {
		if !t.is(k.Name, k.Value, KindTable) {
			continue
		}
		sub := k.Value.Table
		if sub.onlyTables() {
			out = append(out, sub.named(prefix+k.Name+".", outer)...)
			continue
		}
		sub.Name, sub.parent = prefix+k.Name, outer
		out = append(out, sub)
	}
	return out
}

// onlyTables reports whether all keys of a table are tables.
func (t *Table) onlyTables() bool {
	for _, k := range t.keys {
		if k.Value.Kind != KindTable {
			return false
		}
	}
	return len(t.keys) > 0
}

// A NamedKey is a key that has the name of a variable. Full has the names of the tables
// around it in front; In is the table that has it.
type NamedKey struct {
	*Key
	Full string
	In   *Table
}

// NamedKeys is Keys for keys that have the names of variables: teachers.coaching = 1 is
// the key teachers.coaching, as "teachers.coaching" = 1 is.
func (t *Table) NamedKeys() []NamedKey {
	var out []NamedKey
	for _, k := range t.Keys() {
		if k.Value.Kind != KindTable {
			out = append(out, NamedKey{k, k.Name, t})
			continue
		}
		for _, inner := range k.Value.Table.NamedKeys() {
			inner.Full = k.Name + "." + inner.Full
			out = append(out, inner)
		}
	}
	return out
}

// Refuse returns a key that no such table has, for a report with words of its own:
// Done says nothing of it. It is nil if it is not there.
func (t *Table) Refuse(name string) *Key {
	if t == nil {
		return nil
	}
	t.refused = append(t.refused, name)
	return t.index[name]
}

// describe returns the name of the table in a message.
func (t *Table) describe() string {
	if t.parent == nil {
		return "the file"
	}
	return "[" + t.Path() + "]"
}

// Unknown returns the keys that Done will report: nobody asked for them, or the shape has none
// of their names.
func (t *Table) Unknown(s *shape.Shape) []*Key {
	var out []*Key
	for _, k := range t.keys {
		if !t.all && !slices.Contains(t.refused, k.Name) && !(t.asked[k.Name] && s.Has(k.Name)) {
			out = append(out, k)
		}
	}
	return out
}

// Done reports every key that the table's shape does not have, or that nobody asked for,
// and every one that must be there and is not, unless an unknown key is near enough to
// be meant. A reader that asks for a key of which the shape knows nothing will find that
// nobody can give it.
func (t *Table) Done(s *shape.Shape) {
	if t == nil {
		return
	}
	meant := map[string]bool{}
	for _, k := range t.Unknown(s) {
		near, hint := t.suggest(k.Name, s)
		meant[near] = true
		for _, at := range append([]diagnostic.Span{k.Span}, k.mentions...) {
			t.doc.Report(UnknownKey, at, hint, "%s has no %s %q", s.What, kindOfKey(k), k.Name)
		}
	}
	t.refuseEmpty(s)
	for _, k := range s.Keys {
		there := func(name string) bool { return t.index[name] != nil }
		if k.Needed == "" || meant[k.Name] || t.isRefused() || t.Damaged || there(k.Name) ||
			slices.ContainsFunc(k.Unless, there) {
			continue
		}
		t.doc.Report(MissingKey, t.Span, k.Hint(), "%s has no %s", t.describe(), k.Name)
	}
}

// isRefused reports whether the table has a refused key, which stands for another one.
func (t *Table) isRefused() bool {
	return slices.ContainsFunc(t.refused, func(name string) bool { return t.index[name] != nil })
}

// refuseEmpty reports empty texts that should name something. An empty name is not the same as
// none: a reader that took it for none would go on without a part of the file.
func (t *Table) refuseEmpty(s *shape.Shape) {
	for _, row := range s.Keys {
		if k := t.index[row.Name]; k != nil && row.Form != nil {
			for _, at := range emptyNames(k.Value, row.Form, nil) {
				t.doc.Report(BadValue, at, row.EmptyHint(), "%s is empty", row.Name)
			}
		}
	}
}

// emptyNames appends the places of the empty texts in a value that its form forbids. Tables with
// a shape of their own are left out, since Done is called for each of them.
func emptyNames(v *Value, f *shape.Form, out []diagnostic.Span) []diagnostic.Span {
	for _, choice := range f.Alternatives() {
		if out = emptyNames(v, choice, out); len(out) > 0 {
			return out
		}
	}
	switch {
	case v.Kind == KindString && v.Text.Text == "" && f.ForbidsEmpty():
		return append(out, v.Span)
	case v.Kind == KindTable && f.Free() != nil:
		for _, k := range v.Table.keys {
			out = emptyNames(k.Value, f.Free(), out)
		}
	case v.Kind == KindArray:
		for i, item := range v.Items {
			if form := f.Item(i); form != nil {
				out = emptyNames(item, form, out)
			}
		}
	}
	return out
}

// kindOfKey returns the word for a key in messages.
func kindOfKey(k *Key) string {
	if k.Value.Kind == KindTable {
		return "table"
	}
	return "key"
}

// suggest returns the known key that is nearest to an unknown one, "" if none is near,
// and a hint: that key, or all.
func (t *Table) suggest(name string, s *shape.Shape) (near, hint string) {
	known := s.Names()
	for _, word := range t.doc.Words[strings.ToLower(name)] {
		if s.Has(word) && t.index[word] == nil {
			return word, "here it is called " + word
		}
	}
	if near = diagnostic.Nearest(name, known); near != "" {
		return near, "did you mean " + near + "?"
	}
	if len(known) == 0 {
		return "", ""
	}
	return "", "it may have " + strings.Join(known, ", ")
}
