package model

import (
	"weir/model/diagnostic"
	"weir/model/equation"
)

// at maps a place in the equation to its place in the file. A span outside the
// text is cut to it; an empty span at the end of the text stays empty, at the end.
func (t *Text) at(s equation.Span) diagnostic.Span {
	start := min(max(s.Start, 0), len(t.Text))
	end := min(max(s.End, start), len(t.Text))
	out := diagnostic.Span{File: t.Span.File, Start: t.offset(start), End: t.offset(end)}
	if end > start && t.Map != nil {
		out.End = t.offset(end-1) + 1 // without what the file has between, such as an escaped line break
	}
	return out
}

// offset is the file's offset of a byte of the text, or of its end.
func (t *Text) offset(i int) int {
	switch {
	case t.Map == nil:
		return t.Span.Start + i
	case i < len(t.Map):
		return t.Map[i]
	case len(t.Map) > 0:
		return t.Map[len(t.Map)-1] + 1
	}
	return t.Span.Start
}
