package plan

import (
	"fmt"
	"math"
	"strings"

	"weir/model/diagnostic"
	"weir/model/toml"
)

// A reader turns a document into a set. Names are looked up only if the model
// is sound: set.Resolved is not nil.
type reader struct {
	Reading
	doc  *toml.Document
	root *toml.Table
	set  *Set
	// now and decide are for another tool's model: today, nil if it does
	// not, and the names of constants that are decisions.
	now    *float64
	decide []*toml.Text
	// unknownPart says that some scenario names an intervention that there is not.
	unknownPart bool
}

// report adds an error at a place of the set's file.
func (r *reader) report(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	r.doc.Report(code, at, hint, format, args...)
}

// warn adds a warning, which does not stop a comparison.
func (r *reader) warn(code diagnostic.Code, at diagnostic.Span, hint, format string, args ...any) {
	r.doc.Add(diagnostic.Diagnostic{Code: code, Severity: diagnostic.Warning,
		Span: at, Hint: hint, Message: fmt.Sprintf(format, args...)})
}

// notYet reports a key that a later version will read.
func (r *reader) notYet(k *toml.Key, what string) {
	r.report(NotSupported, k.Span, "take it out for now", "%s (%s) comes with the next version of weir", k.Name, what)
}

// adopt takes over diagnostics of another file.
func (r *reader) adopt(list diagnostic.List) {
	for _, d := range list {
		r.doc.Add(d)
	}
}

// sound reports whether names can be looked up.
func (r *reader) sound() bool { return r.set.Resolved != nil }

// needed asks for a text that must be there and say something.
func (r *reader) needed(t *toml.Table, key string) string {
	text := t.Text(key)
	if text == nil {
		return ""
	}
	if text.Text == "" {
		r.report(toml.BadValue, t.At(key), "", "%s is empty", key)
	}
	return text.Text
}

// whole asks for a whole number between two others.
func (r *reader) whole(t *toml.Table, key string, low, high float64) (float64, bool) {
	x, ok := t.Number(key)
	if !ok {
		return 0, false
	}
	if x != math.Trunc(x) || x < low || x > high {
		r.report(BadRuns, t.At(key), "", "%s is a whole number from %.0f to %.0f, not %v", key, low, high, x)
		return 0, false
	}
	return x, true
}

// today returns the model's today, 0 if the model is not sound.
func (r *reader) today() float64 {
	if r.sound() {
		return r.set.Today()
	}
	return 0
}

// didYouMean returns the hint with the nearest name, "" if none is near.
func didYouMean(name string, among []string) string {
	if near := diagnostic.Nearest(name, among); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// shortList writes names with commas, at most eight of them.
func shortList(names []string) string {
	if len(names) > 8 {
		return strings.Join(names[:8], ", ") + fmt.Sprintf(" and %d more", len(names)-8)
	}
	return strings.Join(names, ", ")
}
