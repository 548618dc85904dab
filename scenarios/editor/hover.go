package editor

import (
	"fmt"
	"slices"
	"strings"

	"weir/model/function"
	"weir/model/language"
	"weir/model/toml/outline"
	"weir/model/toml/shape"
	"weir/scenarios/behaviour"
	"weir/scenarios/output"
	"weir/scenarios/words"
)

// hover answers with a description of the name, function or key at the position; with null if there
// is none. It is made of the texts alone but for the course of the last run, so that it needs no
// sound model and waits for no check.
func (q *question) hover() (any, error) {
	text, at := q.aboutName()
	if text == "" {
		text, at = q.aboutFunction()
	}
	if text == "" {
		text, at = q.aboutKey()
	}
	if text == "" {
		return nil, nil
	}
	return hover{markup{"markdown", text}, within(q.x, at)}, nil
}

// symbol returns the symbol at the position, its place, and its full name as the file has it. Of an
// equation that cannot be read, or of a text whose declaration is half written, the word and the
// last whole text tell.
func (q *question) symbol() (sym language.Symbol, at language.Span, full string, ok bool) {
	if n, part := q.x.NameAt(q.offset); n != nil {
		if sym, ok = q.Resolve(q.path, n, part); !ok && len(n.Parts) == 1 && n.Bind == "" {
			sym, ok = q.lastGood(language.ID{Role: n.Role, Name: n.Parts[0].Name})
		}
		return sym, n.Parts[part].Span, fullName(n, part), ok
	}
	c := q.x.At(q.offset)
	if c.Spot != language.InValue || c.Role != shape.Expression {
		return
	}
	word, at := q.x.WordAt(q.offset)
	// The word is looked up as the equation would have it, through modules.
	d, file := q.Variable(q.Scope(q.path), word)
	if d == nil {
		return
	}
	return language.Symbol{File: file, ID: d.ID}, at, language.Form(word), true
}

// lastGood returns the symbol of a name of this file, or of a set's model, that the last whole text of
// that file declares; ok is false if it does not.
func (q *question) lastGood(id language.ID) (sym language.Symbol, ok bool) {
	scope := q.Scope(q.path)
	x := q.files.good(scope)
	return language.Symbol{File: scope, ID: id}, x != nil && x.Find(id) != nil
}

// fullName returns the parts of a name up to one, as sets and equations write them.
func fullName(n *language.Name, part int) string {
	var parts []string
	if n.Bind != "" {
		parts = append(parts, n.Bind)
	}
	for _, p := range n.Parts[:part+1] {
		parts = append(parts, p.Name)
	}
	return strings.Join(parts, ".")
}

// declaration returns the declaration of a symbol with the index that has it: of the text as it is,
// or else of the last whole one.
func (q *question) declaration(sym language.Symbol) (*language.Declaration, *language.Index) {
	for _, x := range []*language.Index{q.look(sym.File), q.files.good(sym.File)} {
		if x != nil && x.Find(sym.ID) != nil {
			return x.Find(sym.ID), x
		}
	}
	return nil, nil
}

// aboutName describes the declaration of the name at the position, in Markdown; "" if there is
// none.
func (q *question) aboutName() (string, language.Span) {
	sym, at, full, ok := q.symbol()
	if !ok {
		return "", at
	}
	d, x := q.declaration(sym)
	if d == nil {
		return "", at
	}
	var b strings.Builder
	fmt.Fprintf(&b, "**%s** `%s`", d.Kind, full)
	if unit := x.Words(d.Keys["units"]); unit != "" {
		fmt.Fprintf(&b, " · %s", plain(unit))
	}
	if grade := x.Words(d.Keys["evidence"]); grade != "" {
		fmt.Fprintf(&b, " · %s", plain(grade))
	}
	for _, key := range []string{"label", "title", "about"} {
		if words := x.Words(d.Keys[key]); words != "" {
			b.WriteString("\n\n" + plain(words))
		}
	}
	settings(&b, x, d)
	if source := x.Words(d.Keys["source"]); source != "" {
		fmt.Fprintf(&b, "\n\nSource: %s", plain(q.source(sym.File, source)))
	}
	if sym.Role == shape.Variable {
		b.WriteString(q.course(full))
	}
	return b.String(), at
}

// told are the keys whose values a hover shows as they are written, in this order. Label, unit and
// evidence have places of their own above them.
var told = []string{"equation", "initial", "inflow", "outflow", "value", "range", "points", "input",
	"over", "elements", "of", "file", "plural", "alias", "interventions", "owner", "cost", "caution"}

// longestValue bounds a value that a hover shows, in bytes.
const longestValue = 400

