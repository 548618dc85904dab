package write

import (
	"strings"
	"unicode"

	"weir/model/document"
)

// original writes the equations of another tool's file that are not supported, as comments in
// that tool's language. The span of such an equation is one in the imported file, so its text is
// taken from there with its blanks made single ones. The model's own text for it is "na".
func (w *writer) original(v *document.Variable) {
	for _, r := range w.leftOut[v.Name] {
		w.line("# %s.", strings.Map(noControl, r.How))
		for _, t := range append([]document.Text{v.Equation}, elementTexts(v.At)...) {
			text := w.m.Files[t.Span.File]
			if t.Text != "na" || t.Span.End > len(text) {
				continue
			}
			if was := strings.Join(strings.Fields(string(text[t.Span.Start:t.Span.End])), " "); was != "" {
				w.line("# %s: %s", w.m.Imported.Format, was)
			}
		}
	}
}

// elementTexts returns the equations of single elements.
func elementTexts(at []document.ElementText) []document.Text {
	out := make([]document.Text, len(at))
	for i, e := range at {
		out[i] = e.Text
	}
	return out
}

// noControl drops control characters, which TOML forbids in comments, from strings.Map.
func noControl(r rune) rune {
	if unicode.IsControl(r) {
		return -1
	}
	return r
}

// group writes the heading of a group of another tool's file as a comment, if v is the first
// variable of one. It returns the group to compare the next variable with.
func (w *writer) group(v *document.Variable, last string) string {
	if v.Group == last || v.Group == "" {
		return last
	}
	title := strings.Map(noControl, strings.Join(strings.Fields(v.Group), " "))
	w.line("\n# == %s ==", title)
	for _, line := range strings.Split(w.m.Groups[v.Group], "\n") {
		if line != "" {
			w.line("# %s", strings.Map(noControl, line))
		}
	}
	return v.Group
}
