package read

import (
	"fmt"
	"strconv"
	"strings"

	"weir/model/code"
	"weir/model/document"
	"weir/model/equation"
	"weir/model/toml"
)

// name reports a table whose name cannot be used in an equation. Kind is "a stock" and its like.
func (r *reader) name(t *toml.Table, kind string) {
	if isName(t.Name) {
		return
	}
	hint := "use lower case letters, digits and _, and no word of the equation language"
	if better := document.Snake(t.Name); isName(better) {
		hint = "call it " + better
	}
	r.report(code.BadName, t.KeySpan, hint, "%q cannot be the name of %s", t.Name, kind)
}

// isName reports whether an equation that holds just the name refers to it. Words of the equation
// language, such as if, are none, since an equation cannot refer to them.
func isName(s string) bool {
	tree, mistakes := equation.Parse(s)
	n, ok := tree.(*equation.Name)
	dotted := strings.Contains(s, ".") // names of modules' variables have dots
	return ok && len(mistakes) == 0 && n.Name == s && n.Index == nil && !dotted
}

// equationText returns an equation, empty after a report. A bare number is an equation, too.
func (r *reader) equationText(t *toml.Table, key string) document.Text {
	v := t.Value(key)
	if v != nil && (v.Kind == toml.KindInteger || v.Kind == toml.KindFloat) {
		return r.numberText(t, key, v)
	}
	text := textOf(t.Text(key))
	if v != nil && text.Text == "" && v.Kind == toml.KindString {
		r.report(code.BadValue, v.Span, "write an equation, or a number", "%s is empty", key)
	}
	return text
}

// numberText returns a number as an equation. The number may be written in fewer bytes than the
// equation, so the map keeps every byte within the value.
func (r *reader) numberText(t *toml.Table, key string, v *toml.Value) document.Text {
	if !t.Finite(key, v) {
		return document.Text{}
	}
	out := document.Text{Text: strconv.FormatFloat(v.Number, 'g', -1, 64), Span: v.Span}
	out.Map = make([]int, len(out.Text))
	for i := range out.Map {
		out.Map[i] = min(v.Span.Start+i, v.Span.End-1)
	}
	return out
}

// textOf returns a TOML text as a text of the document; nil becomes an empty one.
func textOf(t *toml.Text) document.Text {
	if t == nil {
		return document.Text{}
	}
	return document.Text{Text: t.Text, Span: t.Span, Map: t.Map}
}

// short returns a number without the noise of its last binary digits.
func short(x float64) string { return fmt.Sprintf("%.12g", x) }

// orElse returns s, or otherwise if s is empty.
func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// optional returns the number of a key, or nil if the table has none. A number that cannot be read
// is nil as well, after a report.
func optional(t *toml.Table, key string) *float64 {
	if x, ok := t.Number(key); ok {
		return &x
	}
	return nil
}
