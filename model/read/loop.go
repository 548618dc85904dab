package read

import (
	"weir/model/document"
	"weir/model/keys"
)

// readLoops reads every [loop.x].
func readLoops(r *reader) {
	for _, t := range r.root.Tables("loop") {
		l := &document.NamedLoop{Name: t.Name, Label: t.String("label"), About: t.String("about"), Span: t.Span}
		for _, text := range t.Texts("through") {
			l.Through = append(l.Through, text.Text)
			l.Spans = append(l.Spans, text.Span)
		}
		t.Done(keys.Loop)
		r.m.Loops = append(r.m.Loops, l)
	}
}
