package editor

import (
	"cmp"
	"slices"
	"strings"

	"weir/model/function"
	"weir/model/language"
	"weir/model/toml/shape"
	"weir/scenarios/behaviour"
)

// mostItems bounds an answer; with more, the editor asks again when another letter is typed.
const mostItems = 400

// A completer collects the items of one answer. What fits is decided here and not left to the
// editor, so that a model of thousands of variables makes a short message.
type completer struct {
	*question
	c     language.Cursor
	items []completionItem
	// The letters behind the cursor do not narrow the list: they are replaced.
	typed string // the part of the word before the cursor, in lower case
}

// complete answers with the names, keys and values that may stand at the position, the likeliest
// first.
func (q *question) complete() (any, error) {
	c := &completer{question: q, c: q.x.At(q.offset)}
	word := c.c.Word
	if word.Start <= q.offset {
		c.typed = language.Form(strings.Trim(q.x.Text()[word.Start:q.offset], `"'`))
	}
	// A table may have keys of its shape and free names: [world.x.constant] has names alone.
	switch c.c.Spot {
	case language.InHeader:
		c.keys(false)
		c.names(c.c.Role, "")
	case language.InKey:
		c.keys(true)
		c.names(c.c.Role, " = ")
	case language.InValue:
		c.value()
	}
	slices.SortStableFunc(c.items, func(a, b completionItem) int {
		return cmp.Or(cmp.Compare(a.sort, b.sort), cmp.Compare(a.Label, b.Label))
	})
	// The best fit is kept where there are too many.
	all := len(c.items)
	c.items = c.items[:min(all, mostItems)]
	return completion{all > mostItems, append([]completionItem{}, c.items...)}, nil
}

// add appends an item if the typed letters fit it, those that begin so first. About returns words
// about it, in Markdown; it is called for items that fit alone, and may be nil.
func (c *completer) add(label, insert string, kind int, about func() (detail, text string)) {
	// Of teachers.practice both parts may be typed first.
	lower := strings.ToLower(label)
	item := completionItem{Label: label, Kind: kind}
	switch {
	case strings.HasPrefix(lower, c.typed), strings.HasPrefix(lower[strings.LastIndexByte(lower, '.')+1:], c.typed):
		item.sort = "0"
	case strings.Contains(lower, c.typed):
		item.sort = "1"
	default:
		return
	}
	if kind == itemFunction {
		item.sort += "f"
	}
	item.Edit = &textEdit{within(c.x, c.c.Word), insert}
	if about != nil {
		var text string
		if item.Detail, text = about(); text != "" {
			item.Documentation = &markup{"markdown", text}
		}
	}
	c.items = append(c.items, item)
}

// is returns the words about an item: its kind, and words of the file.
func is(detail, words string) func() (string, string) {
	return func() (string, string) { return detail, plain(words) }
}

// keys offers the keys of the table that it has not yet; in a header its tables alone. At the top
// of a file tables are written as headers, so that keys do not offer them there.
func (c *completer) keys(pairs bool) {
	if c.c.Shape == nil {
		return
	}
	for _, k := range c.c.Shape.Keys {
		table := k.Form != nil && k.Form.IsTable()
		switch {
		case !pairs && table:
			c.add(k.Name, k.Name, itemTable, is(c.c.Shape.What, k.About))
		case pairs && !c.c.Has[k.Name] && (!table || k.Form.IsText() || len(c.c.Path) > 0):
			c.add(k.Name, k.Name+c.equal(), itemProperty, is(c.c.Shape.What, k.About))
		}
	}
}

// equal returns the text behind a completed key: none where an equals sign follows already.
func (c *completer) equal() string {
	rest := c.x.Text()[c.c.Word.End:]
	if strings.HasPrefix(strings.TrimLeft(rest, " \t"), "=") {
		return ""
	}
	return " = "
}

// value offers values: words, names, units, functions. Outside of quotes a text brings its own.
func (c *completer) value() {
	quote := func(s string) string {
		if c.c.Quoted {
			return s
		}
		return `"` + s + `"`
	}
	// Enumerations come first, then the names that the key may have instead: "all" or a constant.
	words := c.c.Form.Words()
	for _, w := range words {
		if w == "true" || w == "false" {
			c.add(w, w, itemValue, nil)
		} else {
			c.add(w, quote(w), itemValue, nil)
		}
	}
	switch c.c.Role {
	case shape.Expression:
		c.expression(quote)
	case shape.Units:
		for _, u := range c.units() {
			c.add(u, quote(u), itemUnit, nil)
		}
	case shape.File:
		c.filesBeside(quote)
	case shape.Nothing, shape.Element:
	default:
		c.namesOf(c.c.Role, quote)
	}
}

// expression offers names for an equation: inside brackets dimensions and elements, elsewhere
// variables and functions. A bracket is open if the last one before the cursor
// is; that holds in equations that cannot be read, too.
func (c *completer) expression(quote func(string) string) {
	if !c.c.Quoted {
		return
	}
	if strings.LastIndexByte(c.c.Inside, '[') > strings.LastIndexByte(c.c.Inside, ']') {
		x := c.look(c.Scope(c.path))
		if x == nil {
			return
		}
		for _, d := range x.Of(shape.Dimension) {
			c.add(d, d, itemConstant, is("a dimension", ""))
			for _, e := range x.Elements(d) {
				c.add(e, e, itemValue, is("an element of "+d, ""))
			}
		}
		return
	}
	c.namesOf(shape.Variable, func(s string) string { return s })
	// A parenthesis is put behind a function that takes arguments, unless one is there.
	for i := range function.Table {
		f := &function.Table[i]
		insert := f.Name
		if len(f.Params) > 0 && !strings.HasPrefix(c.x.Text()[c.c.Word.End:], "(") {
			insert += "("
		}
		c.add(f.Name, insert, itemFunction, func() (string, string) { return f.Signature(), functionHelp(f) })
	}
	if len(c.c.Path) > 0 && c.c.Path[0] == "test" {
		for _, f := range behaviour.Functions {
			c.add(f.Name, f.Name+"(", itemFunction, is(f.Name+"("+f.Params+")", f.Help))
		}
	}
}

