// Package write prints a model as the TOML that model/read reads. The order of tables and keys
// follows the order in which one reads a model: the clock, units, dimensions, modules, then the
// variables with their equations before their evidence.
package write

import (
	"cmp"
	"fmt"
	"strings"

	"weir/model/document"
)

// Write returns a model as the TOML that Load reads: the text of the model file, and the data
// files that it names, by their paths below the model's folder. Both belong to the caller.
//
// Every data series becomes a CSV file. Modules are named, not copied: their variables stay in
// their own files. Facts that TOML cannot express, such as places in the file of another tool,
// are left out.
func Write(m *document.Model) (text []byte, data map[string][]byte) {
	w := &writer{m: m, data: map[string][]byte{}, leftOut: map[string][]document.ImportRow{}}
	if m.Imported != nil {
		for _, r := range m.Imported.Rows {
			if r.Grade == document.Unsupported {
				w.leftOut[r.Variable] = append(w.leftOut[r.Variable], r)
			}
		}
	}
	w.top()
	for _, d := range m.Dimensions {
		w.dimension(d)
	}
	w.modules()
	group := ""
	for _, v := range m.Variables {
		if v.Module == "" {
			group = w.group(v, group)
			w.variable(v)
		}
	}
	for _, t := range m.Tests {
		w.test(t)
	}
	for _, f := range m.Functions {
		w.table("function." + tomlKey(f.Name))
		w.text("about", f.About)
		w.texts("arguments", f.Arguments)
		w.text("equation", f.Equation.Text)
	}
	for _, c := range m.Channels {
		w.channel(c)
	}
	for _, l := range m.Loops {
		w.loop(l)
	}
	for _, s := range m.Sources {
		if w.ofModule(s.ID) {
			continue
		}
		w.table("source." + tomlKey(s.ID))
		w.text("title", s.Title)
		w.text("where", s.Where)
		w.text("note", s.Note)
	}
	for _, v := range m.Views {
		if v.Module == "" {
			w.view(v)
		}
	}
	return []byte(w.String()), w.data
}

// A writer collects the text of the model file, and the data files by their paths.
type writer struct {
	strings.Builder
	m *document.Model
	// by their paths with slashes, from the model's folder
	data map[string][]byte
	// the rows of an import that are not supported, by variable
	leftOut map[string][]document.ImportRow
}

// line writes a formatted line. Writing into a strings.Builder cannot fail.
func (w *writer) line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }

// table writes the header of a table.
func (w *writer) table(path string) { w.line("\n[%s]", path) }

// text writes a key with a text, unless the text is empty.
func (w *writer) text(key, value string) {
	if value != "" {
		w.line("%s = %s", key, tomlText(value))
	}
}

// texts writes a key with a list of texts, unless the list is empty.
func (w *writer) texts(key string, values []string) {
	if len(values) > 0 {
		w.line("%s = %s", key, tomlTexts(values))
	}
}

// number writes a key with a number.
func (w *writer) number(key string, value float64) { w.line("%s = %s", key, tomlNumber(value)) }

// numberIf writes a key with a number, unless the number is nil.
func (w *writer) numberIf(key string, value *float64) {
	if value != nil {
		w.number(key, *value)
	}
}

// yes writes a key that is true.
func (w *writer) yes(key string, value bool) {
	if value {
		w.line("%s = true", key)
	}
}

// top writes the keys of the file itself, [time] and [unit]. Settings that are the reader's
// defaults, such as a save of every step and Euler's method, are left out. A clock without a unit
// gets "1", since the reader asks for one.
func (w *writer) top() {
	m := w.m
	w.line("name = %s", tomlText(m.Name))
	w.text("about", m.About)
	w.numberIf("today", m.Today)
	w.table("time")
	w.number("start", m.Time.Start)
	w.number("stop", m.Time.Stop)
	w.number("step", m.Time.Step)
	if m.Time.Save != m.Time.Step {
		w.number("save", m.Time.Save)
	}
	w.line("unit = %s", tomlText(cmp.Or(m.Time.Unit, "1")))
	if m.Time.Method != "euler" {
		w.text("method", m.Time.Method)
	}
	if m.Time.Relative > 0 {
		w.number("relative_tolerance", m.Time.Relative)
	}
	if m.Time.Absolute > 0 {
		w.number("absolute_tolerance", m.Time.Absolute)
	}
	w.text("ends", m.Time.Ends)
	w.yes("short_delays", m.Time.ShortDelays)
	w.units()
}

// units writes [unit], one row per unit.
func (w *writer) units() {
	if len(w.m.Units) > 0 {
		w.table("unit")
	}
	for _, u := range w.m.Units {
		var keys []string
		if u.Plural != "" {
			keys = append(keys, "plural = "+tomlText(u.Plural))
		}
		if len(u.Alias) > 0 {
			keys = append(keys, "alias = "+tomlTexts(u.Alias))
		}
		if keys == nil {
			w.line("%s = {}", tomlKey(u.Name))
			continue
		}
		w.line("%s = { %s }", tomlKey(u.Name), strings.Join(keys, ", "))
	}
}

// dimension writes [dimension.x]. Ranges stay written out.
func (w *writer) dimension(d *document.Dimension) {
	w.table("dimension." + tomlKey(d.Name))
	w.text("label", d.Label)
	w.text("of", d.Of)
	w.texts("elements", d.Elements)
	w.yes("ordered", d.Ordered)
	var rows []string
	for _, e := range d.Elements {
		if label, ok := d.Labels[e]; ok {
			rows = append(rows, tomlKey(e)+" = "+tomlText(label))
		}
	}
	w.pairs("dimension."+tomlKey(d.Name), "labels", rows)
}

// pairs writes an inline table, or a table of its own if it is too long for a line.
func (w *writer) pairs(path, key string, rows []string) {
	switch line := strings.Join(rows, ", "); {
	case len(rows) == 0:
	case len(key)+len(line)+7 <= equationWidth:
		w.line("%s = { %s }", key, line)
	default:
		w.line("[%s.%s]\n%s", path, key, strings.Join(rows, "\n"))
	}
}
