package scan

import (
	"sort"
	"strings"

	"weir/model/diagnostic"
)

// A Text is a piece of the file with its place. Where the file says the same in
// other bytes, as &lt; for <, breaks say where each stretch of the text begins there.
type Text struct {
	Value  string
	Start  int // the file's offset of s[0], if there are no breaks
	breaks []stretch
}

// A stretch begins at a byte of a text and runs on with the file, byte for byte.
type stretch struct{ at, file int }

// Offset returns the file's offset of a byte of the text, or of its end.
func (t Text) Offset(i int) int {
	if t.breaks == nil {
		return t.Start + i
	}
	k := sort.Search(len(t.breaks), func(k int) bool { return t.breaks[k].at > i }) - 1
	if k < 0 {
		return t.Start
	}
	return t.breaks[k].file + i - t.breaks[k].at
}

// Cut returns the text from one byte to another.
func (t Text) Cut(from, to int) Text {
	out := Text{Value: t.Value[from:to], Start: t.Offset(from)}
	if t.breaks == nil {
		return out
	}
	out.breaks = []stretch{{0, out.Start}}
	for _, b := range t.breaks {
		if b.at > from && b.at < to {
			out.breaks = append(out.breaks, stretch{b.at - from, b.file})
		}
	}
	return out
}

// Trim returns the text without white space around it.
func (t Text) Trim() Text {
	from := len(t.Value) - len(strings.TrimLeft(t.Value, " \t\r\n\u00a0"))
	to := len(strings.TrimRight(t.Value, " \t\r\n\u00a0"))
	return t.Cut(min(from, to), to)
}

// A Gathered is a text in the making.
type Gathered struct {
	b      []byte
	start  int
	breaks []stretch
}

// add appends a stretch of the file.
func (g *Gathered) add(s string, file int) {
	if s == "" {
		return
	}
	switch {
	case len(g.b) == 0:
		g.start = file
	case g.breaks == nil && g.start+len(g.b) == file:
	default:
		if g.breaks == nil {
			g.breaks = []stretch{{0, g.start}}
		}
		g.breaks = append(g.breaks, stretch{len(g.b), file})
	}
	g.b = append(g.b, s...)
}

// text returns what has been gathered.
func (g *Gathered) text() Text { return Text{string(g.b), g.start, g.breaks} }

// Span returns the place of the text in its file.
func (t Text) Span(of *Sources) diagnostic.Span {
	return of.Span(t.Offset(0), max(t.Offset(0), t.Offset(len(t.Value))))
}