// settings writes the values of a declaration, a line each and as they are written. Long ones, such
// as the points of a lookup, are cut.
func settings(b *strings.Builder, x *language.Index, d *language.Declaration) {
	var rows []string
	for _, key := range told {
		v := d.Keys[key]
		if v == nil || v.Kind == outline.Missing {
			continue
		}
		text := strings.Join(strings.Fields(x.Words(v)), " ")
		if len(text) > longestValue {
			text = strings.ToValidUTF8(text[:longestValue], "") + " …"
		}
		rows = append(rows, key+" = "+text)
	}
	if len(rows) > 0 {
		fmt.Fprintf(b, "\n\n```\n%s\n```", strings.ReplaceAll(strings.Join(rows, "\n"), "```", "'''"))
	}
}

// source returns the title of a source, or the sentence that stands for one.
func (q *question) source(file, id string) string {
	if x := q.look(file); x != nil {
		if d := x.Find(language.ID{Role: shape.SourceID, Name: language.Form(id)}); d != nil {
			return id + ", " + x.Words(d.Keys["title"])
		}
	}
	return id
}

// sparkWidth is the width of a course in a hover, and mostElements how many of an array are drawn.
const (
	sparkWidth   = 40
	mostElements = 6
)

// course draws the course of a variable in the last run of the file that names it, with its first
// and last value; "" if there was no run. A set has that of its model without decisions. The run
// may be of an earlier text: it is that of the last one without mistakes.
func (q *question) course(full string) string {
	_, run := q.server.checker.of(q.path)
	if run == nil {
		return ""
	}
	var names []string
	// The elements of an array are columns of their own: students[district].
	for name := range run.columns {
		if name == full || strings.HasPrefix(name, full+"[") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	var b strings.Builder
	for _, name := range names[:min(len(names), mostElements)] {
		values := run.columns[name]
		fmt.Fprintf(&b, "\n%s %s → %s %s", output.Sparkline(values, sparkWidth), words.Number(values[0]),
			words.Number(values[len(values)-1]), strings.TrimPrefix(name, full))
	}
	if b.Len() == 0 {
		return ""
	}
	more := ""
	if n := len(names) - mostElements; n > 0 {
		more = fmt.Sprintf(", and %d more elements", n)
	}
	return fmt.Sprintf("\n\n```%s\n```\nLast run, %g to %g%s.", b.String(), run.from, run.to, more)
}

// harmless replaces the marks of Markdown and HTML.
var harmless = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", "[", `\[`, "#", `\#`)

// plain returns words of a file as Markdown that shows them as they are.
func plain(s string) string { return harmless.Replace(strings.Join(strings.Fields(s), " ")) }

// aboutFunction describes the function at the position in an equation; in a test one of
// expectations, too. It comes after aboutName, since a model may have a variable of the name of
// some functions.
func (q *question) aboutFunction() (string, language.Span) {
	c := q.x.At(q.offset)
	word, at := q.x.WordAt(q.offset)
	if c.Spot != language.InValue || c.Role != shape.Expression || word == "" {
		return "", at
	}
	if f := function.Find(word); f != nil {
		return functionHelp(f), at
	}
	for _, f := range behaviour.Functions {
		if f.Name == word && len(c.Path) > 0 && c.Path[0] == "test" {
			return fmt.Sprintf("```\n%s(%s)\n```\n%s\n\nExample: `%s`", f.Name, f.Params, plain(f.Help), f.Example), at
		}
	}
	return "", at
}

// functionHelp describes a function of the table.
func functionHelp(f *function.Row) string {
	text := fmt.Sprintf("```\n%s\n```\n%s", f.Signature(), plain(f.Help))
	if f.Units != "" {
		text += "\n\nUnits: `" + f.Units + "`"
	}
	if f.Example != "" {
		text += fmt.Sprintf("\n\nExample: `%s` is %v", f.Example, f.Value)
	}
	return text + "\n\n" + plain(f.Source)
}

// aboutKey describes the key at the position, or that of the value.
func (q *question) aboutKey() (string, language.Span) {
	c := q.x.At(q.offset)
	word := strings.Trim(q.x.Text()[c.Word.Start:c.Word.End], `"'`)
	switch {
	// A key says the same in its header, in its line, and in the reference of the manual.
	case (c.Spot == language.InKey || c.Spot == language.InHeader) && c.Shape != nil:
		for _, k := range c.Shape.Keys {
			if k.Name == word {
				return fmt.Sprintf("`%s` of %s\n\n%s", k.Name, c.Shape.What, plain(k.About)), c.Word
			}
		}
	case c.Spot == language.InValue && c.Word.End > c.Word.Start && len(c.Form.Words()) > 0:
		of := strings.Join(c.Form.Words(), ", ")
		return fmt.Sprintf("`%s`\n\n%s\n\nOne of %s.", c.Key.Name, plain(c.Key.About), of), c.Word
	}
	return "", c.Word
}
