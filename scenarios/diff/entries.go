package diff

import (
	"slices"
	"strings"

	"weir/model"
	"weir/model/equation"
	"weir/model/toml"
	"weir/model/unit"
)

// An entry is a table of a model file with its lines. Two files with equal entries are the same
// model, however they are laid out.
type entry struct {
	path, label string
	keys        []pair
	from        string // its path before, if it is renamed
}

// A pair is a key of a table with its value as text.
type pair struct{ name, value string }

// entries returns the tables of a model as Write prints it, so that neither the order of
// keys nor the spelling of numbers counts, whatever format the model came in. Data
// are told by their points, not by their file's name.
func entries(m *model.Model) []entry {
	text, data := model.Write(m)
	doc, _ := toml.Parse("", text)
	w := &walker{text: text, data: data}
	for _, u := range m.Units {
		w.units.Declare(u.Name, append([]string{u.Plural}, u.Alias...)...)
	}
	w.table(doc.Root, "model")
	// Views are taken from the model below instead, one line for each thing drawn.
	w.out = slices.DeleteFunc(w.out, func(e entry) bool { return kindOf(e.path) == "view" })
	return append(w.out, views(m)...)
}

// A walker gathers the tables of a document. text is the document that values are cut out of. data
// has the data files by name; it is nil for a scenario set.
type walker struct {
	text  []byte
	data  map[string][]byte
	units unit.System
	out   []entry
}

// setEntries returns the tables of a scenario set's file. A text that is no TOML, or no text at
// all, has none.
func setEntries(text []byte) []entry {
	doc, _ := toml.Parse("", text)
	if doc == nil {
		return nil
	}
	w := &walker{text: text}
	w.table(doc.Root, "set")
	return w.out
}

// table adds a table and those within it. Keys of elements, changes and the like
// belong to the variable's own table: at.k, change.salary.to. The entry is added before those
// within it, so that a file's order is kept. A top table that has only tables below it leaves no
// entry.
func (w *walker) table(t *toml.Table, path string) {
	at := len(w.out)
	w.out = append(w.out, entry{path: path, label: t.String("label")})
	var keys []pair
	for _, k := range t.Keys() {
		if k.Value.Kind == toml.KindTable && !strings.Contains(path, ".") {
			w.group(k.Value.Table, k.Name)
			continue
		}
		keys = append(keys, w.pairs(k, "")...)
	}
	w.out[at].keys = keys
	if len(keys) == 0 && !strings.Contains(path, ".") {
		w.out = slices.Delete(w.out, at, at+1)
	}
}

// group is [stock] with its [stock.x], or a table such as [time] of its own.
func (w *walker) group(t *toml.Table, name string) {
	alone := entry{path: name}
	for _, k := range t.Keys() {
		if k.Value.Kind == toml.KindTable && name != "unit" {
			w.table(k.Value.Table, name+"."+k.Name)
			continue
		}
		alone.keys = append(alone.keys, w.pairs(k, "")...)
	}
	if len(alone.keys) > 0 {
		w.out = append(w.out, alone)
	}
}

// pairs returns the keys below a key, with dots between them. Values that are neither text nor
// tables are as written, with single blanks.
func (w *walker) pairs(k *toml.Key, prefix string) []pair {
	v := k.Value
	switch {
	case v.Kind == toml.KindTable:
		var out []pair
		for _, inner := range v.Table.Keys() {
			out = append(out, w.pairs(inner, prefix+k.Name+".")...)
		}
		return out
	case v.Kind == toml.KindString:
		return []pair{{prefix + k.Name, w.textValue(k.Name, v.Text.Text)}}
	}
	return []pair{{prefix + k.Name, strings.Join(strings.Fields(string(w.text[v.Span.Start:v.Span.End])), " ")}}
}

// textValue returns an equation in its canonical form, the points of a data file, or the
// text itself. Units are printed in canonical form as well. A text that does not parse is compared
// as it is: a wrong equation also has a difference.
func (w *walker) textValue(key, text string) string {
	if key == "file" && w.data[text] != nil {
		return strings.TrimSpace(strings.ReplaceAll(string(w.data[text]), "\n", "; "))
	}
	if key == "units" {
		if u, err := w.units.Parse(text); err == nil {
			return u.String()
		}
	}
	if tree, mistakes := equation.Parse(text); key != "label" && key != "about" && len(mistakes) == 0 && tree != nil {
		return equation.Print(tree)
	}
	return text
}

// kindOf returns the first part of a path: stock of stock.pupils.
func kindOf(path string) string {
	kind, _, _ := strings.Cut(path, ".")
	return kind
}

// content returns everything that a table holds, so that a renamed table is recognised. The path is
// not in it.
func (e entry) content() string {
	var b strings.Builder
	for _, k := range e.keys {
		b.WriteString("\n" + k.name + " = " + k.value)
	}
	return b.String()
}

// all returns an entry's keys as those of an added or a removed table. added says which: the value
// then stands in After, otherwise in Before.
func (e entry) all(added bool) []Key {
	var out []Key
	for _, k := range e.keys {
		if added {
			out = append(out, Key{Name: k.name, After: k.value})
		} else {
			out = append(out, Key{Name: k.name, Before: k.value})
		}
	}
	if kindOf(e.path) == "view" {
		return drawn(out)
	}
	return out
}

// values returns the contents of the keys, by name.
func (e entry) values() map[string]string {
	out := map[string]string{}
	for _, k := range e.keys {
		out[k.name] = k.value
	}
	return out
}

// alike returns the keys that are the same in both. Views have none: the places of things that
// stayed would fill the page.
func alike(before, after entry) []Key {
	old := before.values()
	var out []Key
	for _, k := range after.keys {
		if v, was := old[k.name]; was && v == k.value && kindOf(after.path) != "view" {
			out = append(out, Key{k.name, v, k.value})
		}
	}
	return out
}

// differing returns the keys in the order of after, then those that are gone. For a view it returns
// the lines of drawn.
func differing(before, after entry) []Key {
	old := before.values()
	var out []Key
	for _, k := range after.keys {
		if v, was := old[k.name]; !was || v != k.value {
			out = append(out, Key{k.name, v, k.value})
		}
		delete(old, k.name)
	}
	for _, k := range before.keys {
		if v, removed := old[k.name]; removed {
			out = append(out, Key{Name: k.name, Before: v})
		}
	}
	if kindOf(after.path) == "view" {
		return drawn(out)
	}
	return out
}