// names offers names as keys; the text of follows is put behind them, unless it is there.
func (c *completer) names(role shape.Role, follows string) {
	if role == shape.Nothing {
		return
	}
	c.namesOf(role, func(s string) string {
		if follows != "" {
			return s + c.equal()
		}
		return s
	})
}

// wanted are the kinds of variables that a key names, by its name; any for others.
var wanted = map[string][]string{
	"inflow": {"flow"}, "outflow": {"flow"}, "leak": {"flow"}, "conserve": {"stock"},
	"change": {"decision", "constant"},
	"set":    {"constant", "decision"}, "assumption": {"constant"}, "constant": {"constant"}, "lookup": {"lookup"},
	"constants": {"constant"}, "without": {"constant"}, "history": {"data"}, "correlation": {"constant"},
}

// namesOf offers the names of a role, those of the last whole text among them: a header that is
// being changed declares nothing for the moment.
func (c *completer) namesOf(role shape.Role, insert func(string) string) {
	if role == shape.Variable {
		c.variables(insert)
		return
	}
	file := c.path
	if role == shape.Dimension || role == shape.ModuleName {
		file = c.Scope(file)
	}
	offered := map[string]bool{}
	for _, x := range []*language.Index{c.look(file), c.files.good(file)} {
		if x == nil {
			continue
		}
		for _, d := range x.Declared {
			if d.Role == role && !offered[d.Name] {
				offered[d.Name] = true
				c.add(d.Name, insert(d.Name), itemConstant, func() (string, string) {
					return role.String(), plain(labelOf(x, d))
				})
			}
		}
	}
}

// variables offers the variables that the file may name, of the kinds that the key wants. In a
// table bind these are those of the module, without its name.
func (c *completer) variables(insert func(string) string) {
	var kinds []string
	switch {
	case c.c.Key != nil:
		kinds = wanted[c.c.Key.Name]
	case len(c.c.Path) > 0:
		kinds = wanted[c.c.Path[len(c.c.Path)-1]]
	}
	// A module's file is looked up through the model that binds it, so that its names have its own.
	prefix := ""
	if c.c.Bind != "" {
		prefix = c.c.Bind + "."
	}
	known := c.Variables(c.path)
	seen := map[string]bool{}
	for _, v := range known {
		seen[v.Full] = true
		name, of := strings.CutPrefix(v.Full, prefix)
		if of && (kinds == nil || slices.Contains(kinds, v.Kind)) {
			c.variable(name, insert(name), v.Declaration, c.look(v.File))
		}
	}
	// Declarations that the present text has lost are offered behind those that it has.
	scope := c.Scope(c.path)
	if x := c.files.good(scope); x != nil && prefix == "" {
		for _, d := range x.Declared {
			if d.Role == shape.Variable && !seen[d.Name] && (kinds == nil || slices.Contains(kinds, d.Kind)) {
				c.variable(d.Name, insert(d.Name), d, x)
			}
		}
	}
}

// variable offers one variable with its kind, unit and label. X is the index that declares it.
func (c *completer) variable(name, insert string, d *language.Declaration, x *language.Index) {
	c.add(name, insert, itemVariable, func() (string, string) {
		detail := d.Kind
		if unit := x.Words(d.Keys["units"]); unit != "" {
			detail += ", " + unit
		}
		return detail, plain(labelOf(x, d))
	})
}

// labelOf returns the label of a declaration, or else its title or the sentence about it.
func labelOf(x *language.Index, d *language.Declaration) string {
	return cmp.Or(x.Words(d.Keys["label"]), x.Words(d.Keys["title"]), x.Words(d.Keys["about"]))
}

// units returns the units that the file declares or uses, its unit of time, and 1. That of the
// value at the cursor is left out, since it is being written.
func (c *completer) units() []string {
	scope := c.Scope(c.path)
	x := c.look(scope)
	if x == nil {
		return nil
	}
	// Units in use are offered as well as declared ones: a unit needs no declaration.
	out := []string{"1"}
	add := func(u string) {
		if u != "" && !slices.Contains(out, u) {
			out = append(out, u)
		}
	}
	add(x.Setting("time", "unit"))
	for _, d := range x.Declared {
		if d.Role == shape.Units {
			add(d.Name)
		}
		if v := d.Keys["units"]; v != nil && v != c.c.Value {
			add(x.Words(v))
		}
	}
	return out
}

// filesBeside offers the TOML files of the workspace by their paths from the file's folder, as
// modules and sets name them. Data files are not among them.
func (c *completer) filesBeside(quote func(string) string) {
	for _, p := range c.all(c.path) {
		if rel := relative(c.path, p); rel != "" && p != c.path {
			c.add(rel, quote(rel), itemModule, nil)
		}
	}
}
