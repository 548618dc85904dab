package toml

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"weir/model/diagnostic"
)

// The getters below give the zero value for a key that is not there (see Done),
// and report a value of the wrong type.

// is reports a value that is not of the wanted kind. An integer is a float, too.
func (t *Table) is(name string, v *Value, want ValueKind) bool {
	if v.Kind == want || want == KindFloat && v.Kind == KindInteger {
		return true
	}
	hint := ""
	if v.Kind == KindString && want == KindFloat {
		if _, err := strconv.ParseFloat(v.Text.Text, 64); err == nil {
			hint = "write it without the quotes"
		}
	}
	t.doc.Report(WrongType, v.Span, hint, "%s must be %s, not %s", name, want, v.Kind)
	return false
}

// Text returns a text with its map; nil if it is not there.
func (t *Table) Text(name string) *Text {
	if v := t.Value(name); v != nil && t.is(name, v, KindString) {
		return v.Text
	}
	return nil
}

// String returns a text; "" if it is not there.
func (t *Table) String(name string) string {
	if text := t.Text(name); text != nil {
		return text.Text
	}
	return ""
}

// Number returns a number; ok is false if it is not there. NaN and infinities, which TOML can write, are reported
// as a bad value; the number then counts as not there.
func (t *Table) Number(name string) (value float64, ok bool) {
	v := t.Value(name)
	if v == nil || !t.Finite(name, v) {
		return 0, false
	}
	return v.Number, true
}

// Finite reports a value that is not a finite number. Name names it in the message.
func (t *Table) Finite(name string, v *Value) bool {
	if !t.is(name, v, KindFloat) {
		return false
	}
	if math.IsNaN(v.Number) || math.IsInf(v.Number, 0) {
		t.doc.Report(BadValue, v.Span, "give a finite number", "%s is not a finite number", name)
		return false
	}
	return true
}

// Bool returns true or false; false if it is not there.
func (t *Table) Bool(name string) bool {
	v := t.Value(name)
	return v != nil && t.is(name, v, KindBool) && v.Bool
}

// Texts returns a list of texts. A single text counts as a list of one. Items of
// another type are reported and left out.
func (t *Table) Texts(name string) []*Text {
	v := t.Value(name)
	if v == nil {
		return nil
	}
	if v.Kind == KindString {
		return []*Text{v.Text}
	}
	if !t.is(name, v, KindArray) {
		return nil
	}
	out := make([]*Text, 0, len(v.Items))
	for _, item := range v.Items {
		if t.is("an item of "+name, item, KindString) {
			out = append(out, item.Text)
		}
	}
	return out
}

// Strings is Texts without the places.
func (t *Table) Strings(name string) []string {
	var out []string
	for _, text := range t.Texts(name) {
		out = append(out, text.Text)
	}
	return out
}

// OneOf returns a text that is one of the allowed ones, "" if it is not there. It reports any
// other text.
func (t *Table) OneOf(name string, allowed ...string) string {
	text := t.Text(name)
	if text == nil || slices.Contains(allowed, text.Text) {
		return t.String(name)
	}
	hint := "one of " + strings.Join(allowed, ", ")
	if near := diagnostic.Nearest(text.Text, allowed); near != "" {
		hint = "did you mean " + near + "?"
	}
	t.doc.Report(BadValue, text.Span, hint, "%q is not a possible %s", text.Text, name)
	return ""
}
