package language

import (
	"sort"
	"unicode/utf16"
	"unicode/utf8"
)

// A Position is a line and a column, both from 0 on. The column counts UTF-16 units, as editors do.
type Position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// Position returns the position of an offset; one inside a character counts as its start, and one
// outside the text as its nearest end.
func (x *Index) Position(offset int) Position {
	text := x.Text()
	offset = min(max(offset, 0), len(text))
	line := sort.SearchInts(x.lines, offset+1) - 1
	return Position{line, units(text[x.lines[line]:offset])}
}

// units returns the length of a text in UTF-16 units; an invalid byte is one.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}

// Offset returns the offset of a position. A column beyond the end of its line is that end, and a
// line beyond the text the end of the text, as the protocol says.
func (x *Index) Offset(p Position) int {
	text := x.Text()
	if p.Line < 0 {
		return 0
	}
	if p.Line >= len(x.lines) {
		return len(text)
	}
	at, end := x.lines[p.Line], len(text)
	if p.Line+1 < len(x.lines) {
		end = x.lines[p.Line+1] - 1
	}
	for n := 0; at < end && n < p.Character; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if r == '\r' && at+1 == end {
			break
		}
		n += max(utf16.RuneLen(r), 1)
		at += size
	}
	return at
}
